"""The training set: scenes and the latents of their pictures, made once and mapped into memory.

Scenes are kept as JSON lines so that captions can be written anew each time, but for scenes of
engine phrases, which keep the captions they came with; latents as one array of 16-bit floats.
"""

from __future__ import annotations

import json
import logging
import random
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from pipelines.training.crayon import codec, spoken
from pipelines.training.crayon.holdout import is_held_out
from pipelines.training.crayon.mixture import SceneMixture
from pipelines.training.crayon.pca import Pyramid
from pipelines.training.crayon.scenes import Arrangement, Renderer, Scene, Thing, ThingSize
from pipelines.training.crayon.spoken import CaptionedScene
from pipelines.training.crayon.vocabulary import DrawableVocabulary

logger = logging.getLogger(__name__)

SHAPE = (16, 16, 16)
CHUNK = 250
SPOKEN = 8


def scene_text(scene: Scene, captions: Sequence[str] = ()) -> str:
    """Return the scene, and its captions where they are fixed, as one line of JSON."""
    return json.dumps({**asdict(scene), "said": list(captions)}, ensure_ascii=False)


def read_scene(line: str) -> Scene:
    """Return the scene that `scene_text` wrote."""
    row = json.loads(line)
    things = tuple(Thing(**{**thing, "size": ThingSize(thing["size"])}) for thing in row["things"])
    mood = row.get("mood", "")
    return Scene(things, Arrangement(row["arrangement"]), row["backdrop"], row["jitter"], mood)


def read_captions(line: str) -> tuple[str, ...]:
    """Return the fixed captions that `scene_text` wrote."""
    return tuple(json.loads(line).get("said", ()))


def choose(
    count: int, mixture: SceneMixture, vocabulary: DrawableVocabulary
) -> list[CaptionedScene]:
    """Return the scenes to train on: every `SPOKEN`-th is that of an engine phrase."""
    engine_scenes = (
        (scene, captions)
        for scene, captions in spoken.captioned_scenes(vocabulary)
        if not is_held_out(scene, vocabulary)
    )
    return [
        next(engine_scenes) if i % SPOKEN == 0 else (mixture.scene(random.Random(f"scene {i}")), ())
        for i in range(count)
    ]


def make(
    folder: Path, count: int, mixture: SceneMixture, renderer: Renderer, pyramid: Pyramid
) -> None:
    """Write `count` scenes and their latents into `folder`; does nothing when they are there."""
    if (folder / "scenes.jsonl").exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    rows = choose(count, mixture, renderer.vocabulary)
    scenes = [scene for scene, _ in rows]
    part = folder / "latents.part"
    latents = np.lib.format.open_memmap(part, "w+", np.float16, (count, *SHAPE))
    for first in range(0, count, CHUNK):
        pictures = codec.pictures_of(scenes[first : first + CHUNK], renderer)
        latents[first : first + CHUNK] = pyramid.encode(codec.signed(pictures)).half().numpy()
        if first % (20 * CHUNK) == 0:
            logger.info("pool: %d of %d scenes", first, count)
    latents.flush()
    part.replace(folder / "latents.npy")
    lines = folder / "scenes.part"
    lines.write_text("\n".join(scene_text(*row) for row in rows), encoding="utf-8")
    lines.replace(folder / "scenes.jsonl")


def is_hard(scene: Scene) -> bool:
    """Return whether a scene has a look, or a thing alone in a colour that is not its own."""
    is_tinted = len(scene.things) == 1 and bool(scene.things[0].colour)
    return is_tinted or any(thing.look for thing in scene.things)


class LatentPool:
    """Scenes with their latents, and their captions where they are fixed."""

    def __init__(
        self, scenes: Sequence[Scene], latents: Tensor, captions: Sequence[Sequence[str]] = ()
    ) -> None:
        self.scenes, self.captions = scenes, captions or [()] * len(scenes)
        self.hard = [i for i, scene in enumerate(scenes) if is_hard(scene)]
        self._latents = latents

    @classmethod
    def open(cls, folder: Path) -> LatentPool:
        """Map the training set in `folder` into memory."""
        lines = (folder / "scenes.jsonl").read_text(encoding="utf-8").splitlines()
        array = np.load(folder / "latents.npy", mmap_mode="c")
        captions = [read_captions(line) for line in lines]
        return cls([read_scene(line) for line in lines], torch.from_numpy(array), captions)

    def __len__(self) -> int:
        return len(self.scenes)

    def latents(self, indices: Sequence[int]) -> Tensor:
        """Return the latents of some scenes as floats, (batch, 16, 16, 16)."""
        return self._latents[torch.tensor(indices)].float()
