"""The square on which an effect is drawn, and a pen for what is drawn around a thing.

Knows no effects.
"""

from __future__ import annotations

import math

from PIL import Image, ImageDraw

SIDE = 256  # of the square that is drawn on
FINE = 2  # the pen draws so much larger, for smooth edges
Rgb = tuple[int, int, int]
Point = tuple[float, float]


def blank() -> Image.Image:
    """Return an empty square."""
    return Image.new("RGBA", (SIDE, SIDE), (0, 0, 0, 0))


def square(sprite: Image.Image, side: int = SIDE, middle: Point = (128, 128)) -> Image.Image:
    """Return the sprite scaled into a box of `side` around `middle` of an empty square."""
    factor = side / max(sprite.size)
    size = (max(1, round(sprite.width * factor)), max(1, round(sprite.height * factor)))
    canvas = Image.new("RGBA", (SIDE, SIDE), (0, 0, 0, 0))
    corner = (round(middle[0] - size[0] / 2), round(middle[1] - size[1] / 2))
    canvas.paste(sprite.resize(size, Image.Resampling.LANCZOS), corner)
    return canvas


def stacked(*layers: Image.Image) -> Image.Image:
    """Return pictures laid over one another, the last on top."""
    found = blank()
    for layer in layers:
        found.alpha_composite(layer)
    return found


class EffectPen:
    """Draws on a finer square in the coordinates of the coarse one."""

    def __init__(self) -> None:
        self._picture = Image.new("RGBA", (SIDE * FINE, SIDE * FINE), (0, 0, 0, 0))
        self._draw = ImageDraw.Draw(self._picture)

    def polygon(self, points: list[Point], rgb: Rgb) -> None:
        """Fill a polygon."""
        self._draw.polygon([(x * FINE, y * FINE) for x, y in points], fill=(*rgb, 255))

    def line(self, points: list[Point], rgb: Rgb, width: float) -> None:
        """Draw a line through points."""
        fine = [(x * FINE, y * FINE) for x, y in points]
        self._draw.line(fine, fill=(*rgb, 255), width=round(width * FINE), joint="curve")

    def disc(self, x: float, y: float, r: float, rgb: Rgb, tall: float = 1.0) -> None:
        """Fill an ellipse `tall` times as high as wide."""
        box = [value * FINE for value in (x - r, y - r * tall, x + r, y + r * tall)]
        self._draw.ellipse(box, fill=(*rgb, 255))

    def arc(self, x: float, y: float, r: float, turns: Point, rgb: Rgb, width: float) -> None:
        """Draw a part of a circle, in degrees."""
        box = [value * FINE for value in (x - r, y - r, x + r, y + r)]
        self._draw.arc(box, *turns, fill=(*rgb, 255), width=round(width * FINE))

    def drop(self, x: float, y: float, r: float, rgb: Rgb) -> None:
        """Fill a falling drop."""
        self.disc(x, y + r * 0.5, r, rgb)
        self.polygon(
            [(x, y - r * 1.7), (x + r * 0.92, y + r * 0.2), (x - r * 0.92, y + r * 0.2)], rgb
        )

    def star(
        self, x: float, y: float, r: float, rgb: Rgb, points: int = 4, thin: float = 0.3
    ) -> None:
        """Fill a star; `thin` is the share of its inner radius."""
        radii = (r, r * thin)
        turns = [(radii[i % 2], math.pi * i / points) for i in range(2 * points)]
        self.polygon([(x + q * math.sin(t), y - q * math.cos(t)) for q, t in turns], rgb)

    def heart(self, x: float, y: float, r: float, rgb: Rgb) -> None:
        """Fill a heart."""
        steps = [2 * math.pi * i / 40 for i in range(40)]
        self.polygon([(x + r * math.sin(t) ** 3, y - r * _heart(t)) for t in steps], rgb)

    def done(self) -> Image.Image:
        """Return the square at its usual size."""
        return self._picture.resize((SIDE, SIDE), Image.Resampling.LANCZOS)


def _heart(t: float) -> float:
    return (13 * math.cos(t) - 5 * math.cos(2 * t) - 2 * math.cos(3 * t) - math.cos(4 * t)) / 16
