"""Take out what belongs to somebody before a text is kept: numbers and addresses of people.

Knows how such things are written in Korea. Does not know names, and cannot: a text may still tell
about people in words.
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
    ACCOUNT = "[계좌번호]"
    LINK = "[링크]"


# in this order: what is left of a resident number would look like an account
PATTERNS: tuple[tuple[Private, re.Pattern[str]], ...] = (
    (Private.LINK, re.compile(r"(?:https?://|www\.)\S{1,2000}")),
    (
        Private.EMAIL,
        re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}"),
    ),
    (Private.RESIDENT, re.compile(r"(?<!\d)\d{6} ?[-–—~]? ?[1-8](?:\d{6}|\*{6})(?!\d)")),
    (
        Private.PHONE,
        re.compile(
            r"(?<!\d)(?:(?:\+?82[-. ]?0?|0)1[016789][-–. ]?\d{3,4}[-–. ]?\d{4}"  # mobile
            r"|\(?0(?:2|[3-6]\d|70|80|50\d)\)?[-–. ]?\d{3,4}[-–. ]?\d{4}"  # landline, internet
            r"|1[5-9]\d{2}[-–]\d{4})(?!\d)"  # service numbers
        ),
    ),
    (
        Private.ACCOUNT,  # ten digits or more, whole or in groups; cards also with blanks
        re.compile(
            r"(?<![\d-])(?:\d{4}([ -])\d{4}\1\d{4}\1\d{4}"
            r"|(?=(?:-?\d){10,20}(?![\d-]))\d{2,20}(?:-\d{2,7}){0,4})(?!\d)"
        ),
    ),
)


@dataclass(slots=True)
class Masker:
    """Masks line after line and counts what it took out."""

    found: Counter[Private] = field(default_factory=Counter)

    def mask(self, line: str) -> str:
        """Return the line with everything private replaced.

        >>> Masker().mask("연락은 010-1234-5678 아니면 dodu@example.com")
        '연락은 [전화번호] 아니면 [이메일]'
        """
        for kind, pattern in PATTERNS:
            if kind in (Private.LINK, Private.EMAIL) or any(map(str.isdigit, line)):
                line, times = pattern.subn(kind.value, line)
                if times:
                    self.found[kind] += times
        return line
