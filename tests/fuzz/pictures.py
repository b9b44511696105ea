"""Pictures that a guest can hand over, with and without the settings they were made with."""

from __future__ import annotations

import io
import json
import random
from functools import cache, partial
from pathlib import Path

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from pipelines.contract.errors import InvalidRequest
from pipelines.contract.phrase import Phrase
from pipelines.contract.requests import PictureRequest
from playground.studio.pictures.decode import read_mask, read_picture
from playground.studio.pictures.metadata import read_any
from tests.fuzz.fuzzed_file import FuzzedFile
from tests.fuzz.mutations import RARE, change_bytes, change_png, png_of

SIZE = (48, 40)
USER_COMMENT = 0x9286
EXIF_FOLDER = 0x8769
SETTINGS = (
    'a cat, "quoted" <lora:ink:0.7>\nNegative prompt: ugly\nSteps: 20, Sampler: Euler a, Schedule '
    "type: Karras, CFG scale: 7, Seed: 5, Size: 512x512, Model hash: 0123456789, Lora hashes: "
    '"ink: 012345678901", Hires upscale: 2, Version: v1.9'
)
FOREIGN = json.dumps({"sui_image_params": {"prompt": "a cat", "seed": 3, "steps": 4}})


def _image(mode: str) -> Image.Image:
    noise = random.Random(mode).randbytes(SIZE[0] * SIZE[1] * 4)
    return Image.frombytes("RGBA", SIZE, noise).convert(mode)


def recipe() -> str:
    """Return what our own chunk says of a picture."""
    request = PictureRequest(Phrase("파란 고양이", "a blue cat", (), "typed", seed=3), seed=3)
    return json.dumps(
        request.to_json()
        | {"model_sha256": "0" * 64, "seconds": 1.5, "versions": {"torch": "2"}, "used": []}
    )


def _exif() -> Image.Exif:
    exif = Image.Exif()
    exif.get_ifd(EXIF_FOLDER)[USER_COMMENT] = b"UNICODE\0" + SETTINGS.encode("utf-16-be")
    exif[0x0112] = 6
    return exif


def _saved(format: str, modes: tuple[str, ...]) -> tuple[bytes, ...]:
    files = []
    for mode in modes:
        for has_text in (False, True):
            file = io.BytesIO()
            if format == "PNG":
                text = PngInfo()
                if has_text:
                    text.add_text("parameters", SETTINGS if mode != "L" else FOREIGN)
                    text.add_itxt("playground", recipe(), zip=mode == "P")
                _image(mode).save(file, "PNG", pnginfo=text)
            elif has_text and format in ("JPEG", "WEBP"):
                _image(mode).save(file, format, exif=_exif(), lossless=mode == "RGBA")
            else:
                _image(mode).save(file, format)
            files.append(file.getvalue())
    if format in ("GIF", "WEBP", "PNG"):
        file = io.BytesIO()
        frames = [_image("RGB"), _image("L").convert("RGB")]
        frames[0].save(file, format, save_all=True, append_images=frames[1:])
        files.append(file.getvalue())
    return tuple(files)


def _read(has_settings: bool, data: bytes, folder: Path) -> None:
    """Read the settings, the picture and the mask; refused when one of them cannot be had."""
    refusal: Exception | None = None
    try:
        if has_settings:
            read_any(data)
    except ValueError as error:
        refusal = error
    for reader in (read_picture, read_mask):
        try:
            reader(data)
        except InvalidRequest as error:
            refusal = error
    if refusal is not None:
        raise refusal


@cache
def _large(format: str) -> bytes:
    """Return a picture of one colour: a small file that is large when it is unpacked."""
    file = io.BytesIO()
    Image.new("RGB", (3_600, 4_000), "red").save(file, format)
    return file.getvalue()


def _change(format: str, data: bytes, rng: random.Random) -> bytes:
    is_png = format == "PNG"
    if rng.random() < RARE:
        if is_png:
            sides = rng.sample((1, 3, 500, 3_000, 5_000, 9_000, 16_000, 60_000), 2)
            return png_of(sides[0], sides[1], *rng.choice(PNG_KINDS))
        return change_bytes(_large(format), rng)
    is_png = is_png and rng.random() < 0.7
    return change_png(data, rng) if is_png else change_bytes(data, rng)


PNG_KINDS = ((0, 1), (0, 8), (0, 16), (2, 8), (2, 16), (3, 8), (4, 16), (6, 8), (6, 16))
MODES = {
    "PNG": ("RGB", "RGBA", "L", "P", "I;16", "1", "LA"),
    "JPEG": ("RGB", "L", "CMYK"),
    "WEBP": ("RGB", "RGBA"),
    "GIF": ("P", "L"),
    "BMP": ("RGB", "P", "1"),
}
KINDS = {
    format.lower(): FuzzedFile(
        seeds=partial(_saved, format, modes),
        change=partial(_change, format),
        read=partial(_read, format not in ("GIF", "BMP")),
        refusals=(InvalidRequest, ValueError),
    )
    for format, modes in MODES.items()
}
