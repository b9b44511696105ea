"""Files that are whole or not there: atomic writes, free space, and the lock of a folder.

Knows paths and bytes; knows neither models nor pictures. Standard library only. Every OSError
leaves as one of the DiskError family (models/errors.py), so that a face has a sentence for it.

A write is: temp file, flush, fsync, move to the final name, fsync of the folder. Whoever dies in
between leaves a temp file, which `sweep` removes at the next start, and never half a file.
"""

from __future__ import annotations

import errno
import json
import math
import os
import secrets
import shutil
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO

from models.errors import DirectoryInUse, DiskError, DiskFull, NotWritable

Data = bytes | Callable[[IO[bytes]], object]

TEMP_SUFFIX = ".tmp"
IS_WINDOWS = os.name == "nt"
LOCKED_BYTE = 1 << 30  # Windows locks are mandatory: lock a byte far behind the text others read
MAX_LOCK_TEXT = 4_096  # bytes of a lock file that are read; ours has about 60
NO_HARD_LINKS = (
    errno.EPERM,  # FAT and exFAT on Linux
    errno.EINVAL,  # FAT on Windows
    errno.ENOSYS,
    errno.ENOTSUP,
    errno.EOPNOTSUPP,
    errno.EMLINK,
)


def write_atomically(path: Path, data: Data, *, temp_dir: Path | None = None) -> None:
    """Put `data` at `path`; a reader sees the old file or the new one, never a mixture.

    Args:
        path: where to; its folder exists.
        data: the bytes, or a function that writes them to the file object it is given. The
            function may be called twice.
        temp_dir: where the unfinished file lies, `path`'s own folder if None. When it turns out
            to be on another filesystem, `path`'s own folder is used after all.

    Raises:
        DiskFull, NotWritable, DiskError: nothing has changed at `path`.
    """
    _write(path, data, temp_dir or path.parent, os.replace)


def write_new(path: Path, data: Data, *, temp_dir: Path | None = None) -> None:
    """Put `data` at `path` unless something is there already.

    Raises:
        FileExistsError: there is; it has not been touched.
        DiskFull, NotWritable, DiskError: as `write_atomically`.
    """
    _write(path, data, temp_dir or path.parent, place_new)


def _write(path: Path, data: Data, temp_dir: Path, place: Callable[[Path, Path], object]) -> None:
    try:
        try:
            _write_through(temp_dir, path, data, place)
        except OSError as error:
            if error.errno != errno.EXDEV or temp_dir == path.parent:
                raise
            _write_through(path.parent, path, data, place)
    except FileExistsError:
        raise
    except OSError as error:
        raise disk_error(error, path) from error


def _write_through(
    folder: Path, path: Path, data: Data, place: Callable[[Path, Path], object]
) -> None:
    temp = folder / f".{path.name}.{secrets.token_hex(4)}{TEMP_SUFFIX}"
    try:
        with temp.open("xb") as file:
            if callable(data):
                data(file)
            else:
                file.write(data)
            file.flush()
            os.fsync(file.fileno())
        place(temp, path)
    finally:
        with suppress(OSError):  # it has been moved, or the disk says no to this as well
            temp.unlink()
    sync_folder(path.parent)


def place_new(temp: Path, path: Path) -> None:
    """Give the finished file `temp` the name `path`, or raise FileExistsError.

    `temp` may still be there afterwards, as a second name of the same file.
    """
    try:
        os.link(temp, path)
    except OSError as error:
        if error.errno not in NO_HARD_LINKS:
            raise
        # Not atomic against other programs, but against our own: they hold the folder's lock.
        if os.path.lexists(path):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path)) from error
        temp.rename(path)


def sync_folder(folder: Path) -> None:
    """Make the names in `folder` survive a power cut; Windows does so by itself."""
    if IS_WINDOWS:
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP, errno.ENOSYS):
            raise
    finally:
        os.close(descriptor)


def make_folder(folder: Path) -> None:
    """Make `folder` and its parents if they are missing.

    Raises:
        DiskError: it cannot be made, or something else goes by that name.
    """
    if folder.is_dir():
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
        sync_folder(folder.parent)
    except OSError as error:
        raise disk_error(error, folder) from error


def sweep(folder: Path) -> int:
    """Remove the temp files that dead processes left in `folder`; return how many.

    Only for folders whose lock is held: a living writer's temp file has the same name.
    """
    count = 0
    for path in sorted(folder.glob(f".*{TEMP_SUFFIX}")):
        with suppress(OSError):  # a leftover that cannot be removed does no harm
            path.unlink()
            count += 1
    return count


def free_bytes(path: Path) -> int:
    """Return how many bytes may still be written to the disk of `path`."""
    try:
        return shutil.disk_usage(path).free
    except OSError as error:
        raise disk_error(error, path) from error


def need_free(path: Path, size_bytes: int) -> None:
    """Raise DiskFull when the disk of `path` has less than `size_bytes` left."""
    free = free_bytes(path)
    if free < size_bytes:
        raise DiskFull("disk.low", free_mb=megabytes(free), need_mb=megabytes(size_bytes))


def disk_error(error: OSError, path: Path) -> DiskError:
    """Return the error with a sentence for the system's error about `path`."""
    name = "/".join(path.parts[-2:]).replace(
        "//", "/"
    )  # enough to find it, too little to tell whose computer it is
    if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)):
        return DiskFull("disk.full", name=name, free_mb=_free_mb(path))
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return NotWritable("disk.not_writable", name=name)
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return DiskError("disk.missing", name=name)
    return DiskError("disk.failed", name=name, reason=error_code(error))


def error_code(error: OSError) -> str:
    """Return what the system calls an error, as EIO; its sentence would be in its own language."""
    return errno.errorcode.get(error.errno or 0, type(error).__name__)


def _free_mb(path: Path) -> float:
    with suppress(OSError):
        return megabytes(shutil.disk_usage(path.parent).free)
    return 0.0


def megabytes(size_bytes: int) -> float:
    """Return whole and tenth megabytes, rounded down, for a sentence."""
    return math.floor(size_bytes / 2**20 * 10) / 10


class DirectoryLock:
    """One process at a time in a folder.

    The kernel holds the lock and drops it when the process dies, however it dies. The text of the
    file (pid and address) only tells a second process whom it met; when nobody holds the lock the
    text is stale and nobody reads it.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    def acquire(self, where: str = "") -> None:
        """Take the lock and say where this process can be reached.

        Raises:
            DirectoryInUse: a living process has it; `values` holds its ``pid`` and ``where``.
            NotWritable, DiskError: the lock file cannot be made or locked.
        """
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0)
        try:
            descriptor = os.open(self._path, flags, 0o644)
        except OSError as error:
            raise disk_error(error, self._path) from error
        try:
            _lock(descriptor)
        except OSError as error:
            os.close(descriptor)
            if error.errno in (errno.EAGAIN, errno.EACCES, errno.EDEADLK):
                pid, holder = read_lock(self._path)
                raise DirectoryInUse("disk.in_use", pid=pid, where=holder) from error
            raise disk_error(error, self._path) from error
        self._descriptor = descriptor
        try:
            self.set_where(where)
        except DiskError:
            self.release()
            raise

    def set_where(self, where: str) -> None:
        """Write the address at which this process can be reached."""
        if self._descriptor is None:
            raise RuntimeError("set_where needs the lock")
        text = json.dumps({"pid": os.getpid(), "where": where}).encode()
        try:
            os.ftruncate(self._descriptor, 0)
            os.lseek(self._descriptor, 0, os.SEEK_SET)
            os.write(self._descriptor, text)
        except OSError as error:
            raise disk_error(error, self._path) from error

    def release(self) -> None:
        """Give the lock back; a second call does nothing.

        The file stays: removing it would let two processes lock two files of the same name.
        """
        if self._descriptor is not None:
            descriptor, self._descriptor = self._descriptor, None
            with suppress(OSError):
                os.ftruncate(descriptor, 0)
            os.close(descriptor)


def read_lock(path: Path) -> tuple[int, str]:
    """Return the pid and address in a lock file; 0 and "" where it does not say."""
    try:
        with path.open("rb") as file:
            data = json.loads(file.read(MAX_LOCK_TEXT))
        return int(data["pid"]), str(data["where"])
    except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return 0, ""


if sys.platform == "win32":  # pragma: no cover - the other half runs where the tests run
    import msvcrt

    def _lock(descriptor: int) -> None:
        os.lseek(descriptor, LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        # flock, not lockf: a record lock would be lost when any descriptor of the file is closed
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
