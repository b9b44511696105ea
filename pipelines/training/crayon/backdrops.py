"""Whole backgrounds: the places of the lexicon, and scribbles in a colour and a mood.

Knows how a night, a sea or a gloomy red looks at 256 pixels. Knows nothing of what stands there.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

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


def _fire() -> Image.Image:
    picture = _gradient((92, 16, 20), (214, 60, 24))
    pen = ImageDraw.Draw(picture)
    for rgb, top, wide in (
        ((240, 96, 30), 120, 40),
        ((252, 170, 50), 164, 32),
        ((255, 230, 120), 206, 22),
    ):
        for i, x in enumerate(range(8, 260, 40)):
            tip = top + (24 if i % 2 else -14)
            pen.polygon([(x, tip), (x + wide, SIDE), (x - wide, SIDE)], fill=rgb)
    return picture


def _rain() -> Image.Image:
    picture = _gradient((96, 112, 136), (158, 172, 190))
    pen, chance = ImageDraw.Draw(picture), random.Random(4)
    for middle in range(0, SIDE + 20, 44):
        pen.ellipse((middle - 40, -34, middle + 40, 34), fill=(72, 84, 106))
    for _ in range(60):
        x, y = chance.uniform(0, SIDE + 30), chance.uniform(36, SIDE)
        pen.line((x, y, x - 8, y + 22), fill=(214, 232, 250), width=3)
    return picture


def _fog() -> Image.Image:
    picture = _gradient((206, 210, 216), (228, 230, 234))
    for i, grey in enumerate((190, 198, 208, 218)):
        _hills(picture, 70 + 52 * i, 10, i * 2.1, (grey, grey + 3, grey + 8))
    return picture.filter(ImageFilter.GaussianBlur(5))


def _city() -> Image.Image:
    picture = _gradient((180, 206, 236), (244, 226, 206))
    pen, chance = ImageDraw.Draw(picture), random.Random(5)
    greys = ((88, 98, 122), (112, 122, 146), (136, 142, 160))
    for i, x in enumerate(range(0, SIDE, 32)):
        top = chance.randrange(60, 150)
        pen.rectangle((x, top, x + 30, SIDE), fill=greys[i % 3])
        for y in range(top + 10, SIDE, 24):
            for dx in (6, 18):
                pen.rectangle((x + dx, y, x + dx + 6, y + 10), fill=(255, 226, 130))
    return picture


BRIGHT = (
    (228, 56, 64),
    (246, 150, 40),
    (250, 214, 60),
    (80, 180, 90),
    (60, 130, 220),
    (150, 90, 200),
)
GROUNDS: dict[str, tuple[Rgb, Rgb]] = {
    "merry": ((255, 224, 110), (255, 168, 120)),
    "gloomy": ((52, 62, 86), (104, 116, 138)),
    "tender": ((255, 214, 224), (255, 238, 214)),
    "solemn": ((22, 14, 44), (70, 40, 92)),
}


def scribble(rgb: Rgb | None, mood: str, seed: int) -> Image.Image:
    """Return crayon strokes in a colour (None: all colours), laid out as a mood would have it."""
    chance = random.Random(f"scribble {seed % 97}")
    if not mood:
        return _strokes(rgb, chance)
    top, bottom = GROUNDS[mood] if rgb is None else _shades(rgb, mood)
    picture = _gradient(top, bottom)
    MOODS[mood](picture, chance)
    return picture


def _shades(rgb: Rgb, mood: str) -> tuple[Rgb, Rgb]:
    """Return the top and the bottom of a ground in one colour: dark moods darken it."""
    dark, pale = _mixed(rgb, (0, 0, 0), 0.45), _mixed(rgb, (255, 255, 255), 0.35)
    return (dark, rgb) if mood in ("gloomy", "solemn") else (rgb, pale)


def _mixed(rgb: Rgb, other: Rgb, share: float) -> Rgb:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(rgb, other, strict=True))
    return red, green, blue


def _strokes(rgb: Rgb | None, chance: random.Random) -> Image.Image:
    """Rows of thick zigzag: how a child fills a page."""
    ground = _mixed(rgb, (255, 255, 255), 0.5) if rgb else (255, 250, 240)
    picture, rows = plain(ground), 6
    pen = ImageDraw.Draw(picture)
    shift = chance.randrange(6)
    for row in range(rows):
        colour = BRIGHT[(row + shift) % 6]
        if rgb:
            colour = _mixed(rgb, ((0, 0, 0), (255, 255, 255))[row % 2], (0.0, 0.16)[row % 2])
        y, phase = 22 + row * 42, chance.uniform(0, 3)
        points = [
            (x, y + 15 * math.sin(x * 0.16 + phase) + chance.uniform(-3, 3))
            for x in range(-8, SIDE + 16, 6)
        ]
        pen.line(points, fill=colour, width=15, joint="curve")
    return picture


def _confetti(picture: Image.Image, chance: random.Random) -> None:
    pen = ImageDraw.Draw(picture)
    for i in range(42):
        x, y, r = chance.uniform(0, SIDE), chance.uniform(0, SIDE), chance.uniform(7, 13)
        if i % 2:
            pen.ellipse((x - r, y - r, x + r, y + r), fill=BRIGHT[i % 6])
        else:
            pen.polygon([(x, y - r), (x + r, y + r), (x - r, y + r)], fill=BRIGHT[i % 6])


def _drizzle(picture: Image.Image, chance: random.Random) -> None:
    pen = ImageDraw.Draw(picture)
    for middle, top, r in ((60, 44, 34), (110, 34, 42), (160, 46, 36)):
        box = (middle - r, top - r * 0.7, middle + r, top + r * 0.7)
        pen.ellipse(box, fill=(150, 156, 168))
    for _ in range(34):
        x, y = chance.uniform(0, SIDE), chance.uniform(80, SIDE)
        pen.line((x, y, x - 6, y + 26), fill=(170, 184, 206), width=4)


def _hearts(picture: Image.Image, chance: random.Random) -> None:
    pen = ImageDraw.Draw(picture)
    for _ in range(11):
        x, y, r = chance.uniform(16, 240), chance.uniform(16, 240), chance.uniform(12, 24)
        pen.ellipse((x - r, y - r, x, y), fill=(250, 132, 160))
        pen.ellipse((x, y - r, x + r, y), fill=(250, 132, 160))
        pen.polygon([(x - r, y - r * 0.4), (x + r, y - r * 0.4), (x, y + r)], fill=(250, 132, 160))


def _rays(picture: Image.Image, chance: random.Random) -> None:
    pen = ImageDraw.Draw(picture)
    middle = 128 + chance.uniform(-30, 30)
    for i in range(-4, 5):
        foot = middle + i * 62
        pen.polygon([(middle, -20), (foot - 12, SIDE), (foot + 12, SIDE)], fill=(228, 186, 90))
    pen.ellipse((middle - 34, -34, middle + 34, 34), fill=(255, 232, 160))


MOODS: dict[str, Callable[[Image.Image, random.Random], None]] = {
    "merry": _confetti,
    "gloomy": _drizzle,
    "tender": _hearts,
    "solemn": _rays,
}
BACKDROPS: dict[str, Callable[[], Image.Image]] = {
    "night": _night,
    "space": _space,
    "sea": _sea,
    "sky": _sky,
    "forest": _forest,
    "desert": _desert,
    "snow": _snow,
    "sunset": _sunset,
    "fire": _fire,
    "rain": _rain,
    "fog": _fog,
    "city": _city,
}
