"""How much of a text fits into the 75 tokens that CLIP reads at a time, counted as CLIP does.

Knows byte-pair encoding and the table of merges that ships (models/families/clip); needs no ML
library, so that a page can tell before torch is there. Does not know what is worth more; the caller
puts that first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from itertools import pairwise

from models.structure import FAMILIES
from models.tokenizer import PLACE, read_merges, vocabulary

SHIPPED = FAMILIES / PLACE
CHUNK = 75  # tokens of CLIP between the two that begin and end a text
END = "</w>"
# as OpenAI's tokenizer splits: letters, single digits, runs of marks
WORD = re.compile(r"'s|'t|'re|'ve|'m|'ll|'d|[^\W\d_]+|\d|(?:_|[^\w\s])+")


def count(text: str) -> int:
    """Return how many tokens of CLIP a text has.

    >>> count("a sad cat"), count("tteokbokki"), count("3,5"), count("")
    (3, 4, 3, 0)
    """
    return sum(len(pieces(word)) for word in WORD.findall(text.lower()))


@lru_cache(maxsize=20_000)
def pieces(word: str) -> tuple[str, ...]:
    """Return the tokens of one word.

    >>> pieces("cat"), pieces("hanbok")
    (('cat</w>',), ('han', 'bok</w>'))
    """
    letters = byte_letters()
    parts = [letters[byte] for byte in word.encode()]
    parts[-1] += END
    while len(parts) > 1:
        best = min(pairwise(parts), key=lambda pair: ranks().get(pair, len(ranks())))
        if best not in ranks():
            break
        parts = _merged(parts, best)
    return tuple(parts)


def _merged(parts: Sequence[str], pair: tuple[str, str]) -> list[str]:
    found: list[str] = []
    place = 0
    while place < len(parts):
        if tuple(parts[place : place + 2]) == pair:
            found.append(pair[0] + pair[1])
            place += 2
        else:
            found.append(parts[place])
            place += 1
    return found


@cache
def ranks() -> dict[tuple[str, str], int]:
    """Return which pairs are merged, the earliest first.

    None where the table is gone: every byte counts then, so that nothing is ever too long.
    """
    if not SHIPPED.is_file():
        return {}
    return {pair: rank for rank, pair in enumerate(read_merges(SHIPPED))}


@cache
def byte_letters() -> tuple[str, ...]:
    """Return the letter that stands for each byte, in the order of the vocabulary."""
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [byte for byte in range(256) if byte not in printable]
    letters = dict(zip((*printable, *others), vocabulary([]), strict=False))
    return tuple(letters[byte] for byte in range(256))


def fit(parts: Iterable[str], limit: int = CHUNK) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the parts that fit when joined by commas, and those that do not.

    The first part is always among the first, cut after a word where it is too long by itself.

    >>> fit(("a cat", "a dog", "a bird"), 5)
    (('a cat', 'a dog'), ('a bird',))
    >>> fit(("one two three four",), 3)
    (('one two three',), ('four',))
    """
    kept: list[str] = []
    left: list[str] = []
    room = limit
    for part in parts:
        size = count(part) + bool(kept)
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
    """Return the words that fit, at least a part of the first, and the others."""
    words = part.split(" ")
    length = used = 0
    while length < len(words) and used + count(words[length]) <= limit:
        used += count(words[length])
        length += 1
    if length == 0:
        return words[0][:limit], " ".join((words[0][limit:], *words[1:]))
    return " ".join(words[:length]), " ".join(words[length:])
