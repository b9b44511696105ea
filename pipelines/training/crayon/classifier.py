"""A small convolutional classifier: what is in a part of a picture, how many, what behind.

It is trained on real renders only, of all words, colours and looks, also of combinations held out
from the picture model, so that its own blind spots do not count against the model. Its accuracy
on fresh renders, and on what the codec leaves of them, are the ceilings of every score.
"""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from PIL import Image
from torch import Tensor, nn
from torch.nn import functional

from pipelines.bridge.adjective_effects import Look
from pipelines.bridge.caption import MOODS
from pipelines.training.crayon import checkpoint
from pipelines.training.crayon.scenes import Arrangement, Renderer, Scene, Thing
from pipelines.training.crayon.vocabulary import DrawableNoun, DrawableVocabulary

logger = logging.getLogger(__name__)

SIDE = 64
MARGIN = 4  # parts are kept a little larger and cut out anew each time
BATCH = 64
RATE = 2e-3
NO_ANSWER = -100  # cross_entropy's ignore_index
Box = tuple[int, int, int, int]
WHOLE, FULL = (20, 20, 236, 236), (0, 0, 256, 256)
LEFT, RIGHT = (0, 62, 132, 194), (124, 62, 256, 194)
TOP, BOTTOM = (62, 0, 194, 132), (62, 124, 194, 256)
MIDDLE = (72, 80, 184, 192)
SCRIBBLE = "scribble "


def views(scene: Scene) -> tuple[Box, ...]:
    """Return where the things of a scene stand: one box per thing."""
    if not scene.things:
        return ()
    if len(scene.things) == 1:
        return (FULL if scene.things[0].count > 1 else WHOLE,)
    if scene.arrangement is Arrangement.INSIDE:
        return (MIDDLE, WHOLE)
    return (LEFT, RIGHT) if scene.arrangement is Arrangement.BESIDE else (TOP, BOTTOM)


def cut(picture: Image.Image, box: Box, side: int = SIDE) -> Tensor:
    """Return a part of a picture, (3, side, side), 0..255."""
    part = picture.crop(box).resize((side, side), Image.Resampling.BILINEAR)
    return torch.from_numpy(np.asarray(part).transpose(2, 0, 1).copy())


@dataclass(frozen=True, slots=True)
class Judgement:
    """The likeliest class of each question about one part of a picture."""

    noun: str
    colour: str
    look: str
    count: int
    ground: str  # "", a colour, a place, or "scribble " and a mood


def ground_of(scene: Scene, colours: Sequence[str]) -> str:
    """Return the ground truth for what lies behind the things of a scene."""
    if not scene.things and scene.backdrop in ("", *colours):
        return SCRIBBLE + scene.mood
    return scene.backdrop


class Judge:
    """The classifier with its answers: noun, colour, look, count and ground."""

    def __init__(self, vocabulary: DrawableVocabulary) -> None:
        colours = tuple(colour.en for colour in vocabulary.colours)
        self._colours = colours
        self._things = vocabulary.things
        scribbles = (SCRIBBLE + mood for mood in ("", *MOODS))
        places = (noun.scene for noun in vocabulary.scenes)
        self._answers: tuple[tuple[Any, ...], ...] = (
            tuple(noun.ko for noun in self._things),
            ("", *colours),
            ("", *(look.value for look in Look)),
            (0, 1, 2, 3),
            ("", *colours, *places, *scribbles),
        )
        self._net = _network(sum(map(len, self._answers)))
        self._has_learnt = False

    @torch.no_grad()
    def see(self, parts: Sequence[Tensor]) -> list[Judgement]:
        """Classify each part, (3, 64, 64)."""
        self._net.eval()
        found = self._net(_scaled(torch.stack(list(parts))))  # (parts, classes of all questions)
        chosen = [logits.argmax(1).tolist() for logits in self._split(found)]
        rows = zip(*chosen, strict=True)
        return [Judgement(*(self._answers[i][row[i]] for i in range(5))) for row in rows]

    def train(
        self, renderer: Renderer, scenes: int, steps: int, path: Path, shaped: float = 0.0
    ) -> None:
        """Train for `steps` steps on `scenes` renders; does nothing when `path` is there.

        `shaped` is the share of scenes that are a drawn shape alone: the nine are hard to tell
        apart. A judge that is trained already is fine-tuned, at a lower learning rate.
        """
        if path.exists():
            self._net.load_state_dict(checkpoint.load(path)["net"])
            self._has_learnt = True
            return
        rate = RATE / 3 if self._has_learnt else RATE
        parts, answers = self._examples(renderer, scenes, shaped)
        self._net.train()
        adam = torch.optim.AdamW(self._net.parameters(), lr=rate, weight_decay=0.01)
        began = time.monotonic()
        for step in range(steps):
            adam.param_groups[0]["lr"] = rate * min(1.0, 2 * (1 - step / steps))
            loss, right = self._step(parts, answers, step)
            torch.autograd.backward(loss)
            adam.step()
            adam.zero_grad(set_to_none=True)
            if step % 100 == 99:
                pace = (time.monotonic() - began) / (step + 1)
                logger.info(
                    "judge step %d/%d: right %.1f %%, %.2f s", step + 1, steps, 100 * right, pace
                )
        self._has_learnt = True
        checkpoint.save({"net": self._net.state_dict()}, path)

    def _examples(self, renderer: Renderer, count: int, shaped: float) -> tuple[Tensor, Tensor]:
        """Return parts of renders (examples, 3, 72, 72) and their classes (examples, 5)."""
        parts: list[Tensor] = []
        answers: list[list[int]] = []
        for i in range(count):
            chance = random.Random(f"judge {i} {shaped}" if shaped else f"judge {i}")
            is_shaped = bool(shaped) and chance.random() < shaped
            scene = self._shape(chance) if is_shaped else self._scene(chance)
            picture = renderer.render(scene)
            for thing, box in zip(scene.things, views(scene), strict=True):
                parts.append(cut(picture, box, SIDE + 2 * MARGIN))
                answers.append([*self._labels(thing), NO_ANSWER, NO_ANSWER])
            parts.append(cut(picture, FULL, SIDE + 2 * MARGIN))
            answers.append(self._whole(scene))
            if i % 1000 == 0:
                logger.info("judge: %d of %d renders", i, count)
        return torch.stack(parts), torch.tensor(answers)

    def _labels(self, thing: Thing) -> list[int]:
        values = (thing.noun, thing.colour, thing.look)
        return [self._answers[i].index(value) for i, value in enumerate(values)]

    def _whole(self, scene: Scene) -> list[int]:
        """Return the answers for the whole picture: how many things, what ground, what colour."""
        count = sum(thing.count for thing in scene.things)
        colour = self._answers[1].index(scene.backdrop) if self._is_scribble(scene) else NO_ANSWER
        ground = self._answers[4].index(ground_of(scene, self._colours))
        return [NO_ANSWER, colour, NO_ANSWER, min(count, 3), ground]

    def _is_scribble(self, scene: Scene) -> bool:
        return not scene.things and scene.backdrop in self._answers[1]

    def _step(self, parts: Tensor, labels: Tensor, step: int) -> tuple[Tensor, float]:
        """Return the loss of a batch of random crops, and the accuracy of its nouns."""
        chance = random.Random(f"judge step {step}")
        chosen = [chance.randrange(len(parts)) for _ in range(BATCH)]
        y, x = chance.randrange(2 * MARGIN + 1), chance.randrange(2 * MARGIN + 1)
        crops = _scaled(parts[chosen][:, :, y : y + SIDE, x : x + SIDE])  # (B, 3, 64, 64)
        answers = labels[chosen]  # (B, 5)
        loss = torch.zeros(())
        found = self._split(self._net(_augmented(crops, chance)))
        for i, logits in enumerate(found):  # (B, classes of question i)
            has_answer = answers[:, i] != NO_ANSWER
            if has_answer.any():
                loss = loss + functional.cross_entropy(
                    logits[has_answer], answers[has_answer, i], label_smoothing=0.05
                )
        has_answer = answers[:, 0] != NO_ANSWER
        right = found[0][has_answer].argmax(1) == answers[has_answer, 0]
        return loss, float(right.float().mean())

    def _scene(self, chance: random.Random) -> Scene:
        """Return any scene whatever: what is held out from the picture model as well."""
        ground = self._ground(chance)
        if chance.random() < 0.08:
            mood = chance.choice(("", *MOODS))
            colour = chance.choice(self._answers[1])
            return Scene((), backdrop=colour, jitter=chance.randrange(1, 2**31), mood=mood)
        jitter = 0 if chance.random() < 0.5 else chance.randrange(1, 2**31)
        if chance.random() < 0.45:
            thing = self._thing(chance.choice(self._things), chance)
            if not thing.look:
                thing = replace(thing, count=chance.choice((1, 1, 1, 2, 3)))
            return Scene((thing,), Arrangement.BESIDE, ground, jitter)
        first, second = chance.sample(self._things, 2)
        things = (self._thing(first, chance), self._thing(second, chance))
        arrangement = chance.choices(tuple(Arrangement), (4, 4, 1))[0]
        return Scene(things, arrangement, ground, jitter)

    def _shape(self, chance: random.Random) -> Scene:
        """Return one shape alone in any colour."""
        noun = chance.choice([noun for noun in self._things if noun.shape])
        jitter = 0 if chance.random() < 0.5 else chance.randrange(1, 2**31)
        return Scene((Thing(noun.ko, chance.choice(self._colours)),), jitter=jitter)

    def _thing(self, noun: DrawableNoun, chance: random.Random) -> Thing:
        likely = 0.9 if noun.shape else 0.22
        colour = chance.choice(self._colours) if chance.random() < likely else ""
        look = chance.choice(self._answers[2]) if chance.random() < 0.25 else ""
        return Thing(noun.ko, colour, look=look)

    def _ground(self, chance: random.Random) -> str:
        if chance.random() < 0.75:
            return ""
        grounds = [name for name in self._answers[4] if not name.startswith(SCRIBBLE)]
        return str(chance.choice([name for name in grounds if name not in ("", "white")]))

    def _split(self, found: Tensor) -> tuple[Tensor, ...]:
        return torch.split(found, [len(answers) for answers in self._answers], dim=1)


def _network(answers: int) -> Any:
    layers: list[nn.Module] = []
    depth = 3
    for width in (24, 48, 96, 160):
        layers += [nn.Conv2d(depth, width, 3, padding=1), nn.BatchNorm2d(width), nn.ReLU()]
        layers += [nn.MaxPool2d(2)]
        depth = width
    # four halvings leave 4 x 4 places of 64 x 64 pixels
    return nn.Sequential(*layers, nn.Flatten(), nn.Dropout(0.2), nn.Linear(depth * 16, answers))


def _scaled(parts: Tensor) -> Tensor:
    return parts.float() / 127.5 - 1


def _augmented(parts: Tensor, chance: random.Random) -> Tensor:
    """Blur parts and add noise now and then: drawn pictures are softer than rendered ones."""
    if chance.random() < 0.5:
        parts = functional.avg_pool2d(parts, 3, 1, 1)
    if chance.random() < 0.5:
        generator = torch.Generator().manual_seed(chance.randrange(2**31))
        noise = torch.randn(parts.shape, generator=generator)
        parts = parts + chance.uniform(0, 0.15) * noise
    return parts
