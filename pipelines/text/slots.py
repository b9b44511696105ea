"""The blanks of a frame, and how chance fills them.

Knows how far categories lie apart and how `surprise` moves the choice between near and far. Does
not know sentences.
"""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Protocol, TypeVar

from pipelines.text.lexicon import (
    Adjective,
    Adverb,
    Category,
    Colour,
    Counter,
    Interjection,
    Lexicon,
    Noun,
    Sense,
    Verb,
)

C = Category
LIVING = (C.ANIMAL, C.PERSON)
MATTER = (C.FOOD, C.NATURE, C.BODY)
MADE = (C.THING, C.CLOTHES, C.VEHICLE, C.INSTRUMENT)
UNSEEN = (C.ABSTRACT, C.SENSATION, C.GESTURE, C.TIME)
SOLID = (C.ANIMAL, *MATTER, *MADE)  # what has a body and may be handled without cruelty
WORLDS = (LIVING, MATTER, MADE, (C.PLACE,), (C.SHAPE,), UNSEEN)

# categories that an adjective of this sense describes without surprise
SUITS: dict[Sense, tuple[Category, ...]] = {
    Sense.MOOD: LIVING,
    Sense.CHARACTER: LIVING,
    Sense.TASTE: (C.FOOD,),
    Sense.SMELL: (C.FOOD, C.BODY, C.CLOTHES, C.NATURE),
    Sense.TOUCH: (*MATTER, *MADE),
    Sense.HEARING: (*LIVING, C.INSTRUMENT, C.PLACE, C.VEHICLE),
    Sense.SIGHT: (C.ANIMAL, *MATTER, *MADE, C.PLACE, C.SHAPE),
    Sense.STATE: tuple(C),
}
DRAWABLE_WEIGHT = 2.5  # so that about three phrases in four have something to illustrate
SHARPNESS = 1.5  # how strictly a wanted distance is kept
IMPOSSIBLE = math.inf  # a gap of weight 0

NATIVE = (
    ("한", "one"), ("두", "two"), ("세", "three"), ("네", "four"), ("다섯", "five"),
    ("여섯", "six"), ("일곱", "seven"), ("여덟", "eight"), ("아홉", "nine"), ("열두", "twelve"),
    ("스물두", "twenty-two"), ("백", "a hundred"), ("천", "a thousand"),
)  # fmt: skip
SINO = (
    ("일", "one"), ("삼", "three"), ("사", "four"), ("오", "five"),
    ("칠", "seven"), ("십이", "twelve"), ("백", "a hundred"), ("천", "a thousand"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it is said before a counter."""

    ko: str
    en: str


@dataclass(frozen=True, slots=True)
class Literal:
    """Fixed words of a frame that come in several versions."""

    ko: str
    en: str


Filling = Noun | Adjective | Verb | Adverb | Colour | Counter | Interjection | Number | Literal
T = TypeVar("T")


@cache
def distance(one: Category, other: Category) -> int:
    """Return 0 for neighbours, 1 for strangers, 2 for a solid thing and an unseen one.

    >>> distance(Category.ANIMAL, Category.PERSON), distance(Category.ANIMAL, Category.ABSTRACT)
    (0, 2)
    """
    if one is other or any(one in world and other in world for world in WORLDS):
        return 0
    return 2 if (one in UNSEEN) != (other in UNSEEN) else 1


@cache
def nearest(cats: tuple[Category, ...], cat: Category) -> int:
    """Return the distance of a category to the nearest of several; 1 when there are none."""
    return min((distance(cat, other) for other in cats), default=1)


def shelves(words: Lexicon) -> dict[Category, tuple[Noun, ...]]:
    """Return the nouns that may be said, sorted by category."""
    return {
        cat: tuple(noun for noun in words.nouns if noun.is_spoken and noun.cat is cat)
        for cat in Category
    }


def wanted_distance(surprise: float) -> float:
    """Return the distance that the clash of a phrase should have.

    0 asks for pairs that nearly make sense, 1 for strangers, 2 for the widest gap there is.
    """
    return 0.2 + 1.1 * surprise if surprise <= 1 else 1.3 + 0.7 * (surprise - 1)


@dataclass(slots=True)
class Draw:
    """One phrase being made: what has been chosen so far, and by which dice."""

    dice: random.Random
    surprise: float
    lexicon: Lexicon
    shelves: Mapping[Category, tuple[Noun, ...]]
    avoid: frozenset[str] = frozenset()  # nouns that were said a moment ago
    chosen: dict[str, Filling] = field(default_factory=dict)

    def weight(self, gap: float) -> float:
        """Return how much a candidate at this distance is wanted."""
        return math.exp(-SHARPNESS * (gap - wanted_distance(self.surprise)) ** 2)

    def choose(self, candidates: Sequence[T], weights: Sequence[float]) -> T:
        """Return one candidate; the caller makes sure that there is one."""
        return self.dice.choices(candidates, weights)[0]

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


class Slot(Protocol):
    """A blank that can be filled."""

    def fill(self, draw: Draw) -> Filling:
        """Return a word for the blank, given the words before it."""


@dataclass(frozen=True, slots=True)
class NounSlot:
    """A noun of some categories.

    Attributes:
        far: slot of another noun; surprise decides how far away this one lies.
        of: slot of a verb of which this is subject or object; surprise decides how badly it fits.
        is_counted: only nouns that English can count ("two hippos").
        only: the nouns of the frame, where few will do.
    """

    cats: tuple[Category, ...]
    far: str = ""
    of: str = ""
    role: str = ""
    is_counted: bool = False
    only: tuple[str, ...] = ()

    def fill(self, draw: Draw) -> Noun:
        cats = list(self.cats)
        while cats:
            cat = draw.choose(cats, [draw.weight(self._gap(cat, draw)) for cat in cats])
            nouns = [noun for noun in draw.shelves[cat] if self._may_be(noun, draw)]
            if nouns:
                weights = [DRAWABLE_WEIGHT if noun.is_drawable else 1 for noun in nouns]
                return draw.choose(nouns, weights)
            cats.remove(cat)
        raise LookupError(f"no noun is left for {self}")

    def _may_be(self, noun: Noun, draw: Draw) -> bool:
        if noun.ko in draw.avoid or noun in draw.chosen.values():
            return False
        if self.is_counted and noun.article != "a":
            return False
        if self.only and noun.ko not in self.only:
            return False
        return not self.role or noun.role == self.role

    def _gap(self, cat: Category, draw: Draw) -> float:
        if self.of:
            verb = draw.verb(self.of)
            return IMPOSSIBLE if cat in verb.never else nearest(verb.fits, cat)
        if self.far:
            return distance(cat, draw.noun(self.far).cat)
        return wanted_distance(draw.surprise)


@dataclass(frozen=True, slots=True)
class AdjectiveSlot:
    """An adjective; `on` names the noun it may clash with, "" leaves it free."""

    on: str = ""
    senses: tuple[Sense, ...] = tuple(Sense)

    def fill(self, draw: Draw) -> Adjective:
        candidates = [
            word for word in draw.lexicon.adjectives if word.is_spoken and word.sense in self.senses
        ]
        if not self.on:
            return draw.dice.choice(candidates)
        cat = draw.noun(self.on).cat
        by_sense = {sense: draw.weight(nearest(SUITS[sense], cat)) for sense in self.senses}
        return draw.choose(candidates, [by_sense[word.sense] for word in candidates])


@dataclass(frozen=True, slots=True)
class VerbSlot:
    """A verb; `subject` names the noun it may clash with, `only` lists the verbs of the frame."""

    valency: str
    subject: str = ""
    only: tuple[str, ...] = ()

    def fill(self, draw: Draw) -> Verb:
        candidates = [word for word in draw.lexicon.verbs if self._may_be(word, draw)]
        if not self.subject:
            return draw.dice.choice(candidates)
        cat = draw.noun(self.subject).cat
        decent = [word for word in candidates if cat not in word.never]
        return draw.choose(decent, [draw.weight(nearest(word.fits, cat)) for word in decent])

    def _may_be(self, word: Verb, draw: Draw) -> bool:
        if word.valency != self.valency or not word.is_spoken or word in draw.chosen.values():
            return False
        return not self.only or word.ko in self.only


@dataclass(frozen=True, slots=True)
class CounterSlot:
    """A counter: the right one for its noun, or (the joke) a wrong one."""

    of: str
    is_right: bool = False

    def fill(self, draw: Draw) -> Counter:
        noun, counters = draw.noun(self.of), draw.lexicon.counters
        if self.is_right:
            own = noun.counters[0] if noun.counters else "개"
            return next(counter for counter in counters if counter.ko == own)
        wrong = [c for c in counters if not c.is_plain and c.ko not in noun.counters]
        weights = [draw.weight(self._gap(counter, noun)) for counter in wrong]
        return draw.choose(wrong, weights)

    @staticmethod
    def _gap(counter: Counter, noun: Noun) -> int:
        return min((distance(noun.cat, cat) for cat in counter.cats), default=2)


@dataclass(frozen=True, slots=True)
class NumberSlot:
    """A number in the series that its counter asks for; small ones more often."""

    before: str
    most: int = 13

    def fill(self, draw: Draw) -> Number:
        counter = draw.chosen[self.before]
        if not isinstance(counter, Counter):
            raise TypeError(f"slot {self.before!r} holds no counter")
        series = (NATIVE if counter.numbers == "native" else SINO)[: self.most]
        ko, en = draw.choose(series, [1 / (place + 2) for place in range(len(series))])
        return Number(ko, en)


@dataclass(frozen=True, slots=True)
class ColourSlot:
    """A colour."""

    def fill(self, draw: Draw) -> Colour:
        return draw.dice.choice(draw.lexicon.colours)


@dataclass(frozen=True, slots=True)
class AdverbSlot:
    """An adverb of some kinds."""

    kinds: tuple[str, ...] = ("방식",)

    def fill(self, draw: Draw) -> Adverb:
        return draw.dice.choice([a for a in draw.lexicon.adverbs if a.kind in self.kinds])


@dataclass(frozen=True, slots=True)
class InterjectionSlot:
    """A cry."""

    def fill(self, draw: Draw) -> Interjection:
        return draw.dice.choice(draw.lexicon.interjections)


@dataclass(frozen=True, slots=True)
class LiteralSlot:
    """One of several fixed wordings."""

    versions: tuple[tuple[str, str], ...]

    def fill(self, draw: Draw) -> Literal:
        return Literal(*draw.dice.choice(self.versions))
