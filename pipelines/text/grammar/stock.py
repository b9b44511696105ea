"""What one request may draw from: words on shelves, weighed once, and which were used lately.

Knows weights, moods and ratings. Does not know slots or sentences.
"""

from __future__ import annotations

import math
import random
from bisect import bisect
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Generic, TypeVar

from pipelines.contract.text_options import Mood, Rating
from pipelines.text.grammar.distance import wanted_distance
from pipelines.text.lexicon import (
    Adjective,
    Adverb,
    Category,
    Colour,
    Counter,
    Interjection,
    Lexicon,
    Noun,
    Verb,
)

DRAWABLE_WEIGHT = 4.5  # so that two phrases in three have something to illustrate
SHARPNESS = 1.5  # how strictly a wanted distance is kept
MOOD_WEIGHT = 8.0  # how far words of the wanted mood come forward
TRIES = 16  # throws before a pool is searched for something fresh

T = TypeVar("T")


class WeightedChoices(Generic[T]):
    """Candidates with weights; one throw of the dice draws one."""

    def __init__(self, items: Iterable[T], weights: Iterable[float]) -> None:
        """Keep what has any weight at all; raise LookupError when nothing has."""
        kept = [(item, weight) for item, weight in zip(items, weights, strict=True) if weight > 0]
        if not kept:
            raise LookupError("nothing to choose from")
        self.items: tuple[T, ...] = tuple(item for item, _ in kept)
        *upto, self._total = accumulate(weight for _, weight in kept)
        self._upto = (*upto, math.inf)  # so that rounding never leads past the last one

    def draw(self, dice: random.Random) -> T:
        """Return one candidate."""
        return self.items[bisect(self._upto, dice.random() * self._total)]

    def pick(self, dice: random.Random, is_welcome: Callable[[T], bool]) -> T:
        """Return a welcome candidate, or any when none is."""
        for _ in range(TRIES):
            item = self.draw(dice)
            if is_welcome(item):
                return item
        welcome = [item for item in self.items if is_welcome(item)]
        return dice.choice(welcome) if welcome else item


@dataclass(slots=True)
class RecentWords:
    """What was used lately: each thing rests while `rest` others are used."""

    rest: int
    _clock: int = 0
    _used_at: dict[Hashable, int] = field(default_factory=dict)

    def is_fresh(self, thing: Hashable) -> bool:
        """Say whether the thing has rested."""
        used_at = self._used_at.get(thing)
        return used_at is None or self._clock - used_at >= self.rest

    def note(self, thing: Hashable) -> None:
        """Remember that the thing is being used."""
        self._clock += 1
        self._used_at[thing] = self._clock


class Stock:
    """The words that a request may use, and how much each is wanted."""

    def __init__(
        self,
        words: Lexicon,
        surprise: float = 1.0,
        mood: Mood = Mood.ANY,
        rating: Rating = Rating.MILD,
    ) -> None:
        """Leave out what is only recognised and what is too rude."""

        def is_allowed(word: Noun | Adjective | Verb) -> bool:
            return word.is_spoken and (rating is Rating.MILD or word.rating == Rating.ALL)

        self.surprise = surprise
        self.mood = mood
        self.nouns: tuple[Noun, ...] = tuple(filter(is_allowed, words.nouns))
        self.adjectives: tuple[Adjective, ...] = tuple(filter(is_allowed, words.adjectives))
        self.verbs: tuple[Verb, ...] = tuple(filter(is_allowed, words.verbs))
        self.adverbs: tuple[Adverb, ...] = words.adverbs
        self.colours: tuple[Colour, ...] = words.colours
        self.counters: tuple[Counter, ...] = words.counters
        self.interjections: tuple[Interjection, ...] = words.interjections
        self._wanted = wanted_distance(surprise)
        self._shelves: dict[Hashable, WeightedChoices[Noun]] = {}

    def weight(self, gap: float) -> float:
        """Return how much a candidate at this distance is wanted."""
        return math.exp(-SHARPNESS * (gap - self._wanted) ** 2)

    def liking(self, mood: str) -> float:
        """Return how much something of a mood is wanted, whatever its distance."""
        return MOOD_WEIGHT if mood and mood == self.mood else 1.0

    def shelf(
        self, cat: Category, is_counted: bool = False, role: str = "", only: Sequence[str] = ()
    ) -> WeightedChoices[Noun] | None:
        """Return the nouns of a category that a slot allows, None when there are none."""
        key = (cat, is_counted, role, tuple(only))
        if key not in self._shelves:
            nouns = [
                noun
                for noun in self.nouns
                if noun.cat is cat
                and (not is_counted or noun.article == "a")
                and (not role or noun.role == role)
                and (not only or noun.ko in only)
            ]
            if not nouns:
                return None
            self._shelves[key] = WeightedChoices(
                nouns,
                [
                    (DRAWABLE_WEIGHT if noun.is_drawable else 1.0) * self.liking(noun.mood)
                    for noun in nouns
                ],
            )
        return self._shelves[key]
