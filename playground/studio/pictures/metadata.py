"""The metadata of our pictures as PNG text chunks; and that of any picture, read back.

Two chunks say how it was made: `parameters` for other programs (infotext.py), `playground` for us,
lossless. A third, `Software`, names the program. None of them names a person, a computer or a
folder. That the picture was made by a model is recorded too ("ai_generated").
"""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from PIL import Image

from pipelines.contract.painter import Picture
from pipelines.contract.requests import PictureRequest
from playground.studio.pictures.exif_text import user_comment
from playground.studio.pictures.infotext import PROGRAM, Infotext, read_infotext, write_infotext
from playground.studio.pictures.png import SIGNATURE, PictureText, parse_text, read_text, write_png
from playground.studio.pictures.used_files import NamedFile, named, read_named, to_plain
from playground.studio.plain_json import read_json, read_request, whole_text, write_json

OURS = "playground"
THEIRS = "parameters"
CHUNK_VERSION = 1
MAX_SECONDS = 7 * 24 * 3600.0  # nobody draws a picture for longer than a week


@dataclass(frozen=True, slots=True)
class Metadata:
    """The metadata of a picture file; hostile text that has been checked for shape, not for sense.

    Attributes:
        phrase: the sentence it illustrates; the prompt when another program made it.
        prompt: what the model got.
        request: what makes it again; None when another program made it.
        model_sha256, seconds, versions: empty, 0, () when unknown.
        infotext: the `parameters` text, if there is one.
        used: the files that took part besides the model.
    """

    width: int
    height: int
    phrase: str
    prompt: str
    request: PictureRequest | None
    model_sha256: str
    seconds: float
    versions: tuple[tuple[str, str], ...]
    infotext: Infotext | None
    used: tuple[NamedFile, ...] = ()


def png_bytes(picture: Picture) -> bytes:
    """Return the PNG file of a picture, with everything that makes it again."""
    texts = ((THEIRS, write_infotext(picture)), ("Software", PROGRAM))
    packed = ((OURS, write_json(_chunk(picture))),)
    return write_png(_rgb(picture.image), texts, packed)


def _rgb(image: Image.Image) -> Image.Image:
    return image if image.mode == "RGB" else image.convert("RGB")


def _chunk(picture: Picture) -> dict[str, Any]:
    used = to_plain(named(picture.used))
    return {
        "version": CHUNK_VERSION,
        "ai_generated": True,
        "request": picture.request.to_json(),
        "phrase": picture.request.phrase.ko,
        "prompt": picture.prompt,
        "model": picture.request.model,
        "model_sha256": picture.model_sha256,
        "seconds": round(picture.seconds, 3),
        "versions": dict(picture.versions),
        **({"used": used} if used else {}),
    }


def read_metadata(path: Path) -> Metadata | None:
    """Read the metadata of a PNG file; None when there is none about how it was made.

    Raises:
        ValueError: it is no PNG, or it is cut off or damaged.
        OSError: the file cannot be read at all.
    """
    return told_by(read_text(path))


def read_any(data: bytes) -> Metadata | None:
    """Do what `read_metadata` does for a file that somebody handed over: PNG, JPEG or WebP."""
    if data.startswith(SIGNATURE):
        return told_by(parse_text(io.BytesIO(data)))
    comment = user_comment(data)
    return None if comment is None else told_by(PictureText(0, 0, ((THEIRS, comment),)))


def told_by(png: PictureText) -> Metadata | None:
    """Do what `read_metadata` does, for text that has been read; raise ValueError alone."""
    ours, theirs = png.get(OURS), png.get(THEIRS)
    infotext = None if theirs is None else read_infotext(theirs)
    if ours is not None:
        try:
            return _read_ours(png, read_json(ours), infotext)
        except ValueError:
            if infotext is None:
                raise
    if infotext is None:
        return None
    if infotext.program and png.get("fooocus_scheme") is not None:
        infotext = replace(infotext, program="Fooocus")
    prompt = whole_text(infotext.prompt)
    return Metadata(png.width, png.height, prompt, prompt, None, "", 0.0, (), infotext)


def _read_ours(png: PictureText, data: dict[str, Any], infotext: Infotext | None) -> Metadata:
    try:
        seconds = min(max(float(data["seconds"]), 0.0), MAX_SECONDS)
        versions = tuple((str(name), str(version)) for name, version in data["versions"].items())
        return Metadata(
            width=png.width,
            height=png.height,
            phrase=whole_text(str(data["phrase"])),
            prompt=whole_text(str(data["prompt"])),
            request=_request_or_none(data["request"]),
            model_sha256=str(data["model_sha256"]),
            seconds=seconds,
            versions=versions,
            infotext=infotext,
            used=read_named(data.get("used")),
        )
    except (KeyError, TypeError, AttributeError, OverflowError) as error:
        raise ValueError(f"not a chunk of ours: {error!r}") from error


def _request_or_none(data: dict[str, Any]) -> PictureRequest | None:
    try:
        return read_request(data)
    except ValueError:  # limits may be narrower today; the picture is still a picture
        return None
