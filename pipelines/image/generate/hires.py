"""Hires fix: the result of the first pass upscaled for a second one, as latents or as pixels."""

from __future__ import annotations

from typing import Any

from pipelines.contract.picture_settings import LATENT_UPSCALERS, Hires
from pipelines.image.latents.vae import LatentSpace

MODES = dict(zip(LATENT_UPSCALERS, ("bilinear", "nearest-exact", "bicubic"), strict=True))


def hires_size(width: int, height: int, scale: float, multiple: int) -> tuple[int, int]:
    """Return the sides of the second pass.

    >>> hires_size(256, 384, 1.5, 16)
    (384, 576)
    """
    return tuple(round(side * scale / multiple) * multiple for side in (width, height))  # type: ignore[return-value]


def upscale_latents(latents: Any, space: LatentSpace, upscaler: str, size: tuple[int, int]) -> Any:
    """Return latents (B, C, h, w) at the `size` (width, height) in pixels, by one of MODES.

    Quick and blurred: it takes a second pass of strength half or more; pixel upscalers keep more.
    """
    import torch

    cells = (size[1] // space.factor, size[0] // space.factor)  # h, w
    mode = MODES[upscaler]
    is_smooth = mode != "nearest-exact"
    return torch.nn.functional.interpolate(latents, cells, mode=mode, antialias=is_smooth)


def is_latent(hires: Hires) -> bool:
    """Return whether latents are upscaled, not pixels: never without a second pass over them."""
    return hires.upscaler in MODES and hires.strength > 0
