"""Styles: named pieces of prompt that are put around what a person types, from A1111's styles.csv.

Columns name, prompt, negative_prompt (very old files: text); rows that begin with # are notes.
A style with `{prompt}` is wrapped around the prompt, any other is added behind a comma. Does not
know where the files lie.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from models.nearest import nearest
from pipelines.contract.errors import InvalidRequest
from pipelines.image.prompt.length import check_length
from pipelines.image.prompt.text_file import read_text_file

MAX_BYTES = 2 * 1024 * 1024  # the largest collections people share have some hundred kilobytes
BLANK = "{prompt}"


@dataclass(frozen=True, slots=True)
class Style:
    """A row of styles.csv."""

    name: str
    prompt: str = ""
    negative: str = ""


def read_styles(paths: Iterable[Path]) -> tuple[Style, ...]:
    """Return the styles of several files; of two with one name the later one counts.

    Raises:
        InvalidRequest: a file is not such a table; names the line.
        DiskError: a file cannot be read.
    """
    found: dict[str, Style] = {}
    for path in paths:
        found |= {style.name: style for style in parse_styles(_text(path), path.name)}
    return tuple(found.values())


def _text(path: Path) -> str:
    return read_text_file(path, MAX_BYTES)


def parse_styles(text: str, file: str) -> tuple[Style, ...]:
    """Return the styles of one file's text; of two with one name the later one counts.

    >>> parse_styles("name,prompt,negative_prompt\\nink,{prompt} in ink,photo", "styles.csv")
    (Style(name='ink', prompt='{prompt} in ink', negative='photo'),)
    """
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    found: dict[str, Style] = {}
    columns: list[str] | None = None
    line = 1
    try:
        for row in rows:
            if not any(cell.strip() for cell in row) or row[0].lstrip().startswith("#"):
                pass
            elif columns is None:
                columns = _columns(row, file, line)
            else:
                style = _style(row, columns, file, line)
                found[style.name] = style
            line = rows.line_num + 1  # where the next row begins; a row may have several lines
    except csv.Error:
        raise InvalidRequest("prompt.styles.quotes", file=file, line=line) from None
    return tuple(found.values())


def find_styles(names: Iterable[str], styles: Sequence[Style]) -> tuple[Style, ...]:
    """Return the styles of these names, in this order.

    Raises:
        InvalidRequest: there is none of a name; says which is nearest.
    """
    known = {style.name: style for style in styles}
    for name in names:
        if name not in known:
            shown = name[:60]
            if not known:
                raise InvalidRequest("prompt.style.none", style=shown)
            close = nearest(shown, known)[:60]
            raise InvalidRequest("prompt.style.unknown", style=shown, nearest=close)
    return tuple(known[name] for name in names)


def apply_styles(prompt: str, negative: str, styles: Iterable[Style]) -> tuple[str, str]:
    """Return the prompt and the negative prompt with the styles put around them, in order.

    >>> apply_styles("cat", "", [Style("a", "photo of {prompt}"), Style("b", "4k", "blurry")])
    ('photo of cat, 4k', 'blurry')

    Raises:
        InvalidRequest: it becomes too long.
    """
    for style in styles:
        for written, added, field in (
            (prompt, style.prompt, "picture_prompt"),
            (negative, style.negative, "negative_prompt"),
        ):
            check_length(len(added) + max(1, added.count(BLANK)) * len(written), field)
        prompt, negative = _joined(style.prompt, prompt), _joined(style.negative, negative)
    return prompt, negative


def _columns(row: list[str], file: str, line: int) -> list[str]:
    columns = [cell.strip().lower() for cell in row]
    columns = ["prompt" if name == "text" and "prompt" not in columns else name for name in columns]
    if "name" not in columns or "prompt" not in columns:
        raise InvalidRequest("prompt.styles.columns", file=file, line=line)
    return columns


def _style(row: list[str], columns: list[str], file: str, line: int) -> Style:
    if any(cell.strip() for cell in row[len(columns) :]):  # a comma that is not inside quotes
        raise InvalidRequest(
            "prompt.styles.cells", file=file, line=line, cells=len(row), columns=len(columns)
        )
    cells = dict(zip(columns, row, strict=False))
    name = cells["name"].strip() if "name" in cells else ""
    if not name:
        raise InvalidRequest("prompt.styles.nameless", file=file, line=line)
    return Style(name, cells.get("prompt", ""), cells.get("negative_prompt", ""))


def _joined(style: str, prompt: str) -> str:
    """Return a prompt with one style, as A1111 joins them."""
    if BLANK in style:
        return style.replace(BLANK, prompt)
    return ", ".join(part for part in (prompt.strip(), style.strip()) if part)
