"""Work in a thread of its own, handed on bit by bit."""

from __future__ import annotations

import threading

import pytest

from playground.web.kit.relay import relay


def test_the_last_line_always_comes_and_is_the_last():
    def work(say, cancel):
        for number in range(1000):
            say(str(number))
        return "end"

    lines = list(relay(work))
    assert lines[-1] == "end" and len(lines) <= 1001


def test_each_line_comes_while_the_next_is_not_said():
    taken = threading.Event()

    def work(say, cancel):
        say("first")
        assert taken.wait(5)
        return "end"

    lines = relay(work)
    assert next(lines) == "first"
    taken.set()
    assert list(lines) == ["end"]


def test_what_goes_wrong_is_raised_where_it_is_heard():
    def work(say, cancel):
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        list(relay(work))


def test_work_hears_that_nobody_listens_any_more():
    ended = threading.Event()

    def work(say, cancel):
        say("first")
        while not cancel.is_cancelled:
            pass
        ended.set()
        return "never heard"

    lines = relay(work)
    assert next(lines) == "first"
    lines.close()  # type: ignore[attr-defined]  # a generator
    assert ended.wait(5)
