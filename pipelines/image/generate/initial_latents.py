"""The latents that sampling begins with: pure noise, or an init image under noise, with its mask.

Knows the latent space and the sigmas. Does not know solvers.
Shapes: B pictures, C channels, h x w cells of the latents for H x W pixels.
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

INPAINT_CHANNELS = 9  # UNet input for inpainting: 4 latents, 1 mask, 4 masked-image latents


@dataclass(frozen=True, slots=True)
class InitialLatents:
    """Where a sampler begins.

    Attributes:
        latents: noisy, (B, C, h, w).
        sigmas: that are left to go; the latents have the noise of the first one.
        inpaint: what has to stay as it is; None for nothing.
    """

    latents: Any
    sigmas: list[float]
    inpaint: InpaintMask | None = None


def from_noise(
    noise: NoiseSource, sigmas: list[float], variation: Variation | None
) -> InitialLatents:
    """Begin with noise alone.

    Its variance is that of x = x0 + sigma * noise for an x0 of variance 1, as in training.
    """
    latents = noise.initial(variation) * math.sqrt(sigmas[0] ** 2 + 1)  # (B, C, h, w)
    return InitialLatents(latents, sigmas)


def from_latents(latents: Any, noise: NoiseSource, sigmas: list[float]) -> InitialLatents:
    """Begin with latents (B, C, h, w) under noise of the first sigma."""
    return InitialLatents(latents + noise.initial() * sigmas[0], sigmas)


def from_init_image(
    init: InitImage,
    space: LatentSpace,
    noise: NoiseSource,
    sigmas: list[float],
    source: ImageToImage,
    in_channels: int,
) -> InitialLatents:
    """Begin with an init image under noise, and its mask if it has one.

    Args:
        sigmas: that are left to go at the strength of the source.
        in_channels: of the UNet; 9 for one made for inpainting.
    """
    # 1. the init image's latents, and the mask at their size
    latents = space.encode(from_image(init.image))  # (1, C, h, w)
    mask = None
    if init.mask is not None:
        mask = _mask_cells(init.mask, space.factor).to(latents.device)  # (1, 1, h, w)
    # 2. what lies under the mask before sampling begins
    if mask is not None and source.content is MaskContent.NOISE:
        latents = latents * (1 - mask) + noise.initial() * mask  # (B, C, h, w)
    elif mask is not None and source.content is MaskContent.NOTHING:
        latents = latents * (1 - mask)
    # 3. noise over it, and what has to stay
    begin = from_latents(latents, noise, sigmas)
    inpaint = None
    if mask is not None:
        c_concat = _c_concat(init, space, mask) if in_channels == INPAINT_CHANNELS else None
        inpaint = InpaintMask(latents, mask, c_concat)
    elif in_channels == INPAINT_CHANNELS:
        inpaint = full_mask(space, latents.shape[-2:])
    return InitialLatents(begin.latents, begin.sigmas, inpaint)


def full_mask(space: LatentSpace, shape: Any) -> InpaintMask:
    """Return the mask (h, w) of a 9-channel UNet that is to draw everything.

    All ones, and the latents of an empty masked image: grey, which is 0 of -1..1.
    """
    import torch

    sides = [side * space.factor for side in shape]
    mask = torch.ones(1, 1, *shape)  # (1, 1, h, w)
    grey = space.encode(torch.zeros(1, 3, *sides))  # (1, 4, h, w)
    mask = mask.to(grey.device)
    return InpaintMask(grey, mask, torch.cat([mask, grey[:1]], dim=1))  # (1, 5, h, w)


def _c_concat(init: InitImage, space: LatentSpace, mask: Any) -> Any:
    """Return mask and masked-image latents (1, 5, h, w)."""
    import torch

    if init.mask is None:
        raise ValueError("an init image without a mask has no masked-image latents")
    pixels = from_image(init.image)  # (1, 3, H, W)
    hidden = _mask_cells(init.mask, 1)  # (1, 1, H, W)
    masked = space.encode(pixels * (1 - hidden))  # (1, 4, h, w)
    return torch.cat([mask, masked[:1]], dim=1)  # (1, 5, h, w)


def _mask_cells(mask: Any, factor: int) -> Any:
    """Return the mask (1, 1, h, w): 1 for each cell of which any pixel is drawn anew."""
    import numpy as np
    import torch

    pixels = torch.from_numpy(np.asarray(mask, dtype=np.float32) / 255)[None, None]  # (1, 1, H, W)
    return torch.nn.functional.max_pool2d(pixels, factor) if factor > 1 else pixels
