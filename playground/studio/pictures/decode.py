"""Picture files from anywhere become pixels: few formats, one at a time, never more than a budget.

Before anything is unpacked: the file is brought down to its first frame (first_frame.py), the
sides, their ratio and the bytes of the widest step are looked at. Then the pixels are brought to a
size that is kept, in bands, so that colours and transparency cost a few megabytes whatever the
picture. `tests/playground/studio/pictures/test_hostile_pictures.py` measures all of it.
"""

from __future__ import annotations

import io
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from pipelines.contract.errors import InvalidRequest
from pipelines.image.memory.malloc import trim
from playground.studio.pictures.first_frame import check_png, first_frame

if TYPE_CHECKING:
    from PIL.Image import Image

FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP")
MAX_BYTES = 50_000_000  # of a file
MAX_LONG = 16_384  # pixels of the longer side; WebP ends there too
MAX_RATIO = 100  # of the longer side to the shorter one
MAX_PIXELS = 64_000_000
MAX_SIDE = 4096  # what is kept is brought below it; the largest drawing has half of it
BUDGET = 160_000_000  # bytes of the decoder; with file, bands and what is kept below 300 MB
BAND_PIXELS = 1_000_000
# Bytes a pixel while it is decoded. Pillow keeps RGB in four. A WebP is decoded into two canvases,
# copied, and unpacked from the copy: 14.5 million pixels, the most, take 255 MB with all the rest.
MODE_BYTES: dict[str, float] = {"1": 1, "L": 1, "P": 1, "I;16": 2, "I;16B": 2}
WEBP_BYTES = 11
RLE_BYTES = 2  # BMP: a byte array and a copy of it
DEEP = ("I;16", "I;16B", "I;16L", "I;16N", "I", "F")
CLEAR = ("RGBA", "LA", "PA")  # modes with transparency of their own
# EXIF's orientation and what puts it upright, as in PIL.ImageOps.exif_transpose
UPRIGHT = {
    2: "FLIP_LEFT_RIGHT",
    3: "ROTATE_180",
    4: "FLIP_TOP_BOTTOM",
    5: "TRANSPOSE",
    6: "ROTATE_270",
    7: "TRANSVERSE",
    8: "ROTATE_90",
}
ORIENTATION = 0x0112
_one_at_a_time = threading.RLock()  # taken alone; a decoder may take the whole budget

Paint = Callable[["Image"], "Image"]  # a band of the picture as it is wanted


@contextmanager
def decoding() -> Iterator[None]:
    """Have the decoders alone, as often as need be; what they took goes back to the system.

    The painter has freed memory kept for its next step, which many threads would add up.
    """
    with _one_at_a_time:
        try:
            yield
        finally:
            trim()


def read_picture(data: bytes) -> Image:
    """Return the RGB picture of a file that somebody handed over, or raise InvalidRequest.

    Transparent parts become white, the first frame stands for an animation, camera rotation is
    applied, deep pixels become eight bits; no side is longer than MAX_SIDE.
    """
    return _read(data, "RGB", _on_white)


def read_mask(data: bytes) -> Image:
    """Return the mask of a file, RGB, white where it is drawn anew, or raise InvalidRequest.

    As A1111 has it: a picture with transparency is a mask by its alpha, any other by its
    brightness. A painted stroke on nothing is the stroke.
    """
    painted = _read(data, "RGBA", lambda band: band.convert("RGBA"))
    alpha = painted.getchannel("A")
    return (painted if alpha.getextrema() == (255, 255) else alpha).convert("RGB")


def _read(data: bytes, mode: str, paint: Paint) -> Image:
    from PIL import Image as Pillow

    if len(data) > MAX_BYTES:
        size = f"{len(data) / 1e6:.0f} MB"
        raise InvalidRequest("input.bytes", size=size, limit=f"{MAX_BYTES / 1e6:.0f} MB")
    with decoding(), warnings.catch_warnings():
        warnings.simplefilter("ignore", Pillow.DecompressionBombWarning)  # our own limits are next
        try:
            frame = first_frame(data)
            image = Pillow.open(io.BytesIO(frame), formats=FORMATS)
            _check_sides(image)
            _check_cost(image)
            if image.format == "PNG":
                check_png(frame)
            image.load()
            turned = image.getexif().get(ORIENTATION)
            kept = _in_bands(image, mode, paint)
            image.close()  # its pixels go before others come
            return _upright(kept, turned)
        except InvalidRequest:
            raise
        except Pillow.DecompressionBombError:
            raise InvalidRequest("input.pixels", size="?", limit=MAX_PIXELS // 10**6) from None
        except Exception as error:  # a decoder fed with foreign bytes: anything may come out
            raise InvalidRequest("input.broken") from error


def _check_sides(image: Image) -> None:
    size = f"{image.width}x{image.height}"
    short, long = sorted(image.size)
    if long > MAX_LONG:
        raise InvalidRequest("input.side", size=size, limit=MAX_LONG)
    if long > MAX_RATIO * short:
        raise InvalidRequest("input.ratio", size=size, limit=MAX_RATIO)


def _check_cost(image: Any) -> None:
    """Raise InvalidRequest when decoding takes too much; a JPEG may be decoded smaller."""
    pixels, each = image.width * image.height, MODE_BYTES.get(image.mode, 4.0)
    if image.format == "WEBP":
        each = WEBP_BYTES
    elif image.format == "BMP" and "rle" in str(image.tile[0][0]):
        each += RLE_BYTES
    elif image.format == "JPEG":
        each = _jpeg_bytes(image, pixels)
    most = min(MAX_PIXELS, int(BUDGET / each))
    if pixels > most:
        size = f"{image.width}x{image.height}"
        raise InvalidRequest("input.pixels", size=size, limit=most // 10**6)


def _jpeg_bytes(image: Any, pixels: int) -> float:
    """Return the bytes a pixel at the largest scale that is affordable, which is set."""
    coefficients, mode = _coefficient_bytes(image), MODE_BYTES.get(image.mode, 4)
    for scale in (1, 2, 4, 8):
        each = coefficients + mode / scale**2
        if pixels * each <= BUDGET:
            break
    if scale > 1:
        image.draft(image.mode, (image.width // scale, image.height // scale))
    return each


def _coefficient_bytes(image: Any) -> float:
    """Return the bytes a pixel that a progressive JPEG is kept in until its last scan; else 0."""
    if not image.info.get("progressive"):
        return 0
    layers = [(across, down) for _, across, down, _ in image.layer]
    widest, tallest = max(across for across, _ in layers), max(down for _, down in layers)
    kept: float = 2 * sum(across * down for across, down in layers) / (widest * tallest)
    return kept


def _in_bands(image: Image, mode: str, paint: Paint) -> Image:
    """Return the picture in `mode`, no side longer than MAX_SIDE."""
    from PIL import Image as Pillow

    paint = _brightened(image, paint)
    scale = max(1.0, max(image.size) / MAX_SIDE)  # pixels of the file to one that is kept
    width, height = (max(1, round(side / scale)) for side in image.size)
    kept = Pillow.new(mode, (width, height))
    rows = max(1, int(BAND_PIXELS / (image.width * scale)))
    margin = int(4 * scale) + 1  # what the filter takes from beside the band
    for top in range(0, height, rows):
        bottom = min(height, top + rows)
        first, last = (edge * image.height / height for edge in (top, bottom))
        above, below = max(0, int(first) - margin), min(image.height, int(last) + margin)
        band = paint(image.crop((0, above, image.width, below)))
        box = (0, first - above, image.width, last - above)
        if scale > 1:
            band = band.resize((width, bottom - top), Pillow.Resampling.BICUBIC, box)
        else:
            band = band.crop((0, round(box[1]), image.width, round(box[3])))
        kept.paste(band, (0, top))
    return kept


def _brightened(image: Image, paint: Paint) -> Paint:
    """Return how to paint a band; pixels of more than eight bits are brought to eight before."""
    if image.mode not in DEEP:
        return paint
    brightest: Any = image.getextrema()[1]
    top = 65535 if brightest > 255 else max(float(brightest), 1.0)
    return lambda band: paint(
        band.convert("F").point(lambda value: value * (255 / top)).convert("L")
    )


def _on_white(band: Image) -> Image:
    """Return eight bits of red, green and blue; white where nothing was."""
    from PIL import Image as Pillow

    if band.mode not in CLEAR and "transparency" not in band.info:
        return band.convert("RGB")
    layered = band.convert("RGBA")
    white = Pillow.new("RGBA", layered.size, "white")
    return Pillow.alpha_composite(white, layered).convert("RGB")


def _upright(image: Image, orientation: object) -> Image:
    from PIL import Image as Pillow

    name = UPRIGHT.get(orientation) if isinstance(orientation, int) else None
    return image if name is None else image.transpose(Pillow.Transpose[name])
