"""Pictures of single things: colour emoji, drawn shapes, and either of them in another colour.

Knows the font and how to draw nine shapes. Does not know where a thing stands in a picture.
Every sprite is an RGBA image cropped to what is visible.
"""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from pipelines.bridge.adjective_effects import Look
from pipelines.training.crayon import effects
from pipelines.training.crayon.vocabulary import DrawableNoun, DrawableVocabulary, PaintColour

FONT = Path("/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf")
FONT_PACKAGE = "fonts-noto-color-emoji"
BITMAP_SIZE = 109  # the only size in the CBDT table of Noto Color Emoji
SHAPE_SIZE = 256
SUPERSAMPLING = 4
WHITE_RIM = 0.66

# What colour a shape has when nobody says one. Held-out combinations never use these.
DEFAULT_COLOURS = {
    "triangle": "green",
    "circle": "red",
    "square": "blue",
    "star": "yellow",
    "heart": "red",
    "diamond": "purple",
    "hexagon": "orange",
    "half_moon": "yellow",
    "oval": "pink",
}


class FontMissing(RuntimeError):
    """The emoji font is not where it was looked for."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"no colour emoji font at {path}: without it there is nothing to draw. "
            f"Install it (Debian: apt-get install {FONT_PACKAGE}) or name it with --font."
        )


class Glyphs:
    """Draws sprites and keeps each one, and each size of it, once drawn."""

    def __init__(self, vocabulary: DrawableVocabulary, font: Path = FONT) -> None:
        if not font.is_file():
            raise FontMissing(font)
        self._vocabulary = vocabulary
        self._font = ImageFont.truetype(str(font), BITMAP_SIZE)
        self._sprites: dict[tuple[str, str], Image.Image] = {}
        self._sized: dict[tuple[str, str, int, bool, str], Image.Image] = {}

    def sprite(self, noun: DrawableNoun, colour: str = "") -> Image.Image:
        """Return `noun` in its own colours, or in the colour called `colour` in English."""
        key = (noun.ko, colour)
        if key not in self._sprites:
            self._sprites[key] = self._draw(noun, colour)
        return self._sprites[key]

    def sized(
        self, noun: DrawableNoun, colour: str, size: int, is_flipped: bool, look: str = ""
    ) -> Image.Image:
        """Return the sprite scaled so that its longer side is `size` pixels."""
        key = (noun.ko, colour, size, is_flipped, look)
        if key not in self._sized:
            sprite = self.sprite(noun, colour)
            if look:
                sprite = effects.apply_effect(sprite, Look(look))
            factor = size * (effects.growth(Look(look)) if look else 1.0) / max(sprite.size)
            shape = (max(1, round(sprite.width * factor)), max(1, round(sprite.height * factor)))
            picture = sprite.resize(shape, Image.Resampling.LANCZOS)
            if is_flipped:
                picture = picture.transpose(Image.Transpose.ROTATE_180)
            if len(self._sized) > 4_000:
                self._sized.clear()
            self._sized[key] = picture
        return self._sized[key]

    def _draw(self, noun: DrawableNoun, colour: str) -> Image.Image:
        if noun.shape:
            chosen = colour or DEFAULT_COLOURS[noun.shape]
            return draw_shape(noun.shape, self._vocabulary.colour(chosen).rgb)
        picture = draw_emoji(noun.emoji, self._font)
        return tint(picture, self._vocabulary.colour(colour)) if colour else picture


def draw_emoji(emoji: str, font: ImageFont.FreeTypeFont) -> Image.Image:
    """Return the colour glyph of `emoji`, cropped."""
    canvas = Image.new("RGBA", (180, 180), (0, 0, 0, 0))
    ImageDraw.Draw(canvas).text((20, 20), emoji, font=font, embedded_color=True)
    box = canvas.getchannel("A").point(lambda alpha: 255 if alpha > 8 else 0).getbbox()
    if box is None:
        raise ValueError(f"the font draws nothing for {emoji!r}")
    # Drawing onto nothing leaves the colours multiplied by their coverage: dark rims. Undo it.
    pixels = np.asarray(canvas.crop(box), dtype=np.float32).copy()
    pixels[..., :3] = np.minimum(pixels[..., :3] * 255 / np.maximum(pixels[..., 3:], 1), 255)
    return Image.fromarray((pixels + 0.5).astype(np.uint8), "RGBA")


def tint(picture: Image.Image, colour: PaintColour) -> Image.Image:
    """Return `picture` painted in shades of one colour, keeping its light and dark parts."""
    pixels = np.asarray(picture, dtype=np.float32) / 255
    light = pixels[..., :3] @ np.array([0.299, 0.587, 0.114], dtype=np.float32)
    seen = pixels[..., 3] > 0.5
    low, high = np.percentile(light[seen], [2, 98]) if seen.any() else (0.0, 1.0)
    level = np.clip((light - low) / max(high - low, 1e-3), 0, 1)[..., None]
    base = np.array(colour.rgb, dtype=np.float32) / 255
    dark, pale = base * 0.35, base + (1 - base) * 0.55
    if colour.en == "white":
        base = base * 0.86  # pure white would vanish before white
    shades = np.where(level < 0.6, dark + (base - dark) * level / 0.6, 0)
    shades = np.where(level >= 0.6, base + (pale - base) * (level - 0.6) / 0.4, shades)
    if colour.en == "white":
        inside = np.asarray(picture.getchannel("A").filter(ImageFilter.MinFilter(5))) > 128
        shades = np.where(inside[..., None], shades, WHITE_RIM)
    painted = np.concatenate([shades, pixels[..., 3:]], axis=-1)
    return Image.fromarray((painted * 255 + 0.5).astype(np.uint8), "RGBA")


def draw_shape(name: str, rgb: tuple[int, int, int]) -> Image.Image:
    """Return a filled shape with a slightly darker rim, so that white shows on white."""
    side = SHAPE_SIZE * SUPERSAMPLING
    rim = tuple(round(value * 0.72) for value in rgb)
    outer, inner = Image.new("L", (side, side)), Image.new("L", (side, side))
    _fill(ImageDraw.Draw(outer), name, side, 0.03)
    _fill(ImageDraw.Draw(inner), name, side, 0.065 if name in ("star", "triangle") else 0.055)
    picture = Image.new("RGBA", (side, side), (0, 0, 0, 0))
    picture.paste((*rim, 255), mask=outer)
    picture.paste((*rgb, 255), mask=inner)
    small = picture.resize((SHAPE_SIZE, SHAPE_SIZE), Image.Resampling.LANCZOS)
    return small.crop(small.getchannel("A").getbbox())


def _fill(pen: ImageDraw.ImageDraw, name: str, side: int, margin: float) -> None:
    """Draw the silhouette of shape `name`, `margin` (a fraction) away from its full size."""
    size = 1 - 2 * margin

    def box(left: float, top: float, right: float, bottom: float) -> tuple[float, ...]:
        return tuple(side * (margin + size * value) for value in (left, top, right, bottom))

    if name == "circle":
        pen.ellipse(box(0, 0, 1, 1), fill=255)
    elif name == "oval":
        pen.ellipse(box(0, 0.2, 1, 0.8), fill=255)
    elif name == "square":
        pen.rectangle(box(0.05, 0.05, 0.95, 0.95), fill=255)
    elif name == "half_moon":
        pen.pieslice(box(0, 0, 1, 1), 90, 270, fill=255)
    else:
        pen.polygon(
            [(side * (0.5 + size * x), side * (0.5 + size * y)) for x, y in _outline(name)],
            fill=255,
        )


def _outline(name: str) -> list[tuple[float, float]]:
    """Return the corners of shape `name` around (0, 0), within half a unit."""
    if name == "triangle":
        return [(0, -0.43), (0.5, 0.43), (-0.5, 0.43)]
    if name == "diamond":
        return [(0, -0.5), (0.37, 0), (0, 0.5), (-0.37, 0)]
    if name == "hexagon":
        return [(math.cos(i * math.pi / 3) / 2, math.sin(i * math.pi / 3) / 2) for i in range(6)]
    if name == "star":
        radii = (0.5, 0.2)
        turns = [(radii[i % 2], math.pi * (i / 5 - 0.5)) for i in range(10)]
        return [(radius * math.cos(turn), radius * math.sin(turn) + 0.03) for radius, turn in turns]
    if name == "heart":
        steps = [2 * math.pi * i / 120 for i in range(120)]
        return [(_heart_x(t) / 34, -_heart_y(t) / 34 - 0.07) for t in steps]
    raise ValueError(f"no shape is called {name!r}")


def _heart_x(turn: float) -> float:
    return 16 * math.sin(turn) ** 3


def _heart_y(turn: float) -> float:
    return (
        13 * math.cos(turn) - 5 * math.cos(2 * turn) - 2 * math.cos(3 * turn) - math.cos(4 * turn)
    )
