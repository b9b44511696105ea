"""How much of a text fits into the 75 tokens that CLIP reads at a time, without its tokenizer.

Knows a bound: CLIP's pieces are never more than this many for words of our dictionary, which the
tests check with the real table. Does not know what is worth more; the caller puts that first.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

CHUNK = 75  # tokens of CLIP between the two that begin and end a text
LETTERS_A_TOKEN = 3  # of an English word; the usual words are one token and shorter bounds are safe
BYTES_A_TOKEN = 1  # of anything else
WORD = re.compile(r"[A-Za-z]+|\d|[^\sA-Za-z\d]")


def bound(text: str) -> int:
    """Return a number of CLIP tokens that the text does not exceed.

    >>> bound("a sad cat"), bound("tteokbokki"), bound("3,5"), bound("뷁")
    (3, 4, 3, 3)
    """
    return sum(map(_word_bound, WORD.findall(text)))


def _word_bound(word: str) -> int:
    if word[0].isascii() and word[0].isalpha():
        return math.ceil(len(word) / LETTERS_A_TOKEN)
    return len(word.encode()) // BYTES_A_TOKEN


def fit(parts: Iterable[str], limit: int = CHUNK) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the parts that fit when joined by commas, and those that do not.

    The first part is always among the first, cut after a word where it is too long by itself.

    >>> fit(("a cat", "a dog", "a bird"), 4)
    (('a cat',), ('a dog', 'a bird'))
    >>> fit(("one two three four",), 3)
    (('one two',), ('three four',))
    """
    kept: list[str] = []
    left: list[str] = []
    room = limit
    for part in parts:
        size = bound(part) + bool(kept)
        if size <= room:
            kept.append(part)
            room -= size
        elif not kept:
            first, rest = _cut(part, limit)
            kept.append(first)
            left.append(rest)
            room = 0
        else:
            left.append(part)
    return tuple(kept), tuple(left)


def _cut(part: str, limit: int) -> tuple[str, str]:
    words = part.split(" ")
    length = 1
    while length < len(words) and bound(" ".join(words[: length + 1])) <= limit:
        length += 1
    return " ".join(words[:length]), " ".join(words[length:])
