"""Take out what belongs to somebody before a text is kept: numbers and addresses of people.

Puts the parts together: `addresses` and `numbers` find, `particles` mends what stands behind. A run
of digits goes whole or stays whole. Does not know names, and cannot: a text may still tell about
people in words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from pipelines.text.corpus import addresses, numbers
from pipelines.text.corpus.digit_runs import plain_digits
from pipelines.text.corpus.particles import agree
from pipelines.text.corpus.private import Private

__all__ = ["EXAMPLES", "Masker", "Private", "whole_up_to"]

EXAMPLES = 3  # of each kind, shown after masking
AROUND = 12  # characters of its surroundings on either side
UNSEEN = re.compile("[\u00ad\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
# what may be the beginning of something private where a line was cut
_UNFINISHED = re.compile(r"[^가-힣]{1,80}\Z")
_MAY_BE_PRIVATE = re.compile(r"[0-9a-z@★*●]", re.IGNORECASE)


@cache
def plain_characters() -> dict[int, str]:
    """Return one character for one, so that a place in the plain line is a place in the line."""
    return {
        **plain_digits(),
        **{0xFF01 + place: chr(0x21 + place) for place in range(94)},  # full-width ASCII
        **dict.fromkeys((*range(0x2010, 0x2016), 0x2212, 0xFE58, 0xFE63, 0x30FC, 0x1173), "-"),
        **dict.fromkeys((0x2043, 0x2500, 0x2501, 0x3161, 0x23AF, 0x02D7, 0x3030, 0xFF70), "-"),
        **dict.fromkeys((0x00A0, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000, 0x09), " "),
        **dict.fromkeys((0x3002, 0xFF61, 0x2024), "."),
        **dict.fromkeys((0x301C, 0x223C, 0x02DC), "~"),
        0x3001: ",",
        0x2215: "/",
        0x2044: "/",
        0x2236: ":",
        0x00D7: "x",
        0xFE6B: "@",
    }


@dataclass(slots=True)
class Masker:
    """Masks line after line and counts what it took out.

    Attributes:
        found: how often each kind was there.
        examples: surroundings of the first few, with everything private masked already.
    """

    found: Counter[Private] = field(default_factory=Counter)
    examples: dict[Private, tuple[str, ...]] = field(default_factory=dict)

    def mask(self, line: str) -> str:
        """Return the line with everything private replaced.

        >>> Masker().mask("연락은 ０１０．１２３４．５６７８ 아니면 dodu@example.com")
        '연락은 [전화번호] 아니면 [이메일]'
        """
        if not line or line.isspace():  # files may have a million of those
            return line
        line = UNSEEN.sub("", line)
        plain = line.translate(plain_characters())
        kinds: set[Private] = set()
        for kind, pattern in addresses.ADDRESSES:
            spans = [(*span, kind) for span in addresses.spans(pattern, plain)]
            line, plain = self._replaced(line, plain, spans, kinds)
        for find in (numbers.said, numbers.written):
            line, plain = self._replaced(line, plain, list(find(plain)), kinds)
        if not kinds:
            return line
        line = agree(line)
        for kind in sorted(kinds):
            self._remember(kind, line)
        return line

    def _replaced(
        self, line: str, plain: str, spans: Sequence[numbers.Span], kinds: set[Private]
    ) -> tuple[str, str]:
        if not spans:
            return line, plain
        for _, _, kind in spans:
            self.found[kind] += 1
            kinds.add(kind)
        return _replaced(line, spans), _replaced(plain, spans)

    def _remember(self, kind: Private, line: str) -> None:
        shown = self.examples.get(kind, ())
        place = line.find(kind.value)
        if len(shown) < EXAMPLES and place >= 0:
            start, end = max(0, place - AROUND), place + len(kind.value) + AROUND
            part = f"{'…' * (start > 0)}{line[start:end]}{'…' * (end < len(line))}"
            self.examples[kind] = (*shown, part)


def whole_up_to(text: str, most: int) -> str:
    """Return the beginning of a text that is to be masked, without half a number at its end.

    >>> whole_up_to("연락은 010-1234-5678", 12)
    '연락은'
    """
    if len(text) <= most:
        return text
    cut = text[:most]
    rest = _UNFINISHED.search(cut)
    if rest and _MAY_BE_PRIVATE.search(rest[0]):
        return cut[: rest.start()]
    return cut


def _replaced(line: str, spans: Sequence[numbers.Span]) -> str:
    parts, place = [], 0
    for start, end, kind in spans:
        parts += [line[place:start], kind.value]
        place = end
    return "".join((*parts, line[place:]))
