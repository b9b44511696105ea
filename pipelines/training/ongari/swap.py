"""One noun of a text becomes another, and every particle stays right.

Knows how a noun stands in an eojeol. A noun is exchanged only for one that takes the same
particles.
"""

from __future__ import annotations

import re
from functools import cache

from pipelines.text.korean import josa
from pipelines.text.reading import forms

SHORTEST = 2  # syllables; a shorter one stands inside too many other words


def sound(noun: str) -> str:
    """Return what particles agree with in a noun: "" for a vowel, ㄹ, or any other consonant.

    >>> sound("문어"), sound("연필"), sound("사랑")
    ('', 'ㄹ', 'C')
    """
    end = josa.batchim(noun)
    return end if end in ("", "ㄹ") else "C"


@cache
def _standing(noun: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![가-힣]){noun}(?={_tails()}(?![가-힣]))")


@cache
def _tails() -> str:
    longest_first = sorted(forms.noun_tails(), key=len, reverse=True)
    return "(?:" + "|".join(map(re.escape, longest_first)) + ")"


def holds(text: str, noun: str) -> bool:
    """Return whether the noun stands in the text, with or without a particle.

    >>> holds("문어는 왜 웃어?", "문어"), holds("문어체로 써 줘", "문어")
    (True, False)
    """
    return noun in text and len(noun) >= SHORTEST and bool(_standing(noun).search(text))


def swap(text: str, old: str, new: str) -> str:
    """Return the text with `new` wherever `old` stood; raise ValueError when particles differ.

    >>> swap("문어는 다리가 많아. 문어!", "문어", "하마")
    '하마는 다리가 많아. 하마!'
    """
    if sound(old) != sound(new):
        raise ValueError(f"{new!r} takes other particles than {old!r}")
    return _standing(old).sub(new, text)
