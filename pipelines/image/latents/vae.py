"""The VAE between pixels and latents: its precision, tiles, and what to do about NaN.

A decode that is not finite is done again in fp32, the decode alone; a black picture is never
returned silently. A decode that does not fit into memory is done again in tiles.

Shapes: B pictures of H x W pixels; latents (B, C, h, w), h = H / factor (4 and 8 for SD and SDXL).
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from pipelines.contract.errors import CannotDraw

if TYPE_CHECKING:
    from PIL.Image import Image

log = logging.getLogger(__name__)


class LatentSpace:
    """The VAE of one loaded model, and how its latents are scaled.

    The UNet was trained on latents of about unit variance: (encoded - shift) * scale.
    """

    def __init__(self, vae: Any, device: Any, name: str) -> None:
        self._vae, self._device, self._name = vae, device, name
        config = vae.config
        self._scale = float(config.scaling_factor)
        self._shift = float(getattr(config, "shift_factor", None) or 0.0)

    @property
    def device(self) -> Any:
        """Return the device of latents; asking diffusers would search all modules for it."""
        return self._device

    @property
    def channels(self) -> int:
        """Return the channels of a latent."""
        return int(self._vae.config.latent_channels)

    @property
    def factor(self) -> int:
        """Return how many pixels of a side one cell stands for: diffusers' vae_scale_factor."""
        return int(2 ** (len(self._vae.config.block_out_channels) - 1))  # each block but one halves

    def is_like(self, other: LatentSpace) -> bool:
        """Return whether latents of one mean the same in the other."""
        return (self.channels, self.factor, self._scale, self._shift) == (
            other.channels,
            other.factor,
            other._scale,
            other._shift,
        )

    def encode(self, images: Any) -> Any:
        """Return the latents (B, C, h, w) of pixels (B, 3, H, W) in -1..1.

        The VAE encodes to a distribution; its mean is taken, so that nothing here is random.
        """
        import torch

        values = images.to(self._device, self._vae.dtype)  # (B, 3, H, W)
        with torch.inference_mode():  # one by one, as they are decoded: less memory, equal bits
            rows = [self._vae.encode(row[None]).latent_dist.mean.float() for row in values]
        return (torch.cat(rows) - self._shift) * self._scale  # (B, C, h, w)

    def decode(self, latents: Any) -> Any:
        """Return the pixels (B, 3, H, W) in 0..1 of latents (B, C, h, w), fp32, on the CPU.

        Raises CannotDraw when the latents are not finite: then the UNet, not the VAE, failed.
        """
        import torch

        if not bool(torch.isfinite(latents).all()):
            raise CannotDraw("draw.not_finite", model=self._name)
        values = latents / self._scale + self._shift  # (B, C, h, w)
        rows = [self._decode_one(values[place : place + 1]) for place in range(len(values))]
        return torch.cat(rows)

    def _decode_one(self, values: Any) -> Any:
        import torch

        try:
            pixels = self._decode_as(values, self._vae.dtype)
        except (torch.OutOfMemoryError, MemoryError):
            log.warning("%s: the decode did not fit, doing it in tiles", self._name)
            pixels = self._in_tiles(values)
        if not bool(torch.isfinite(pixels).all()) and self._vae.dtype != torch.float32:
            log.warning("%s: the decode was not finite, doing it again in fp32", self._name)
            pixels = self._decode_as(values, torch.float32)
        if not bool(torch.isfinite(pixels).all()):
            raise CannotDraw("draw.not_finite", model=self._name)
        return (pixels / 2 + 0.5).clamp(0, 1).cpu()  # (1, 3, H, W)

    def _decode_as(self, values: Any, dtype: Any) -> Any:
        import torch

        usual = self._vae.dtype
        try:
            if dtype != usual:
                self._vae.to(dtype)
            with torch.inference_mode():
                return self._vae.decode(values.to(self._device, dtype), return_dict=False)[
                    0
                ].float()
        finally:
            if dtype != usual:
                self._vae.to(usual)

    def _in_tiles(self, values: Any) -> Any:
        had_tiles = bool(getattr(self._vae, "use_tiling", False))
        self._vae.enable_tiling()
        try:
            return self._decode_as(values, self._vae.dtype)
        finally:
            if not had_tiles:
                self._vae.disable_tiling()


def to_images(pixels: Any) -> list[Image]:
    """Return Pillow pictures of pixels (B, 3, H, W) in 0..1."""
    from PIL import Image

    array = (pixels * 255).round().byte().permute(0, 2, 3, 1).contiguous().numpy()  # (B, H, W, 3)
    return [Image.fromarray(row) for row in array]


def from_image(image: Image) -> Any:
    """Return the pixels (1, 3, H, W) in -1..1 of an RGB picture."""
    import numpy as np
    import torch

    array = np.asarray(image.convert("RGB"), dtype=np.float32) / 127.5 - 1  # (H, W, 3)
    return torch.from_numpy(array).permute(2, 0, 1)[None].contiguous()
