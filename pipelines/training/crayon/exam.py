"""The exam of the picture model: lists of scenes and prompts, the same each time.

Knows no pictures and no judge.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice

from pipelines.bridge.adjective_effects import Look
from pipelines.bridge.caption import MOODS
from pipelines.bridge.caption_parser import caption_for, parse_caption
from pipelines.training.crayon import look_words, spoken
from pipelines.training.crayon.captions import Captioner
from pipelines.training.crayon.holdout import (
    is_colour_held_out,
    is_held_out,
    is_look_held_out,
    is_pair_held_out,
)
from pipelines.training.crayon.scenes import Arrangement, Scene, Thing
from pipelines.training.crayon.vocabulary import DrawableVocabulary

PHRASE_SEED = 1_000_000  # the training set has the phrases of seeds from 0 on


class Expectation(StrEnum):
    """What has to be right in a picture."""

    NOUNS = "nouns"  # every noun, in its place
    COLOURS = "colours"  # every noun and its colour
    COUNT = "count"  # the noun and how many
    GROUND = "ground"  # what lies behind
    LOOK = "look"  # the look, wherever the noun is right or not
    SCRIBBLE = "scribble"  # the mood and, where the prompt names one, the colour
    FOUND = "found"  # one of the nouns at least


@dataclass(frozen=True, slots=True)
class Test:
    """A named list of scenes with their prompts."""

    __test__ = False  # pytest: no test class

    name: str
    expected: Expectation
    scenes: tuple[Scene, ...]
    prompts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExamSize:
    """How many scenes of each kind; every scene is drawn from several seeds."""

    pairs: int = 64
    tints: int = 60
    counted: int = 24
    inside: int = 24
    grounds: int = 4  # of each ground
    looks: int = 4  # of each look
    phrases: int = 200


def part(test: Test, every: int) -> Test:
    """Return each `every`-th scene of a test."""
    return replace(test, scenes=test.scenes[::every], prompts=test.prompts[::every])


class Examiner:
    """Makes the tests."""

    def __init__(self, vocabulary: DrawableVocabulary, size: ExamSize = ExamSize()) -> None:
        self._vocabulary, self._size = vocabulary, size
        self._captioner = Captioner(vocabulary)
        self._plain = [noun for noun in vocabulary.things if not noun.shape]
        self._colours = [colour.en for colour in vocabulary.colours]

    def tests(self) -> tuple[Test, ...]:
        """Return the whole exam."""
        singles = [Scene((Thing(noun.ko),)) for noun in self._vocabulary.things]
        unseen, seen = self._pairs()
        held, shown = self._shapes()
        return (
            self._test("single noun", Expectation.NOUNS, singles),
            self._test("pair, never seen", Expectation.NOUNS, unseen),
            self._test("pair, may have been seen", Expectation.NOUNS, seen),
            self._test("colour and shape, never seen", Expectation.COLOURS, held),
            self._test("colour and shape, seen", Expectation.COLOURS, shown),
            self._test("tint, never seen", Expectation.COLOURS, self._tints()),
            *self._counts(),
            self._test("one thing inside another", Expectation.NOUNS, self._inside()),
            self._test("background said", Expectation.GROUND, self._grounds()),
            self._looks(),
            self._test("no thing: mood and colour", Expectation.SCRIBBLE, self._scribbles()),
            *self._phrases(),
        )

    def _test(self, name: str, expected: Expectation, scenes: Sequence[Scene]) -> Test:
        prompts = tuple(self._captioner.plain(scene) for scene in scenes)
        return Test(name, expected, tuple(scenes), prompts)

    def _pairs(self) -> tuple[list[Scene], list[Scene]]:
        chance, count = random.Random("score"), self._size.pairs
        unseen: list[Scene] = []
        seen: list[Scene] = []
        while len(unseen) < count or len(seen) < count // 2:
            first, second = chance.sample(self._plain, 2)
            arrangement = chance.choice((Arrangement.BESIDE, Arrangement.ABOVE))
            scene = Scene((Thing(first.ko), Thing(second.ko)), arrangement)
            (unseen if is_pair_held_out(first.ko, second.ko) else seen).append(scene)
        return unseen[:count], seen[: count // 2]

    def _shapes(self) -> tuple[list[Scene], list[Scene]]:
        shapes = [noun for noun in self._vocabulary.things if noun.shape]
        scenes = [Scene((Thing(noun.ko, en),)) for noun in shapes for en in self._colours]
        held = [scene for scene in scenes if is_held_out(scene, self._vocabulary)]
        shown = [scene for scene in scenes if scene not in held]
        return held, random.Random("shapes").sample(shown, min(len(held), len(shown)))

    def _tints(self) -> list[Scene]:
        things = [Thing(noun.ko, en) for noun in self._plain for en in self._colours]
        held = [thing for thing in things if is_colour_held_out(thing, self._vocabulary)]
        return [Scene((thing,)) for thing in random.Random("tints").sample(held, self._size.tints)]

    def _counts(self) -> list[Test]:
        chosen = random.Random("counts").sample(self._plain, self._size.counted)
        return [
            self._test(
                f"count {count}",
                Expectation.COUNT,
                [Scene((Thing(noun.ko, count=count),)) for noun in chosen],
            )
            for count in (1, 2, 3)
        ]

    def _inside(self) -> list[Scene]:
        chance, found = random.Random("inside"), []
        for _ in range(self._size.inside):
            first, second = chance.sample(self._plain, 2)
            found.append(Scene((Thing(first.ko), Thing(second.ko)), Arrangement.INSIDE))
        return found

    def _grounds(self) -> list[Scene]:
        chance = random.Random("grounds")
        names = [noun.scene for noun in self._vocabulary.scenes]
        names += [name for name in self._colours if name != "white"]
        return [
            Scene((Thing(noun.ko),), backdrop=name)
            for name in names
            for noun in chance.sample(self._plain, self._size.grounds)
        ]

    def _looks(self) -> Test:
        """Ask for held-out looks of things, each time with another word."""
        chance, scenes, prompts = random.Random("looks"), [], []
        for look in Look:
            things = [Thing(noun.ko, look=look.value) for noun in self._plain]
            held = [thing for thing in things if is_look_held_out(thing)]
            for thing in chance.sample(held, self._size.looks):
                scenes.append(Scene((thing,)))
                prompts.append(f"{chance.choice(look_words.looks()[look.value])} {thing.noun}")
        return Test(
            "look, never seen on the thing", Expectation.LOOK, tuple(scenes), tuple(prompts)
        )

    def _scribbles(self) -> list[Scene]:
        chance, found = random.Random("scribbles"), []
        for mood in ("", *MOODS):
            for colour in ("", *chance.sample(self._colours, 4)):
                seed = chance.randrange(1, 2**31)
                found.append(Scene((), backdrop=colour, jitter=seed, mood=mood))
        return found

    def _phrases(self) -> list[Test]:
        """Ask for phrases of the grammar engine that name a thing: unselected but for that."""
        phrase_scenes = spoken.PhraseScenes(self._vocabulary)
        drawable = (p for p in spoken.phrases(PHRASE_SEED) if parse_caption(p).things)
        chosen = list(islice(drawable, self._size.phrases))
        scenes = tuple(phrase_scenes.scene(parse_caption(phrase)) for phrase in chosen)
        captions = tuple(map(caption_for, chosen))
        whole = tuple(phrase.ko for phrase in chosen)
        return [
            Test("engine phrase, as it is sent, a noun found", Expectation.FOUND, scenes, captions),
            Test(
                "engine phrase, the bare sentence, a noun found", Expectation.FOUND, scenes, whole
            ),
        ]
