"""The key that signs the owner's links and cookies: a small file that only its owner may read."""

from __future__ import annotations

import logging
import os
import secrets
import stat
from pathlib import Path
from typing import IO

from models import disk
from models.errors import DiskError
from playground.gate.owner import KEY_BYTES, OwnerKey

FILE = "owner.key"

log = logging.getLogger(__name__)


def open_key(data_dir: Path) -> OwnerKey:
    """Return the key of a data folder; the first call makes it.

    Where it can be neither read nor kept, the key is of this process alone: then nobody stays
    known when the server starts again, and no other process can make a link.
    """
    path = data_dir / FILE
    known = _read(path)
    if known:
        return OwnerKey(known)
    fresh = secrets.token_bytes(KEY_BYTES)
    try:
        disk.write_atomically(path, lambda file: _write(file, fresh))
    except DiskError as error:
        log.warning("the owner's key is not kept: %s", error)
    return OwnerKey(fresh)


def _read(path: Path) -> bytes:
    """Return the key in a plain file that nobody else may change or read; b"" otherwise."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        descriptor = os.open(path, flags | getattr(os, "O_BINARY", 0))
    except OSError:
        return b""
    try:
        state = os.fstat(descriptor)
        is_private = os.name == "nt" or not state.st_mode & 0o077
        if not stat.S_ISREG(state.st_mode) or not is_private:
            return b""
        found = os.read(descriptor, KEY_BYTES + 1)
    except OSError:
        return b""
    finally:
        os.close(descriptor)
    return found if len(found) == KEY_BYTES else b""


def _write(file: IO[bytes], key: bytes) -> None:
    if hasattr(os, "fchmod"):
        os.fchmod(file.fileno(), 0o600)  # before there is anything to read
    file.write(key)
