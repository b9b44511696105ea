"""Noise that is the same on every machine: one CPU generator a picture, fp32.

A variation bends the initial noise towards that of another seed (slerp, as in A1111).
Shapes: B pictures, C channels, h x w cells of the latents.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Variation:
    """Other seeds, one a picture, and how far the noise is bent: 0 not at all, 1 all the way."""

    seeds: Sequence[int]
    strength: float


class NoiseSource:
    """Samples the noise of a batch; a picture's noise does not depend on its neighbours."""

    def __init__(self, seeds: Sequence[int], shape: tuple[int, ...], device: Any) -> None:
        """Take one seed a picture and the shape (C, h, w) of one latent."""
        import torch

        self._generators = [torch.Generator("cpu").manual_seed(seed) for seed in seeds]
        self._shape, self._device = shape, device

    def sample(self) -> Any:
        """Return new noise (B, C, h, w)."""
        import torch

        # a generator of the device would give other numbers on each; this one gives the same
        rows = [torch.randn(self._shape, generator=one) for one in self._generators]  # (C, h, w)
        return torch.stack(rows).to(self._device)  # (B, C, h, w)

    def initial(self, variation: Variation | None = None) -> Any:
        """Return the noise (B, C, h, w) that sampling begins with."""
        noise = self.sample()
        if variation is None or not variation.strength:
            return noise
        other = NoiseSource(variation.seeds, self._shape, self._device).sample()
        return _slerp(noise, other, variation.strength)


def _slerp(one: Any, other: Any, share: float) -> Any:
    """Return the spherical interpolation of two noises (B, C, h, w).

    On a straight line between two noises lies something shorter, which no model was trained on.
    """
    import torch

    flat = tuple(range(1, one.ndim))
    lengths = [each.square().sum(flat, keepdim=True).sqrt() for each in (one, other)]
    cosine = ((one / lengths[0]) * (other / lengths[1])).sum(flat, keepdim=True)  # (B, 1, 1, 1)
    angle = torch.acos(cosine.clamp(-1, 1))
    if bool((angle.sin() < 1e-3).any()):  # the same direction: a straight line is as good
        return torch.lerp(one, other, share)
    parts = torch.sin((1 - share) * angle), torch.sin(share * angle)
    return (parts[0] * one + parts[1] * other) / angle.sin()  # (B, C, h, w)
