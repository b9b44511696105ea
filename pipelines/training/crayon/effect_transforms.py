"""Effects that change the thing itself: its outline, its colours, how sharp it is."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageFilter

from pipelines.training.crayon.effect_canvas import SIDE, blank, square


def _stretched(sprite: Image.Image, width: int, height: int) -> Image.Image:
    canvas = Image.new("RGBA", (SIDE, SIDE), (0, 0, 0, 0))
    small = sprite.resize((width, height), Image.Resampling.LANCZOS)
    canvas.paste(small, ((SIDE - width) // 2, (SIDE - height) // 2))
    return canvas


def elongated(sprite: Image.Image) -> Image.Image:
    """Stretch the thing upwards."""
    return _stretched(sprite, 96, 256)


def flattened(sprite: Image.Image) -> Image.Image:
    """Press the thing flat."""
    return _stretched(sprite, 256, 88)


def bulged(sprite: Image.Image) -> Image.Image:
    """Bulge: draw larger what lies in the middle."""
    thing = square(sprite, 212)
    rows, columns = np.mgrid[0:SIDE, 0:SIDE].astype(np.float32)
    x, y = (columns - 128) / 128, (rows - 128) / 128
    radius = np.sqrt(x * x + y * y).clip(1e-4)
    pull = np.where(radius < 1, radius**0.8, 1.0)
    return _sampled(thing, 128 + 128 * x * pull * 0.78, 128 + 128 * y * pull)


def wavy(sprite: Image.Image) -> Image.Image:
    """Shift each row along a sine."""
    thing = square(sprite, 216)
    rows, columns = np.mgrid[0:SIDE, 0:SIDE].astype(np.float32)
    return _sampled(thing, columns + 20 * np.sin(rows / SIDE * 6 * np.pi), rows)


def _sampled(picture: Image.Image, x: np.ndarray, y: np.ndarray) -> Image.Image:
    pixels = np.asarray(picture)
    inside = (x >= 0) & (x < SIDE) & (y >= 0) & (y < SIDE)
    found = pixels[y.clip(0, SIDE - 1).astype(int), x.clip(0, SIDE - 1).astype(int)]
    return Image.fromarray(np.where(inside[..., None], found, 0).astype(np.uint8), "RGBA")


def _cropped(sprite: Image.Image, is_round: bool) -> Image.Image:
    """Return the thing on a coloured disc or tile, like a badge."""
    thing = square(sprite, 208)
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
    tile.alpha_composite(Image.composite(thing, Image.new("RGBA", (SIDE, SIDE)), inner))
    return tile


def on_disc(sprite: Image.Image) -> Image.Image:
    """Put the thing on a coloured disc."""
    return _cropped(sprite, is_round=True)


def on_tile(sprite: Image.Image) -> Image.Image:
    """Put the thing on a coloured tile."""
    return _cropped(sprite, is_round=False)


def _mean_colour(sprite: Image.Image) -> tuple[int, ...]:
    pixels = np.asarray(sprite, dtype=np.float32).reshape(-1, 4)
    seen = pixels[pixels[:, 3] > 128][:, :3]
    return tuple(int(value) for value in seen.mean(axis=0))


def tilted(sprite: Image.Image) -> Image.Image:
    """Rotate the thing."""
    return square(sprite, 206).rotate(-42, Image.Resampling.BICUBIC)


def glassy(sprite: Image.Image) -> Image.Image:
    """Let the paper show through."""
    return _faded(square(sprite, 236), 0.33)


def _faded(picture: Image.Image, share: float) -> Image.Image:
    faded = picture.copy()
    faded.putalpha(picture.getchannel("A").point(lambda value: round(value * share)))
    return faded


def hazy(sprite: Image.Image) -> Image.Image:
    """Blur, without the dark rim that blurred alpha would bring."""
    thing = square(sprite, 214)
    white = Image.new("RGBA", (SIDE, SIDE), (255, 255, 255, 255))
    white.alpha_composite(thing)
    soft = white.filter(ImageFilter.GaussianBlur(13))
    alpha = thing.getchannel("A").filter(ImageFilter.GaussianBlur(16))
    soft.putalpha(alpha.point(lambda value: min(255, round(value * 1.15))))
    return soft


def dark(sprite: Image.Image) -> Image.Image:
    """Darken the thing, on a patch of night."""
    thing = ImageEnhance.Brightness(square(sprite, 190)).enhance(0.34)
    behind = blank()
    ImageDraw.Draw(behind).ellipse((10, 10, 246, 246), fill=(52, 46, 84, 255))
    behind = behind.filter(ImageFilter.GaussianBlur(5))
    behind.alpha_composite(thing)
    return behind


def grey(sprite: Image.Image) -> Image.Image:
    """Take the colours away."""
    thing = square(sprite, 236)
    dull = ImageEnhance.Color(thing).enhance(0.0)
    dull = ImageEnhance.Contrast(dull).enhance(0.75)
    dull.putalpha(thing.getchannel("A"))
    return dull


def rainbow(sprite: Image.Image) -> Image.Image:
    """Multiply the thing with coloured stripes."""
    thing = square(sprite, 236)
    bands = [(232, 52, 60), (250, 150, 40), (250, 224, 60), (76, 190, 80), (52, 130, 230)]
    bands.append((150, 80, 210))
    stripes = Image.new("RGBA", (SIDE, SIDE))
    pen = ImageDraw.Draw(stripes)
    for i, rgb in enumerate(bands):
        pen.rectangle((0, 10 + i * 40, SIDE, 50 + i * 40), fill=(*rgb, 255))
    light = thing.convert("L").point(lambda value: 110 + value * 145 // 255)
    mixed = ImageChops.multiply(stripes.convert("RGB"), Image.merge("RGB", [light] * 3))
    mixed.putalpha(thing.getchannel("A"))
    return mixed
