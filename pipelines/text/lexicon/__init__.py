"""The words: data files that a person can edit, read and checked line by line.

Knows where the files lie and what they may say (schema.py); `python -m pipelines.text.lexicon`
lists every mistake. Does not conjugate for speech and knows no sentences.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from models.errors import ModelFileError
from models.small_file import read_small
from pipelines.contract.errors import LexiconError
from pipelines.text.lexicon.entries import (
    Adjective,
    Adverb,
    Category,
    Colour,
    Counter,
    Entry,
    Interjection,
    Lexicon,
    Noun,
    Sense,
    Verb,
)
from pipelines.text.lexicon.schema import SCHEMAS, build, faults, stem_fault

__all__ = [
    "FOLDER",
    "Adjective",
    "Adverb",
    "Category",
    "Colour",
    "Counter",
    "Entry",
    "Interjection",
    "Lexicon",
    "Noun",
    "Sense",
    "Verb",
    "builtin",
    "load",
    "mistakes",
    "read_file",
]

FOLDER = Path(__file__).parent
MAX_FILE_BYTES = 4_000_000  # fifty times the largest file here; more is not a lexicon


@cache
def builtin() -> Lexicon:
    """Return the lexicon that ships, read once."""
    return load(FOLDER)


def load(folder: Path) -> Lexicon:
    """Return the lexicon of a folder; raise LexiconError on the first mistake."""
    found: dict[str, tuple[Any, ...]] = {}
    for outcome in _read(folder):
        if isinstance(outcome, LexiconError):
            raise outcome
        found[outcome[0]] = outcome[1]
    return Lexicon(**found)


def mistakes(folder: Path) -> tuple[LexiconError, ...]:
    """Return every mistake in the files of a folder."""
    return tuple(outcome for outcome in _read(folder) if isinstance(outcome, LexiconError))


def _read(folder: Path) -> Iterator[LexiconError | tuple[str, tuple[Any, ...]]]:
    """Yield each mistake, and each file's entries (those that are right)."""
    counters: set[str] = set()
    for name in ("counters", *(name for name in SCHEMAS if name != "counters")):
        path = folder / f"{name}.jsonl"
        entries: list[Any] = []
        for _, outcome in read_file(path, name, counters):
            if isinstance(outcome, LexiconError):
                yield outcome
            else:
                entries.append(outcome)
        if name == "counters":
            counters.update(entry.ko for entry in entries)
        yield name, tuple(entries)


def read_file(
    path: Path, name: str, counters: set[str]
) -> Iterator[tuple[int, LexiconError | Any]]:
    """Yield each mistake and each right entry of one file with its line."""
    try:
        text = read_small(path, MAX_FILE_BYTES).decode("utf-8")
    except (OSError, UnicodeDecodeError, ModelFileError) as error:
        reason = str(error) or type(error).__name__
        yield 0, LexiconError("lexicon.file", file=path.name, line=0, reason=reason[:200])
        return
    first_lines: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        row, found = _parse_line(line, name, counters)
        if not found and row["ko"] in first_lines:
            found = [("lexicon.twice", {"value": row["ko"], "first": first_lines[row["ko"]]})]
        for key, values in found:
            yield number, LexiconError(key, file=path.name, line=number, **values)
        if not found:
            first_lines[row["ko"]] = number
            yield number, build(row, SCHEMAS[name])


def _parse_line(
    line: str, name: str, counters: set[str]
) -> tuple[dict[str, Any], list[tuple[str, dict[str, Any]]]]:
    """Return a line's object and what is wrong with it."""
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        return {}, [("lexicon.json", {"reason": str(error)[:200]})]
    if not isinstance(row, dict):
        return {}, [("lexicon.json", {"reason": f"{type(row).__name__}, not an object"})]
    found: list[tuple[str, dict[str, Any]]] = list(faults(row, SCHEMAS[name]))
    if found:
        return row, found
    stem = "adjective" if name == "colours" else "ko" if name in ("adjectives", "verbs") else ""
    if row.get(stem) and (fault := stem_fault(row, stem)):
        found.append(fault)
    strange = [counter for counter in row.get("counters", ()) if counter not in counters]
    if strange:
        found.append(("lexicon.counter", {"value": ", ".join(strange)}))
    return row, found
