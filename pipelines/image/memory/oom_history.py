"""A history of out-of-memory errors, so that a plan that failed is not tried again.

Kept by device, family and size of the picture, in memory and in a small JSON file. A failure rules
out every plan that takes more, at this size and larger ones, until more memory is free than was
then. The file may be deleted at any time.
"""

from __future__ import annotations

import json
import logging
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from models.disk import write_atomically
from models.errors import DiskError, ModelFileError
from models.small_file import read_json_object
from pipelines.image.memory.device import DevicePlan
from pipelines.image.memory.estimate import MemoryEstimate

log = logging.getLogger(__name__)

FILE = "memory-plans.json"
VERSION = 1
MAX_BYTES = 65_536
MAX_FAILURES = 200
MAX_NAME = 100
MAX_NUMBER = 1 << 50
MORE = 1.1  # so much more free memory than at the failure, and the plan is tried again


@dataclass(frozen=True, slots=True)
class Failure:
    """One plan that ran out of memory.

    Attributes:
        device: the device's name, or "cpu".
        format: how its weights are stored and computed.
        rank: DevicePlan.rank.
        size: MemoryEstimate.size_class.
        free: bytes that were free when the plan was made.
    """

    device: str
    family: str
    format: str
    rank: int
    size: int
    free: int


class OomHistory:
    """The plans that ran out of memory on this machine.

    Args:
        path: the file; None keeps them until the process ends.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._failures: tuple[Failure, ...] = ()
        self._is_read = False

    def remember_failure(self, plan: DevicePlan, estimate: MemoryEstimate) -> None:
        """Record that a plan ran out of memory; a file that cannot be written is only logged."""
        new = _failure(plan, estimate)
        known = tuple(one for one in self.failures() if one != new)
        self._failures = (*known, new)[-MAX_FAILURES:]
        if self._path is None:
            return
        rows = {"version": VERSION, "failed": [asdict(one) for one in self._failures]}
        try:
            write_atomically(self._path, json.dumps(rows, indent=1).encode())
        except DiskError as error:
            log.warning("what ran out of memory is not remembered: %s", error)
            self._path = None

    def has_failed(self, plan: DevicePlan, estimate: MemoryEstimate) -> bool:
        """Return whether this plan or one that takes less failed at this size or a smaller one."""
        candidate = _failure(plan, estimate)
        return any(
            (one.device, one.family, one.format)
            == (candidate.device, candidate.family, candidate.format)
            and one.rank >= candidate.rank
            and one.size <= candidate.size
            and candidate.free <= one.free * MORE
            for one in self.failures()
        )

    def failures(self) -> tuple[Failure, ...]:
        """Return the failures, the newest last."""
        if self._path is not None:
            if not self._path.exists():
                self._failures = ()
            elif not self._is_read:
                self._failures = read_failures(self._path)
            self._is_read = True
        return self._failures


def read_failures(path: Path) -> tuple[Failure, ...]:
    """Read the file; a row that we would not write is left out."""
    try:
        data = read_json_object(path, MAX_BYTES)
        if data.get("version") != VERSION:
            raise ValueError("not a list of plans")
        rows = data.get("failed")
        if not isinstance(rows, list):
            raise ValueError("not a list of plans")
    except (OSError, ValueError, RecursionError, ModelFileError) as error:
        log.warning("%s cannot be read and counts as empty: %s", path.name, str(error)[:100])
        return ()
    found = (_parse(row) for row in rows[-MAX_FAILURES:])
    return tuple(one for one in found if one is not None)


def _parse(row: Any) -> Failure | None:
    texts, numbers = ("device", "family", "format"), ("rank", "size", "free")
    if not isinstance(row, dict) or set(row) != {*texts, *numbers}:
        return None
    if not all(isinstance(row[name], str) and len(row[name]) <= MAX_NAME for name in texts):
        return None
    if not all(type(row[name]) is int and 0 <= row[name] < MAX_NUMBER for name in numbers):
        return None
    return Failure(**row)


def _failure(plan: DevicePlan, estimate: MemoryEstimate) -> Failure:
    return Failure(
        device=(plan.name or plan.device)[:MAX_NAME],
        family=estimate.family[:MAX_NAME],
        format=f"{plan.storage or plan.dtype}",
        rank=plan.rank,
        size=estimate.size_class,
        free=plan.free_bytes,
    )
