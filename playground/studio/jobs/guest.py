"""By what a guest is counted. Knows no requests: whoever lets people in fills it in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who is not at the machine, as the places of the queue count them.

    Attributes:
        person: one browser; all programs without cookies of one source are one.
        source: an address, or a login where everybody has their own; no cookie changes it.
    """

    person: str
    source: str
