"""Who vouches for a digest: pins of builtin files, of well-known files, and the owner's own.

Trust says what somebody else says about the bytes; integrity (models/library.py) says what we know
about them ourselves. `pins.json` ships with the repository; the owner's pins lie in the data folder
as JSON that a person can read, because losing them would lose trust, and the database may be
deleted at any time.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from models.disk import make_folder, write_atomically
from models.errors import DigestMismatch, ModelFileError
from models.small_file import read_json_object

PINS_FILE = Path(__file__).with_name("pins.json")
MAX_PINS_BYTES = 16_000_000
_SHA256 = re.compile(r"[0-9a-f]{64}")


class Trust(StrEnum):
    """What somebody else published about a digest."""

    UNKNOWN = "unknown"  # nobody vouches for it
    FIRST_USE = "first-use"  # it is what was there when the owner used it first
    PINNED = "pinned"  # builtin, well known, as published at its source, or pinned by the owner
    CONFLICT = "conflict"  # another digest is pinned for this file: it is never loaded


@dataclass(frozen=True, slots=True)
class Pin:
    """The digest and size that a file must have; `name` is "folder/sub/file" with slashes."""

    name: str
    sha256: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A well-known public file."""

    name: str
    sha256: str
    size_bytes: int
    family: str
    licence: str
    source: str


@dataclass(frozen=True, slots=True)
class OwnPin:
    """What the owner's data folder remembers about one path.

    Attributes:
        is_first_use: remembered by itself, not pinned by hand or by a download.
        source: where it was downloaded from, "" if it was not.
    """

    sha256: str
    is_first_use: bool
    source: str = ""


@dataclass(frozen=True, slots=True)
class TrustVerdict:
    """Trust, the digest that was expected in a conflict, and what is known about the file."""

    trust: Trust
    expected: str = ""
    known: KnownFile | None = None
    source: str = ""


def read_pins(path: Path = PINS_FILE) -> Mapping[str, Pin]:
    """Read the pins of builtin files; raise ValueError when it is not a pin file."""
    return {
        name: Pin(name, _sha256(row["sha256"]), int(row["size"]))
        for name, row in _rows(path, "files").items()
    }


def read_known(path: Path = PINS_FILE) -> tuple[KnownFile, ...]:
    """Read the well-known public files; raise ValueError when it is not a pin file."""
    return tuple(
        KnownFile(
            name, _sha256(row["sha256"]), int(row["size"]),
            str(row["family"]), str(row["licence"]), str(row["source"]),
        )
        for name, row in _rows(path, "known").items()
    )  # fmt: skip


def check_pin(pin: Pin, sha256: str) -> None:
    """Raise DigestMismatch unless the digest is the pinned one."""
    if sha256 != pin.sha256:
        raise DigestMismatch("model.digest", file=pin.name, found=sha256, expected=pin.sha256)


def judge(
    file_name: str, sha256: str, own: OwnPin | None, known: tuple[KnownFile, ...]
) -> TrustVerdict:
    """Return who vouches for a file of that name with that digest.

    The owner's word comes first; a well-known name with other bytes is a conflict.
    """
    by_digest = next((file for file in known if file.sha256 == sha256), None)
    source = own.source if own is not None else ""
    if own is not None and own.sha256 != sha256:
        return TrustVerdict(Trust.CONFLICT, own.sha256, by_digest, source)
    if by_digest is not None or (own is not None and not own.is_first_use):
        return TrustVerdict(Trust.PINNED, "", by_digest, source)
    by_name = next((file for file in known if file.name == file_name), None)
    if by_name is not None:
        return TrustVerdict(Trust.CONFLICT, by_name.sha256)
    return TrustVerdict(Trust.UNKNOWN if own is None else Trust.FIRST_USE)


class OwnPins:
    """The owner's pins, by path. With no file, they live as long as the object.

    Raises:
        ModelFileError: the file is there and cannot be read. It is left as it is: silently going
            on without it would trust whatever lies on the disk now.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._pins = {} if path is None else _read_own(path)

    def get(self, path: Path) -> OwnPin | None:
        """Return the pin of a path."""
        return self._pins.get(str(path))

    def remember_first_use(self, path: Path, sha256: str) -> None:
        """Pin what is there, unless something is pinned already."""
        if self.get(path) is None:
            self.pin(path, OwnPin(sha256, is_first_use=True))

    def pin(self, path: Path, pin: OwnPin) -> None:
        """Pin a path, whatever was pinned before."""
        with self._lock:
            pins = {**self._pins, str(path): pin}
            self._write(pins)
            self._pins = pins

    def _write(self, pins: Mapping[str, OwnPin]) -> None:
        if self._path is None:
            return
        rows = {
            path: {"sha256": pin.sha256, "first_use": pin.is_first_use, "source": pin.source}
            for path, pin in sorted(pins.items())
        }
        text = json.dumps({"pins": rows}, indent=2, ensure_ascii=True)  # paths may be odd bytes
        make_folder(self._path.parent)
        write_atomically(self._path, text.encode("ascii"))


def _read_own(path: Path) -> dict[str, OwnPin]:
    if not path.exists():
        return {}
    try:
        rows = _rows(path, "pins")
        return {
            str(name): OwnPin(
                _sha256(row["sha256"]), row["first_use"] is True, str(row.get("source", ""))
            )
            for name, row in rows.items()
        }
    except (OSError, ValueError, KeyError, AttributeError) as error:
        raise ModelFileError("model.own_pins", file=path.name, reason=str(error)[:100]) from error


def _rows(path: Path, section: str) -> dict[str, dict[str, Any]]:
    try:
        data = read_json_object(path, MAX_PINS_BYTES)
        rows = dict(data[section])
        if not all(isinstance(row, dict) and "sha256" in row for row in rows.values()):
            raise ValueError("a row without a digest")
    except (ValueError, KeyError, TypeError, RecursionError, ModelFileError) as error:
        raise ValueError(f"{path.name} is not a pin file: {error!r}") from error
    return rows


def _sha256(text: Any) -> str:
    if not isinstance(text, str) or not _SHA256.fullmatch(text):
        raise ValueError(f"not a pin file: {text!r} is no SHA-256")
    return text
