"""Who gives way where something that all share is full: whoever holds most of it.

A cookie costs nothing, so holders are told apart by where they come from (`Guest.source`): who
makes up a thousand cookies makes room for the last of them from what the others hold. Guests give
way before the person at the machine. Knows keys and sizes; takes no lock and keeps nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Held(Generic[Key]):
    """One thing that takes room.

    Attributes:
        source: whose it is, as `Guest.source`; None is the person at the machine.
    """

    key: Key
    source: str | None
    size: int = 1


def who_goes(held: Iterable[Held[Key]], most: int) -> list[Key]:
    """Return the keys that have to go until the rest is `most` at most.

    Of the source that holds most the oldest goes first; the very newest of all always stays.

    >>> things = [Held("a", "x"), Held("b", "y"), Held("c", "y"), Held("d", None), Held("e", "z")]
    >>> who_goes(things, 4), who_goes(things, 2), who_goes(things, 0)
    (['b'], ['b', 'a', 'c'], ['b', 'a', 'c', 'd'])

    Args:
        held: the oldest first.
    """
    things = [*held]
    older, sizes = things[:-1], Counter[str | None]()
    for one in things:
        sizes[one.source] += one.size
    total, gone = sizes.total(), list[Key]()
    while total > most and older:
        # ties: the source whose oldest is the oldest
        guests = [one for one in older if one.source is not None]
        first = max(guests or older, key=lambda one: sizes[one.source])
        older.remove(first)
        sizes[first.source] -= first.size
        total -= first.size
        gone.append(first.key)
    return gone
