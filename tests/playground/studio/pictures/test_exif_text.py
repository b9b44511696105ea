"""Settings in JPEG and WebP: every code a UserComment may have, and files that are none."""

from __future__ import annotations

import io
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from playground.studio.pictures.exif_text import MAX_ENTRIES, decode_comment, user_comment
from playground.studio.pictures.metadata import read_any

TEXT = "파란 여우, fox\nNegative prompt: 흐림\nSteps: 20, Sampler: Euler a, Seed: 1"
CODES = {
    "big-endian": b"UNICODE\0" + TEXT.encode("utf-16-be"),
    "little-endian": b"UNICODE\0" + TEXT.encode("utf-16-le"),
    "with a mark": b"UNICODE\0" + TEXT.encode("utf-16"),
    "one byte too many": b"UNICODE\0" + TEXT.encode("utf-16-be") + b"\0",
    "UTF-8 called ASCII": b"ASCII\0\0\0" + TEXT.encode(),
    "UTF-8 called nothing": bytes(8) + TEXT.encode(),
    "UTF-8 without a code": TEXT.encode(),
}


def exif(comment: bytes, order: str = ">") -> bytes:
    """Return an Exif block with one comment, by hand."""
    mark = b"MM\0*" if order == ">" else b"II*\0"
    first = struct.pack(f"{order}HHHII I".replace(" ", ""), 1, 0x8769, 4, 1, 26, 0)
    second = struct.pack(f"{order}HHHII I".replace(" ", ""), 1, 0x9286, 7, len(comment), 44, 0)
    return mark + struct.pack(f"{order}I", 8) + first + second + comment


def jpeg(block: bytes) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (8, 8)).save(buffer, "JPEG")
    body = b"Exif\0\0" + block
    plain = buffer.getvalue()
    return plain[:2] + b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body + plain[2:]


def webp(block: bytes) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (8, 8)).save(buffer, "WEBP", exif=block)
    return buffer.getvalue()


@pytest.mark.parametrize("order", "<>")
@pytest.mark.parametrize("comment", CODES.values(), ids=CODES.keys())
def test_every_code_is_read_from_both_kinds(comment: bytes, order: str) -> None:
    for data in (jpeg(exif(comment, order)), webp(exif(comment, order))):
        assert user_comment(data) == TEXT
        told = read_any(data)
        assert told is not None and told.infotext is not None
        assert (told.infotext.prompt, told.infotext.get("Seed")) == ("파란 여우, fox", "1")


def test_japanese_codes_are_read() -> None:
    for encoding in ("iso2022_jp", "shift_jis"):
        assert decode_comment(b"JIS\0\0\0\0\0" + "青い狐 fox".encode(encoding)) == "青い狐 fox"


@pytest.mark.parametrize(
    "data", [jpeg(exif(b"")), webp(exif(bytes(8))), jpeg(b"MM\0*\0\0\0\x08\0\0")]
)
def test_a_picture_without_a_comment_tells_nothing(data: bytes) -> None:
    assert user_comment(data) is None and read_any(data) is None


BAD = {
    "nothing": b"",
    "a page": b"<html>",
    "no directory": jpeg(b"MM\0*\xff\xff\xff\xff"),
    "no TIFF": jpeg(b"hello"),
    "too many entries": jpeg(b"MM\0*\0\0\0\x08" + struct.pack(">H", MAX_ENTRIES + 1) + bytes(12)),
    "a comment beyond the end": jpeg(exif(b"UNICODE\0ab")[:-4]),
    "an avif": b"\0\0\0\x1cftypavif",
    "a webp that is too talkative": b"RIFF\0\0\0\0WEBPEXIF"
    + struct.pack("<I", 2**21)
    + bytes(2**21),
}


@pytest.mark.parametrize("data", BAD.values(), ids=BAD.keys())
def test_what_is_damaged_is_a_value_error(data: bytes) -> None:
    with pytest.raises(ValueError):
        user_comment(data)


@given(st.binary(max_size=120), st.integers(0, 200))
def test_no_bytes_raise_anything_else(junk: bytes, place: int) -> None:
    for whole in (jpeg(exif(CODES["big-endian"])), webp(exif(CODES["big-endian"]))):
        place = min(place, len(whole))
        try:
            user_comment(whole[:place] + junk + whole[place + len(junk) :])
        except ValueError:
            continue
