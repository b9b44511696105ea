"""The settings that other programs write into JPEG and WebP: EXIF's UserComment, read with care.

A1111, Forge, reForge, SD.Next and Civitai write the text of PNG's `parameters` there; Fooocus its
JSON. Knows segments, chunks and the tags of TIFF 6.0 and Exif 2.32 that lead there, and no others.
Whatever is wrong with a file leaves as ValueError.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from playground.studio.pictures.png import MAX_TEXT_BYTES

JPEG, RIFF, WEBP = b"\xff\xd8", b"RIFF", b"WEBP"
EXIF = b"Exif\0\0"
EXIF_IFD, USER_COMMENT = 0x8769, 0x9286
MAX_ENTRIES = 512  # of one directory; real ones have about 50
MAX_PARTS = 10_000  # segments or chunks before the one that is looked for
UNICODE, ASCII, JIS, UNSAID = b"UNICODE\0", b"ASCII\0\0\0", b"JIS\0\0\0\0\0", bytes(8)


def user_comment(data: bytes) -> str | None:
    """Return the comment of a JPEG or WebP file; None when it has none.

    Raises ValueError when the file is neither, is damaged, or the comment is unreasonably long.
    """
    try:
        if data.startswith(JPEG):
            block = next(_jpeg_blocks(data), None)
        elif data.startswith(RIFF) and data[8:12] == WEBP:
            block = next(_webp_blocks(data), None)
        else:
            raise ValueError("neither a JPEG nor a WebP")
        return None if block is None else _comment(block.removeprefix(EXIF))
    except (struct.error, IndexError) as error:
        raise ValueError("the picture is cut off") from error


def decode_comment(raw: bytes) -> str:
    """Return the text of a UserComment: eight bytes say its code, not all programs tell the truth.

    >>> decode_comment(b"UNICODE\\0" + "a fox".encode("utf-16-be"))
    'a fox'
    """
    if len(raw) > MAX_TEXT_BYTES:
        raise ValueError(f"a comment of {len(raw)} bytes")
    code, rest = raw[:8], raw[8:]
    if code == UNICODE:
        return _utf16(rest).strip("\0 ")
    if code == JIS:
        for encoding in ("iso2022_jp", "shift_jis"):
            try:
                return rest.decode(encoding).strip("\0 ")
            except UnicodeDecodeError:
                continue
    if code not in (ASCII, JIS, UNSAID):
        rest = raw
    try:
        return rest.decode("utf-8").strip("\0 ")
    except UnicodeDecodeError:
        return rest.decode("latin-1").strip("\0 ")


def _utf16(raw: bytes) -> str:
    """Return the text in the byte order that makes more letters of it that programs write."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "replace")
    if len(raw) % 2:
        raw = raw[:-1]
    big, little = (raw.decode(order, "replace") for order in ("utf-16-be", "utf-16-le"))
    # the words "Steps", ":" and "," are in every such text, so ASCII decides; most write big-endian
    return little if _plain_letters(little) > _plain_letters(big) else big


def _plain_letters(text: str) -> int:
    return len(text.encode("ascii", "ignore"))


def _jpeg_blocks(data: bytes) -> Iterator[bytes]:
    position = len(JPEG)
    for _ in range(MAX_PARTS):
        while data[position] == 0xFF and data[position + 1] == 0xFF:  # fill bytes
            position += 1
        if data[position] != 0xFF:
            raise ValueError("the JPEG is damaged")
        kind = data[position + 1]
        if kind in (0xD9, 0xDA):  # pixels follow, or nothing
            return
        if kind == 0x01 or 0xD0 <= kind <= 0xD8:
            position += 2
            continue
        (length,) = struct.unpack_from(">H", data, position + 2)
        body = data[position + 4 : position + 2 + length]
        if kind == 0xE1 and body.startswith(EXIF):
            yield body
        position += 2 + length
    raise ValueError("the JPEG has too many segments")


def _webp_blocks(data: bytes) -> Iterator[bytes]:
    position = 12
    for _ in range(MAX_PARTS):
        if position + 8 > len(data):
            return
        kind, length = struct.unpack_from("<4sI", data, position)
        if kind == b"EXIF":
            if length > MAX_TEXT_BYTES:
                raise ValueError(f"metadata of {length} bytes in the WebP")
            yield data[position + 8 : position + 8 + length]
        position += 8 + length + length % 2
    raise ValueError("the WebP has too many chunks")


def _comment(block: bytes) -> str | None:
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(block[:4])
    if order is None:
        raise ValueError("damaged metadata")
    (first,) = struct.unpack_from(f"{order}I", block, 4)
    found = _entry(block, order, first, EXIF_IFD)
    if found is None:
        return None
    (exif,) = struct.unpack_from(f"{order}I", block, found + 8)
    found = _entry(block, order, exif, USER_COMMENT)
    if found is None:
        return None
    (count,) = struct.unpack_from(f"{order}I", block, found + 4)
    (place,) = struct.unpack_from(f"{order}I", block, found + 8)
    start = found + 8 if count <= 4 else place
    raw = block[start : start + count]
    if len(raw) < count:
        raise ValueError("damaged metadata")
    return decode_comment(raw) or None


def _entry(block: bytes, order: str, directory: int, tag: int) -> int | None:
    """Return where the entry of a tag lies in a directory; None when there is none."""
    (count,) = struct.unpack_from(f"{order}H", block, directory)
    if count > MAX_ENTRIES:
        raise ValueError("damaged metadata")
    for number in range(count):
        place = directory + 2 + 12 * number
        if struct.unpack_from(f"{order}H", block, place)[0] == tag:
            return place
    return None
