"""The files that a picture was made with besides its model: JSON in its file and its row.

What comes back from a file is a stranger's word: checked for shape, never opened, only shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pipelines.contract.painter import UsedFile
from playground.studio.plain_json import whole_text

MOST_FILES = 100  # a prompt of 2,000 characters names fewer
MAX_KIND = 20  # characters
MAX_NAME = 300
SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class NamedFile:
    """A file as a picture names it; see pipelines.contract.painter.UsedFile."""

    kind: str
    name: str
    sha256: str


def named(used: Iterable[UsedFile]) -> tuple[NamedFile, ...]:
    """Return what is kept of the files that took part."""
    return tuple(NamedFile(one.kind, one.name, one.sha256) for one in used)


def to_plain(files: Iterable[NamedFile]) -> list[dict[str, str]]:
    """Return plain data that `read_named` understands."""
    return [{"kind": one.kind, "name": one.name, "sha256": one.sha256} for one in files]


def read_named(data: object) -> tuple[NamedFile, ...]:
    """Return the files in data from anywhere; whatever is no such file is left out.

    >>> file = {"kind": "embedding", "name": "낙서", "sha256": "0" * 64}
    >>> [one.name for one in read_named([file, {"kind": 7}, None])]
    ['낙서']
    """
    found = map(_read, data[:MOST_FILES]) if isinstance(data, list) else ()
    return tuple(one for one in found if one is not None)


def _read(data: object) -> NamedFile | None:
    if not isinstance(data, dict):
        return None
    kind, name, sha256 = data.get("kind"), data.get("name"), data.get("sha256")
    if not (isinstance(kind, str) and isinstance(name, str) and isinstance(sha256, str)):
        return None
    is_short = 0 < len(kind) <= MAX_KIND and 0 < len(name) <= MAX_NAME
    if not is_short or not SHA256.fullmatch(sha256):
        return None
    return NamedFile(whole_text(kind), whole_text(name), sha256)
