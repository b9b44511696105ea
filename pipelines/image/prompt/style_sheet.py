"""A1111's styles.csv is read: good rows become styles, a row that cannot be read is named.

Columns name, prompt, negative_prompt (very old files: text); rows that begin with # are notes, and
blanks behind a comma mean nothing, as there. One odd row, with a quote in the wrong place or with
bytes that are no text, costs that row alone.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipelines.contract.errors import InvalidRequest
from pipelines.image.prompt.styles import Style
from pipelines.image.prompt.text_file import is_text, read_marked_text

MAX_BYTES = 2 * 1024 * 1024  # the largest collections people share have some hundred kilobytes
MOST_MISTAKES = 100  # that are told; a file with more is hardly a table
QUOTE = '"'


@dataclass(frozen=True, slots=True)
class StyleSheet:
    """What the style files of a person say.

    Attributes:
        styles: the good rows; of two with one name the later one.
        mistakes: the rows that were left out, each a sentence with its file and line.
    """

    styles: tuple[Style, ...] = ()
    mistakes: tuple[InvalidRequest, ...] = ()


@dataclass(frozen=True, slots=True)
class _Row:
    """A row as csv reads it, or the place where csv gave up (`cells` is None)."""

    line: int
    cells: list[str] | None


def read_styles(paths: Iterable[Path]) -> StyleSheet:
    """Return the styles of several files; of two with one name the later one counts.

    Raises:
        InvalidRequest: a file is no such table at all; names the line.
        DiskError: a file cannot be read.
    """
    found: dict[str, Style] = {}
    mistakes: list[InvalidRequest] = []
    for path in paths:
        sheet = parse_styles(read_marked_text(path, MAX_BYTES), path.name)
        found |= {style.name: style for style in sheet.styles}
        mistakes += sheet.mistakes
    return StyleSheet(tuple(found.values()), tuple(mistakes[:MOST_MISTAKES]))


def parse_styles(text: str, file: str) -> StyleSheet:
    """Return the styles of one file's text; of two with one name the later one counts.

    >>> parse_styles(
    ...     "name,prompt,negative_prompt\\nink, {prompt} in ink,photo", "styles.csv"
    ... ).styles
    (Style(name='ink', prompt='{prompt} in ink', negative='photo'),)

    Raises:
        InvalidRequest: the columns have no names, so nothing can be read.
    """
    found: dict[str, Style] = {}
    mistakes: list[InvalidRequest] = []
    columns: list[str] | None = None
    for row in _rows(text):
        cells = row.cells
        if cells is not None and _is_note(cells):
            continue
        if columns is None:
            columns = _columns(cells, file, row.line)
            continue
        try:
            style = _style(cells, columns, file, row.line)
        except InvalidRequest as mistake:
            mistakes.append(mistake)
        else:
            found[style.name] = style
    return StyleSheet(tuple(found.values()), tuple(mistakes[:MOST_MISTAKES]))


def _rows(text: str) -> Iterator[_Row]:
    """Yield every row; where quotes do not pair up, go on with the line behind the row's first.

    A quote that stays open swallows rows that may be good. They are read again, but only those
    that are plainly rows count: what is left of a cell with line breaks is none.
    """
    lines = text.split("\n")
    start, doubtful, width = 0, 0, 0  # lines; up to which one a row may be a rest of another
    while start < len(lines):
        broken = None
        for row in _straight(lines, start):
            if row.cells is None:
                broken = row
                break
            width = width or len(row.cells)
            if row.line > doubtful or _is_plain(row.cells, width):
                yield row
        if broken is None:
            return
        yield _Row(broken.line, None)
        doubtful = max(doubtful, _reach(lines, broken.line))
        start = broken.line  # the line behind it; lines count from 1


def _straight(lines: Sequence[str], start: int) -> Iterator[_Row]:
    """Yield rows from a line on until csv gives up; that row last, without cells."""
    written = (f"{lines[at]}\n" for at in range(start, len(lines)))
    reader = csv.reader(written, strict=True, skipinitialspace=True)
    line = start + 1
    while True:
        try:
            cells = next(reader, None)
        except csv.Error:
            yield _Row(line, None)
            return
        if cells is None:
            return
        yield _Row(line, cells)
        line = start + reader.line_num + 1  # a row may have several lines


def _reach(lines: Sequence[str], line: int) -> int:
    """Return the last line that a row with an odd quote, begun on `line`, may go on to."""
    later = range(line, len(lines))
    return next((at + 1 for at in later if QUOTE in lines[at]), line)


def _is_plain(cells: list[str], width: int) -> bool:
    return len(cells) == width and not any(QUOTE in cell for cell in cells)


def _is_note(cells: list[str]) -> bool:
    return not any(cell.strip() for cell in cells) or cells[0].lstrip().startswith("#")


def _columns(row: list[str] | None, file: str, line: int) -> list[str]:
    if row is None:
        raise InvalidRequest("prompt.styles.quotes", file=file, line=line)
    if not all(is_text(cell) for cell in row):
        raise InvalidRequest("prompt.file.binary", file=file, line=line)
    columns = [cell.strip().lower() for cell in row]
    columns = ["prompt" if name == "text" and "prompt" not in columns else name for name in columns]
    if "name" not in columns or "prompt" not in columns:
        raise InvalidRequest("prompt.styles.columns", file=file, line=line)
    return columns


def _style(row: list[str] | None, columns: list[str], file: str, line: int) -> Style:
    if row is None:
        raise InvalidRequest("prompt.styles.quotes", file=file, line=line)
    if not all(is_text(cell) for cell in row):
        raise InvalidRequest("prompt.file.binary", file=file, line=line)
    if any(cell.strip() for cell in row[len(columns) :]):  # a comma that is not inside quotes
        raise InvalidRequest(
            "prompt.styles.cells", file=file, line=line, cells=len(row), columns=len(columns)
        )
    cells = dict(zip(columns, row, strict=False))
    name = cells["name"].strip() if "name" in cells else ""
    if not name:
        raise InvalidRequest("prompt.styles.nameless", file=file, line=line)
    return Style(name, cells.get("prompt", ""), cells.get("negative_prompt", ""))
