"""One phrase being made: the words chosen so far, and what was said lately.

Knows what may stand in a blank. Does not know how a blank chooses.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import TypeVar

from pipelines.text.grammar.stock import RecentWords, WeightedChoices
from pipelines.text.lexicon import (
    Adjective,
    Adverb,
    Colour,
    Counter,
    Interjection,
    Noun,
    Verb,
)

REST_NOUNS = 24  # a noun rests while so many others are said; about ten phrases
REST_OTHERS = 8  # so do verbs, adjectives and adverbs

NATIVE = (
    ("한", "one"), ("두", "two"), ("세", "three"), ("네", "four"), ("다섯", "five"),
    ("여섯", "six"), ("일곱", "seven"), ("여덟", "eight"), ("아홉", "nine"), ("열두", "twelve"),
    ("스물두", "twenty-two"), ("백", "a hundred"), ("천", "a thousand"),
)  # fmt: skip
SINO = (
    ("일", "one"), ("삼", "three"), ("사", "four"), ("오", "five"),
    ("칠", "seven"), ("십이", "twelve"), ("백", "a hundred"), ("천", "a thousand"),
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Number:
    """A number as it is said before a counter."""

    ko: str
    en: str


@dataclass(frozen=True, slots=True, eq=False)
class Literal:
    """Fixed words of a frame that come in several versions."""

    ko: str
    en: str


Filling = Noun | Adjective | Verb | Adverb | Colour | Counter | Interjection | Number | Literal
Other = TypeVar("Other", Adjective, Verb, Adverb, Colour, Interjection)


@dataclass(slots=True)
class Draw:
    """The phrase being made: what has been chosen so far, and by which dice."""

    dice: random.Random
    nouns: RecentWords = field(default_factory=lambda: RecentWords(REST_NOUNS))
    others: RecentWords = field(default_factory=lambda: RecentWords(REST_OTHERS))
    chosen: dict[str, Filling] = field(default_factory=dict)

    def noun(self, slot: str) -> Noun:
        """Return the noun that fills a slot."""
        filling = self.chosen[slot]
        if not isinstance(filling, Noun):
            raise TypeError(f"slot {slot!r} holds no noun")
        return filling

    def verb(self, slot: str) -> Verb:
        """Return the verb that fills a slot."""
        filling = self.chosen[slot]
        if not isinstance(filling, Verb):
            raise TypeError(f"slot {slot!r} holds no verb")
        return filling

    def other(self, pool: WeightedChoices[Other]) -> Other:
        """Return a word that was not said a moment ago."""
        word = pool.pick(self.dice, self.others.is_fresh)
        self.others.note(word)
        return word
