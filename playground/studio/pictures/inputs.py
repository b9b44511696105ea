"""The shelf of pictures to start from, and masks: by the digest of what they show.

Whatever comes in is hostile until decode.py has had it. Kept as PNG under its own sha256, so that a
request in the queue, or in a picture's metadata, names exactly what it started from. The name alone
opens nothing: each belongs to those who brought it (input_store.py). A picture that nobody has used
for UNUSED_DAYS goes, unless another picture was drawn from it.
"""

from __future__ import annotations

import hashlib
import io
import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from models.disk import write_atomically
from pipelines.contract.errors import InvalidRequest
from pipelines.contract.picture_settings import SHA256
from playground.studio.pictures.decode import MAX_BYTES, decoding, read_mask, read_picture
from playground.studio.pictures.input_store import InputStore

if TYPE_CHECKING:
    from PIL.Image import Image

__all__ = ["MAX_BYTES", "InputShelf", "read_mask", "read_picture"]

UNUSED_DAYS = 30

log = logging.getLogger(__name__)


def _png(data: bytes, *, is_mask: bool = False) -> bytes:
    buffer = io.BytesIO()
    with decoding():  # until it is small again: 50 MB of pixels each would wait to be written
        (read_mask(data) if is_mask else read_picture(data)).save(buffer, "PNG")
    return buffer.getvalue()


class InputShelf:
    """Keeps pictures to start from, each for those who brought it; may be used from any thread.

    Args:
        folder: data/inputs.
        partial: where unfinished files lie.
        store: whose they are.
        clock: the time of day.
    """

    def __init__(
        self,
        folder: Path,
        partial: Path,
        store: InputStore,
        *,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._folder, self._partial = folder, partial
        self._store, self._clock = store, clock
        self._lock = threading.Lock()  # taken before the database's: a file and its row go together

    def keep(self, data: bytes, owner: str, *, is_mask: bool = False) -> str:
        """Keep the picture of a file; return its sha256. The same picture is kept once.

        Args:
            data: the file.
            owner: who brought it.
            is_mask: it says where to draw, by its transparency if it has any.

        Raises:
            InvalidRequest: it is no picture that can be used; says why.
            DiskError, DatabaseError: it cannot be written.
        """
        png = _png(data, is_mask=is_mask)
        sha256 = hashlib.sha256(png).hexdigest()
        with self._lock:
            self._folder.mkdir(parents=True, exist_ok=True)
            path = self._path(sha256)
            if not path.is_file():
                write_atomically(path, png, temp_dir=self._partial)
            self._store.own(sha256, owner, self._clock())
        return sha256

    def open(self, sha256: str) -> Image:
        """Return a picture that is kept; raise InvalidRequest when there is none of that name.

        For the painter: whether somebody may start from it was asked when it was requested.
        """
        from PIL import Image as Pillow

        if not SHA256.fullmatch(sha256):
            raise InvalidRequest("request.picture", field="image", value=sha256[:20])
        try:
            data = self._path(sha256).read_bytes()
        except OSError:
            raise InvalidRequest("request.picture", field="image", value=sha256[:12]) from None
        if hashlib.sha256(data).hexdigest() != sha256:  # changed on the disk
            raise InvalidRequest("request.picture", field="image", value=sha256[:12])
        image = Pillow.open(io.BytesIO(data), formats=("PNG",))
        image.load()
        return image

    def path_of(self, sha256: str, sees: str | None) -> Path | None:
        """Return the file of a picture of this owner's; None when there is none of that name.

        Args:
            sees: an owner; None is the person at the machine, who sees all.
        """
        path = self._path(sha256) if SHA256.fullmatch(sha256) else None
        if path is None or not path.is_file():
            return None
        return path if sees is None or self._store.is_owned(sha256, sees) else None

    def take_over(self, sha256: str, owner: str, sees: str | None) -> bool:
        """Let `owner` start from a picture that they may see; return whether they may."""
        with self._lock:
            if self.path_of(sha256, sees) is None:
                return False
            self._store.own(sha256, owner, self._clock())
        return True

    def forget(self, sha256: str, owner: str) -> bool:
        """Delete a picture, unless it is somebody else's too; return whether there was one."""
        with self._lock:
            was_there = self._store.disown(sha256, owner)
            if was_there and sha256 not in self._store.needed(but_by=owner):
                self._unlink(sha256)
        return was_there

    def release_copy(self, picture: Path, owner: str) -> None:
        """Take the copy of a picture, which its owner once meant to start from, from them.

        It stays where one of their pictures was drawn from it. Its file goes with `tidy`.
        """
        if not self._store.has_any(owner):
            return
        try:
            sha256 = hashlib.sha256(_png(picture.read_bytes())).hexdigest()
        except (OSError, InvalidRequest):  # the file is gone already, or was never a picture
            return
        self._store.release(sha256, owner)

    def forget_all(self, owner: str) -> int:
        """Delete all pictures of an owner; return how many those were."""
        with self._lock:
            owned = self._store.disown_all(owner)
            for sha256 in owned - self._store.needed(but_by=owner):
                self._unlink(sha256)
        return len(owned)

    def tidy(self) -> int:
        """Delete what nobody has used for UNUSED_DAYS, and files without an owner.

        Returns:
            how many files went.
        """
        with self._lock:
            self._store.let_go(self._clock() - UNUSED_DAYS * 86_400)
            needed = self._store.needed()
            names = [path.stem for path in self._folder.glob("*.png")]
            old = [name for name in names if SHA256.fullmatch(name) and name not in needed]
            return sum(map(self._unlink, old))

    def _unlink(self, sha256: str) -> bool:
        try:
            self._path(sha256).unlink(missing_ok=True)
        except OSError as error:  # another program has it open; the next time, or the next start
            log.warning("a picture to start from stays: %s", error)
            return False
        return True

    def _path(self, sha256: str) -> Path:
        return self._folder / f"{sha256}.png"
