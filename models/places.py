"""Where model files lie: our own folder, and trees of A1111, Forge and ComfyUI read in place.

Walks folders and reads names only. What a file is, follows from its content (probe.py), so every
layout is read the same way: whatever is a safetensors file or a model folder below a root is found.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from models.leftovers import remove_if_left
from models.model_folder import is_model_folder

MODEL_SUFFIX = ".safetensors"
PICKLE_SUFFIXES = frozenset({".ckpt", ".pt", ".pth", ".bin", ".pkl"})
MAX_DEPTH = 12
MAX_ENTRIES = 100_000  # of one root; a whole disk given by mistake must not be walked for hours
# below the folder of another program only these hold models; the rest is code and pictures
PROGRAM_FOLDERS = ("models", "embeddings")
PROGRAM_FILES = ("webui.py", "launch.py", "main.py", "nodes.py")
SKIPPED = frozenset({"venv", "node_modules", "__pycache__", "site-packages"})


@dataclass(frozen=True, slots=True)
class Found:
    """Something below a root that may be a model.

    Attributes:
        leaves: a link that points out of all roots; it is not followed.
    """

    path: Path
    root: Path
    is_folder: bool = False
    is_pickle: bool = False
    leaves: bool = False


def walk(root: Path, roots: Iterable[Path] = ()) -> Iterator[Found]:
    """Yield what may be a model below `root`, in the order of names.

    Args:
        roots: links may point into these too.
    """
    allowed = [os.path.realpath(path) for path in (root, *roots)]
    seen: set[tuple[int, int]] = set()
    budget = [MAX_ENTRIES]
    for start in _starts(root):
        yield from _walk(start, root, allowed, seen, budget, MAX_DEPTH)


def _starts(root: Path) -> tuple[Path, ...]:
    """Return where to walk: only the model folders of another program's own folder."""
    inside = tuple(root / name for name in PROGRAM_FOLDERS if (root / name).is_dir())
    is_program = any((root / name).is_file() for name in PROGRAM_FILES)
    return inside if is_program and inside else (root,)


def _walk(
    folder: Path,
    root: Path,
    allowed: list[str],
    seen: set[tuple[int, int]],
    budget: list[int],
    depth: int,
) -> Iterator[Found]:
    try:
        status = folder.stat()
        with os.scandir(folder) as scan:
            entries = sorted(scan, key=lambda entry: entry.name)
    except OSError:  # no permission, or gone meanwhile
        return
    if (status.st_dev, status.st_ino) in seen or depth == 0:
        return
    seen.add((status.st_dev, status.st_ino))
    if is_model_folder(folder, frozenset(entry.name for entry in entries)):
        yield Found(folder, root, is_folder=True)
        return
    for entry in entries:
        budget[0] -= 1
        if budget[0] < 0:
            return
        yield from _visit(entry, root, allowed, seen, budget, depth)


def _visit(
    entry: os.DirEntry[str],
    root: Path,
    allowed: list[str],
    seen: set[tuple[int, int]],
    budget: list[int],
    depth: int,
) -> Iterator[Found]:
    path = Path(entry.path)
    if entry.name.startswith(".") or entry.name in SKIPPED:
        remove_if_left(path)
        return
    suffix = path.suffix.lower()
    is_model = suffix == MODEL_SUFFIX
    try:
        mode = entry.stat().st_mode
        leaves = entry.is_symlink() and not _is_inside(os.path.realpath(path), allowed)
    except OSError:  # a link to nothing, or a loop
        return
    if stat.S_ISDIR(mode):
        if leaves:
            yield Found(path, root, is_folder=True, leaves=True)
        else:
            yield from _walk(path, root, allowed, seen, budget, depth - 1)
    elif is_model or suffix in PICKLE_SUFFIXES:
        yield Found(path, root, is_pickle=not is_model, leaves=leaves)


def _is_inside(real: str, allowed: list[str]) -> bool:
    return any(real == root or real.startswith(root.rstrip(os.sep) + os.sep) for root in allowed)
