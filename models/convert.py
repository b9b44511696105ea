"""Convert a pickle checkpoint (.ckpt, .pt, .bin) to safetensors, at its owner's request alone.

The pickle is never opened in this process. Another one gets its bytes as standard input, limited
memory, time and output, no network where the system has namespaces, and an empty environment
(models/convert_worker.py). What it writes is read as strictly as any file from elsewhere.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from models.digest import sha256_of
from models.disk import TEMP_SUFFIX, disk_error, need_free, place_new
from models.errors import CannotConvert
from models.header import open_regular, read_header
from models.places import PICKLE_SUFFIXES

WORKER = Path(__file__).with_name("convert_worker.py")
TIMEOUT_SECONDS = 1800
MEMORY_BYTES = 8 << 30  # what torch maps without having loaded anything
KEPT = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH")  # of the environment; no tokens, no home
_UNSHARE = ("--user", "--map-root-user", "--net")


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
    if source.suffix.lower() not in PICKLE_SUFFIXES:
        raise CannotConvert("convert.not_pickle", file=source.name)
    if target.exists():
        raise CannotConvert("convert.exists", file=target.name)
    try:
        size = source.stat().st_size
        source_sha256 = sha256_of(source)
    except OSError as error:
        raise disk_error(error, source) from error
    need_free(target.parent, 2 * size)
    temp = target.with_name(f".{target.name}.{secrets.token_hex(4)}{TEMP_SUFFIX}")
    try:
        _run(source, temp, source_sha256, _no_network(), timeout_seconds)
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
    command = [*fence, sys.executable, "-I", str(WORKER), str(temp.absolute()), source_sha256]
    command += _limits(source.stat().st_size, timeout_seconds)
    try:
        with open_regular(source) as file:
            result = subprocess.run(  # noqa: S603 - our own script, no shell
                command,
                stdin=file,
                capture_output=True,
                timeout=timeout_seconds,
                cwd=temp.parent,
                env={name: os.environ[name] for name in KEPT if name in os.environ},
                check=False,
            )
    except subprocess.TimeoutExpired as error:
        raise CannotConvert("convert.slow", file=source.name) from error
    try:
        answer = json.loads(result.stdout.splitlines()[-1])
        key, reason = str(answer["error"]), str(answer["reason"])
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise CannotConvert("convert.crashed", file=source.name) from error
    if key:
        raise CannotConvert(key, file=source.name, reason=reason)


def _limits(size: int, timeout_seconds: float) -> list[str]:
    """Return what the process may use: bytes of memory, seconds, bytes of output."""
    output = 3 * size + (1 << 20)  # bf16 may become fp32, and headers are small
    return [str(MEMORY_BYTES + 4 * size), str(int(timeout_seconds) + 1), str(output)]


def _no_network() -> list[str]:
    """Return what to put before a command so that it has no network; nothing where impossible."""
    unshare = shutil.which("unshare")
    if unshare is None:
        return []
    command = [unshare, *_UNSHARE]
    try:
        probe = subprocess.run([*command, "true"], capture_output=True, timeout=10, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return []
    return command if probe.returncode == 0 else []
