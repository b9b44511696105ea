"""Connections that are held on purpose end, and others are answered meanwhile."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from playground.web.http.bounded_protocol import BoundedHTTP
from playground.web.http.connection_limits import ConnectionLimits, limits_for
from playground.web.http.quiet_log import LOGGERS
from playground.web.http.server import Server

FOR_EVER = 600.0
PATIENCE = 20.0  # of a test that would fail


async def app(scope, receive, send):
    """Answer with as much as the path says, after reading the body."""
    if scope["type"] == "lifespan":
        while True:
            message = await receive()
            await send({"type": f"{message['type']}.complete"})
            if message["type"] == "lifespan.shutdown":
                return
    while True:
        message = await receive()
        if message["type"] != "http.request" or not message.get("more_body"):
            break
    await send({"type": "http.response.start", "status": 200, "headers": []})
    for _ in range(int(scope["path"][1:] or 0)):
        await send({"type": "http.response.body", "body": bytes(1_000_000), "more_body": True})
    await send({"type": "http.response.body", "body": b"here"})


@pytest.fixture
def serving(monkeypatch):
    """Return a function that serves under given limits and gives the port."""
    with contextlib.ExitStack() as ending:

        def serve(**limits: float) -> int:
            few: dict[str, Any] = {
                "most": 20,
                "head_seconds": FOR_EVER,
                "body_idle_seconds": FOR_EVER,
                "reader_seconds": FOR_EVER,
            }
            wanted = ConnectionLimits(**{**few, **limits})
            monkeypatch.setattr("playground.web.http.server.limits_for", lambda _: wanted)
            monkeypatch.setattr(BoundedHTTP, "limits", wanted)
            server = Server(app, "127.0.0.1", None)
            up = threading.Event()
            thread = threading.Thread(target=server.run, args=(lambda _: up.set(),))
            thread.start()
            ending.callback(thread.join, PATIENCE)
            ending.callback(server.stop)
            assert up.wait(PATIENCE)
            return server.port

        yield serve


@contextlib.contextmanager
def connected(port: int, data: bytes) -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", port), PATIENCE) as sock:
        sock.sendall(data)
        yield sock


def is_ended(sock: socket.socket) -> bool:
    """Wait until the other side has ended the connection; a test that waits for ever fails."""
    try:
        while sock.recv(65_536):
            pass
    except ConnectionError:
        return True
    return True


def answer(port: int) -> bytes:
    with connected(port, b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n") as sock:
        got = b""
        while piece := sock.recv(65_536):
            got += piece
        return got


HALF_HEAD = b"GET / HTTP/1.1\r\nHost: a\r\n"
HALF_BODY = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc"
WHOLE = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"


@pytest.mark.parametrize("sent", [b"", b"G", HALF_HEAD, WHOLE + HALF_HEAD])
def test_a_head_that_never_ends_has_a_deadline(serving, sent):
    with connected(serving(head_seconds=0.2), sent) as sock:
        assert is_ended(sock)


def test_a_head_that_drips_has_the_same_deadline(serving):
    with connected(serving(head_seconds=0.5), HALF_HEAD) as sock:
        sock.settimeout(0.05)
        for _ in range(1_000):
            with contextlib.suppress(TimeoutError):
                if not sock.recv(1):
                    return
            try:
                sock.sendall(b"a")
            except ConnectionError:
                return
        raise AssertionError("the connection was held")


def test_a_body_that_stops_coming_has_a_deadline(serving):
    with connected(serving(body_idle_seconds=0.2), HALF_BODY) as sock:
        assert is_ended(sock)


def test_a_body_that_keeps_coming_is_awaited(serving):
    with connected(serving(body_idle_seconds=5.0), HALF_BODY) as sock:
        for piece in (b"d", b"e", b"fghij"):
            threading.Event().wait(0.05)
            sock.sendall(piece)
        assert b"200 OK" in sock.recv(65_536)


def test_who_does_not_read_has_a_deadline(serving):
    port = serving(reader_seconds=0.3)
    with connected(port, b"GET /100 HTTP/1.1\r\nHost: a\r\n\r\n") as sock:
        threading.Event().wait(2.0)
        assert is_ended(sock)


def test_an_answer_that_is_read_slowly_is_finished(serving):
    with connected(serving(reader_seconds=5.0), b"GET /8 HTTP/1.1\r\nHost: a\r\n\r\n") as sock:
        total = 0
        while total < 8_000_000:
            total += len(sock.recv(262_144))
    assert total >= 8_000_000


@pytest.mark.parametrize("sent", [b"", HALF_HEAD, HALF_BODY, WHOLE])
def test_the_page_is_reachable_while_others_hold_connections(serving, sent):
    port = serving()
    with contextlib.ExitStack() as held:
        socks = [held.enter_context(connected(port, sent)) for _ in range(60)]
        for _ in range(30):
            assert answer(port).endswith(b"here\r\n0\r\n\r\n")
        ended = 0
        for sock in socks[:30]:  # the oldest went first
            ended += is_ended(sock)
        assert ended == 30


def test_as_many_connections_as_descriptors_allow():
    assert limits_for(1_024).most + 256 == 1_024
    assert limits_for(64).most == 32


def test_the_log_is_as_before_when_the_server_has_ended(serving):
    import logging

    before = [list(logging.getLogger(name).filters) for name in LOGGERS]
    server = Server(app, "127.0.0.1", None)
    server.stop()
    server.run()
    assert [logging.getLogger(name).filters for name in LOGGERS] == before
