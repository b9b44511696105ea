"""What adjectives look like: every `Look` drawn onto the sprite of a thing.

A dressed sprite is a square: the thing in the middle, a little smaller where something stands
around it. Knows no words and no scenes.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageFilter

from pipelines.bridge.adjective_effects import Look

SIDE = 256  # of the square that is drawn on
Rgb = tuple[int, int, int]
Point = tuple[float, float]


def dress(sprite: Image.Image, look: Look) -> Image.Image:
    """Return a square RGBA picture of `sprite` with `look`."""
    return DRESSED[look](sprite)


def grows(look: Look) -> float:
    """Return how much larger than a plain thing the square is drawn."""
    return 1.0 if look in TRANSFORMED else 1.14


def _square(sprite: Image.Image, side: int = SIDE, middle: Point = (128, 128)) -> Image.Image:
    """Return the sprite scaled into a box of `side` around `middle` of an empty square."""
    factor = side / max(sprite.size)
    size = (max(1, round(sprite.width * factor)), max(1, round(sprite.height * factor)))
    canvas = Image.new("RGBA", (SIDE, SIDE), (0, 0, 0, 0))
    corner = (round(middle[0] - size[0] / 2), round(middle[1] - size[1] / 2))
    canvas.paste(sprite.resize(size, Image.Resampling.LANCZOS), corner)
    return canvas


def _stretched(sprite: Image.Image, width: int, height: int) -> Image.Image:
    canvas = Image.new("RGBA", (SIDE, SIDE), (0, 0, 0, 0))
    small = sprite.resize((width, height), Image.Resampling.LANCZOS)
    canvas.paste(small, ((SIDE - width) // 2, (SIDE - height) // 2))
    return canvas


def _long(sprite: Image.Image) -> Image.Image:
    return _stretched(sprite, 96, 256)


def _flat(sprite: Image.Image) -> Image.Image:
    return _stretched(sprite, 256, 88)


def _chubby(sprite: Image.Image) -> Image.Image:
    """Bulge: what lies in the middle is drawn larger."""
    square = _square(sprite, 212)
    rows, columns = np.mgrid[0:SIDE, 0:SIDE].astype(np.float32)
    x, y = (columns - 128) / 128, (rows - 128) / 128
    radius = np.sqrt(x * x + y * y).clip(1e-4)
    pull = np.where(radius < 1, radius**0.8, 1.0)
    return _sampled(square, 128 + 128 * x * pull * 0.78, 128 + 128 * y * pull)


def _wavy(sprite: Image.Image) -> Image.Image:
    square = _square(sprite, 216)
    rows, columns = np.mgrid[0:SIDE, 0:SIDE].astype(np.float32)
    return _sampled(square, columns + 20 * np.sin(rows / SIDE * 6 * np.pi), rows)


def _sampled(picture: Image.Image, x: np.ndarray, y: np.ndarray) -> Image.Image:
    pixels = np.asarray(picture)
    inside = (x >= 0) & (x < SIDE) & (y >= 0) & (y < SIDE)
    found = pixels[y.clip(0, SIDE - 1).astype(int), x.clip(0, SIDE - 1).astype(int)]
    return Image.fromarray(np.where(inside[..., None], found, 0).astype(np.uint8), "RGBA")


def _cropped(sprite: Image.Image, is_round: bool) -> Image.Image:
    """Return the thing on a coloured disc or tile, like a badge."""
    square = _square(sprite, 208)
    mask = Image.new("L", (SIDE, SIDE), 0)
    pen = ImageDraw.Draw(mask)
    shape = pen.ellipse if is_round else pen.rectangle
    shape((8, 8, 248, 248), fill=255)
    rgb = _mean_colour(sprite)
    pale = tuple(round(value + (255 - value) * 0.55) for value in rgb)
    rim = tuple(round(value * 0.6) for value in rgb)
    tile = Image.new("RGBA", (SIDE, SIDE), (0, 0, 0, 0))
    tile.paste((*rim, 255), mask=mask)
    inner = Image.new("L", (SIDE, SIDE), 0)
    pen = ImageDraw.Draw(inner)
    (pen.ellipse if is_round else pen.rectangle)((20, 20, 236, 236), fill=255)
    tile.paste((*pale, 255), mask=inner)
    tile.alpha_composite(Image.composite(square, Image.new("RGBA", (SIDE, SIDE)), inner))
    return tile


def _round(sprite: Image.Image) -> Image.Image:
    return _cropped(sprite, is_round=True)


def _boxed(sprite: Image.Image) -> Image.Image:
    return _cropped(sprite, is_round=False)


def _mean_colour(sprite: Image.Image) -> tuple[int, ...]:
    pixels = np.asarray(sprite, dtype=np.float32).reshape(-1, 4)
    seen = pixels[pixels[:, 3] > 128][:, :3]
    return tuple(int(value) for value in seen.mean(axis=0))


def _tilted(sprite: Image.Image) -> Image.Image:
    return _square(sprite, 206).rotate(-42, Image.Resampling.BICUBIC)


def _glassy(sprite: Image.Image) -> Image.Image:
    return _faded(_square(sprite, 236), 0.33)


def _faded(picture: Image.Image, share: float) -> Image.Image:
    faded = picture.copy()
    faded.putalpha(picture.getchannel("A").point(lambda value: round(value * share)))
    return faded


def _hazy(sprite: Image.Image) -> Image.Image:
    """Blur, without the dark rim that blurred alpha would bring."""
    square = _square(sprite, 214)
    white = Image.new("RGBA", (SIDE, SIDE), (255, 255, 255, 255))
    white.alpha_composite(square)
    soft = white.filter(ImageFilter.GaussianBlur(13))
    alpha = square.getchannel("A").filter(ImageFilter.GaussianBlur(16))
    soft.putalpha(alpha.point(lambda value: min(255, round(value * 1.15))))
    return soft


def _dark(sprite: Image.Image) -> Image.Image:
    square = ImageEnhance.Brightness(_square(sprite, 190)).enhance(0.34)
    behind = _blank()
    ImageDraw.Draw(behind).ellipse((10, 10, 246, 246), fill=(52, 46, 84, 255))
    behind = behind.filter(ImageFilter.GaussianBlur(5))
    behind.alpha_composite(square)
    return behind


def _grey(sprite: Image.Image) -> Image.Image:
    square = _square(sprite, 236)
    dull = ImageEnhance.Color(square).enhance(0.0)
    dull = ImageEnhance.Contrast(dull).enhance(0.75)
    dull.putalpha(square.getchannel("A"))
    return dull


def _rainbow(sprite: Image.Image) -> Image.Image:
    square = _square(sprite, 236)
    bands = [(232, 52, 60), (250, 150, 40), (250, 224, 60), (76, 190, 80), (52, 130, 230)]
    bands.append((150, 80, 210))
    stripes = Image.new("RGBA", (SIDE, SIDE))
    pen = ImageDraw.Draw(stripes)
    for i, rgb in enumerate(bands):
        pen.rectangle((0, 10 + i * 40, SIDE, 50 + i * 40), fill=(*rgb, 255))
    light = square.convert("L").point(lambda value: 110 + value * 145 // 255)
    mixed = ImageChops.multiply(stripes.convert("RGB"), Image.merge("RGB", [light] * 3))
    mixed.putalpha(square.getchannel("A"))
    return mixed


# Things drawn around: behind or before the thing, at four times the size for smooth edges.

FINE = 2


def _blank() -> Image.Image:
    return Image.new("RGBA", (SIDE, SIDE), (0, 0, 0, 0))


class _Pen:
    """Draws on a finer square in the coordinates of the coarse one."""

    def __init__(self) -> None:
        self._picture = Image.new("RGBA", (SIDE * FINE, SIDE * FINE), (0, 0, 0, 0))
        self._draw = ImageDraw.Draw(self._picture)

    def polygon(self, points: list[Point], rgb: Rgb) -> None:
        self._draw.polygon([(x * FINE, y * FINE) for x, y in points], fill=(*rgb, 255))

    def line(self, points: list[Point], rgb: Rgb, width: float) -> None:
        fine = [(x * FINE, y * FINE) for x, y in points]
        self._draw.line(fine, fill=(*rgb, 255), width=round(width * FINE), joint="curve")

    def disc(self, x: float, y: float, r: float, rgb: Rgb, tall: float = 1.0) -> None:
        box = [value * FINE for value in (x - r, y - r * tall, x + r, y + r * tall)]
        self._draw.ellipse(box, fill=(*rgb, 255))

    def arc(self, x: float, y: float, r: float, turns: Point, rgb: Rgb, width: float) -> None:
        box = [value * FINE for value in (x - r, y - r, x + r, y + r)]
        self._draw.arc(box, *turns, fill=(*rgb, 255), width=round(width * FINE))

    def drop(self, x: float, y: float, r: float, rgb: Rgb) -> None:
        self.disc(x, y + r * 0.5, r, rgb)
        self.polygon(
            [(x, y - r * 1.7), (x + r * 0.92, y + r * 0.2), (x - r * 0.92, y + r * 0.2)], rgb
        )

    def star(
        self, x: float, y: float, r: float, rgb: Rgb, points: int = 4, thin: float = 0.3
    ) -> None:
        radii = (r, r * thin)
        turns = [(radii[i % 2], math.pi * i / points) for i in range(2 * points)]
        self.polygon([(x + q * math.sin(t), y - q * math.cos(t)) for q, t in turns], rgb)

    def heart(self, x: float, y: float, r: float, rgb: Rgb) -> None:
        steps = [2 * math.pi * i / 40 for i in range(40)]
        self.polygon([(x + r * math.sin(t) ** 3, y - r * _heart(t)) for t in steps], rgb)

    def done(self) -> Image.Image:
        return self._picture.resize((SIDE, SIDE), Image.Resampling.LANCZOS)


def _heart(t: float) -> float:
    return (13 * math.cos(t) - 5 * math.cos(2 * t) - 2 * math.cos(3 * t) - math.cos(4 * t)) / 16


def _layers(*layers: Image.Image) -> Image.Image:
    found = _blank()
    for layer in layers:
        found.alpha_composite(layer)
    return found


def _hot(sprite: Image.Image) -> Image.Image:
    pen = _Pen()
    for rgb, top, wide in (
        ((236, 70, 30), 0, 1.0),
        ((252, 150, 40), 34, 0.72),
        ((254, 222, 90), 64, 0.42),
    ):
        for i, x in enumerate((40, 84, 128, 172, 216)):
            tip = (150, 122, 160, 118, 152)[i] + top
            half = 34 * wide
            pen.polygon([(x, tip), (x + half, 225), (x, 252), (x - half, 225)], rgb)
    return _layers(_square(sprite, 186, (128, 104)), pen.done())


def _steaming(sprite: Image.Image) -> Image.Image:
    pen = _Pen()
    for x in (72, 128, 184):
        points = [(x + 12 * math.sin(i / 20 * 3 * math.pi), 8 + i * 3.6) for i in range(21)]
        pen.line(points, (158, 160, 168), 11)
    return _layers(_square(sprite, 172, (128, 166)), pen.done())


def _cold(sprite: Image.Image) -> Image.Image:
    square = _square(sprite, 190)
    frost = Image.blend(square.convert("RGB"), Image.new("RGB", (SIDE, SIDE), (120, 200, 255)), 0.6)
    frost.putalpha(square.getchannel("A"))
    pen = _Pen()
    for x, y, r in ((34, 38, 28), (222, 46, 30), (38, 214, 30), (218, 216, 28)):
        for turn in range(3):
            dx, dy = r * math.cos(turn * math.pi / 3), r * math.sin(turn * math.pi / 3)
            pen.line([(x - dx, y - dy), (x + dx, y + dy)], (70, 160, 235), 8)
    return _layers(frost, pen.done())


def _wet(sprite: Image.Image) -> Image.Image:
    pen = _Pen()
    places = ((36, 60), (84, 34), (140, 54), (198, 36), (226, 110), (60, 140), (118, 128))
    for x, y in (*places, (178, 132), (34, 214), (92, 210), (154, 212), (214, 200)):
        pen.drop(x, y, 14, (28, 120, 225))
        pen.drop(x, y + 1, 9, (96, 182, 250))
    return _layers(_square(sprite, 204), pen.done())


def _shiny(sprite: Image.Image) -> Image.Image:
    pen = _Pen()
    for x, y, r in ((36, 44, 36), (218, 56, 40), (226, 208, 32), (36, 206, 34), (150, 24, 20)):
        pen.star(x, y, r, (245, 170, 20), thin=0.28)
        pen.star(x, y, r * 0.72, (255, 230, 90), thin=0.28)
    return _layers(_square(sprite, 194), pen.done())


def _sleepy(sprite: Image.Image) -> Image.Image:
    pen = _Pen()
    for x, y, r in ((148, 62, 20), (184, 42, 26), (228, 24, 32)):
        left, right, top, bottom = x - r * 0.7, x + r * 0.7, y - r * 0.7, y + r * 0.7
        corners = [(left, top), (right, top), (left, bottom), (right, bottom)]
        pen.line(corners, (60, 70, 170), r * 0.34)
    return _layers(_square(sprite, 188, (112, 160)), pen.done())


def _sad(sprite: Image.Image) -> Image.Image:
    pen = _Pen()
    for x in (84, 172):
        pen.line([(x, 112), (x, 204)], (60, 150, 240), 19)
        pen.line([(x, 112), (x, 204)], (130, 200, 255), 9)
        pen.drop(x, 222, 18, (60, 150, 240))
    return _layers(_square(sprite, 216, (128, 116)), pen.done())


def _angry(sprite: Image.Image) -> Image.Image:
    square = _square(sprite, 200, (118, 142))
    red = Image.blend(square.convert("RGB"), Image.new("RGB", (SIDE, SIDE), (225, 40, 30)), 0.3)
    red.putalpha(square.getchannel("A"))
    pen = _Pen()
    for dx, dy in ((-1, -1), (1, -1), (-1, 1), (1, 1)):
        x, y = 210 + dx * 9, 46 + dy * 9
        pen.line([(x, y + dy * 30), (x, y), (x + dx * 30, y)], (215, 20, 30), 11)
    return _layers(red, pen.done())


def _dirty(sprite: Image.Image) -> Image.Image:
    square = _square(sprite, 226)
    pen = _Pen()
    spots = ((70, 80, 17), (140, 60, 13), (186, 110, 18), (96, 148, 21), (156, 176, 17))
    for x, y, r in (*spots, (70, 206, 13), (120, 104, 10), (204, 190, 12), (178, 226, 10)):
        pen.disc(x, y, r, (96, 66, 36))
        pen.disc(x + r * 0.9, y + r * 0.5, r * 0.5, (96, 66, 36))
    return _layers(square, pen.done())


def _smelly(sprite: Image.Image) -> Image.Image:
    pen = _Pen()
    for x in (56, 128, 200):
        points = [(x + 13 * math.sin(i / 20 * 3 * math.pi), 6 + i * 4.2) for i in range(21)]
        pen.line(points, (124, 172, 30), 14)
    return _layers(_square(sprite, 168, (128, 170)), pen.done())


def _lovely(sprite: Image.Image) -> Image.Image:
    pen = _Pen()
    for x, y, r in ((34, 52, 27), (214, 40, 31), (226, 188, 25), (36, 200, 29), (130, 22, 18)):
        pen.heart(x, y, r, (245, 84, 140))
    return _layers(_square(sprite, 190), pen.done())


def _loud(sprite: Image.Image) -> Image.Image:
    pen = _Pen()
    for r in (104, 124):
        pen.arc(128, 128, r, (-38, 38), (240, 120, 20), 11)
        pen.arc(128, 128, r, (142, 218), (240, 120, 20), 11)
    return _layers(_square(sprite, 166), pen.done())


def _shy(sprite: Image.Image) -> Image.Image:
    pen = _Pen()
    for x in (70, 186):
        pen.disc(x, 150, 30, (255, 130, 150), tall=0.66)
    return _layers(_square(sprite, 222), pen.done())


def _holy(sprite: Image.Image) -> Image.Image:
    pen = _Pen()
    pen.disc(128, 30, 72, (240, 180, 30), tall=0.36)
    pen.disc(128, 30, 72 - 13, (255, 236, 150), tall=0.27)
    ring = pen.done()
    hole = _Pen()
    hole.disc(128, 30, 48, (0, 0, 0), tall=0.24)
    alpha = ImageChops.subtract(ring.getchannel("A"), hole.done().getchannel("A"))
    ring.putalpha(alpha)
    return _layers(_square(sprite, 182, (128, 164)), ring)


def _strange(sprite: Image.Image) -> Image.Image:
    pen = _Pen()
    for x, y, r in ((212, 58, 30), (38, 70, 24)):
        pen.arc(x, y, r, (-180, 70), (150, 60, 200), r * 0.42)
        pen.line(
            [(x + r * 0.15, y + r * 0.8), (x + r * 0.02, y + r * 1.55)], (150, 60, 200), r * 0.42
        )
        pen.disc(x, y + r * 2.15, r * 0.26, (150, 60, 200))
    return _layers(_square(sprite, 190, (124, 154)), pen.done())


def _fast(sprite: Image.Image) -> Image.Image:
    pen = _Pen()
    for i, y in enumerate((58, 94, 130, 166, 202)):
        pen.line([(4 + (i % 2) * 16, y), (104, y)], (110, 120, 140), 10)
    return _layers(pen.done(), _square(sprite, 172, (168, 128)))


def _sticky(sprite: Image.Image) -> Image.Image:
    pen = _Pen()
    pen.disc(128, 66, 92, (110, 190, 50), tall=0.5)
    for x, y in ((58, 118), (94, 156), (130, 126), (168, 172), (202, 120)):
        pen.line([(x, 70), (x, y)], (110, 190, 50), 25)
        pen.disc(x, y, 15, (110, 190, 50))
    pen.disc(96, 50, 15, (190, 232, 130), tall=0.6)
    return _layers(_square(sprite, 196, (128, 152)), pen.done())


def _fluffy(sprite: Image.Image) -> Image.Image:
    pen = _Pen()
    ring = [
        (128 + 88 * math.cos(i * math.pi / 6), 128 + 88 * math.sin(i * math.pi / 6))
        for i in range(12)
    ]
    for grow, rgb in ((7, (170, 178, 196)), (0, (236, 240, 248))):
        for x, y in ring:
            pen.disc(x, y, 32 + grow, rgb)
    pen.disc(128, 128, 92, (236, 240, 248))
    return _layers(pen.done(), _square(sprite, 164))


def _spiky(sprite: Image.Image) -> Image.Image:
    pen = _Pen()
    pen.star(128, 128, 128, (70, 74, 84), points=14, thin=0.68)
    return _layers(pen.done(), _square(sprite, 170))


def _joyful(sprite: Image.Image) -> Image.Image:
    pen = _Pen()
    for i in range(12):
        turn = i * math.pi / 6
        x, y = math.cos(turn), math.sin(turn)
        ends = [(128 + q * x - w * y, 128 + q * y + w * x) for q, w in ((96, 5), (126, 15))]
        ends += [(128 + q * x - w * y, 128 + q * y + w * x) for q, w in ((126, -15), (96, -5))]
        pen.polygon(ends, (255, 196, 30) if i % 2 else (255, 128, 60))
    return _layers(pen.done(), _square(sprite, 180))


def _nervous(sprite: Image.Image) -> Image.Image:
    pen = _Pen()
    for x, y, r in ((206, 48, 20), (238, 92, 15), (40, 60, 17)):
        pen.drop(x, y, r, (60, 160, 220))
        pen.drop(x, y + 1, r * 0.68, (190, 232, 252))
    for x, side in ((16, -1), (240, 1)):
        points = [(x + side * (-9.0 if i % 2 else 9.0), 130.0 + i * 16) for i in range(7)]
        pen.line(points, (120, 126, 140), 8)
    return _layers(_square(sprite, 186, (126, 150)), pen.done())


DRESSED: dict[Look, Callable[[Image.Image], Image.Image]] = {
    Look.LONG: _long,
    Look.FLAT: _flat,
    Look.CHUBBY: _chubby,
    Look.ROUND: _round,
    Look.SQUARE: _boxed,
    Look.TILTED: _tilted,
    Look.GLASSY: _glassy,
    Look.HAZY: _hazy,
    Look.DARK: _dark,
    Look.GREY: _grey,
    Look.RAINBOW: _rainbow,
    Look.WAVY: _wavy,
    Look.HOT: _hot,
    Look.STEAMING: _steaming,
    Look.COLD: _cold,
    Look.WET: _wet,
    Look.SHINY: _shiny,
    Look.SLEEPY: _sleepy,
    Look.SAD: _sad,
    Look.ANGRY: _angry,
    Look.DIRTY: _dirty,
    Look.SMELLY: _smelly,
    Look.LOVELY: _lovely,
    Look.LOUD: _loud,
    Look.SHY: _shy,
    Look.HOLY: _holy,
    Look.STRANGE: _strange,
    Look.FAST: _fast,
    Look.STICKY: _sticky,
    Look.FLUFFY: _fluffy,
    Look.SPIKY: _spiky,
    Look.JOYFUL: _joyful,
    Look.NERVOUS: _nervous,
}
TRANSFORMED = frozenset(
    {Look.LONG, Look.FLAT, Look.CHUBBY, Look.ROUND, Look.SQUARE, Look.TILTED, Look.WAVY}
    | {Look.GLASSY, Look.HAZY, Look.GREY, Look.RAINBOW}
)
