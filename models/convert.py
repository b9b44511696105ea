"""Convert a pickle checkpoint (.ckpt, .pt, .bin) to safetensors, at its owner's request alone.

The pickle is never opened in this process. Another one gets its bytes as standard input, limited
memory, time and output, no network where the system has namespaces, and an empty environment
(models/convert_worker.py). What it writes is read as strictly as any file from elsewhere.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path

from models.bounded import ChildFailed, ChildLimits, run_bounded, without_network
from models.digest import sha256_of
from models.disk import disk_error, need_free, place_new
from models.errors import CannotConvert
from models.header import open_regular, read_header
from models.leftovers import sweep_unfinished, unfinished
from models.places import PICKLE_SUFFIXES

WORKER = Path(__file__).with_name("convert_worker.py")
TIMEOUT_SECONDS = 1800
MEMORY_BYTES = 8 << 30  # what torch maps without having loaded anything


@dataclass(frozen=True, slots=True)
class Converted:
    """The file that was made, and the digests of both."""

    path: Path
    sha256: str
    source_sha256: str


def convert(
    source: Path, target: Path | None = None, timeout_seconds: float = TIMEOUT_SECONDS
) -> Converted:
    """Convert a pickle checkpoint; the source stays as it is.

    Raises:
        CannotConvert: it is no checkpoint, tries to run code, or the process failed.
        DiskFull, DiskError: there is no room.
    """
    target = target or source.with_suffix(".safetensors")
    if source.exists() and source.suffix.lower() not in PICKLE_SUFFIXES:
        raise CannotConvert("convert.not_pickle", file=source.name)
    if source.exists() and target.exists():
        raise CannotConvert("convert.exists", file=target.name)
    try:
        size = source.stat().st_size
        source_sha256 = sha256_of(source)
    except OSError as error:
        raise disk_error(error, source) from error
    sweep_unfinished(target.parent)
    need_free(target.parent, 2 * size)
    temp = unfinished(target)
    try:
        _run(source, temp, source_sha256, without_network(), timeout_seconds)
        read_header(temp)
        sha256 = sha256_of(temp)
        place_new(temp, target)
    except FileExistsError as error:
        raise CannotConvert("convert.exists", file=target.name) from error
    finally:
        with contextlib.suppress(OSError):
            temp.unlink()
    return Converted(target, sha256, source_sha256)


def _run(
    source: Path, temp: Path, source_sha256: str, fence: list[str], timeout_seconds: float
) -> None:
    arguments = [str(temp.absolute()), source_sha256]
    limits = _limits(source.stat().st_size, timeout_seconds)
    try:
        with open_regular(source) as file:
            answer = run_bounded(WORKER, arguments, file, limits, fence=fence, folder=temp.parent)
        key, reason = str(answer["error"]), str(answer["reason"])
    except ChildFailed as error:
        key = "convert.slow" if error.is_slow else "convert.crashed"
        raise CannotConvert(key, file=source.name) from error
    except KeyError as error:
        raise CannotConvert("convert.crashed", file=source.name) from error
    if key:
        raise CannotConvert(key, file=source.name, reason=reason)


def _limits(size: int, timeout_seconds: float) -> ChildLimits:
    """Return what the process may use."""
    output = 3 * size + (1 << 20)  # bf16 may become fp32, and headers are small
    return ChildLimits(MEMORY_BYTES + 4 * size, timeout_seconds, output)
