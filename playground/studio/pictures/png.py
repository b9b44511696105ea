"""PNG files from anywhere: their text chunks and their pixels, read with suspicion.

Knows chunks, sizes and checksums; knows nothing of prompts. Whatever is wrong with a file leaves
as ValueError. The reader does not decode pixels, so that a folder of pictures is scanned quickly.
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from playground.studio.pictures.decode import BUDGET, decoding

SIGNATURE = b"\x89PNG\r\n\x1a\n"
TEXT_TYPES = (b"tEXt", b"zTXt", b"iTXt")
MAX_TEXT_BYTES = 2**20  # one text chunk, unpacked; ours has about 2 kB
MAX_TEXTS = 16
MAX_CHUNKS = 100_000  # Pillow writes one per 64 kB of picture
MAX_OPENED_PIXELS = BUDGET // 4  # twice our largest picture; Pillow keeps RGB in four bytes


@dataclass(frozen=True, slots=True)
class PictureText:
    """The size and the texts of a picture file.

    Attributes:
        texts: keyword and text, in the order of the file.
    """

    width: int
    height: int
    texts: tuple[tuple[str, str], ...]

    def get(self, keyword: str) -> str | None:
        """Return the first text with that keyword."""
        return next((text for name, text in self.texts if name == keyword), None)


def write_png(
    image: Image.Image, texts: tuple[tuple[str, str], ...], packed: tuple[tuple[str, str], ...] = ()
) -> bytes:
    """Return a PNG of `image`; equal pixels and texts give equal bytes.

    Args:
        image: the pixels.
        texts: keyword and text, stored plainly as other readers want them: tEXt for ASCII, else
            iTXt: what tEXt is encoded in, readers guess.
        packed: the same for long texts, stored compressed.
    """
    chunks = PngInfo()
    for is_packed, pairs in ((False, texts), (True, packed)):
        for keyword, text in pairs:
            clean = text.replace("\0", "").encode("utf-8", "replace").decode()
            add = chunks.add_text if clean.isascii() else chunks.add_itxt
            add(keyword, clean, zip=is_packed)
    buffer = io.BytesIO()
    image.save(buffer, "PNG", pnginfo=chunks)
    return buffer.getvalue()


def read_text(path: Path) -> PictureText:
    """Read the size and the text chunks of a PNG that is complete down to its last chunk.

    Raises:
        ValueError: it is no PNG, it is cut off or damaged, or a text in it is unreasonable.
        OSError: the file cannot be read at all.
    """
    with path.open("rb") as file:
        return parse_text(file)


def parse_text(file: IO[bytes]) -> PictureText:
    """Do what `read_text` does, for an open file."""
    if file.read(8) != SIGNATURE:
        raise ValueError("not a PNG")
    width = height = 0
    texts: list[tuple[str, str]] = []
    for kind, body in _chunks(file):
        if kind == b"IHDR":
            width, height = struct.unpack(">II", body[:8])
        elif len(texts) < MAX_TEXTS:
            texts.append(_parse_chunk(kind, body))
    return PictureText(width, height, tuple(texts))


def _chunks(file: IO[bytes]) -> Iterator[tuple[bytes, bytes]]:
    """Yield IHDR and the text chunks; check that all the others are there."""
    end = file.seek(0, io.SEEK_END)
    position = len(SIGNATURE)
    for number in range(MAX_CHUNKS):
        file.seek(position)
        head = file.read(8)
        if len(head) < 8:
            raise ValueError("the PNG is cut off")
        length, kind = struct.unpack(">I4s", head)
        position += 12 + length
        if position > end:
            raise ValueError("the PNG is cut off")
        if (kind == b"IHDR") != (number == 0) or (number == 0 and length != 13):
            raise ValueError("the PNG does not begin with one header")
        if kind == b"IEND":
            return
        if kind == b"IHDR" or kind in TEXT_TYPES:
            yield kind, _checked_body(file, kind, length)
    raise ValueError("the PNG has too many chunks")


def _checked_body(file: IO[bytes], kind: bytes, length: int) -> bytes:
    if length > MAX_TEXT_BYTES:
        raise ValueError(f"a text of {length} bytes in the PNG")
    body = file.read(length)
    (checksum,) = struct.unpack(">I", file.read(4))
    if zlib.crc32(kind + body) != checksum:
        raise ValueError("a chunk of the PNG is damaged")
    return body


def _parse_chunk(kind: bytes, body: bytes) -> tuple[str, str]:
    keyword, _, rest = body.partition(b"\0")
    if kind == b"tEXt":
        text = _guessed(rest)
    elif kind == b"zTXt":
        text = _guessed(_unpack(rest[1:]))
    else:
        is_packed, rest = rest[:1] == b"\1", rest[2:]
        _language, _, rest = rest.partition(b"\0")
        _translated, _, rest = rest.partition(b"\0")
        text = (_unpack(rest) if is_packed else rest).decode("utf-8")
    return keyword.decode("latin-1"), text


def _guessed(raw: bytes) -> str:
    """Return the text of bytes that should be Latin-1: what is UTF-8 was meant as UTF-8."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _unpack(packed: bytes) -> bytes:
    try:
        text = zlib.decompressobj().decompress(packed, MAX_TEXT_BYTES + 1)
    except zlib.error as error:
        raise ValueError("a packed text of the PNG is damaged") from error
    if len(text) > MAX_TEXT_BYTES:
        raise ValueError(f"a text of more than {MAX_TEXT_BYTES} bytes in the PNG")
    return text


def open_png(path: Path) -> Image.Image:
    """Return the decoded pixels of a PNG of a reasonable size; the file is closed again.

    Raises:
        ValueError: it is no PNG, it is cut off or damaged, or it is a decompression bomb.
        OSError: the file cannot be read at all.
    """
    with path.open("rb") as file:
        header = parse_text(file)
        if header.width * header.height > MAX_OPENED_PIXELS:
            raise ValueError(f"a PNG of {header.width}x{header.height} pixels is too large")
        file.seek(0)
        try:
            with decoding():
                image = Image.open(file, formats=("PNG",))
                image.load()
                return image
        except Exception as error:  # a decoder fed with foreign bytes: anything may come out
            raise ValueError(f"the PNG cannot be decoded: {error}") from error
