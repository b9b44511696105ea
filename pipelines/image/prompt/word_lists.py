"""The files behind `__animal__`: `animal.txt` anywhere in the wildcards folder, a word a line.

`__b*__` means every list whose name fits, with a folder before it those of one folder, and `**` any
folder.

A name is looked up among the files that are there and never becomes a path; what lies outside of
the folder is not seen, also not through a link. Does not know prompts.
"""

from __future__ import annotations

import fnmatch
import os
import re
from pathlib import Path

from models.composed import composed
from models.nearest import near
from pipelines.contract.errors import InvalidRequest
from pipelines.image.prompt.comments import strip_comments
from pipelines.image.prompt.text_file import read_text_file

MAX_FILES = 20_000
MAX_BYTES = 8 * 1024 * 1024  # of one list; all tags of a large picture board fit
MAX_GLOB_BYTES = 4 * MAX_BYTES  # of all lists that one name with a star means
MAX_NAME = 200  # characters; what is longer names no file
SUFFIX = ".txt"
OTHERS = (".yaml", ".yml", ".json")  # collections of other programs that are not read
GLOB = re.compile(r"[*?\[]")
ANY_FOLDER = "**"
MOST_ANY = 4  # in one name


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
        name = composed(name).replace("\\", "/")
        if name not in self._words:
            found = [self._lines(path) for path in self._meant(name)]
            self._words[name] = tuple(word for lines in found for word in lines)
        if not self._words[name]:
            raise InvalidRequest("prompt.wildcard.empty", name=name[:60])
        return self._words[name]

    def _lines(self, path: Path) -> list[str]:
        lines = strip_comments(read_text_file(path, MAX_BYTES)).split("\n")
        return [line.strip() for line in lines if line.strip()]

    def _meant(self, name: str) -> list[Path]:
        """Return the files that a name means: one, or those that fit a name with a star."""
        if not GLOB.search(name) or name in self._found() or len(name) > MAX_NAME:
            return [self._path(name)]
        wanted = name.split("/")
        if len(wanted) == 1:  # a list of that name anywhere
            wanted = [ANY_FOLDER, name]
        if wanted.count(ANY_FOLDER) > MOST_ANY:
            raise InvalidRequest("prompt.wildcard.path", name=name[:60])
        paths = [path for known, path in self._found().items() if _fits(known.split("/"), wanted)]
        if not paths:
            return [self._path(name)]  # raises
        size = sum(_size(path) for path in paths)
        if size > MAX_GLOB_BYTES:
            limit = MAX_GLOB_BYTES // 2**20
            raise InvalidRequest("prompt.wildcard.wide", name=name[:60], limit_mb=limit)
        return paths

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
        others = () if self._folder is None else _others(self._folder)
        if others:
            raise InvalidRequest("prompt.wildcard.other", name=name[:60], file=others[0][:60])
        if not found:
            raise InvalidRequest("prompt.wildcard.none", name=name[:60])
        stems = {known if "/" in name else known.rpartition("/")[2] for known in found}
        close = near(name[:60], sorted(stems))[:60]
        if not close:
            raise InvalidRequest("prompt.wildcard.far", name=name[:60])
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


def _fits(known: list[str], wanted: list[str]) -> bool:
    """Return whether the parts of a list's name fit a name with stars."""
    if not wanted:
        return not known
    if wanted[0] == ANY_FOLDER:
        return any(_fits(known[start:], wanted[1:]) for start in range(len(known) + 1))
    return bool(known) and fnmatch.fnmatchcase(known[0], wanted[0]) and _fits(known[1:], wanted[1:])


def _others(folder: Path) -> tuple[str, ...]:
    """Return the files near the top that hold lists in a form that is not read."""
    try:
        return tuple(
            sorted(path.name for path in folder.iterdir() if path.suffix.lower() in OTHERS)
        )
    except OSError:
        return ()


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:  # gone since it was looked for: told when it is read
        return 0


def _is_inside(path: Path, root: Path) -> bool:
    if path.is_symlink() and not path.resolve().is_relative_to(root):
        return False
    return path.is_file()
