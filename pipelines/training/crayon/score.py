"""How often the picture model draws what was asked: singles, unseen pairs, unseen colours.

Prompts are the shortest captions. The judge is a classifier trained on real renders; beside
every score stands its ceiling, the same question asked of real renders.
"""

from __future__ import annotations

import json
import logging
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PIL import Image

from pipelines.training.crayon.captions import Captioner
from pipelines.training.crayon.classifier import Judge, cut, views
from pipelines.training.crayon.holdout import is_colour_held_out, is_held_out, is_pair_held_out
from pipelines.training.crayon.scenes import Arrangement, Renderer, Scene, Thing
from pipelines.training.crayon.vocabulary import Vocabulary

logger = logging.getLogger(__name__)

Draw = Callable[[Sequence[str]], list[Image.Image]]


@dataclass(frozen=True, slots=True)
class Test:
    """A named list of scenes to ask for; colours count only where `asks_colour`."""

    __test__ = False  # pytest: no test class

    name: str
    scenes: tuple[Scene, ...]
    asks_colour: bool = False


def exam(vocabulary: Vocabulary, pairs: int = 96, tints: int = 48) -> tuple[Test, ...]:
    """Return what is asked, the same each time."""
    chance = random.Random("score")
    things = vocabulary.things
    plain = [noun for noun in things if not noun.shape]
    unseen: list[Scene] = []
    seen: list[Scene] = []
    while len(unseen) < pairs or len(seen) < pairs // 2:
        first, second = chance.sample(plain, 2)
        arrangement = chance.choice(tuple(Arrangement))
        scene = Scene((Thing(first.ko), Thing(second.ko)), arrangement)
        (unseen if is_pair_held_out(first.ko, second.ko) else seen).append(scene)
    shapes = [
        Scene((Thing(noun.ko, colour.en),))
        for noun in things
        if noun.shape
        for colour in vocabulary.colours
    ]
    tinted = [
        Scene((Thing(noun.ko, colour.en),)) for noun in plain for colour in vocabulary.colours
    ]
    unseen_tints = [s for s in tinted if is_colour_held_out(s.things[0], vocabulary)]
    return (
        Test("single noun", tuple(Scene((Thing(noun.ko),)) for noun in plain)),
        Test("pair, never seen", tuple(unseen[:pairs])),
        Test("pair, may have been seen", tuple(seen[: pairs // 2])),
        Test("colour and shape, never seen", _held_out(shapes, vocabulary, True), True),
        Test("colour and shape, seen", _held_out(shapes, vocabulary, False), True),
        Test("tint, never seen", tuple(chance.sample(unseen_tints, tints)), True),
    )


def score(
    draw: Draw, judge: Judge, renderer: Renderer, vocabulary: Vocabulary, asked: Sequence[Test]
) -> dict[str, Any]:
    """Return the figures of every test: model, ceiling and number of pictures."""
    captioner, figures = Captioner(vocabulary), {}
    for test in asked:
        drawn = draw([captioner.plain(scene) for scene in test.scenes])
        real = [renderer.render(scene) for scene in test.scenes]
        model, ceiling = _right(test, drawn, judge), _right(test, real, judge)
        count = len(test.scenes)
        row: dict[str, Any] = {key: round(100 * model[key] / count, 1) for key in model}
        row["ceiling"] = round(100 * ceiling["all right"] / count, 1)
        row["count"] = count
        figures[test.name] = row
        logger.info("%s: %s", test.name, json.dumps(row))
    return figures


def _right(test: Test, pictures: Sequence[Image.Image], judge: Judge) -> dict[str, int]:
    """Count the pictures with every noun right, every colour right, and both."""
    nouns = colours = both = 0
    for scene, picture in zip(test.scenes, pictures, strict=True):
        seen = judge.see([cut(picture, box) for box in views(scene)])
        pairs = list(zip(scene.things, seen, strict=True))
        named = all(thing.noun == noun for thing, (noun, _) in pairs)
        shaded = all(thing.colour == colour for thing, (_, colour) in pairs)
        nouns, colours = nouns + named, colours + shaded
        both += named and (shaded or not test.asks_colour)
    if not test.asks_colour:
        return {"all right": both}
    return {"noun": nouns, "colour": colours, "all right": both}


def _held_out(scenes: Sequence[Scene], vocabulary: Vocabulary, wanted: bool) -> tuple[Scene, ...]:
    return tuple(scene for scene in scenes if is_held_out(scene, vocabulary) is wanted)
