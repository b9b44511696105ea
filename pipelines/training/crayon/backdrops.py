"""Whole backgrounds: the eight places of the lexicon, drawn the same every time.

Knows how a night, a sea or a desert looks at 256 pixels. Knows nothing of what stands there.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable

import numpy as np
from PIL import Image, ImageDraw

SIDE = 256
Rgb = tuple[int, int, int]


def plain(rgb: Rgb) -> Image.Image:
    """Return one flat colour."""
    return Image.new("RGB", (SIDE, SIDE), rgb)


def backdrop(name: str) -> Image.Image:
    """Return the backdrop called `name`."""
    if name not in BACKDROPS:
        raise ValueError(f"no backdrop is called {name!r}")
    return BACKDROPS[name]()


def _gradient(top: Rgb, bottom: Rgb) -> Image.Image:
    rise = np.linspace(0, 1, SIDE, dtype=np.float32)[:, None, None]
    rows = np.array(top, np.float32) * (1 - rise) + np.array(bottom, np.float32) * rise
    return Image.fromarray(np.repeat(rows, SIDE, axis=1).astype(np.uint8))


def _dots(picture: Image.Image, count: int, rgb: Rgb, seed: int, radius: float = 2.0) -> None:
    pen, chance = ImageDraw.Draw(picture), random.Random(seed)
    for _ in range(count):
        x, y, r = chance.uniform(0, SIDE), chance.uniform(0, SIDE), chance.uniform(1, radius)
        pen.ellipse((x - r, y - r, x + r, y + r), fill=rgb)


def _hills(picture: Image.Image, height: float, wave: float, phase: float, rgb: Rgb) -> None:
    points = [
        (x, height + wave * math.sin(x / SIDE * 2 * math.pi + phase)) for x in range(0, SIDE + 1, 4)
    ]
    ImageDraw.Draw(picture).polygon([*points, (SIDE, SIDE), (0, SIDE)], fill=rgb)


def _night() -> Image.Image:
    picture = _gradient((14, 18, 58), (38, 44, 104))
    _dots(picture, 34, (250, 244, 190), seed=1, radius=2.4)
    pen = ImageDraw.Draw(picture)
    pen.ellipse((200, 14, 240, 54), fill=(255, 238, 150))
    pen.ellipse((190, 8, 228, 46), fill=(16, 20, 62))
    return picture


def _space() -> Image.Image:
    picture = _gradient((8, 4, 20), (46, 12, 66))
    _dots(picture, 60, (255, 255, 255), seed=2, radius=1.8)
    pen = ImageDraw.Draw(picture)
    pen.ellipse((16, 200, 56, 240), fill=(226, 120, 60))
    pen.ellipse((216, 20, 240, 44), fill=(90, 180, 220))
    return picture


def _sea() -> Image.Image:
    picture = _gradient((176, 226, 250), (214, 242, 252))
    for i, rgb in enumerate([(64, 156, 216), (40, 124, 196), (22, 92, 168)]):
        _hills(picture, 128 + 42 * i, 7, i * 1.6, rgb)
    return picture


def _sky() -> Image.Image:
    picture = _gradient((96, 178, 240), (190, 228, 252))
    pen = ImageDraw.Draw(picture)
    for x, y in ((34, 40), (196, 70), (60, 214), (214, 222)):
        for dx, dy, r in ((-20, 4, 14), (0, -4, 20), (20, 4, 14)):
            pen.ellipse((x + dx - r, y + dy - r, x + dx + r, y + dy + r), fill=(255, 255, 255))
    return picture


def _forest() -> Image.Image:
    picture = _gradient((206, 236, 196), (170, 216, 150))
    pen = ImageDraw.Draw(picture)
    for i, x in enumerate((16, 62, 108, 154, 200, 246)):
        green = (34, 110, 56) if i % 2 else (48, 134, 68)
        pen.rectangle((x - 4, 120, x + 4, 200), fill=(110, 76, 46))
        for top, width in ((20, 20), (52, 27), (88, 34)):
            pen.polygon([(x, top), (x + width, top + 62), (x - width, top + 62)], fill=green)
    _hills(picture, 196, 5, 0.5, (86, 158, 70))
    return picture


def _desert() -> Image.Image:
    picture = _gradient((252, 226, 160), (254, 240, 200))
    ImageDraw.Draw(picture).ellipse((196, 16, 240, 60), fill=(250, 170, 50))
    _hills(picture, 160, 18, 0.4, (232, 184, 100))
    _hills(picture, 202, 16, 2.8, (212, 156, 76))
    return picture


def _snow() -> Image.Image:
    picture = _gradient((158, 190, 222), (206, 224, 240))
    _hills(picture, 184, 10, 0.8, (246, 250, 254))
    _hills(picture, 216, 8, 3.0, (228, 238, 248))
    _dots(picture, 46, (255, 255, 255), seed=3, radius=4.0)
    return picture


def _sunset() -> Image.Image:
    picture = _gradient((122, 60, 130), (255, 158, 66))
    ImageDraw.Draw(picture).ellipse((84, 136, 172, 224), fill=(255, 226, 110))
    _hills(picture, 196, 3, 0.0, (104, 46, 92))
    return picture


BACKDROPS: dict[str, Callable[[], Image.Image]] = {
    "night": _night,
    "space": _space,
    "sea": _sea,
    "sky": _sky,
    "forest": _forest,
    "desert": _desert,
    "snow": _snow,
    "sunset": _sunset,
}
