"""Effects that draw something around the thing: flames, drops, stars, a halo."""

from __future__ import annotations

import math

from PIL import Image, ImageChops

from pipelines.training.crayon.effect_canvas import SIDE, EffectPen, square, stacked


def hot(sprite: Image.Image) -> Image.Image:
    """Draw flames before it."""
    pen = EffectPen()
    for rgb, top, wide in (
        ((236, 70, 30), 0, 1.0),
        ((252, 150, 40), 34, 0.72),
        ((254, 222, 90), 64, 0.42),
    ):
        for i, x in enumerate((40, 84, 128, 172, 216)):
            tip = (150, 122, 160, 118, 152)[i] + top
            half = 34 * wide
            pen.polygon([(x, tip), (x + half, 225), (x, 252), (x - half, 225)], rgb)
    return stacked(square(sprite, 186, (128, 104)), pen.done())


def steaming(sprite: Image.Image) -> Image.Image:
    """Draw steam above it."""
    pen = EffectPen()
    for x in (72, 128, 184):
        points = [(x + 12 * math.sin(i / 20 * 3 * math.pi), 8 + i * 3.6) for i in range(21)]
        pen.line(points, (158, 160, 168), 11)
    return stacked(square(sprite, 172, (128, 166)), pen.done())


def cold(sprite: Image.Image) -> Image.Image:
    """Tint it blue, between snow crystals."""
    thing = square(sprite, 190)
    frost = Image.blend(thing.convert("RGB"), Image.new("RGB", (SIDE, SIDE), (120, 200, 255)), 0.6)
    frost.putalpha(thing.getchannel("A"))
    pen = EffectPen()
    for x, y, r in ((34, 38, 28), (222, 46, 30), (38, 214, 30), (218, 216, 28)):
        for turn in range(3):
            dx, dy = r * math.cos(turn * math.pi / 3), r * math.sin(turn * math.pi / 3)
            pen.line([(x - dx, y - dy), (x + dx, y + dy)], (70, 160, 235), 8)
    return stacked(frost, pen.done())


def wet(sprite: Image.Image) -> Image.Image:
    """Draw drops on it."""
    pen = EffectPen()
    places = ((36, 60), (84, 34), (140, 54), (198, 36), (226, 110), (60, 140), (118, 128))
    for x, y in (*places, (178, 132), (34, 214), (92, 210), (154, 212), (214, 200)):
        pen.drop(x, y, 14, (28, 120, 225))
        pen.drop(x, y + 1, 9, (96, 182, 250))
    return stacked(square(sprite, 204), pen.done())


def shiny(sprite: Image.Image) -> Image.Image:
    """Draw sparkling stars around it."""
    pen = EffectPen()
    for x, y, r in ((36, 44, 36), (218, 56, 40), (226, 208, 32), (36, 206, 34), (150, 24, 20)):
        pen.star(x, y, r, (245, 170, 20), thin=0.28)
        pen.star(x, y, r * 0.72, (255, 230, 90), thin=0.28)
    return stacked(square(sprite, 194), pen.done())


def sleepy(sprite: Image.Image) -> Image.Image:
    """Draw rising Zs."""
    pen = EffectPen()
    for x, y, r in ((148, 62, 20), (184, 42, 26), (228, 24, 32)):
        left, right, top, bottom = x - r * 0.7, x + r * 0.7, y - r * 0.7, y + r * 0.7
        corners = [(left, top), (right, top), (left, bottom), (right, bottom)]
        pen.line(corners, (60, 70, 170), r * 0.34)
    return stacked(square(sprite, 188, (112, 160)), pen.done())


def sad(sprite: Image.Image) -> Image.Image:
    """Draw two streams of tears."""
    pen = EffectPen()
    for x in (84, 172):
        pen.line([(x, 112), (x, 204)], (60, 150, 240), 19)
        pen.line([(x, 112), (x, 204)], (130, 200, 255), 9)
        pen.drop(x, 222, 18, (60, 150, 240))
    return stacked(square(sprite, 216, (128, 116)), pen.done())


def angry(sprite: Image.Image) -> Image.Image:
    """Tint it red, with the mark of anger of comics."""
    thing = square(sprite, 200, (118, 142))
    red = Image.blend(thing.convert("RGB"), Image.new("RGB", (SIDE, SIDE), (225, 40, 30)), 0.3)
    red.putalpha(thing.getchannel("A"))
    pen = EffectPen()
    for dx, dy in ((-1, -1), (1, -1), (-1, 1), (1, 1)):
        x, y = 210 + dx * 9, 46 + dy * 9
        pen.line([(x, y + dy * 30), (x, y), (x + dx * 30, y)], (215, 20, 30), 11)
    return stacked(red, pen.done())


def dirty(sprite: Image.Image) -> Image.Image:
    """Draw brown spots on it."""
    thing = square(sprite, 226)
    pen = EffectPen()
    spots = ((70, 80, 17), (140, 60, 13), (186, 110, 18), (96, 148, 21), (156, 176, 17))
    for x, y, r in (*spots, (70, 206, 13), (120, 104, 10), (204, 190, 12), (178, 226, 10)):
        pen.disc(x, y, r, (96, 66, 36))
        pen.disc(x + r * 0.9, y + r * 0.5, r * 0.5, (96, 66, 36))
    return stacked(thing, pen.done())


def smelly(sprite: Image.Image) -> Image.Image:
    """Draw green vapour above it."""
    pen = EffectPen()
    for x in (56, 128, 200):
        points = [(x + 13 * math.sin(i / 20 * 3 * math.pi), 6 + i * 4.2) for i in range(21)]
        pen.line(points, (124, 172, 30), 14)
    return stacked(square(sprite, 168, (128, 170)), pen.done())


def lovely(sprite: Image.Image) -> Image.Image:
    """Draw hearts around it."""
    pen = EffectPen()
    for x, y, r in ((34, 52, 27), (214, 40, 31), (226, 188, 25), (36, 200, 29), (130, 22, 18)):
        pen.heart(x, y, r, (245, 84, 140))
    return stacked(square(sprite, 190), pen.done())


def loud(sprite: Image.Image) -> Image.Image:
    """Draw sound waves at both sides."""
    pen = EffectPen()
    for r in (104, 124):
        pen.arc(128, 128, r, (-38, 38), (240, 120, 20), 11)
        pen.arc(128, 128, r, (142, 218), (240, 120, 20), 11)
    return stacked(square(sprite, 166), pen.done())


def shy(sprite: Image.Image) -> Image.Image:
    """Draw blushing cheeks."""
    pen = EffectPen()
    for x in (70, 186):
        pen.disc(x, 150, 30, (255, 130, 150), tall=0.66)
    return stacked(square(sprite, 222), pen.done())


def holy(sprite: Image.Image) -> Image.Image:
    """Draw a halo above it."""
    pen = EffectPen()
    pen.disc(128, 30, 72, (240, 180, 30), tall=0.36)
    pen.disc(128, 30, 72 - 13, (255, 236, 150), tall=0.27)
    ring = pen.done()
    hole = EffectPen()
    hole.disc(128, 30, 48, (0, 0, 0), tall=0.24)
    alpha = ImageChops.subtract(ring.getchannel("A"), hole.done().getchannel("A"))
    ring.putalpha(alpha)
    return stacked(square(sprite, 182, (128, 164)), ring)


def strange(sprite: Image.Image) -> Image.Image:
    """Draw question marks beside it."""
    pen = EffectPen()
    for x, y, r in ((212, 58, 30), (38, 70, 24)):
        pen.arc(x, y, r, (-180, 70), (150, 60, 200), r * 0.42)
        pen.line(
            [(x + r * 0.15, y + r * 0.8), (x + r * 0.02, y + r * 1.55)], (150, 60, 200), r * 0.42
        )
        pen.disc(x, y + r * 2.15, r * 0.26, (150, 60, 200))
    return stacked(square(sprite, 190, (124, 154)), pen.done())


def fast(sprite: Image.Image) -> Image.Image:
    """Draw lines of speed behind it."""
    pen = EffectPen()
    for i, y in enumerate((58, 94, 130, 166, 202)):
        pen.line([(4 + (i % 2) * 16, y), (104, y)], (110, 120, 140), 10)
    return stacked(pen.done(), square(sprite, 172, (168, 128)))


def sticky(sprite: Image.Image) -> Image.Image:
    """Draw slime that runs down behind it."""
    pen = EffectPen()
    pen.disc(128, 66, 92, (110, 190, 50), tall=0.5)
    for x, y in ((58, 118), (94, 156), (130, 126), (168, 172), (202, 120)):
        pen.line([(x, 70), (x, y)], (110, 190, 50), 25)
        pen.disc(x, y, 15, (110, 190, 50))
    pen.disc(96, 50, 15, (190, 232, 130), tall=0.6)
    return stacked(square(sprite, 196, (128, 152)), pen.done())


def fluffy(sprite: Image.Image) -> Image.Image:
    """Draw a cloud behind it."""
    pen = EffectPen()
    ring = [
        (128 + 88 * math.cos(i * math.pi / 6), 128 + 88 * math.sin(i * math.pi / 6))
        for i in range(12)
    ]
    for grow, rgb in ((7, (170, 178, 196)), (0, (236, 240, 248))):
        for x, y in ring:
            pen.disc(x, y, 32 + grow, rgb)
    pen.disc(128, 128, 92, (236, 240, 248))
    return stacked(pen.done(), square(sprite, 164))


def spiky(sprite: Image.Image) -> Image.Image:
    """Draw spikes behind it."""
    pen = EffectPen()
    pen.star(128, 128, 128, (70, 74, 84), points=14, thin=0.68)
    return stacked(pen.done(), square(sprite, 170))


def joyful(sprite: Image.Image) -> Image.Image:
    """Draw rays behind it."""
    pen = EffectPen()
    for i in range(12):
        turn = i * math.pi / 6
        x, y = math.cos(turn), math.sin(turn)
        ends = [(128 + q * x - w * y, 128 + q * y + w * x) for q, w in ((96, 5), (126, 15))]
        ends += [(128 + q * x - w * y, 128 + q * y + w * x) for q, w in ((126, -15), (96, -5))]
        pen.polygon(ends, (255, 196, 30) if i % 2 else (255, 128, 60))
    return stacked(pen.done(), square(sprite, 180))


def nervous(sprite: Image.Image) -> Image.Image:
    """Draw sweat and trembling lines."""
    pen = EffectPen()
    for x, y, r in ((206, 48, 20), (238, 92, 15), (40, 60, 17)):
        pen.drop(x, y, r, (60, 160, 220))
        pen.drop(x, y + 1, r * 0.68, (190, 232, 252))
    for x, side in ((16, -1), (240, 1)):
        points = [(x + side * (-9.0 if i % 2 else 9.0), 130.0 + i * 16) for i in range(7)]
        pen.line(points, (120, 126, 140), 8)
    return stacked(square(sprite, 186, (126, 150)), pen.done())
