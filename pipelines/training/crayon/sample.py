"""Draw pictures with a pipeline, many at once, and lay them out in a grid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from PIL import Image

AT_ONCE = 16


@dataclass(frozen=True, slots=True)
class SampleSettings:
    """How pictures are drawn; the defaults are those of the model card."""

    steps: int = 6
    guidance: float = 2.5
    seed: int = 1


def draw(pipeline: Any, prompts: Sequence[str], settings: SampleSettings) -> list[Image.Image]:
    """Return one picture per prompt; the i-th has the seed of the settings plus i."""
    pictures: list[Image.Image] = []
    for first in range(0, len(prompts), AT_ONCE):
        batch = list(prompts[first : first + AT_ONCE])
        generators = [
            torch.Generator().manual_seed(settings.seed + first + i) for i in range(len(batch))
        ]
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            found = pipeline(
                batch,
                num_inference_steps=settings.steps,
                guidance_scale=settings.guidance,
                height=256,
                width=256,
                generator=generators,
            )
        pictures += found.images
    return pictures


def grid(pictures: Sequence[Image.Image], columns: int, side: int = 128) -> Image.Image:
    """Return the pictures side by side, each `side` pixels large."""
    rows = -(-len(pictures) // columns)
    sheet = Image.new("RGB", (columns * (side + 2), rows * (side + 2)), "white")
    for i, picture in enumerate(pictures):
        small = picture.resize((side, side), Image.Resampling.LANCZOS)
        sheet.paste(small, ((i % columns) * (side + 2), (i // columns) * (side + 2)))
    return sheet
