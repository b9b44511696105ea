"""A library's error as a reason in a sentence of ours: one short line, and no path.

A library names the file by its whole path. Whoever asks for a picture or a sentence may be a guest,
whom it does not concern where on the machine the models lie.
"""

from __future__ import annotations

import re
from pathlib import Path

MAX_REASON = 200  # characters
PANIC = "PanicException"  # pyo3's: a BaseException, and no module exports it
_PATH = re.compile(r"(?:(?<![\w./])~?/|\b[A-Za-z]:[\\/])(?:[^\s'\"`,;:()\\/]+[\\/])+")


def reason_of(error: BaseException, folder: Path | None = None) -> str:
    """Return the first line of an error, without the paths in it.

    Args:
        folder: what was being read; it keeps its own name.

    >>> reason_of(OSError("No file /home/me/models/cat/config.json was found"))
    'No file config.json was found'
    """
    line = str(error).strip().split("\n", 1)[0] or type(error).__name__
    for path in () if folder is None else (folder.resolve(), folder):
        line = line.replace(str(path), folder.name if folder is not None else "")
    return _PATH.sub("", line)[:MAX_REASON]


def is_panic(error: BaseException) -> bool:
    """Return whether an error is a panic of a Rust library, and not an exit or an interruption."""
    return type(error).__name__ == PANIC
