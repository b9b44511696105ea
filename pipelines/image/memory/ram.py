"""Read the RAM that this process may use: the system's, or the cgroup's limit when it is smaller.

A container's limit is enforced by killing the process, and psutil does not read it. Formats:
Linux's cgroup-v2.rst and cgroup-v1/memory.rst.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

CGROUPS = Path("/sys/fs/cgroup")
OWN_CGROUP = Path("/proc/self/cgroup")
MAX_BYTES = 65_536  # of a file here that is read; memory.stat has about 1,500
NO_LIMIT = 1 << 60  # cgroup v1 writes a number near 2^63 for no limit


@dataclass(frozen=True, slots=True)
class Ram:
    """Bytes of memory: all that this process may use, and what of it is free now."""

    total: int
    free: int


def read_ram(cgroups: Path = CGROUPS, own: Path = OWN_CGROUP) -> Ram:
    """Return the RAM of the system, or of the narrowest container this process is in."""
    import psutil  # type: ignore[import-untyped]

    system = psutil.virtual_memory()
    total, free = int(system.total), int(system.available)
    for limit, used in _limits(cgroups, own):
        total = min(total, limit)
        free = min(free, max(0, limit - used))
    return Ram(total, free)


def _limits(cgroups: Path, own: Path) -> list[tuple[int, int]]:
    """Return (limit, used) of every cgroup above this process that has a limit."""
    found = []
    for line in _read(own).splitlines() or ["0::/"]:
        _, _, rest = line.partition(":")
        controllers, _, path = rest.partition(":")
        if controllers == "":
            root, names = cgroups, ("memory.max", "memory.current", "inactive_file")
        elif "memory" in controllers.split(","):
            root = cgroups / "memory"
            names = ("memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file")
        else:
            continue
        parts = [part for part in PurePosixPath(path).parts if part not in ("/", "..")]
        for depth in range(len(parts) + 1):
            folder = root.joinpath(*parts[:depth])
            limit, used = _number(folder / names[0]), _number(folder / names[1])
            if limit is not None and limit < NO_LIMIT and used is not None:
                found.append((limit, max(0, used - _cached(folder, names[2]))))
    return found


def _cached(folder: Path, row: str) -> int:
    """Return how much of the use is file cache, which the kernel reclaims when it is needed."""
    match = re.search(rf"^{row} ([0-9]{{1,18}})$", _read(folder / "memory.stat"), re.MULTILINE)
    return int(match[1]) if match else 0


def _number(path: Path) -> int | None:
    text = _read(path).strip()
    return int(text) if re.fullmatch(r"[0-9]{1,19}", text) else None  # or "max": no limit


def _read(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES).decode("ascii", "replace")
    except OSError:
        return ""
