"""Calls take turns: a few of each guest are worked on at once, the others wait.

Each call of the page takes one of 40 threads, which also send every file. Who sends a hundred slow
calls would have all of them, and nobody would be answered. Knows visitors; knows no calls.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playground.studio.jobs.guest import Guest
from playground.web.http.bodies import BodyRefused
from playground.web.http.guest_places import GuestPlaces

# a browser has six connections to one server
RUNNING = GuestPlaces(of_person=6, of_source=12, of_all=24)
WAITING = GuestPlaces(of_person=24, of_source=96, of_all=192)
PATIENCE_SECONDS = 20.0


class Turns:
    """Who is being worked on and who waits, in order. Lives on the loop of one server.

    Args:
        running, waiting: places.
        patience: seconds that a call waits for its turn.
    """

    def __init__(
        self,
        running: GuestPlaces = RUNNING,
        waiting: GuestPlaces = WAITING,
        patience: float = PATIENCE_SECONDS,
    ) -> None:
        self._places, self._waiting_places, self._patience = running, waiting, patience
        self._running: list[Guest] = []
        self._waiting: dict[asyncio.Future[None], Guest] = {}  # the first goes first

    @asynccontextmanager
    async def turn(self, guest: Guest | None) -> AsyncIterator[None]:
        """Wait for a turn and have it; the person at the machine always has it.

        Raises:
            BodyRefused: too many calls of the same guest wait already, or it took too long.
        """
        if guest is None:
            yield
            return
        await self._begin(guest)
        try:
            yield
        finally:
            self._running.remove(guest)
            self._call_next()

    async def _begin(self, guest: Guest) -> None:
        if self._places.has_room(self._running, guest):
            self._running.append(guest)
            return
        if not self._waiting_places.has_room(self._waiting.values(), guest):
            raise BodyRefused(429, "body.turns")
        called = asyncio.get_running_loop().create_future()
        self._waiting[called] = guest
        try:
            async with asyncio.timeout(self._patience):
                await called
        except BaseException as error:
            if self._waiting.pop(called, None) is None and called.done() and not called.cancelled():
                self._running.remove(guest)  # called in the very moment in which it gave up
                self._call_next()
            if isinstance(error, TimeoutError):
                raise BodyRefused(429, "body.turns") from None
            raise

    def _call_next(self) -> None:
        for called, guest in tuple(self._waiting.items()):
            if self._places.has_room(self._running, guest):
                del self._waiting[called]
                if not called.done():
                    self._running.append(guest)
                    called.set_result(None)
