"""A text becomes records with line numbers, and no mistake in it swallows what comes after.

Knows commas, tabs, semicolons and quotes. Python's csv module reads an unbalanced quote to the end
of the file; here a record that does not come to an end is one broken line, and reading goes on.
Does not know what the columns mean.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

DELIMITERS = (",", "\t", ";")
MOST_LINES = 40  # of one quoted field; more is an unbalanced quote


@dataclass(frozen=True, slots=True)
class Record:
    """One row of a table.

    Attributes:
        line: of the source, where it begins.
        fields: empty when the row is broken.
        text: the line as it stood there.
    """

    line: int
    fields: tuple[str, ...]
    text: str


def records(lines: Sequence[str], delimiter: str) -> Iterator[Record]:
    """Yield the records of a table; blank lines are no records.

    >>> [record.fields for record in records(['a,"b', 'c",d', "", 'e,"f', "g,h"], ",")]
    [('a', 'b c', 'd'), (), ('g', 'h')]
    """
    place = 0
    while place < len(lines):
        if not lines[place].strip():
            place += 1
            continue
        end = _end(lines, place, delimiter)
        if end is None:
            yield Record(place + 1, (), lines[place])
            place += 1
            continue
        whole = " ".join(line.strip() for line in lines[place:end])
        yield Record(place + 1, split(whole, delimiter), lines[place])
        place = end


def split(line: str, delimiter: str) -> tuple[str, ...]:
    """Return the fields of one record.

    >>> split('a,"b, c", d', ",")
    ('a', 'b, c', 'd')
    """
    reader = csv.reader([line], delimiter=delimiter, skipinitialspace=True)
    try:
        return tuple(field.strip() for field in next(reader, []))
    except csv.Error:  # a field of more than 128 kB
        return ()


def _end(lines: Sequence[str], start: int, delimiter: str) -> int | None:
    """Return behind which line the record is over, None when its quote is never closed.

    A quote that opens in one row and is closed by a stray quote many rows below would swallow the
    rows between: when what it takes in looks like rows of its own, it is broken too.
    """
    if not _is_open(lines[start], delimiter, False):
        return start + 1
    is_open = True
    for place in range(start + 1, min(start + MOST_LINES, len(lines))):
        is_open = _is_open(lines[place], delimiter, is_open)
        if not is_open:
            width = len(split(" ".join(lines[start : place + 1]), delimiter))
            inner = lines[start + 1 : place]
            rows = sum(len(split(line, delimiter)) >= width for line in inner if line.strip())
            return None if width > 1 and rows > len(inner) / 2 else place + 1
    return None


def _is_open(line: str, delimiter: str, is_open: bool) -> bool:
    """Return whether a quote is open at the end of the line.

    A quote opens only where a field begins; elsewhere it is an inch or an irony.
    """
    at_start = not is_open
    place = 0
    while place < len(line):
        letter = line[place]
        if is_open:
            if letter == '"':
                if line[place + 1 : place + 2] == '"':
                    place += 1
                else:
                    is_open = False
        elif letter == '"' and at_start:
            is_open = True
        at_start = not is_open and (letter == delimiter or (at_start and letter == " "))
        place += 1
    return is_open
