"""Words that are written alike and mean different things: 배 is a pear, a ship and a belly.

Knows homonyms.tsv. Does not choose.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pipelines.text.glossing.dictionary import lines


@dataclass(frozen=True, slots=True)
class HomonymSense:
    """One meaning; `drawn` is the noun by which the crayon knows it, "" when it does not."""

    en: str
    drawn: str = ""


@dataclass(frozen=True, slots=True)
class Homonym:
    """A word with its meanings, the usual one first."""

    ko: str
    senses: tuple[HomonymSense, ...]


@cache
def builtin() -> dict[str, Homonym]:
    """Return the homonyms that ship."""
    found = {}
    for ko, *senses in lines("homonyms"):
        pairs = (sense.partition("=") for sense in senses)
        found[ko] = Homonym(ko, tuple(HomonymSense(en, drawn) for en, _, drawn in pairs))
    return found
