"""Picture files made to hurt whoever opens them: small, wide, deep, packed, or without an end.

Run as a program it reads each of them as a picture and as a mask, and says how far its memory grew.
"""

from __future__ import annotations

import io
import json
import struct
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path

from PIL import Image

PNG = b"\x89PNG\r\n\x1a\n"


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width: int, height: int, depth: int, colour: int, *, rows: int = -1, interlace: int = 0,
        more: bytes = b"") -> bytes:  # fmt: skip
    """Return a PNG of black pixels, written without ever being in memory."""
    channels = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[colour]
    line = bytes(1 + (width * channels * depth + 7) // 8)
    packer, packed = zlib.compressobj(9), []
    lines = height if rows < 0 else rows
    packed += [packer.compress(line) for _ in range(lines + (64 if interlace else 0))]
    packed.append(packer.flush())
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlace)
    palette = chunk(b"PLTE", bytes(768)) + chunk(b"tRNS", bytes(256)) if colour == 3 else b""
    body = chunk(b"IDAT", b"".join(packed))
    return PNG + chunk(b"IHDR", head) + palette + more + body + chunk(b"IEND", b"")


def saved(image: Image.Image, kind: str, **more: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **more)
    return buffer.getvalue()


def text_bomb() -> bytes:
    body = chunk(b"zTXt", b"parameters\0\0" + zlib.compress(bytes(1_000_000), 9))
    return body * 60 + chunk(b"iCCP", b"p\0\0" + zlib.compress(bytes(60_000_000), 9))


def gif(comments: int) -> bytes:
    data = saved(Image.new("P", (64, 64)), "GIF")
    at = data.index(b",", 13)
    note = b"!\xfe" + (b"\xff" + bytes(255)) * comments + b"\0"
    return data[:at] + note + data[at:]


def jpeg(width: int, height: int, mode: str = "RGB", **more: object) -> bytes:
    return saved(Image.new(mode, (width, height)), "JPEG", **more)


def with_notes(data: bytes, count: int) -> bytes:
    note = b"\xff\xe1" + struct.pack(">H", 65_000) + b"Exif\0\0" + bytes(64_992)
    return data[:2] + note * count + data[2:]


def with_scans(data: bytes, count: int) -> bytes:
    """Return a progressive JPEG whose last scan comes again and again."""
    last = data.rindex(b"\xff\xda")
    return data[:last] + data[last:-2] * count + data[-2:]


def rle_bmp(width: int, height: int) -> bytes:
    line = (b"\xff\0" * (width // 255)) + bytes((width % 255, 0)) * (width % 255 > 0) + b"\0\0"
    body = line * height + b"\0\1"
    offset = 54 + 1024
    file = b"BM" + struct.pack("<IHHI", offset + len(body), 0, 0, offset)
    info = struct.pack("<IiiHHIIiiII", 40, width, height, 1, 8, 1, len(body), 0, 0, 256, 0)
    return file + info + bytes(1024) + body


def hostile() -> Iterator[tuple[str, bytes]]:
    """Yield the files by name; each is made when it is asked for."""
    yield "png column", png(1, 64_000_000, 8, 6, rows=2)
    yield "png column of grey", png(1, 16_384, 8, 0)
    yield "png row", png(64_000_000, 1, 8, 2, rows=0)
    yield "png strip", png(16_384, 170, 8, 6)
    yield "png without its lines", png(6000, 6000, 8, 2, rows=10)
    yield "png rgb", png(6300, 6300, 8, 2)
    yield "png rgba", png(6300, 6300, 8, 6)
    yield "png rgba deep", png(6300, 6300, 16, 6)
    yield "png grey deep", png(7900, 7900, 16, 0)
    yield "png palette", png(7900, 7900, 8, 3)
    yield "png bits", png(7900, 7900, 1, 0)
    yield "png interlaced", png(6300, 6300, 16, 6, interlace=1)
    yield "png texts", png(6300, 6300, 8, 6, more=text_bomb())
    yield "apng", saved(
        Image.new("RGBA", (2000, 2000)), "PNG", save_all=True,
        append_images=[Image.new("RGBA", (2000, 2000), (n, 0, 0, 255)) for n in range(3)],
    )  # fmt: skip
    yield "gif comments", gif(150_000)
    yield "gif wide", saved(Image.new("P", (7900, 7900)), "GIF")
    yield "gif frames", saved(
        Image.new("P", (500, 500)), "GIF", save_all=True,
        append_images=[Image.new("P", (500, 500), n) for n in range(1, 100)],
    )  # fmt: skip
    yield "jpeg huge", jpeg(9000, 7000)
    yield (
        "jpeg turned",
        jpeg(
            6300,
            6300,
            exif=b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0",
        ),
    )
    yield "jpeg progressive", jpeg(7000, 7000, progressive=True)
    yield "jpeg progressive full", jpeg(7000, 7000, progressive=True, subsampling=0)
    yield "jpeg inks", jpeg(6300, 6300, "CMYK")
    yield "jpeg notes", with_notes(jpeg(64, 64), 700)
    yield "jpeg scans", with_scans(jpeg(4000, 4000, progressive=True), 20_000)
    yield "webp", saved(Image.new("RGB", (3800, 3800)), "WEBP")
    yield "webp wide", saved(Image.new("RGB", (6000, 6000)), "WEBP", lossless=True)
    yield "webp clear", saved(Image.new("RGBA", (3800, 3800)), "WEBP")
    yield "webp frames", saved(
        Image.new("RGBA", (1500, 1500)), "WEBP", save_all=True,
        append_images=[Image.new("RGBA", (1500, 1500), (n, 0, 0, 99)) for n in range(1, 6)],
    )  # fmt: skip
    yield "bmp", saved(Image.new("RGB", (4000, 3000)), "BMP")
    yield "bmp runs", rle_bmp(5000, 5000)
    yield "bmp runs for ever", rle_bmp(255, 255) + b"\0\2\0\0" * 5_000_000
    yield "tiff", saved(Image.new("RGB", (100, 100)), "TIFF")
    yield "icon", saved(Image.new("RGB", (64, 64)), "ICO")
    yield (
        "noise",
        saved(Image.effect_noise((4000, 4000), 200).convert("RGBA"), "PNG", compress_level=1),
    )


def peak() -> int:
    """Return the most memory that this program ever had, in bytes."""
    for line in Path("/proc/self/status").read_text("ascii", "replace").splitlines():
        if line.startswith("VmHWM:"):  # getrusage would begin with the parent's
            return int(line.split()[1]) * 1024
    raise OSError("no VmHWM")


def main(folder: str) -> None:
    """Read every file of a folder; print what became of each and how far memory grew, as JSON."""
    from pipelines.contract.errors import InvalidRequest
    from playground.studio.pictures.decode import read_mask, read_picture

    read_picture(saved(Image.new("RGB", (8, 8)), "WEBP"))  # the decoders are loaded
    begin, told = peak(), {}
    for path in sorted(Path(folder).iterdir()):
        data = path.read_bytes()
        readers = (read_picture, read_mask) if "rgba" in path.name else (read_picture,)
        for read in readers:
            try:
                outcome = "{}x{}".format(*read(data).size)
            except InvalidRequest as error:
                outcome = error.key
            told[f"{path.name}: {read.__name__}"] = (outcome, peak() - begin)
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main(sys.argv[1])
