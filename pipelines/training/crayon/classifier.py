"""A small judge: which noun, in which colour, is in this part of a picture?

It learns from real renders only, of all words and colours, also those the picture model never
saw together, so that its own blind spots do not count against the model. Its accuracy on fresh
renders is the ceiling of every score and is reported beside it.
"""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from PIL import Image
from torch import Tensor, nn
from torch.nn import functional

from pipelines.training.crayon import checkpoint
from pipelines.training.crayon.scenes import Arrangement, Renderer, Scene, Thing
from pipelines.training.crayon.vocabulary import Vocabulary

logger = logging.getLogger(__name__)

SIDE = 64
BATCH = 64
RATE = 2e-3
WHOLE = (20, 20, 236, 236)
LEFT, RIGHT = (0, 62, 132, 194), (124, 62, 256, 194)
TOP, BOTTOM = (62, 0, 194, 132), (62, 124, 194, 256)


def views(scene: Scene) -> tuple[tuple[int, int, int, int], ...]:
    """Return where the things of a scene stand: one box per thing."""
    if len(scene.things) == 1:
        return (WHOLE,)
    return (LEFT, RIGHT) if scene.arrangement is Arrangement.BESIDE else (TOP, BOTTOM)


def cut(picture: Image.Image, box: tuple[int, int, int, int]) -> Tensor:
    """Return a part of a picture, (3, 64, 64), -1..1."""
    part = picture.crop(box).resize((SIDE, SIDE), Image.Resampling.BILINEAR)
    return torch.from_numpy(np.asarray(part, dtype=np.float32).transpose(2, 0, 1) / 127.5 - 1)


class Judge:
    """The classifier with its two answers: noun and colour ("" for its own colours)."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._things = vocabulary.things
        self._colours = ("", *(colour.en for colour in vocabulary.colours))
        self._net = _network(len(self._things) + len(self._colours))
        self._nouns = {noun.ko: i for i, noun in enumerate(self._things)}

    @torch.no_grad()
    def see(self, parts: Sequence[Tensor]) -> list[tuple[str, str]]:
        """Return (noun, colour) for each part."""
        self._net.eval()
        nouns, colours = self._split(self._net(torch.stack(list(parts))))
        return [
            (self._things[int(noun)].ko, self._colours[int(colour)])
            for noun, colour in zip(nouns.argmax(1), colours.argmax(1), strict=True)
        ]

    def train(self, renderer: Renderer, steps: int, path: Path) -> None:
        """Learn for `steps` steps and save at `path`; does nothing when it is there."""
        if path.exists():
            self._net.load_state_dict(checkpoint.load(path)["net"])
            return
        self._net.train()
        adam = torch.optim.AdamW(self._net.parameters(), lr=RATE, weight_decay=0.01)
        began = time.monotonic()
        for step in range(steps):
            adam.param_groups[0]["lr"] = RATE * min(1.0, 2 * (1 - step / steps))
            loss, right = self._step(renderer, random.Random(f"judge {step}"))
            torch.autograd.backward(loss)
            adam.step()
            adam.zero_grad(set_to_none=True)
            if step % 100 == 99:
                pace = (time.monotonic() - began) / (step + 1)
                logger.info(
                    "judge step %d/%d: right %.1f %%, %.2f s", step + 1, steps, 100 * right, pace
                )
        checkpoint.save({"net": self._net.state_dict()}, path)

    def _step(self, renderer: Renderer, chance: random.Random) -> tuple[Tensor, float]:
        parts: list[Tensor] = []
        nouns: list[int] = []
        colours: list[int] = []
        while len(parts) < BATCH:
            scene = self._scene(chance)
            picture = renderer.render(scene)
            for thing, box in zip(scene.things, views(scene), strict=True):
                parts.append(_spoil(cut(picture, box), chance))
                nouns.append(self._nouns[thing.noun])
                colours.append(self._colours.index(thing.colour))
        found_nouns, found_colours = self._split(self._net(torch.stack(parts)))
        wanted, shades = torch.tensor(nouns), torch.tensor(colours)
        loss = functional.cross_entropy(found_nouns, wanted, label_smoothing=0.05)
        loss = loss + 0.5 * functional.cross_entropy(found_colours, shades, label_smoothing=0.05)
        return loss, float((found_nouns.argmax(1) == wanted).float().mean())

    def _scene(self, chance: random.Random) -> Scene:
        """Return one or two things in any colours: held-out ones as well."""
        count = chance.choice((1, 2))
        things = []
        for noun in chance.sample(self._things, count):
            likely = 1.0 if noun.shape else 0.35
            colour = chance.choice(self._colours[1:]) if chance.random() < likely else ""
            things.append(Thing(noun.ko, colour))
        jitter = 0 if chance.random() < 0.4 else chance.randrange(1, 2**31)
        return Scene(tuple(things), chance.choice(tuple(Arrangement)), "", jitter)

    def _split(self, found: Tensor) -> tuple[Tensor, Tensor]:
        return found[:, : len(self._things)], found[:, len(self._things) :]


def _network(answers: int) -> Any:
    layers: list[nn.Module] = []
    depth = 3
    for width in (24, 48, 96, 160):
        layers += [nn.Conv2d(depth, width, 3, padding=1), nn.BatchNorm2d(width), nn.ReLU()]
        layers += [nn.MaxPool2d(2)]
        depth = width
    return nn.Sequential(*layers, nn.Flatten(), nn.Dropout(0.2), nn.Linear(depth * 16, answers))


def _spoil(part: Tensor, chance: random.Random) -> Tensor:
    """Blur and roughen a part a little: drawn pictures are softer than rendered ones."""
    if chance.random() < 0.5:
        part = functional.avg_pool2d(part[None], 3, 1, 1)[0]
    if chance.random() < 0.5:
        generator = torch.Generator().manual_seed(chance.randrange(2**31))
        part = part + chance.uniform(0, 0.15) * torch.randn(part.shape, generator=generator)
    return part
