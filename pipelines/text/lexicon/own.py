"""A person's own words: a folder with any of the data files, merged with the words that ship.

Knows that an own word wins over one that ships, and that no file can teach the picture model a new
picture. Reading and checking of lines are the package's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from pipelines.contract.errors import LexiconError
from pipelines.text.lexicon import Lexicon, Noun, read_file
from pipelines.text.lexicon.schema import SCHEMAS


def merge(words: Lexicon, folder: Path) -> Lexicon:
    """Return the words with a folder's own ones; raise LexiconError on the first mistake."""
    merged, wrong = merge_right(words, folder)
    if wrong:
        raise wrong[0]
    return merged


def merge_right(words: Lexicon, folder: Path) -> tuple[Lexicon, tuple[LexiconError, ...]]:
    """Return the words with those own ones that are right, and every mistake in the others."""
    found: dict[str, list[Any]] = {}
    wrong: list[LexiconError] = []
    for outcome in _read(words, folder):
        if isinstance(outcome, LexiconError):
            wrong.append(outcome)
        else:
            found.setdefault(outcome[0], []).append(outcome[1])
    own = {name: _merged(getattr(words, name), entries) for name, entries in found.items()}
    return replace(words, **own), tuple(wrong)


def mistakes(words: Lexicon, folder: Path) -> tuple[LexiconError, ...]:
    """Return every mistake in a folder of own words."""
    return tuple(outcome for outcome in _read(words, folder) if isinstance(outcome, LexiconError))


def _read(words: Lexicon, folder: Path) -> Iterator[LexiconError | tuple[str, Any]]:
    """Yield each mistake, and each right entry with the name of its file; counters first."""
    if not folder.is_dir():
        yield LexiconError("lexicon.file", file=str(folder), line=0, reason="not a folder")
        return
    paths = sorted(folder.glob("*.jsonl"), key=lambda path: (path.stem != "counters", path.name))
    counters = {counter.ko for counter in words.counters}
    for path in paths:
        if path.stem not in SCHEMAS:
            known = ", ".join(f"{name}.jsonl" for name in SCHEMAS)
            yield LexiconError("lexicon.name", file=path.name, line=0, known=known)
            continue
        for number, outcome in read_file(path, path.stem, counters):
            if isinstance(outcome, LexiconError):
                yield outcome
            elif isinstance(outcome, Noun) and outcome.is_drawable:
                yield LexiconError(
                    "lexicon.drawable", file=path.name, line=number, value=outcome.ko
                )
            else:
                if path.stem == "counters":
                    counters.add(outcome.ko)
                yield path.stem, outcome


def _merged(shipped: tuple[Any, ...], own: list[Any]) -> tuple[Any, ...]:
    """Return both, an own word in the place of the one that ships."""
    mine = {entry.ko: entry for entry in own}
    first = tuple(_instead(entry, mine.pop(entry.ko, entry)) for entry in shipped)
    return (*first, *mine.values())


def _instead(shipped: Any, own: Any) -> Any:
    """Return the own entry; what the picture model learned of a noun stays with it."""
    if isinstance(shipped, Noun) and own is not shipped:
        return replace(own, emoji=shipped.emoji, shape=shipped.shape, scene=shipped.scene)
    return own
