"""A scene and its picture: which things stand where, before what.

A scene is pure data; `Renderer` turns it into 256 x 256 pixels, always the same ones.
Knows nothing of captions or of how often a scene occurs in training.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from enum import StrEnum

from PIL import Image

from pipelines.training.crayon import backdrops
from pipelines.training.crayon.glyphs import Glyphs
from pipelines.training.crayon.vocabulary import DrawableVocabulary

SIDE = backdrops.SIDE
WHITE = (255, 255, 255)


class ThingSize(StrEnum):
    """How large a thing is."""

    NORMAL = "normal"
    SMALL = "small"
    HUGE = "huge"


class Arrangement(StrEnum):
    """How the things of a scene stand: the first is left of, above, or inside the second."""

    BESIDE = "beside"
    ABOVE = "above"
    INSIDE = "inside"


@dataclass(frozen=True, slots=True)
class Thing:
    """A noun in a picture.

    Attributes:
        colour: an English colour name, "" for its own colours.
        look: the value of a `Look`, "" for none.
    """

    noun: str
    colour: str = ""
    count: int = 1
    size: ThingSize = ThingSize.NORMAL
    is_flipped: bool = False
    look: str = ""


@dataclass(frozen=True, slots=True)
class Scene:
    """Up to three things before a backdrop: "" (white), a colour name or a place of the lexicon.

    Without a thing and a place it is a scribble in the colour of the backdrop and in a mood ("" is
    none). `jitter` 0 is the canonical layout; any other number moves and scales things a little.
    """

    things: tuple[Thing, ...]
    arrangement: Arrangement = Arrangement.BESIDE
    backdrop: str = ""
    jitter: int = 0
    mood: str = ""


@dataclass(frozen=True, slots=True)
class Spot:
    """A spot of a picture: centre and longer side, in pixels."""

    x: float
    y: float
    size: int


TRIANGLE = (Spot(128, 70, 116), Spot(66, 186, 116), Spot(190, 186, 116))
SINGLE_SIZES = {ThingSize.NORMAL: 192, ThingSize.SMALL: 80, ThingSize.HUGE: 280}
PAIR_SIZES = {ThingSize.NORMAL: 120, ThingSize.SMALL: 64, ThingSize.HUGE: 150}
HOLDER, HELD = Spot(128, 128, 236), Spot(128, 136, 92)


def places(scene: Scene) -> tuple[tuple[Thing, Spot], ...]:
    """Return every drawn object of the scene with its canonical place, back to front."""
    if len(scene.things) == 1:
        thing = scene.things[0]
        if thing.count == 1:
            return ((thing, Spot(128, 128, SINGLE_SIZES[thing.size])),)
        if thing.count == 2:
            return ((thing, Spot(66, 128, 116)), (thing, Spot(190, 128, 116)))
        return tuple((thing, place) for place in TRIANGLE)
    if len(scene.things) == 3:
        return tuple(zip(scene.things, TRIANGLE, strict=True))
    if scene.arrangement is Arrangement.INSIDE:
        held, holder = scene.things
        return ((holder, HOLDER), (held, HELD))
    spots = (
        ((66, 128), (190, 128))
        if scene.arrangement is Arrangement.BESIDE
        else ((128, 66), (128, 190))
    )
    return tuple(
        (thing, Spot(x, y, PAIR_SIZES[thing.size]))
        for thing, (x, y) in zip(scene.things, spots, strict=False)
    )


class Renderer:
    """Turns scenes into pictures."""

    def __init__(self, vocabulary: DrawableVocabulary, glyphs: Glyphs) -> None:
        self.vocabulary = vocabulary
        self._nouns = {noun.ko: noun for noun in vocabulary.nouns}
        self._colours = {colour.en: colour.rgb for colour in vocabulary.colours}
        self._glyphs = glyphs
        self._backdrops: dict[str, Image.Image] = {"": backdrops.plain(WHITE)}

    def render(self, scene: Scene) -> Image.Image:
        """Return the picture of `scene`, RGB, 256 x 256."""
        picture = self._backdrop(scene).copy()
        chance = random.Random(scene.jitter) if scene.jitter else None
        for thing, place in places(scene):
            moved = _moved(place, chance) if chance else place
            sprite = self._glyphs.sized(
                self._nouns[thing.noun], thing.colour, moved.size, thing.is_flipped, thing.look
            )
            corner = (round(moved.x - sprite.width / 2), round(moved.y - sprite.height / 2))
            picture.paste(sprite, corner, sprite)
        return picture

    def _backdrop(self, scene: Scene) -> Image.Image:
        name = scene.backdrop
        rgb = self._colours.get(name)
        if not scene.things and (rgb or not name):
            return backdrops.scribble(rgb, scene.mood, scene.jitter)
        if name not in self._backdrops:
            self._backdrops[name] = backdrops.plain(rgb) if rgb else backdrops.backdrop(name)
        return self._backdrops[name]


def _moved(place: Spot, chance: random.Random) -> Spot:
    # Sizes are rounded to 8 pixels so that scaled sprites can be kept and used again.
    size = max(16, round(place.size * chance.uniform(0.8, 1.12) / 8) * 8)
    return Spot(place.x + chance.uniform(-16, 16), place.y + chance.uniform(-16, 16), size)
