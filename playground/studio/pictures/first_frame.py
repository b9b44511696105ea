"""A picture file from anywhere becomes a file of its first frame: what a decoder needs, no more.

Decoders read everything a file has on the way to its first pixel: comments that are put together
quadratically (GIF), text and profiles that unpack to megabytes (PNG), thousands of passes over the
same pixels (progressive JPEG), millions of frames (WebP). None of it gets that far. Knows where the
parts of a file lie; decodes nothing. Whatever is wrong with a file leaves as ValueError.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

PNG, GIF, JPEG, BMP, RIFF = (
    b"\x89PNG\r\n\x1a\n",
    (b"GIF87a", b"GIF89a"),
    b"\xff\xd8",
    b"BM",
    b"RIFF",
)
PNG_KEPT = frozenset({b"IHDR", b"PLTE", b"tRNS", b"eXIf", b"IDAT", b"IEND"})
CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}  # of a PNG's kinds of colour
ADAM7 = (
    (0, 0, 8, 8),
    (4, 0, 8, 8),
    (0, 4, 4, 8),
    (2, 0, 4, 4),
    (0, 2, 2, 4),
    (1, 0, 2, 2),
    (0, 1, 1, 2),
)
MAX_PARTS = 100_000  # chunks, blocks or segments before the first frame ends
MAX_FRAMES = 5_000  # of a WebP: its decoder lists them all before it shows the first
MAX_SCANS = 100  # passes of a progressive JPEG; encoders make about 10
MAX_EXIF = 65_536  # bytes
MAX_RLE_BYTES = 2_000_000  # of a run-length BMP, which Pillow unpacks in Python
PIECE = 65_536  # bytes fed to zlib at once


def first_frame(data: bytes) -> bytes:
    """Return the file without what its first frame does not need; raise ValueError."""
    try:
        if data.startswith(PNG):
            return b"".join((PNG, *_png_parts(data)))
        if data.startswith(JPEG):
            return b"".join((JPEG, *_jpeg_parts(data)))
        if data.startswith(GIF):
            return b"".join((*_gif_parts(data), b";"))
        if data.startswith(RIFF) and data[8:12] == b"WEBP":
            return _checked_webp(data)
        if data.startswith(BMP):
            return _checked_bmp(data)
    except (struct.error, IndexError) as error:
        raise ValueError("the picture is cut off") from error
    raise ValueError("no picture")


def _png_parts(data: bytes) -> Iterator[memoryview]:
    """Yield the chunks that count, up to the end of the first picture."""
    view, position = memoryview(data), len(PNG)
    for _ in range(MAX_PARTS):
        length, kind = struct.unpack_from(">I4s", data, position)
        end = position + 12 + length
        if end > len(data):
            raise ValueError("the PNG is cut off")
        if kind in PNG_KEPT and not (kind == b"eXIf" and length > MAX_EXIF):
            yield view[position:end]
        if kind == b"IEND":
            return
        position = end
    raise ValueError("the PNG has too many chunks")


def check_png(frame: bytes) -> None:
    """Raise ValueError when the pixels of a PNG end before its last line; takes a second at most.

    A decoder is content with a stream that ends early, and leaves the rest black.
    """
    width, height, depth, colour, _, _, interlace = struct.unpack_from(">IIBBBBB", frame, 16)
    bits = depth * CHANNELS.get(colour, 4)
    passes = ADAM7 if interlace else ((0, 0, 1, 1),)
    left = 0
    for x, y, across, down in passes:
        columns, rows = -(-(width - x) // across), -(-(height - y) // down)
        if columns > 0 and rows > 0:
            left += rows * (1 + (columns * bits + 7) // 8)
    unpacker = zlib.decompressobj()
    for piece in _png_data(frame):
        rest: bytes | memoryview = piece
        while rest and left > 0:
            try:
                left -= len(unpacker.decompress(rest, 2**20))
            except zlib.error as error:
                raise ValueError("the PNG is damaged") from error
            rest = unpacker.unconsumed_tail
        if left <= 0:
            return
    raise ValueError("the PNG ends before its last line")


def _png_data(frame: bytes) -> Iterator[memoryview]:
    for part in _png_parts(frame):
        if bytes(part[4:8]) == b"IDAT":
            body = part[8:-4]
            yield from (body[start : start + PIECE] for start in range(0, len(body), PIECE))


def _jpeg_parts(data: bytes) -> Iterator[memoryview]:
    """Yield the segments that count, then everything from the first scan on."""
    view, position, has_exif = memoryview(data), len(JPEG), False
    for _ in range(MAX_PARTS):
        while data[position + 1] == 0xFF:  # fill bytes
            position += 1
        if data[position] != 0xFF:
            raise ValueError("the JPEG is damaged")
        kind = data[position + 1]
        if kind in (0x01, 0xD8, *range(0xD0, 0xD8)):
            position += 2
            continue
        if kind == 0xDA:
            if data.count(b"\xff\xda", position) > MAX_SCANS:
                raise ValueError("the JPEG has too many scans")
            yield view[position:]
            return
        (length,) = struct.unpack_from(">H", data, position + 2)
        end = position + 2 + length
        is_exif = kind == 0xE1 and data[position + 4 : position + 10] == b"Exif\0\0"
        is_note = kind == 0xFE or 0xE1 <= kind <= 0xEF  # comments, profiles, makers' own
        if not is_note or kind == 0xEE or (is_exif and not has_exif):
            yield view[position:end]
        has_exif = has_exif or is_exif
        position = end
    raise ValueError("the JPEG has too many segments")


def _gif_parts(data: bytes) -> Iterator[memoryview]:
    """Yield the head, and the first picture with the extension that tells its transparency."""
    view = memoryview(data)
    position = 13 + _gif_colours(data[10])
    yield view[:position]
    for _ in range(MAX_PARTS):
        start, kind = position, data[position]
        if kind == 0x2C:
            position += 10 + _gif_colours(data[position + 9]) + 1
            yield view[start : _gif_end(data, position)]
            return
        if kind != 0x21:
            raise ValueError("the GIF is damaged")
        position = _gif_end(data, position + 2)
        if data[start + 1] == 0xF9:
            yield view[start:position]
    raise ValueError("the GIF has too many blocks")


def _gif_colours(flags: int) -> int:
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _gif_end(data: bytes, position: int) -> int:
    """Return where a row of blocks ends."""
    while data[position]:
        position += 1 + data[position]
    return position + 1


def _checked_webp(data: bytes) -> bytes:
    position, frames = 12, 0
    for _ in range(MAX_PARTS):
        if position + 8 > len(data):
            return data
        kind, length = struct.unpack_from("<4sI", data, position)
        frames += kind == b"ANMF"
        if frames > MAX_FRAMES:
            break
        position += 8 + length + length % 2
    raise ValueError("the WebP has too many parts")


def _checked_bmp(data: bytes) -> bytes:
    (head,) = struct.unpack_from("<I", data, 14)
    (packing,) = struct.unpack_from("<I", data, 30) if head >= 40 else (0,)
    if packing in (1, 2) and len(data) > MAX_RLE_BYTES:
        raise ValueError("a run-length BMP of that size")
    return data
