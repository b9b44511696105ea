"""Solvers for distilled models, which need a few steps only: LCM and TCD.

Luo et al. 2023 (arXiv 2310.04378): predict x0, add noise, predict again. Zheng et al. 2024 (arXiv
2402.19159): go a part of the way along the trajectory, make the rest of the noise anew.
"""

from __future__ import annotations

import math

from pipelines.image.sampling.solvers.solver import SamplerRun, Tensor, with_noise


def lcm(x: Tensor, run: SamplerRun) -> Tensor:
    """Jump to x0 at each step; noise in between."""
    sigmas = run.sigmas
    for step in range(run.steps):
        x0 = run.denoise(x, sigmas[step], step)  # (B, C, h, w)
        x = with_noise(x0, sigmas[step + 1], run)
        run.callback(step, x0)
    return x


def tcd(x: Tensor, run: SamplerRun) -> Tensor:
    """Keep 1 - eta of the trajectory's own noise (gamma in the paper), make the rest anew."""
    sigmas = run.sigmas
    for step in range(run.steps):
        sigma, target = sigmas[step], sigmas[step + 1]
        x0 = run.denoise(x, sigma, step)  # (B, C, h, w)
        sigma_down = target * (1 - run.eta)
        x = x0 + (x - x0) * (sigma_down / sigma)  # (B, C, h, w)
        x = with_noise(x, math.sqrt(target**2 - sigma_down**2), run)
        run.callback(step, x0)
    return x
