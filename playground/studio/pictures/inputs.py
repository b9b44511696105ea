"""The shelf of pictures to start from, and masks: by the digest of what they show.

Whatever comes in is hostile until `read_picture` has had it: only known formats, sizes looked at
before anything is unpacked, one frame, eight bits, upright. Kept as PNG under its own sha256, so
that a request in the queue, or in a picture's metadata, names exactly what it started from.
"""

from __future__ import annotations

import hashlib
import io
import threading
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models.disk import write_atomically
from pipelines.contract.errors import InvalidRequest
from pipelines.contract.picture_settings import SHA256

if TYPE_CHECKING:
    from PIL.Image import Image

FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP")
MAX_BYTES = 50_000_000
MAX_PIXELS = 64_000_000  # more would take 200 MB unpacked; no camera in a pocket makes them
MAX_SIDE = 4096  # what is kept is brought below it; the largest drawing has half of it
DEEP = ("I;16", "I;16B", "I;16L", "I;16N", "I", "F")


def read_picture(data: bytes) -> Image:
    """Return the RGB picture of a file that somebody handed over, or raise InvalidRequest.

    Transparent parts become white, the first frame stands for an animation, camera rotation is
    applied, deep pixels become eight bits.
    """
    from PIL import Image as Pillow
    from PIL import ImageOps

    if len(data) > MAX_BYTES:
        size = f"{len(data) / 1e6:.0f} MB"
        raise InvalidRequest("input.bytes", size=size, limit=f"{MAX_BYTES / 1e6:.0f} MB")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore", Pillow.DecompressionBombWarning
            )  # our own limit is next
            image = Pillow.open(io.BytesIO(data), formats=FORMATS)
            if image.width * image.height > MAX_PIXELS:
                raise InvalidRequest(
                    "input.pixels", size=f"{image.width}x{image.height}", limit=MAX_PIXELS // 10**6
                )
            image.seek(0)
            image.load()
            upright: Image = ImageOps.exif_transpose(image)
    except Pillow.DecompressionBombError:
        raise InvalidRequest("input.pixels", size="?", limit=MAX_PIXELS // 10**6) from None
    except (OSError, ValueError, SyntaxError, EOFError, KeyError, IndexError, MemoryError) as error:
        raise InvalidRequest("input.broken", reason=type(error).__name__) from error
    plain = _plain(upright)
    plain.thumbnail((MAX_SIDE, MAX_SIDE))
    return plain


def _plain(image: Image) -> Image:
    """Return eight bits of red, green and blue; white where nothing was."""
    from PIL import Image as Pillow

    if image.mode in DEEP:
        brightest: Any = image.getextrema()[1]
        top = 65535 if brightest > 255 else max(float(brightest), 1.0)
        image = image.convert("F").point(lambda value: value * (255 / top)).convert("L")
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        layered = image.convert("RGBA")
        white = Pillow.new("RGBA", layered.size, "white")
        return Pillow.alpha_composite(white, layered).convert("RGB")
    return image.convert("RGB")


class InputShelf:
    """Keeps pictures to start from; may be used from any thread.

    Args:
        folder: data/inputs.
        partial: where unfinished files lie.
    """

    def __init__(self, folder: Path, partial: Path) -> None:
        self._folder, self._partial = folder, partial
        self._lock = threading.Lock()

    def keep(self, data: bytes) -> str:
        """Keep the picture of a file; return its sha256. The same picture is kept once.

        Raises:
            InvalidRequest: it is no picture that can be used; says why.
            DiskError: it cannot be written.
        """
        buffer = io.BytesIO()
        read_picture(data).save(buffer, "PNG")
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
