"""Pins: what the bytes of a known model must be. `pins.json` ships with the repository."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from models.errors import DigestMismatch

PINS_FILE = Path(__file__).with_name("pins.json")


@dataclass(frozen=True, slots=True)
class Pin:
    """The digest and size that a file must have; `name` is "folder/sub/file" with slashes."""

    name: str
    sha256: str
    size_bytes: int


def read_pins(path: Path = PINS_FILE) -> Mapping[str, Pin]:
    """Read the pin file; raise ValueError when it is not one."""
    data = json.loads(path.read_text(encoding="utf-8"))
    try:
        return {
            name: Pin(name, str(row["sha256"]), int(row["size"]))
            for name, row in data["files"].items()
        }
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"{path.name} is not a pin file: {error!r}") from error


def check_pin(pin: Pin, sha256: str) -> None:
    """Raise DigestMismatch unless the digest is the pinned one."""
    if sha256 != pin.sha256:
        raise DigestMismatch("model.digest", file=pin.name, found=sha256, expected=pin.sha256)
