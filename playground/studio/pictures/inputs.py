"""The shelf of pictures to start from, and masks: by the digest of what they show.

Whatever comes in is hostile until decode.py has had it. Kept as PNG under its own sha256, so that a
request in the queue, or in a picture's metadata, names exactly what it started from.
"""

from __future__ import annotations

import hashlib
import io
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from models.disk import write_atomically
from pipelines.contract.errors import InvalidRequest
from pipelines.contract.picture_settings import SHA256
from playground.studio.pictures.decode import MAX_BYTES, read_mask, read_picture

if TYPE_CHECKING:
    from PIL.Image import Image

__all__ = ["MAX_BYTES", "InputShelf", "read_mask", "read_picture"]


class InputShelf:
    """Keeps pictures to start from; may be used from any thread.

    Args:
        folder: data/inputs.
        partial: where unfinished files lie.
    """

    def __init__(self, folder: Path, partial: Path) -> None:
        self._folder, self._partial = folder, partial
        self._lock = threading.Lock()

    def keep(self, data: bytes, *, is_mask: bool = False) -> str:
        """Keep the picture of a file; return its sha256. The same picture is kept once.

        Args:
            data: the file.
            is_mask: it says where to draw, by its transparency if it has any.

        Raises:
            InvalidRequest: it is no picture that can be used; says why.
            DiskError: it cannot be written.
        """
        buffer = io.BytesIO()
        (read_mask(data) if is_mask else read_picture(data)).save(buffer, "PNG")
        png = buffer.getvalue()
        sha256 = hashlib.sha256(png).hexdigest()
        with self._lock:
            self._folder.mkdir(parents=True, exist_ok=True)
            path = self._path(sha256)
            if not path.is_file():
                write_atomically(path, png, temp_dir=self._partial)
        return sha256

    def open(self, sha256: str) -> Image:
        """Return a picture that is kept; raise InvalidRequest when there is none of that name."""
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

    def path_of(self, sha256: str) -> Path | None:
        """Return the file of a picture that is kept; None when there is none of that name."""
        path = self._path(sha256) if SHA256.fullmatch(sha256) else None
        return path if path is not None and path.is_file() else None

    def _path(self, sha256: str) -> Path:
        return self._folder / f"{sha256}.png"
