"""What anybody can cause stands in the log once a minute."""

from __future__ import annotations

import logging

from playground.web.http.quiet_log import EVERY_SECONDS, MOST_TEMPLATES, OnceAMinute, quieten
from playground.web.kit import private_gradio


def record(message, *values):
    return logging.LogRecord("uvicorn.error", logging.WARNING, "f", 1, message, values, None)


def test_a_line_is_there_once_a_minute_whatever_its_values():
    now = [0.0]
    one = OnceAMinute(lambda: now[0])
    assert [one.filter(record("bad %s", number)) for number in range(3)] == [True, False, False]
    assert one.filter(record("another"))
    now[0] = EVERY_SECONDS
    assert one.filter(record("bad %s", 9))


def test_it_remembers_no_more_than_it_must():
    one = OnceAMinute(lambda: 0.0)
    for number in range(10 * MOST_TEMPLATES):
        assert one.filter(record(f"made up {number}"))
    assert len(one._last) <= MOST_TEMPLATES


def test_a_thousand_bad_requests_are_one_line(caplog):
    undo = quieten()
    try:
        for number in range(1_000):
            logging.getLogger("uvicorn.error").warning("Invalid HTTP request received.")
            logging.getLogger("asyncio").error("socket.accept() out of system resource %s", number)
            private_gradio.log.warning("a call of the page failed: %s", number)
    finally:
        undo()
    assert len(caplog.records) == 3
