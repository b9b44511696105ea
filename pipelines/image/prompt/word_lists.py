"""The files behind `__animal__`: `animal.txt` anywhere in the wildcards folder, a word a line.

A name is looked up among the files that are there and never becomes a path; what lies outside of
the folder is not seen, also not through a link. Does not know prompts.
"""

from __future__ import annotations

import os
from pathlib import Path

from models.composed import composed
from models.nearest import nearest
from pipelines.contract.errors import InvalidRequest
from pipelines.image.prompt.comments import strip_comments
from pipelines.image.prompt.text_file import read_text_file

MAX_FILES = 20_000
MAX_BYTES = 8 * 1024 * 1024  # of one list; all tags of a large picture board fit
SUFFIX = ".txt"


class WordLists:
    """The word lists of one folder, each read once; None or a missing folder has no lists."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._paths: dict[str, Path] | None = None
        self._words: dict[str, tuple[str, ...]] = {}

    def names(self) -> tuple[str, ...]:
        """Return the names of all lists, with their folders: `food/fruit`."""
        return tuple(self._found())

    def words(self, name: str) -> tuple[str, ...]:
        """Return the words of a list: `fruit` or `food/fruit`.

        Raises:
            InvalidRequest: there is no such list, or no word in it; names the nearest list.
            DiskError: it cannot be read.
        """
        if name not in self._words:
            path = self._path(composed(name))
            lines = strip_comments(read_text_file(path, MAX_BYTES)).split("\n")
            self._words[name] = tuple(line.strip() for line in lines if line.strip())
        if not self._words[name]:
            raise InvalidRequest("prompt.wildcard.empty", name=name[:60])
        return self._words[name]

    def _path(self, name: str) -> Path:
        if {"", ".", ".."} & set(name.split("/")):
            raise InvalidRequest("prompt.wildcard.path", name=name[:60])
        found = self._found()
        if name in found:
            return found[name]
        if "/" not in name:
            for known in found:  # the least deep one comes first
                if known.rpartition("/")[2] == name:
                    return found[known]
        if not found:
            raise InvalidRequest("prompt.wildcard.none", name=name[:60])
        stems = {known if "/" in name else known.rpartition("/")[2] for known in found}
        close = nearest(name[:60], sorted(stems))[:60]
        raise InvalidRequest("prompt.wildcard.unknown", name=name[:60], nearest=close)

    def _found(self) -> dict[str, Path]:
        if self._paths is None:
            self._paths = {} if self._folder is None else _lists(self._folder)
        return self._paths


def _lists(folder: Path) -> dict[str, Path]:
    """Return name -> file, files near the top first."""
    root = folder.resolve()
    found: list[tuple[int, str, Path]] = []
    for here, _, files in os.walk(root):  # does not follow links to folders
        for file in files:
            path = Path(here, file)
            if path.suffix.lower() != SUFFIX or not _is_inside(path, root):
                continue
            if len(found) == MAX_FILES:
                raise InvalidRequest("prompt.wildcard.many", limit=MAX_FILES)
            name = composed(path.relative_to(root).with_suffix("").as_posix())
            found.append((name.count("/"), name, path))
    return {name: path for _, name, path in sorted(found)}


def _is_inside(path: Path, root: Path) -> bool:
    if path.is_symlink() and not path.resolve().is_relative_to(root):
        return False
    return path.is_file()
