"""Calls of guests take turns, and their bodies and open requests are counted."""

from __future__ import annotations

import asyncio

import pytest

from playground.studio.jobs.guest import Guest
from playground.web.http.bodies import BodyRefused
from playground.web.http.guest_places import GuestPlaces
from playground.web.http.held_bodies import MAX_OF_ALL, MAX_OF_SOURCE, HeldBodies
from playground.web.http.open_requests import OpenRequests
from playground.web.http.turns import Turns
from tests.playground.gate.door import GUEST, LOCAL

ME, WIFE, OTHER = Guest("me", "home"), Guest("wife", "home"), Guest("other", "away")
RUNNING = GuestPlaces(of_person=1, of_source=2, of_all=3)
WAITING = GuestPlaces(of_person=2, of_source=9, of_all=9)


async def settle():
    for _ in range(10):
        await asyncio.sleep(0)


class Calls:
    """Calls that last until they are told to end."""

    def __init__(self, patience: float = 60) -> None:
        self.turns = Turns(RUNNING, WAITING, patience)
        self.begun: list[str] = []
        self.end = asyncio.Event()

    async def call(self, name, guest):
        async with self.turns.turn(guest):
            self.begun.append(name)
            await self.end.wait()

    def start(self, name, guest):
        return asyncio.create_task(self.call(name, guest))


def test_others_do_not_wait_for_the_many_calls_of_one_guest():
    async def run():
        calls = Calls()
        tasks = [calls.start("me", ME), calls.start("me again", ME), calls.start("wife", WIFE)]
        tasks += [calls.start("other", OTHER), *(calls.start("owner", None) for _ in range(9))]
        await settle()
        assert calls.begun == ["me", "wife", "other"] + ["owner"] * 9
        calls.end.set()
        await asyncio.gather(*tasks)
        assert calls.begun[-1] == "me again"
        assert not calls.turns._running and not calls.turns._waiting

    asyncio.run(run())


def test_who_has_too_many_waiting_is_refused_and_who_waits_too_long():
    async def run():
        calls = Calls(patience=0.05)
        tasks = [calls.start("me", ME) for _ in range(4)]
        await settle()
        with pytest.raises(BodyRefused):  # one runs, two wait, and there is no place for this one
            await tasks[3]
        for late in tasks[1:3]:
            with pytest.raises(BodyRefused) as refused:
                await late
            assert (refused.value.status, refused.value.key) == (429, "body.turns")
        calls.end.set()
        await tasks[0]
        assert not calls.turns._running and not calls.turns._waiting

    asyncio.run(run())


def test_who_leaves_while_waiting_takes_no_turn():
    async def run():
        calls = Calls()
        first, leaves, stays = (calls.start(name, ME) for name in ("1", "2", "3"))
        await settle()
        leaves.cancel()
        await settle()
        calls.end.set()
        await asyncio.gather(first, stays)
        assert calls.begun == ["1", "3"]
        assert leaves.cancelled() and not calls.turns._running

    asyncio.run(run())


def test_who_leaves_in_the_moment_of_being_called_gives_the_turn_on():
    async def run():
        calls = Calls()
        first, leaves, stays = (calls.start(name, ME) for name in ("1", "2", "3"))
        await settle()
        calls.turns._running.remove(ME)
        calls.turns._call_next()  # calls the second, which does not know yet
        leaves.cancel()
        await settle()
        assert calls.begun == ["1", "3"]
        calls.turns._running.append(ME)
        calls.end.set()
        await asyncio.gather(first, stays)
        assert leaves.cancelled() and not calls.turns._running

    asyncio.run(run())


def test_bodies_in_memory_are_bounded_by_address_and_together():
    bodies = HeldBodies()
    with bodies.held(ME) as count, bodies.held(OTHER) as others, bodies.held(None) as owner:
        count(MAX_OF_SOURCE)
        with bodies.held(WIFE) as same, pytest.raises(BodyRefused):
            same(1)
        others(MAX_OF_SOURCE)
        owner(MAX_OF_ALL)
        with bodies.held(Guest("third", "third")) as third:
            third(MAX_OF_ALL - 2 * MAX_OF_SOURCE)
            with bodies.held(Guest("fourth", "fourth")) as fourth, pytest.raises(BodyRefused):
                fourth(1)
    assert not bodies._bytes


def test_open_requests_of_a_guest_are_bounded_and_the_owner_has_room():
    """Event streams, say: they never end by themselves."""
    from playground.gate.visitors import _visitor

    async def run():
        held, said = asyncio.Event(), []

        async def stream(_scope, _receive, _send):
            await held.wait()

        app = OpenRequests(stream, places=GuestPlaces(of_person=2, of_source=3, of_all=9))

        async def ask(cookie, address):
            async def send(message):
                if message["type"] == "http.response.start":
                    said.append(message["status"])

            found = _visitor(cookie, address == LOCAL, address[0])
            scope = {"type": "http", "method": "GET", "amumal.visitor": found, "headers": []}
            await app(scope, None, send)

        tasks = [asyncio.create_task(ask(str(n), GUEST)) for n in range(5)]  # a cookie each
        tasks += [asyncio.create_task(ask("a", LOCAL)) for _ in range(20)]
        tasks += [asyncio.create_task(ask("b", ("10.9.9.9", 1)))]
        await settle()
        assert said == [429, 429] and len(app._open) == 4
        held.set()
        await asyncio.gather(*tasks)
        assert not app._open

    asyncio.run(run())
