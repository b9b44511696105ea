"""A download that is not finished: the bytes so far (`.part`) and what they are of (`….part.json`).

Survives the process: the next one goes on where this one stopped. Holds no token and no password.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from models.digest import BLOCK_BYTES
from models.disk import disk_error, place_new, sync_folder, write_atomically
from models.errors import CannotDownload, DiskError, ModelFileError
from models.small_file import read_json_object

MAX_STATE_BYTES = 10_000


@dataclass(frozen=True, slots=True)
class PartialState:
    """What the bytes so far are of; without all of it they cannot be continued.

    Attributes:
        etag: the host's name for these bytes, sent back in If-Range.
        size: of the whole file.
        published: the digest that the host published, "" if none.
    """

    url: str
    etag: str
    size: int
    published: str


class Partial:
    """The two files of one download."""

    def __init__(self, final: Path) -> None:
        self.final = final
        self.path = final.with_name(f"{final.name}.part")
        self._state_path = final.with_name(f"{final.name}.part.json")

    def read(self, url: str) -> PartialState | None:
        """Return the state if the bytes so far are of `url`; remove both files if not."""
        try:
            data = read_json_object(self._state_path, MAX_STATE_BYTES)
            state = PartialState(
                str(data["url"]), str(data["etag"]), int(data["size"]), str(data["published"])
            )
            if state.url == url and state.etag and 0 < self.bytes_done <= state.size:
                return state
        except (OSError, ValueError, KeyError, TypeError, RecursionError, ModelFileError):
            pass
        self.discard()
        return None

    def write_state(self, state: PartialState) -> None:
        """Remember what the bytes to come are of."""
        write_atomically(self._state_path, json.dumps(asdict(state)).encode())

    @property
    def bytes_done(self) -> int:
        """Return how many bytes are there."""
        return self.path.stat().st_size if self.path.exists() else 0

    def open(self, *, is_resumed: bool) -> IO[bytes]:
        """Open the bytes for writing at their end, or anew."""
        try:
            return self.path.open("ab" if is_resumed else "wb")
        except OSError as error:
            raise disk_error(error, self.path) from error

    def start(self, length: int) -> bytes:
        """Return the first bytes."""
        with self.path.open("rb") as file:
            return file.read(length)

    def sha256(self, on_bytes: Callable[[int], None]) -> str:
        """Hash what is there: a hash that was begun in another process cannot be continued."""
        digest = hashlib.sha256()
        with self.path.open("rb") as file:
            while block := file.read(BLOCK_BYTES):
                digest.update(block)
                on_bytes(0)  # nothing new, but a chance to cancel
        return digest.hexdigest()

    def finish(self) -> None:
        """Give the file its name.

        Raises:
            CannotDownload: something of that name has come into being meanwhile.
        """
        try:
            place_new(self.path, self.final)
            self.discard()
            sync_folder(self.final.parent)
        except FileExistsError as error:
            raise CannotDownload("download.exists", file=self.final.name) from error
        except OSError as error:
            raise disk_error(error, self.final) from error

    def discard(self) -> None:
        """Remove both files."""
        for path in (self.path, self._state_path):
            with suppress(OSError):
                path.unlink()

    def quarantine(self, folder: Path, sha256: str, expected: str, source: str) -> Path:
        """Move the bytes out of the models' way, with the reason beside them."""
        name = f"{sha256[:16]}-{self.final.name}"
        reason = {"found": sha256, "expected": expected, "source": source}
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self.path.replace(folder / name)
        except OSError as error:
            raise disk_error(error, folder) from error
        with suppress(DiskError):
            write_atomically(folder / f"{name}.reason.json", json.dumps(reason).encode())
        self.discard()
        return folder / name
