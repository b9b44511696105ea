"""The stamp: what was installed, so that the next start can skip all of it.

One line a step: its name and a digest of everything that decides what the step installs.
Standard library only.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path


def digest(*parts: bytes | str) -> str:
    """Return one digest of all parts; the lengths keep neighbours apart."""
    total = sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogateescape") if isinstance(part, str) else part
        total.update(b"%d:" % len(data) + data)
    return total.hexdigest()


def read(path: Path) -> dict[str, str]:
    """Return step -> digest; a stamp that cannot be read counts as none."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return {}
    pairs = (line.split(" ", 1) for line in lines)
    return {pair[0]: pair[1] for pair in pairs if len(pair) == 2}


def write(path: Path, steps: Mapping[str, str]) -> None:
    """Write the stamp whole or not at all."""
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    with beside.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{name} {value}\n" for name, value in steps.items())
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
