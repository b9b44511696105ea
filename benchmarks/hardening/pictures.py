"""Memory that the worst pictures take while they are read, one by one and several at once."""

from __future__ import annotations

import io
import struct
import zlib
from concurrent.futures import ThreadPoolExecutor

from benchmarks.figure import Figure, compare
from benchmarks.hardening.site import ServedPage

GOAL = 300.0  # megabytes
AT_ONCE = 6
FUNCTIONS = ("take", "take_mask", "read")


def measure(site: ServedPage) -> list[Figure]:
    """Return how far the memory grew, beside the goal, and how long others waited."""
    site.wait_until_level()
    files = {
        "PNG of 64,000,000 rows": _png(1, 64_000_000, 8, 6, rows=1_000),
        "PNG of 8000 x 8000": _png(8_000, 8_000, 1, 0),
        "PNG of 4400 x 4400, transparent": _png(4_400, 4_400, 8, 6),
        "PNG of 3100 x 3100, 16 bits": _png(3_100, 3_100, 16, 6),
        "PNG of 16384 x 200, interlaced": _png(16_384, 200, 8, 2),
        "JPEG of 6000 x 6000": _saved("JPEG", 6_000),
        "WebP of 3700 x 3700": _saved("WEBP", 3_700),
        "BMP of 3500 x 3500": _saved("BMP", 3_500),
    }
    grown: dict[str, float] = {}
    waits: list[float] = []
    for name, data in files.items():
        grown[name] = _grown(site, [data], waits)
    worst = max(grown, key=lambda name: grown[name])
    together = _grown(site, list(files.values())[:AT_ONCE], waits)
    return [
        compare(f"the worst picture: {worst}", [grown[worst]], "goal", [GOAL], "MB"),
        compare(f"{AT_ONCE} such pictures at once", [together], "goal", [GOAL], "MB"),
        compare("others wait: the worst picture", [max(waits)], "goal", [0.25]),
    ]


def _grown(site: ServedPage, pictures: list[bytes], waits: list[float]) -> float:
    tokens = [site.hand_over(data, "a.png") for data in pictures]
    before = site.megabytes()
    with site.watched() as seen, ThreadPoolExecutor(AT_ONCE) as pool:
        for token in tokens:
            for function in FUNCTIONS:
                pool.submit(site.post, f"/gradio_api/run/{function}", {"data": [token]})
    waits += seen.waits
    return max(seen.megabytes) - before


def _png(width: int, height: int, depth: int, colour: int, rows: int | None = None) -> bytes:
    channels = {0: 1, 2: 3, 6: 4}[colour]
    line = bytes(1 + (width * channels * depth + 7) // 8)
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(line) for _ in range(height if rows is None else rows))
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", packed + packer.flush()), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*part) for part in parts)


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _saved(kind: str, side: int) -> bytes:
    from PIL import Image

    buffer = io.BytesIO()
    Image.new("RGB", (side, side)).save(buffer, kind)
    return buffer.getvalue()
