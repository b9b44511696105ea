"""Solvers for models that were taught to arrive in a few steps: LCM and TCD.

Luo et al. 2023 (arXiv 2310.04378): go to the picture, add noise, go again. Zheng et al. 2024 (arXiv
2402.19159): go a part of the way along the path, add the rest of the noise.
"""

from __future__ import annotations

import math

from pipelines.image.sampling.solvers.euler import with_noise
from pipelines.image.sampling.solvers.solver import SamplerRun, Tensor


def lcm(x: Tensor, journey: SamplerRun) -> Tensor:
    """Jump to the picture at each step; noise in between."""
    sigmas = journey.sigmas
    for step in range(journey.steps):
        x0 = journey.denoise(x, sigmas[step], step)
        x = with_noise(x0, sigmas[step + 1], journey)
        journey.on_step(step, x0)
    return x


def tcd(x: Tensor, journey: SamplerRun) -> Tensor:
    """Keep 1 - eta of the path's own noise (gamma in the paper), make the rest anew."""
    sigmas = journey.sigmas
    for step in range(journey.steps):
        sigma, target = sigmas[step], sigmas[step + 1]
        x0 = journey.denoise(x, sigma, step)
        kept = target * (1 - journey.eta)
        x = x0 + (x - x0) * (kept / sigma)
        x = with_noise(x, math.sqrt(target**2 - kept**2), journey)
        journey.on_step(step, x0)
    return x
