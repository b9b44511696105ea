"""Noise that is the same on every machine: one CPU generator a picture, fp32.

A variation bends the first noise towards that of another seed (slerp, as in A1111).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Variation:
    """Other seeds, one a picture, and how far the first noise goes there: 0 not, 1 all the way."""

    seeds: Sequence[int]
    strength: float


class NoiseSource:
    """Makes the noise of a batch; what a picture gets does not depend on its neighbours."""

    def __init__(self, seeds: Sequence[int], shape: tuple[int, ...], device: Any) -> None:
        """Take one seed a picture and the shape (channels, height, width) of one latent."""
        import torch

        self._generators = [torch.Generator("cpu").manual_seed(seed) for seed in seeds]
        self._shape, self._device = shape, device

    def fresh(self) -> Any:
        """Return new noise (batch, channels, height, width)."""
        import torch

        rows = [torch.randn(self._shape, generator=one) for one in self._generators]
        return torch.stack(rows).to(self._device)

    def first(self, variation: Variation | None = None) -> Any:
        """Return the noise that a picture begins with."""
        noise = self.fresh()
        if variation is None or not variation.strength:
            return noise
        other = NoiseSource(variation.seeds, self._shape, self._device).fresh()
        return _slerp(noise, other, variation.strength)


def _slerp(one: Any, other: Any, share: float) -> Any:
    """Return the point between two noises that is as long as noise is."""
    import torch

    flat = tuple(range(1, one.ndim))
    lengths = [each.square().sum(flat, keepdim=True).sqrt() for each in (one, other)]
    cosine = ((one / lengths[0]) * (other / lengths[1])).sum(flat, keepdim=True)
    angle = torch.acos(cosine.clamp(-1, 1))
    if bool((angle.sin() < 1e-3).any()):  # the same direction: a straight line is as good
        return torch.lerp(one, other, share)
    parts = torch.sin((1 - share) * angle), torch.sin(share * angle)
    return (parts[0] * one + parts[1] * other) / angle.sin()
