"""What may fill a blank of a frame: an entry of the lexicon, a number, or fixed words.

Knows how numbers are called before a counter. Does not choose anything.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.text.lexicon import (
    Adjective,
    Adverb,
    Colour,
    Counter,
    Interjection,
    Noun,
    Verb,
)

NATIVE = (
    ("한", "one"), ("두", "two"), ("세", "three"), ("네", "four"), ("다섯", "five"),
    ("여섯", "six"), ("일곱", "seven"), ("여덟", "eight"), ("아홉", "nine"), ("열두", "twelve"),
    ("스물두", "twenty-two"), ("백", "a hundred"), ("천", "a thousand"),
)  # fmt: skip
SINO = (
    ("일", "one"), ("삼", "three"), ("사", "four"), ("오", "five"),
    ("칠", "seven"), ("십이", "twelve"), ("백", "a hundred"), ("천", "a thousand"),
)  # fmt: skip
# the same in digits, as they are written before a unit of measure: 4제곱미터
SINO_DIGITS = (
    ("1", "one"), ("3", "three"), ("4", "four"), ("5", "five"),
    ("7", "seven"), ("12", "twelve"), ("100", "a hundred"), ("1000", "a thousand"),
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Number:
    """A number as it stands before a counter."""

    ko: str
    en: str


@dataclass(frozen=True, slots=True, eq=False)
class Literal:
    """Fixed words of a frame that come in several versions."""

    ko: str
    en: str


Filling = Noun | Adjective | Verb | Adverb | Colour | Counter | Interjection | Number | Literal
