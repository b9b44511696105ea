"""The blanks of a frame, and how chance fills them.

Knows which words a blank takes, and what surprise makes of the words before it. Does not know
sentences. A slot is made ready for a stock once and then fills fast.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from pipelines.text.grammar.distance import SUITS, distance, nearest
from pipelines.text.grammar.draft import Draw
from pipelines.text.grammar.stock import Stock, WeightedChoices
from pipelines.text.korean import hangul
from pipelines.text.korean.romanise import romanise
from pipelines.text.lexicon import (
    Adjective,
    Adverb,
    Category,
    Colour,
    Counter,
    Interjection,
    Noun,
    Sense,
    Verb,
)
from pipelines.text.rendering.filling import NATIVE, SINO_DIGITS, Filling, Literal, Number

Fill = Callable[[Draw], Filling]
PEOPLE_WEIGHT = 3.0  # nothing is as funny as a person
MIMETIC_HEADS = "꿉뽈쫑뭉흐쿵뽀둥찌꾸포뚜쭈호벌콩쏘깔"
MIMETIC_TAILS = "실랑글딱컹슬닥룩찔렁퐁츨"
ECHO_CHANCE = 0.4  # how often, at the highest surprise, an adjective echoes its noun's first sound
ECHO_TRIES = 12


class Slot(Protocol):
    """A blank that can be filled."""

    def ready(self, stock: Stock) -> Fill:
        """Return what fills the blank from a stock, given the words before it."""

    def takes(self, word: Filling) -> bool:
        """Say whether a person may put this word here."""

    def suits(self, word: Filling, draw: Draw) -> bool:
        """Say whether the word is decent beside the words before it."""


class _Easy:
    """A slot that takes no word from a person, or minds no neighbour."""

    __slots__ = ()

    def takes(self, word: Filling) -> bool:
        return False

    def suits(self, word: Filling, draw: Draw) -> bool:
        return True


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

    def ready(self, stock: Stock) -> Fill:
        found = [stock.shelf(cat, self.is_counted, self.role, self.only) for cat in self.cats]
        shelves = [(cat, shelf) for cat, shelf in zip(self.cats, found, strict=True) if shelf]
        near: dict[Verb | Category | None, WeightedChoices[WeightedChoices[Noun]]] = {}

        def fill(draw: Draw) -> Noun:
            beside = self._beside(draw)
            if beside not in near:
                weights = [
                    self._weight(cat, beside, stock) * _commonness(cat, shelf)
                    for cat, shelf in shelves
                ]
                near[beside] = WeightedChoices([shelf for _, shelf in shelves], weights)
            noun = near[beside].draw(draw.dice).pick(draw.dice, draw.nouns.is_fresh)
            draw.nouns.note(noun)
            return noun

        return fill

    def _beside(self, draw: Draw) -> Verb | Category | None:
        if self.of:
            return draw.verb(self.of)
        return draw.noun(self.far).cat if self.far else None

    @staticmethod
    def _weight(cat: Category, beside: Verb | Category | None, stock: Stock) -> float:
        if beside is None:
            return 1.0
        if isinstance(beside, Category):
            return stock.weight(distance(cat, beside))
        return 0.0 if cat in beside.never else stock.weight(nearest(beside.fits, cat))

    def takes(self, word: Filling) -> bool:
        return (
            isinstance(word, Noun)
            and word.cat in self.cats
            and not self.only
            and (not self.is_counted or word.article == "a")
            and (not self.role or word.role == self.role)
        )

    def suits(self, word: Filling, draw: Draw) -> bool:
        return not self.of or (isinstance(word, Noun) and word.cat not in draw.verb(self.of).never)


def _commonness(cat: Category, shelf: WeightedChoices[Noun]) -> float:
    """Return the weight of a category: large ones more often, but not as their size."""
    return math.sqrt(len(shelf.items)) * (PEOPLE_WEIGHT if cat is Category.PERSON else 1.0)


@dataclass(frozen=True, slots=True)
class AdjectiveSlot(_Easy):
    """An adjective; `on` names the noun it may clash with, "" leaves it free."""

    on: str = ""
    senses: tuple[Sense, ...] = tuple(Sense)

    def ready(self, stock: Stock) -> Fill:
        words = [word for word in stock.adjectives if word.sense in self.senses]
        pools: dict[Category | None, WeightedChoices[Adjective]] = {}

        def weight(word: Adjective, cat: Category | None) -> float:
            gap = 1.0 if cat is None else stock.weight(nearest(SUITS[word.sense], cat))
            return gap * stock.liking(word.mood)

        def fill(draw: Draw) -> Adjective:
            cat = draw.noun(self.on).cat if self.on else None
            if cat not in pools:
                pools[cat] = WeightedChoices(words, [weight(word, cat) for word in words])
            if cat and stock.surprise > 1:
                echo = _echo(pools[cat], draw, self.on, stock.surprise)
                if echo:
                    return echo
            return draw.other(pools[cat])

        return fill

    def takes(self, word: Filling) -> bool:
        return isinstance(word, Adjective) and word.sense in self.senses


def _echo(
    pool: WeightedChoices[Adjective], draw: Draw, noun: str, surprise: float
) -> Adjective | None:
    """Return an adjective that begins with the sound of its noun, now and then: 정중한 정수기."""
    if draw.dice.random() >= ECHO_CHANCE * (surprise - 1):
        return None
    sound = hangul.split(draw.noun(noun).ko[0])[0]
    for _ in range(ECHO_TRIES):
        word = pool.draw(draw.dice)
        if hangul.split(word.ko[0])[0] == sound and draw.others.is_fresh(word):
            draw.others.note(word)
            return word
    return None


@dataclass(frozen=True, slots=True)
class VerbSlot:
    """A verb.

    Attributes:
        subject: slot of the noun it may clash with.
        only: the verbs of the frame, where few will do.
        barred: verbs that make no sense in the frame.
    """

    valency: str
    subject: str = ""
    only: tuple[str, ...] = ()
    barred: tuple[str, ...] = ()

    def ready(self, stock: Stock) -> Fill:
        words = [word for word in stock.verbs if self.takes(word)]
        pools: dict[Category | None, WeightedChoices[Verb]] = {}

        def weight(word: Verb, cat: Category | None) -> float:
            if cat is None:
                return stock.liking(word.mood)
            if cat in word.never:
                return 0.0
            return stock.weight(nearest(word.fits, cat)) * stock.liking(word.mood)

        def fill(draw: Draw) -> Verb:
            cat = draw.noun(self.subject).cat if self.subject else None
            if cat not in pools:
                pools[cat] = WeightedChoices(words, [weight(word, cat) for word in words])
            return draw.other(pools[cat])

        return fill

    def takes(self, word: Filling) -> bool:
        return (
            isinstance(word, Verb)
            and word.valency == self.valency
            and (not self.only or word.ko in self.only)
            and word.ko not in self.barred
        )

    def suits(self, word: Filling, draw: Draw) -> bool:
        if not self.subject or not isinstance(word, Verb):
            return True
        return draw.noun(self.subject).cat not in word.never


@dataclass(frozen=True, slots=True)
class CounterSlot(_Easy):
    """A counter: the right one for its noun, or (the joke) a wrong one."""

    of: str
    is_right: bool = False

    def ready(self, stock: Stock) -> Fill:
        by_name = {counter.ko: counter for counter in stock.counters}
        funny = [counter for counter in stock.counters if not counter.is_plain]
        pools: dict[Category, WeightedChoices[Counter]] = {}

        def right(draw: Draw) -> Counter:
            own = draw.noun(self.of).counters
            return by_name[own[0] if own else "개"]

        def wrong(draw: Draw) -> Counter:
            noun = draw.noun(self.of)
            if noun.cat not in pools:
                gaps = [nearest(counter.cats, noun.cat, when_none=2) for counter in funny]
                pools[noun.cat] = WeightedChoices(funny, map(stock.weight, gaps))
            return pools[noun.cat].pick(draw.dice, lambda counter: counter.ko not in noun.counters)

        return right if self.is_right else wrong


@dataclass(frozen=True, slots=True)
class NumberSlot(_Easy):
    """A number in the series that its counter takes; small ones more often."""

    before: str
    most: int = 13

    def ready(self, stock: Stock) -> Fill:
        native, sino = self._pool(NATIVE), self._pool(SINO_DIGITS)

        def fill(draw: Draw) -> Number:
            counter = draw.chosen[self.before]
            if not isinstance(counter, Counter):
                raise TypeError(f"slot {self.before!r} holds no counter")
            return (native if counter.numbers == "native" else sino).draw(draw.dice)

        return fill

    def _pool(self, series: Sequence[tuple[str, str]]) -> WeightedChoices[Number]:
        numbers = [Number(ko, en) for ko, en in series[: self.most]]
        return WeightedChoices(numbers, [1 / (place + 2) for place in range(len(numbers))])


@dataclass(frozen=True, slots=True)
class ColourSlot(_Easy):
    """A colour."""

    def ready(self, stock: Stock) -> Fill:
        pool = WeightedChoices(stock.colours, [1.0] * len(stock.colours))
        return lambda draw: draw.other(pool)

    def takes(self, word: Filling) -> bool:
        return isinstance(word, Colour)


@dataclass(frozen=True, slots=True)
class AdverbSlot(_Easy):
    """An adverb of some kinds."""

    kinds: tuple[str, ...] = ("방식",)

    def ready(self, stock: Stock) -> Fill:
        words = [word for word in stock.adverbs if word.kind in self.kinds]
        pool = WeightedChoices(words, [stock.liking(word.mood) for word in words])
        return lambda draw: draw.other(pool)

    def takes(self, word: Filling) -> bool:
        return isinstance(word, Adverb) and word.kind in self.kinds


@dataclass(frozen=True, slots=True)
class InterjectionSlot(_Easy):
    """A cry."""

    def ready(self, stock: Stock) -> Fill:
        pool = WeightedChoices(
            stock.interjections, [stock.liking(cry.mood) for cry in stock.interjections]
        )
        return lambda draw: draw.other(pool)

    def takes(self, word: Filling) -> bool:
        return isinstance(word, Interjection)


@dataclass(frozen=True, slots=True)
class LiteralSlot(_Easy):
    """One of several fixed wordings."""

    versions: tuple[tuple[str, str], ...]

    def ready(self, stock: Stock) -> Fill:
        pool = WeightedChoices(
            [Literal(*version) for version in self.versions], [1.0] * len(self.versions)
        )
        return lambda draw: pool.draw(draw.dice)


@dataclass(frozen=True, slots=True)
class MimeticSlot(_Easy):
    """A made-up word for a movement or a sound, said twice: 꿉실꿉실."""

    def ready(self, stock: Stock) -> Fill:
        def fill(draw: Draw) -> Literal:
            half = draw.dice.choice(MIMETIC_HEADS) + draw.dice.choice(MIMETIC_TAILS)
            sound = romanise(half).lower()
            return Literal(half * 2, f"{sound}-{sound}")

        return fill
