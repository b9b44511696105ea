"""HTTP/1.1 connections that cannot be held: deadlines for heads, bodies and readers, and a limit.

uvicorn ends a connection that idles between two requests, and no other: who sends half a head, a
body by drops, or never reads an answer would keep a descriptor for ever, and descriptors are few.
Knows connections and seconds; knows no routes. Imports uvicorn: imported when a server runs.
"""

from __future__ import annotations

import asyncio
import ipaddress
from typing import Any, ClassVar

from uvicorn.protocols.http.h11_impl import H11Protocol

from playground.web.http.connection_limits import ConnectionLimits


class BoundedHTTP(H11Protocol):
    """One connection. When there are too many, the one that has kept us waiting longest goes."""

    limits: ClassVar[ConnectionLimits] = ConnectionLimits()

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self._read_timer: asyncio.TimerHandle | None = None
        self._write_timer: asyncio.TimerHandle | None = None
        self._waits_since = 0.0  # for the head or the body, or for the reader; loop time

    # ---- what asyncio calls

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take a connection, or another one's place."""
        super().connection_made(transport)
        self._wait_for_head()
        self._make_room()

    def data_received(self, data: bytes) -> None:
        """Take bytes; a head must be whole by its deadline, of a body some must keep coming."""
        was_answering = self.is_answering
        super().data_received(data)
        if self.is_answering:
            self._wait_for_body()
        elif was_answering or self._read_timer is None:  # the first bytes of the next head
            self._wait_for_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the deadlines."""
        self._stop_reading_timer()
        self._stop_writing_timer()
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        """Give the reader a deadline: more is buffered than it takes."""
        super().pause_writing()
        self._wait_for_reader()

    def resume_writing(self) -> None:
        """Let an answer go on."""
        self._stop_writing_timer()
        super().resume_writing()

    # ---- what uvicorn calls

    def on_response_complete(self) -> None:
        """Begin to wait for the next head; uvicorn ends the connection where none begins."""
        super().on_response_complete()
        self._stop_reading_timer()
        self._waits_since = self.loop.time()

    def timeout_keep_alive_handler(self) -> None:
        """Close; what the reader has not taken by then is given a deadline of its own."""
        super().timeout_keep_alive_handler()
        self._wait_for_reader()

    # ---- deadlines

    @property
    def is_answering(self) -> bool:
        """Whether a request is under way; its head has come."""
        return self.cycle is not None and not self.cycle.response_complete

    @property
    def keeps_waiting(self) -> bool:
        """Whether it is the other side that has to do something."""
        return not self.is_answering or self.cycle.more_body or self._write_timer is not None

    def _wait_for_head(self) -> None:
        self._read_within(self.limits.head_seconds)

    def _wait_for_body(self) -> None:
        if self.cycle.more_body and not self.flow.read_paused:
            self._read_within(self.limits.body_idle_seconds)
        else:  # whole, or it is we who are slow
            self._stop_reading_timer()

    def _wait_for_reader(self) -> None:
        self._stop_writing_timer()
        self._waits_since = self.loop.time()
        self._write_timer = self.loop.call_later(self.limits.reader_seconds, self.end)

    def _read_within(self, seconds: float) -> None:
        self._stop_reading_timer()
        self._waits_since = self.loop.time()
        self._read_timer = self.loop.call_later(seconds, self._end_reading)

    def _end_reading(self) -> None:
        self._read_timer = None
        if self.is_answering and self.flow.read_paused:
            return  # what has come is still being read
        self.end()

    def _stop_reading_timer(self) -> None:
        if self._read_timer is not None:
            self._read_timer.cancel()
            self._read_timer = None

    def _stop_writing_timer(self) -> None:
        if self._write_timer is not None:
            self._write_timer.cancel()
            self._write_timer = None

    def end(self) -> None:
        """Drop the connection with all that is buffered."""
        self.transport.abort()

    # ---- too many

    def _make_room(self) -> None:
        everyone = [one for one in self.connections if isinstance(one, BoundedHTTP)]
        same = [one for one in everyone if one.address == self.address]
        if not self._is_loopback and len(same) > self.limits.most_of_one:
            _longest_waiting(same, self).end()
        elif len(everyone) > self.limits.most:
            _longest_waiting(everyone, self).end()

    @property
    def address(self) -> str:
        """Of the other side; a proxy on this machine is loopback for all its visitors."""
        return self.client[0] if self.client else ""

    @property
    def _is_loopback(self) -> bool:
        try:
            return ipaddress.ip_address(self.address.split("%")[0]).is_loopback
        except ValueError:
            return True  # a socket without addresses


def _longest_waiting(among: list[BoundedHTTP], newest: BoundedHTTP) -> BoundedHTTP:
    """Return whose turn it is to go: who keeps us waiting longest, else who came last."""
    waiting = [one for one in among if one is not newest and one.keeps_waiting]
    return min(waiting, key=lambda one: one._waits_since, default=newest)
