"""A finished drawing made larger, as the beginning of a second pass: as latents or as pixels."""

from __future__ import annotations

from typing import Any

from pipelines.image.latents import LatentSpace, from_image, to_images
from pipelines.picture_settings import LATENT_UPSCALERS, Hires

MODES = dict(zip(LATENT_UPSCALERS, ("bilinear", "nearest-exact", "bicubic"), strict=True))


def larger_size(width: int, height: int, scale: float, multiple: int) -> tuple[int, int]:
    """Return the sides of the second pass.

    >>> larger_size(256, 384, 1.5, 16)
    (384, 576)
    """
    return tuple(round(side * scale / multiple) * multiple for side in (width, height))  # type: ignore[return-value]


def larger(latents: Any, space: LatentSpace, hires: Hires, size: tuple[int, int]) -> Any:
    """Return the latents of the same picture at `size` (width, height).

    Latent upscalers are quick and need a strength of half or more; the others keep more.
    """
    import torch
    from PIL import Image

    width, height = size
    if hires.upscaler in MODES:
        cells = (height // space.factor, width // space.factor)
        mode = MODES[hires.upscaler]
        is_smooth = mode != "nearest-exact"
        return torch.nn.functional.interpolate(latents, cells, mode=mode, antialias=is_smooth)
    methods = {"Lanczos": Image.Resampling.LANCZOS, "Nearest": Image.Resampling.NEAREST}
    images = to_images(space.decode(latents))
    rows = [from_image(image.resize(size, methods[hires.upscaler])) for image in images]
    return space.encode(torch.cat(rows))
