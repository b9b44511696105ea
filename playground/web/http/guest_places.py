"""Places of guests: how many of something one browser, one address and all of them may take.

The person at the machine takes none. Knows no requests and keeps no count.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from playground.studio.jobs.guest import Guest

if TYPE_CHECKING:
    from playground.gate import Visitor


@dataclass(frozen=True, slots=True)
class GuestPlaces:
    """Limits that no new cookie adds to.

    Attributes:
        of_person: of one browser.
        of_source: of one address or login; a household or a class shares one.
        of_all: of all guests together, so that the rest is left for the person at the machine.
    """

    of_person: int
    of_source: int
    of_all: int

    def has_room(self, taken: Collection[Guest], guest: Guest) -> bool:
        """Return whether one more is left for `guest` where these have theirs.

        >>> places = GuestPlaces(of_person=1, of_source=2, of_all=3)
        >>> me, wife, other = Guest("me", "a"), Guest("wife", "a"), Guest("other", "b")
        >>> places.has_room([me, other], wife), places.has_room([me, other], me)
        (True, False)
        """
        return (
            len(taken) < self.of_all
            and sum(one.source == guest.source for one in taken) < self.of_source
            and sum(one.person == guest.person for one in taken) < self.of_person
        )


def guest_of(found: Visitor) -> Guest | None:
    """Return how a visitor is counted; None is the person at the machine."""
    return None if found.is_local else Guest(found.person, found.source)
