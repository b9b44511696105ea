r"""Names of word lists in a prompt: `__animal__`, `__sea life__`, `__b*__`.

Whatever stands between two pairs of underscores on one line is a name, so that a list which is not
there is told and never drawn as a word; `\__` is text. Knows no files.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

NAME = re.compile(r"\\.|__(?P<name>(?![^\S\n]*__)(?:(?!__)(?:[^\\\n]|\\[^_\n]))+)__", re.DOTALL)


def names_of(text: str) -> Iterator[str]:
    """Yield the names that stand in a text."""
    return (found["name"] for found in NAME.finditer(text) if found["name"])


def is_wildcard(text: str) -> bool:
    """Return whether a text is one name and nothing else."""
    found = NAME.fullmatch(text)
    return found is not None and found["name"] is not None
