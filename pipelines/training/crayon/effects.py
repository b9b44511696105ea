"""How adjectives are drawn: the effect of every `Look` on the sprite of a thing.

The result is a square: the thing in the middle, a little smaller where something stands around it.
Knows no words and no scenes.
"""

from __future__ import annotations

from collections.abc import Callable

from PIL import Image

from pipelines.bridge.adjective_effects import Look
from pipelines.training.crayon import effect_surroundings as surroundings
from pipelines.training.crayon import effect_transforms as transforms

EFFECTS: dict[Look, Callable[[Image.Image], Image.Image]] = {
    Look.LONG: transforms.elongated,
    Look.FLAT: transforms.flattened,
    Look.CHUBBY: transforms.bulged,
    Look.ROUND: transforms.on_disc,
    Look.SQUARE: transforms.on_tile,
    Look.TILTED: transforms.tilted,
    Look.GLASSY: transforms.glassy,
    Look.HAZY: transforms.hazy,
    Look.DARK: transforms.dark,
    Look.GREY: transforms.grey,
    Look.RAINBOW: transforms.rainbow,
    Look.WAVY: transforms.wavy,
    Look.HOT: surroundings.hot,
    Look.STEAMING: surroundings.steaming,
    Look.COLD: surroundings.cold,
    Look.WET: surroundings.wet,
    Look.SHINY: surroundings.shiny,
    Look.SLEEPY: surroundings.sleepy,
    Look.SAD: surroundings.sad,
    Look.ANGRY: surroundings.angry,
    Look.DIRTY: surroundings.dirty,
    Look.SMELLY: surroundings.smelly,
    Look.LOVELY: surroundings.lovely,
    Look.LOUD: surroundings.loud,
    Look.SHY: surroundings.shy,
    Look.HOLY: surroundings.holy,
    Look.STRANGE: surroundings.strange,
    Look.FAST: surroundings.fast,
    Look.STICKY: surroundings.sticky,
    Look.FLUFFY: surroundings.fluffy,
    Look.SPIKY: surroundings.spiky,
    Look.JOYFUL: surroundings.joyful,
    Look.NERVOUS: surroundings.nervous,
}
TRANSFORMED = frozenset(
    {Look.LONG, Look.FLAT, Look.CHUBBY, Look.ROUND, Look.SQUARE, Look.TILTED, Look.WAVY}
    | {Look.GLASSY, Look.HAZY, Look.GREY, Look.RAINBOW}
)


def apply_effect(sprite: Image.Image, look: Look) -> Image.Image:
    """Return a square RGBA picture of `sprite` with the effect of `look`."""
    return EFFECTS[look](sprite)


def growth(look: Look) -> float:
    """Return how much larger than a plain thing the square is drawn."""
    return 1.0 if look in TRANSFORMED else 1.14
