"""How often which kind of scene occurs in training.

Draws random scenes that hold nothing of the held-out set. The numbers are the recipe: mostly
canonical layouts before white, many pairs (each teaches two nouns at once).
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from pipelines.bridge.adjective_effects import Look
from pipelines.bridge.caption import MOODS
from pipelines.training.crayon.holdout import is_held_out
from pipelines.training.crayon.scenes import Arrangement, Scene, Thing, ThingSize
from pipelines.training.crayon.vocabulary import DrawableNoun, DrawableVocabulary

CANONICAL = 0.9
KINDS = {
    "single": 22,
    "pair": 25,
    "tint": 9,
    "shape": 7,
    "look": 17,
    "look pair": 6,
    "counted": 7,
    "inside": 3,
    "place": 2,
    "scribble": 5,
    "three": 1,
}
TINTED = 0.08
BACKED = 0.09
MOODY = 0.65
LOOKS = tuple(look.value for look in Look)


class SceneMixture:
    """Draws training scenes."""

    def __init__(
        self, vocabulary: DrawableVocabulary, weights: dict[str, float] | None = None
    ) -> None:
        self._vocabulary = vocabulary
        self._things = vocabulary.things
        self._shapes = tuple(noun for noun in self._things if noun.shape)
        self._weights = [(weights or {}).get(noun.ko, 1.0) for noun in self._things]
        self._colours = tuple(colour.en for colour in vocabulary.colours)
        self._places = tuple(noun.scene for noun in vocabulary.scenes)

    def scene(self, chance: random.Random) -> Scene:
        """Return a random scene that training may show."""
        while True:
            kind = chance.choices(tuple(KINDS), tuple(KINDS.values()))[0]
            scene = self._scene(kind, chance)
            if not is_held_out(scene, self._vocabulary):
                return scene

    def _scene(self, kind: str, chance: random.Random) -> Scene:
        jitter = 0 if chance.random() < CANONICAL else chance.randrange(1, 2**31)
        if kind == "place":
            return Scene((), backdrop=chance.choice(self._places))
        if kind == "scribble":
            return self._scribble(chance)
        backdrop = self._backdrop(chance)
        if kind in ("pair", "look pair", "three", "inside"):
            return self._several(kind, backdrop, jitter, chance)
        noun = chance.choice(self._shapes) if kind == "shape" else self._noun(chance)
        return Scene((self._single(noun, kind, chance),), Arrangement.BESIDE, backdrop, jitter)

    def _scribble(self, chance: random.Random) -> Scene:
        mood = chance.choice(tuple(MOODS)) if chance.random() < MOODY else ""
        colour = chance.choice(self._colours) if chance.random() < 0.6 else ""
        return Scene((), backdrop=colour, jitter=chance.randrange(1, 2**31), mood=mood)

    def _several(self, kind: str, backdrop: str, jitter: int, chance: random.Random) -> Scene:
        nouns = self._different(3 if kind == "three" else 2, chance)
        things = [Thing(noun.ko, self._colour(noun, chance)) for noun in nouns]
        if kind == "look pair":
            which = chance.randrange(2)
            things[which] = replace(things[which], look=chance.choice(LOOKS))
        arrangement = Arrangement.BESIDE
        if kind == "inside":
            arrangement = Arrangement.INSIDE
        elif kind != "three" and chance.random() < 0.4:
            arrangement = Arrangement.ABOVE
        return Scene(tuple(things), arrangement, backdrop, jitter)

    def _single(self, noun: DrawableNoun, kind: str, chance: random.Random) -> Thing:
        if kind == "look":
            colour = self._colour(noun, chance) if chance.random() < 0.5 else ""
            return Thing(noun.ko, colour, look=chance.choice(LOOKS))
        is_coloured = kind in ("shape", "tint")
        colour = chance.choice(self._colours) if is_coloured else self._colour(noun, chance)
        if kind == "counted":
            return Thing(noun.ko, colour, chance.choice((2, 2, 3)))
        size = chance.choices(tuple(ThingSize), (92, 4, 4))[0]
        return Thing(noun.ko, colour, 1, size, is_flipped=chance.random() < 0.02)

    def _colour(self, noun: DrawableNoun, chance: random.Random) -> str:
        likely = 0.7 if noun.shape else TINTED
        return chance.choice(self._colours) if chance.random() < likely else ""

    def _backdrop(self, chance: random.Random) -> str:
        if chance.random() >= BACKED:
            return ""
        if chance.random() < 0.55:
            return chance.choice(self._places)
        return chance.choice([name for name in self._colours if name != "white"])

    def _noun(self, chance: random.Random) -> DrawableNoun:
        return chance.choices(self._things, self._weights)[0]

    def _different(self, count: int, chance: random.Random) -> Sequence[DrawableNoun]:
        chosen: list[DrawableNoun] = []
        while len(chosen) < count:
            noun = self._noun(chance)
            if noun not in chosen:
                chosen.append(noun)
        return chosen
