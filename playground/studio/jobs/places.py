"""How many drawings may wait, in all and of whom: places that no new cookie adds to.

A cookie is what jobs are filed under, and anybody can make up as many as they like. So guests are
counted three times: by the cookie, by where they come from, and all together. Knows no requests
and nothing of how a guest is told from another; that is the gate's.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from playground.studio.errors import QueueFull
from playground.studio.jobs.guest import Guest
from playground.studio.jobs.live import LiveJob

MAX_QUEUED = 60
MAX_QUEUED_OF_GUESTS = 50  # the rest is for whoever is at the machine
MAX_QUEUED_PER_SOURCE = 30  # a household or a class shares one address
MAX_QUEUED_PER_OWNER = 20  # of the builtin model ten seconds on a laptop


@dataclass(frozen=True, slots=True)
class QueuePlaces:
    """The numbers of drawings that may be under way."""

    in_all: int = MAX_QUEUED
    of_guests: int = MAX_QUEUED_OF_GUESTS
    per_source: int = MAX_QUEUED_PER_SOURCE
    per_owner: int = MAX_QUEUED_PER_OWNER

    def check(
        self, lives: Collection[LiveJob], owner: str, guest: Guest | None, wanted: int
    ) -> None:
        """Raise QueueFull unless there are `wanted` places, and say which limit it is.

        Args:
            lives: what is under way.
            owner: whose drawings they would be.
            guest: how they are counted; None is the person at the machine.
        """
        rooms = {"queue.full": (self.in_all, len(lives))}
        if guest is None:
            mine = sum(live.job.owner == owner for live in lives)
        else:
            guests = [live.guest for live in lives if live.guest is not None]
            rooms["queue.full.guests"] = (self.of_guests, len(guests))
            same = sum(other.source == guest.source for other in guests)
            mine = sum(other.person == guest.person for other in guests)
            rooms["queue.full.source"] = (self.per_source, same)
        rooms["queue.full.owner"] = (self.per_owner, mine)
        for key, (limit, taken) in rooms.items():
            if taken >= limit:
                raise QueueFull(key, limit=limit)
        room = min(limit - taken for limit, taken in rooms.values())
        if wanted > room:
            raise QueueFull("queue.full.together", wanted=wanted, room=room)
