"""Where a drawing begins: noise alone, a picture under some noise, or a mask's part of one.

Knows the latent space and the schedule. Does not know solvers.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from pipelines.contract.picture_settings import ImageToImage, MaskContent
from pipelines.image.generate.cfg_denoiser import InpaintMask
from pipelines.image.generate.init_image import InitImage
from pipelines.image.generate.noise import NoiseSource, Variation
from pipelines.image.latents.vae import LatentSpace, from_image

INPAINT_CHANNELS = 9  # latents, mask, and the latents of what is around it


@dataclass(frozen=True, slots=True)
class InitialLatents:
    """The noisy latents, the sigmas that are left to go, and what must stay as it is."""

    latents: Any
    course: list[float]
    known: InpaintMask | None = None


def from_noise(
    noise: NoiseSource, course: list[float], variation: Variation | None
) -> InitialLatents:
    """Begin with noise alone."""
    return InitialLatents(noise.first(variation) * math.sqrt(course[0] ** 2 + 1), course)


def from_latents(latents: Any, noise: NoiseSource, course: list[float]) -> InitialLatents:
    """Begin with latents under as much noise as the schedule takes away."""
    return InitialLatents(latents + noise.first() * course[0], course)


def shortened(course: list[float], strength: float) -> list[float]:
    """Return the last `strength` of a schedule, one step at least.

    >>> shortened([10.0, 5.0, 2.0, 1.0, 0.0], 0.5)
    [2.0, 1.0, 0.0]
    """
    steps = max(1, min(len(course) - 1, round((len(course) - 1) * strength)))
    return course[-(steps + 1) :]


def from_init_image(
    start: InitImage,
    space: LatentSpace,
    noise: NoiseSource,
    course: list[float],
    source: ImageToImage,
    channels: int,
) -> InitialLatents:
    """Begin with a picture, or with a mask's part of one.

    Args:
        course: the sigmas that are left to go at the source's strength.
        channels: of the denoiser's input; nine are those of a model made for inpainting.
    """
    latents = space.encode(from_image(start.image))
    mask = None if start.mask is None else _cells(start.mask, space.factor).to(latents.device)
    if mask is not None and source.content is MaskContent.NOISE:
        latents = latents * (1 - mask) + noise.first() * mask
    elif mask is not None and source.content is MaskContent.NOTHING:
        latents = latents * (1 - mask)
    begun = from_latents(latents, noise, course)
    known = None
    if mask is not None:
        extra = _extra(start, space, mask) if channels == INPAINT_CHANNELS else None
        known = InpaintMask(latents, mask, extra)
    elif channels == INPAINT_CHANNELS:
        known = full_mask(space, latents.shape[-2:])
    return InitialLatents(begun.latents, begun.course, known)


def full_mask(space: LatentSpace, shape: Any) -> InpaintMask:
    """Return the known area of a model made for inpainting that is to draw everything."""
    import torch

    sides = [side * space.factor for side in shape]
    mask = torch.ones(1, 1, *shape)
    grey = space.encode(torch.zeros(1, 3, *sides))
    return InpaintMask(
        grey, mask.to(grey.device), torch.cat([mask.to(grey.device), grey[:1]], dim=1)
    )


def _extra(start: InitImage, space: LatentSpace, mask: Any) -> Any:
    """Return mask and latents of what is around it (1, 5, height, width)."""
    import torch

    if start.mask is None:
        raise ValueError("a start without a mask has no surroundings")
    pixels = from_image(start.image)
    hidden = _cells(start.mask, 1)
    around = space.encode(pixels * (1 - hidden))
    return torch.cat([mask, around[:1]], dim=1)


def _cells(mask: Any, factor: int) -> Any:
    """Return (1, 1, height, width): 1 for each cell of which any pixel is drawn anew."""
    import numpy as np
    import torch

    pixels = torch.from_numpy(np.asarray(mask, dtype=np.float32) / 255)[None, None]
    return torch.nn.functional.max_pool2d(pixels, factor) if factor > 1 else pixels
