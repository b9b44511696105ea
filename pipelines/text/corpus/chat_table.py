"""Read the table that KakaoTalk on a Mac writes: Date,User,Message.

A row begins where a date begins, so a quote that is never closed spoils its own row and no other.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

HEADER = re.compile(
    r"\ufeff?\"?(?:Date|날짜)\"?(?P<comma>[,;\t])\"?(?:User|사용자|보낸 사람)\"?(?P=comma)"
    r"\"?(?:Message|메시지|내용)\"?[,;\t ]*",
    re.IGNORECASE,
)
_ROW = re.compile(
    r"\"?\d{4}[-./] ?\d{1,2}[-./] ?\d{1,2}\.?[ T,]{1,2}(?:오전 "
    r"|오후 )?\d{1,2}:\d{2}(?::\d{2})?(?: ?[AP]M)?\"?[,;\t]"
    r"|[,;\t]\"\"[,;\t]",
    re.IGNORECASE,
)
MOST_LINES = 400  # of one message; what comes after them is a row that lost its date


@dataclass(frozen=True, slots=True)
class ChatTableRow:
    """One row: the line where it begins, who, and what."""

    line: int
    name: str
    text: str


def is_table(lines: Sequence[str]) -> bool:
    """Say whether the first line is the head of such a table."""
    return bool(lines) and bool(HEADER.fullmatch(lines[0].strip()))


def rows(lines: Sequence[str]) -> Iterator[ChatTableRow]:
    """Yield the rows below the head."""
    head = HEADER.fullmatch(lines[0].strip())
    comma = head["comma"] if head else ","
    start, held = 0, list[str]()
    for number, line in enumerate(lines[1:], start=2):
        if _ROW.match(line):
            if held:
                yield _row(start, held, comma)
            start, held = number, [line]
        elif held and len(held) < MOST_LINES:
            held.append(line)
    if held:
        yield _row(start, held, comma)


def _row(start: int, lines: Sequence[str], comma: str) -> ChatTableRow:
    whole = "\n".join(lines)
    try:
        fields = next(csv.reader([line + "\n" for line in lines], delimiter=comma), [])
    except csv.Error:  # a field of more than 128 kB
        fields = [part.strip('" ') for part in whole.split(comma, 2)]
    name = fields[1].strip() if len(fields) > 1 else ""
    return ChatTableRow(start, name, comma.join(fields[2:]))
