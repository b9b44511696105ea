"""What the lexicon knows about a word: one frozen class for each data file.

Knows the closed lists of categories, senses and classes. Does not read files and does not
conjugate. Two entries are the same word only when they are the same line: that keeps them fast as
keys of a table.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Category(StrEnum):
    """What a noun is, roughly; the values stand in the data files."""

    ANIMAL = "동물"
    NATURE = "자연"
    FOOD = "먹을것"
    BODY = "몸"
    THING = "물건"
    CLOTHES = "옷"
    VEHICLE = "탈것"
    INSTRUMENT = "악기"
    PLACE = "곳"
    PERSON = "사람"
    SHAPE = "모양"
    TIME = "시간"
    ABSTRACT = "추상"
    SENSATION = "감각"
    GESTURE = "몸짓"


class Sense(StrEnum):
    """Which sense or judgement an adjective or a sensation belongs to."""

    SIGHT = "시각"
    HEARING = "청각"
    TOUCH = "촉각"
    TASTE = "미각"
    SMELL = "후각"
    MOOD = "정서"
    CHARACTER = "성격"
    STATE = "상태"


@dataclass(frozen=True, slots=True, eq=False)
class Noun:
    """A noun; `emoji`, `shape` or `scene` marks that the picture model can draw it.

    Attributes:
        article: what English puts before one of it: "a", "the", "some" or "".
        plural: the English plural where adding s would be wrong.
        counters: the counters that fit; all others are wrong, which is the joke.
        role: "dish" for food that other words can be made into (무침, 국수).
        rating: "mild" for what is a little rude.
        mood: the mood it brings, "" for none.
        is_spoken: the grammar engine uses it; homographs are only recognised.
    """

    ko: str
    en: str
    cat: Category
    sense: Sense | None = None
    counters: tuple[str, ...] = ()
    article: str = "a"
    plural: str = ""
    role: str = ""
    rating: str = "all"
    mood: str = ""
    is_spoken: bool = True
    emoji: str = ""
    shape: str = ""
    scene: str = ""

    @property
    def is_drawable(self) -> bool:
        """Say whether the picture model has seen it."""
        return bool(self.emoji or self.shape or self.scene)


@dataclass(frozen=True, slots=True, eq=False)
class Colour:
    """A colour as a modifier (`ko`: 빨간), as a noun (빨강) and, where there is one, 빨갛다."""

    ko: str
    noun: str
    en: str
    hex: str
    adjective: str = ""
    irregular: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Adjective:
    """An adjective in its dictionary form."""

    ko: str
    en: str
    sense: Sense
    irregular: str = ""
    rating: str = "all"
    mood: str = ""
    is_spoken: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Verb:
    """A verb in its dictionary form.

    Attributes:
        valency: "i" needs a subject only, "t" takes an object.
        fits: categories that make plain sense as subject (i) or object (t).
        never: categories that would be cruel or crude.
        past, third, ing: English forms that the rules would get wrong.
    """

    ko: str
    en: str
    valency: str
    fits: tuple[Category, ...]
    never: tuple[Category, ...] = ()
    irregular: str = ""
    past: str = ""
    third: str = ""
    ing: str = ""
    rating: str = "all"
    mood: str = ""
    is_spoken: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Adverb:
    """An adverb; `kind` is 방식 (manner), 흉내 (mimetic), 때 (time) or 정도 (degree)."""

    ko: str
    en: str
    kind: str
    mood: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Counter:
    """A counter word.

    Attributes:
        cats: what it properly counts.
        numbers: "native" (한, 두, 세) or "sino" (일, 이, 삼).
        is_plain: too ordinary to be funny in the wrong place.
    """

    ko: str
    en: str
    cats: tuple[Category, ...]
    numbers: str = "native"
    plural: str = ""
    is_plain: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Interjection:
    """A cry."""

    ko: str
    en: str
    mood: str = ""


Entry = Noun | Colour | Adjective | Verb | Adverb | Counter | Interjection


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All words, in the order of the files."""

    nouns: tuple[Noun, ...]
    colours: tuple[Colour, ...]
    adjectives: tuple[Adjective, ...]
    verbs: tuple[Verb, ...]
    adverbs: tuple[Adverb, ...]
    counters: tuple[Counter, ...]
    interjections: tuple[Interjection, ...]
