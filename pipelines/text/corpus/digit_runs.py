"""A line becomes runs of digits: groups, what stands between them, and which belong together.

Knows every way in which a digit is written (1, １, ①, 1️⃣, 일, l) and what people put between the
groups of a number. Does not know what a number means: that is `number_rules`. Reads a line once
from left to right; a run never begins or ends inside a group.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

AROUND = 28  # characters on either side that tell what a number is
MOST_GROUPS = 16  # of one number; a longer chain of groups is no number of a person
MOST_CLUSTERS = 40  # side by side; more is a table, read with windows of at most four
WIDE, NARROW = 16, 4  # how many clusters may make one number
LEAST_DIGITS = 6
HIDDEN = "*"  # a digit that the writer has hidden

SPOKEN = {
    "공": "0", "영": "0", "빵": "0", "〇": "0", "零": "0",
    "일": "1", "하나": "1", "이": "2", "둘": "2", "삼": "3", "셋": "3", "사": "4", "넷": "4",
    "오": "5", "육": "6", "륙": "6", "칠": "7", "팔": "8", "구": "9",
    "一": "1", "二": "2", "三": "3", "四": "4", "五": "5", "六": "6", "七": "7", "八": "8",
    "九": "9",
}  # fmt: skip
LOOKALIKE = {
    "O": "0",
    "o": "0",
    "ⓞ": "0",
    "Ⓞ": "0",
    "ㅇ": "0",
    "Ο": "0",
    "О": "0",
    "I": "1",
    "l": "1",
    "i": "1",
}
_SOFT = {**{word: digit for word, digit in SPOKEN.items() if len(word) == 1}, **LOOKALIKE}
_MARKS = "[\u0300-\u036f\u20d0-\u20ff\ufe00-\ufe0f\u200d]{0,4}"  # struck through, keycaps
_STARS = r"(?:[*＊●○•]{2,12}|[xX]{3,12})"
_HARD = f"[0-9]{_MARKS}"
_SAID = f"(?:[{''.join(map(re.escape, _SOFT))}]|{_HARD})"
WRITTEN_GROUP = re.compile(rf"(?:{_HARD})+{_STARS}?|{_STARS}")
SAID_GROUP = re.compile(rf"{_SAID}+{_STARS}?|{_STARS}")
# a joiner, two at most, with a blank on both sides or on none
_JOINER = r"[-./_,*:~·ㆍ∙•ㅡ|+=)(\[\]#'’]"
TIGHT = re.compile(
    rf"{_JOINER}{{1,3}}| {{1,2}}{_JOINER}{{1,2}} {{1,2}}|[)\]] ?| ?[(\[]| ?다시 ?| ?에 ?"
)
LOOSE = re.compile(rf" {{1,4}}|(?:{_JOINER}|;) {{1,2}}| {{1,2}}{_JOINER}")


@dataclass(frozen=True, slots=True)
class DigitGroup:
    """Digits that stand side by side.

    Attributes:
        digits: what they mean; HIDDEN for one that is not shown.
        lead, tail: how many of them at either end may as well be words ("5678이").
        soft: how many are said in words or letters.
    """

    start: int
    end: int
    digits: str
    lead: int = 0
    tail: int = 0
    soft: int = 0


@dataclass(frozen=True, slots=True)
class Cluster:
    """Groups with joiners between them, as in 010-1234-5678: taken whole or not at all."""

    groups: tuple[DigitGroup, ...]
    gaps: tuple[str, ...]

    @property
    def count(self) -> int:
        """Return how many digits it has."""
        return sum(len(group.digits) for group in self.groups)

    @property
    def is_decimal(self) -> bool:
        """Return whether this is one number with a point, as 37.5665."""
        return self.gaps in ((".",), (",",))


@cache
def plain_digits() -> dict[int, str]:
    """Return every character that is one digit, with its ASCII digit: one character for one."""
    found = {}
    for code in range(0x80, sys.maxunicode):
        digit = unicodedata.digit(chr(code), None)
        if digit is not None and not 0x4E00 <= code <= 0x9FFF:
            found[code] = str(digit)
    return found


def stretches(line: str, group: re.Pattern[str]) -> Iterator[tuple[Cluster, ...]]:
    """Yield clusters that stand side by side with nothing but blanks between them."""
    clusters: list[Cluster] = []
    groups: list[DigitGroup] = []
    gaps: list[str] = []

    def close() -> None:
        if groups:
            clusters.append(Cluster(tuple(groups), tuple(gaps)))
            groups.clear()
            gaps.clear()

    end = 0
    for found in group.finditer(line):
        gap = line[end : found.start()] if groups else ""
        short = len(gap) <= 6
        if groups and short and TIGHT.fullmatch(gap):
            gaps.append(gap.strip())
        elif groups and short and LOOSE.fullmatch(gap):
            close()
        else:
            close()
            yield from _long_enough(clusters)
            clusters = []
        groups.append(_group(found))
        end = found.end()
    close()
    yield from _long_enough(clusters)


def _long_enough(clusters: list[Cluster]) -> Iterator[tuple[Cluster, ...]]:
    if sum(cluster.count for cluster in clusters) >= LEAST_DIGITS:
        yield tuple(clusters)


def _group(found: re.Match[str]) -> DigitGroup:
    """Return the digits of a match; a lone star-run counts as that many hidden digits."""
    digits, soft = [], []
    for char in found[0]:
        if char.isascii() and char.isdigit():
            digits.append(char)
            soft.append(False)
        elif char in _SOFT:
            digits.append(_SOFT[char])
            soft.append(True)
        elif char in "*＊●○•xX":
            digits.append(HIDDEN)
            soft.append(False)
    lead = next((place for place, is_soft in enumerate(soft) if not is_soft), 0)
    tail = next((place for place, is_soft in enumerate(reversed(soft)) if not is_soft), 0)
    return DigitGroup(found.start(), found.end(), "".join(digits), lead, tail, sum(soft))
