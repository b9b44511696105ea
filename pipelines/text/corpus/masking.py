"""Take out what belongs to somebody before a text is kept: numbers and addresses of people.

Knows how such things are written in Korea, in full-width digits and with blanks, dots and dashes
too. Does not know names, and cannot: a text may still tell about people in words.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum


class Private(StrEnum):
    """What is masked; the value stands in its place."""

    EMAIL = "[이메일]"
    RESIDENT = "[주민번호]"
    PHONE = "[전화번호]"
    CARD = "[카드번호]"
    ACCOUNT = "[계좌번호]"
    LINK = "[링크]"


EXAMPLES = 3  # of each kind, shown after masking
AROUND = 12  # characters of its surroundings on either side
GAP = r" ?[-./·] ?| {1,2}"  # what stands between the groups of a number
DIGIT = "[영공일이삼사오육륙칠팔구]"  # a number read aloud

# in this order: what is left of a resident number would look like an account
PATTERNS: tuple[tuple[Private, re.Pattern[str]], ...] = (
    (Private.LINK, re.compile(r"(?:https?://|www\.)\S{1,2000}")),
    (
        Private.EMAIL,
        re.compile(
            r"[A-Za-z0-9._%+-]{1,64} ?(?:@|\(at\)|\[at\]|골뱅이) ?"
            r"[A-Za-z0-9-]{1,63}(?:(?:\.|\(dot\)| ?닷 ?)[A-Za-z0-9-]{1,63}){1,4}",
            re.IGNORECASE,
        ),
    ),
    # the check digit is not verified: a mistyped number still belongs to somebody
    (
        Private.RESIDENT,
        re.compile(rf"(?<!\d)\d{{6}}(?:{GAP}|[~_])?\d(?:\d{{6}}|[*xX●○]{{6}})(?!\d)"),
    ),
    (
        Private.PHONE,
        re.compile(
            rf"(?<!\d)(?:\(?(?:\+?82(?:{GAP})?\(?0?\)?|0)1[016789]\)?(?:{GAP})?\d{{3,4}}(?:{GAP})?\d{{4}}"
            rf"|\(?(?:\+?82(?:{GAP})?|0)(?:2|[3-6]\d|70|80|50\d)\)?(?:{GAP})?\d{{3,4}}(?:{GAP})?\d{{4}}"
            rf"|1[5-9]\d{{2}}[-.]\d{{4}})(?!\d)"  # service numbers
            rf"|[공영]일[공영일육륙칠팔구](?:{GAP})?{DIGIT}{{3,4}}(?:{GAP})?{DIGIT}{{4}}"
        ),
    ),
    (
        Private.CARD,
        re.compile(
            r"(?<![\d-])(?:\d{4}([-. ]?)\d{4}\1\d{4}\1\d{4}"
            r"|3[47]\d{2}([-. ]?)\d{6}\2\d{5})(?![\d-])"
        ),
    ),
    (
        Private.ACCOUNT,  # ten digits or more, whole or in groups
        re.compile(
            r"(?<![\d-])(?<!\d\.)(?:(?=(?:-?\d){10,20}(?![\d-]))\d{2,20}(?:-\d{1,7}){0,4}"
            r"|(?=(?:[ .]?\d){11,20}(?!\d))\d{2,6}([ .])\d{2,7}(?:\1\d{2,7}){1,3})(?!\d)"
        ),
    ),
)
# one character for one, so that a place in the plain line is a place in the line as it was written
PLAIN = {
    **{0xFF01 + place: chr(0x21 + place) for place in range(94)},  # full-width ASCII
    **dict.fromkeys((0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212, 0xFE63), "-"),
    **dict.fromkeys((0x00A0, 0x2002, 0x2003, 0x2009, 0x3000), " "),
    **dict.fromkeys((0x3002, 0xFF61, 0x2024), "."),
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
        plain = line.translate(PLAIN)
        kinds = []
        for kind, pattern in PATTERNS:
            spans = [found.span() for found in pattern.finditer(plain)]
            if spans:
                self.found[kind] += len(spans)
                kinds.append(kind)
                line, plain = _replaced(line, spans, kind), _replaced(plain, spans, kind)
        for kind in kinds:
            self._remember(kind, line)
        return line

    def _remember(self, kind: Private, line: str) -> None:
        shown = self.examples.get(kind, ())
        place = line.find(kind.value)
        if len(shown) < EXAMPLES and place >= 0:
            start, end = max(0, place - AROUND), place + len(kind.value) + AROUND
            part = f"{'…' * (start > 0)}{line[start:end]}{'…' * (end < len(line))}"
            self.examples[kind] = (*shown, part)


def _replaced(line: str, spans: list[tuple[int, int]], kind: Private) -> str:
    parts, place = [], 0
    for start, end in spans:
        parts += [line[place:start], kind.value]
        place = end
    return "".join((*parts, line[place:]))
