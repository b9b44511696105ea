"""DPM-Solver++: exponential integrators on the predicted picture, with and without noise.

Lu et al. 2022 (arXiv 2211.01095) for 2M and 2S, their SDE forms (section 5 and appendix) for the
rest. In t = -log(sigma) the linear part of the equation is solved exactly.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from pipelines.image.sampling.solvers.euler import with_noise
from pipelines.image.sampling.solvers.solver import SamplerRun, Tensor, ancestral, time_of

HALF = 0.5  # where the middle evaluation of a single-step solver lies

Seen = tuple[Tensor, float]  # a predicted picture, and the width of the step that it was made for
# from x0, what was seen before (newest first), width and span: what to add to the first-order step
Correction = Callable[[Tensor, list[Seen], float, float], Tensor]


def dpmpp_2m(x: Tensor, journey: SamplerRun) -> Tensor:
    """Second order from the last two pictures."""
    sigmas = journey.sigmas
    before: Tensor = None
    for step in range(journey.steps):
        sigma, target = sigmas[step], sigmas[step + 1]
        x0 = journey.denoise(x, sigma, step)
        if not target:
            x = x0
        else:
            width = time_of(target) - time_of(sigma)
            picture = x0
            if before is not None:
                last = time_of(sigma) - time_of(sigmas[step - 1])
                picture = x0 + (x0 - before) * (width / last / 2)
            x = x * (target / sigma) - picture * math.expm1(-width)
        before = x0
        journey.on_step(step, x0)
    return x


def dpmpp_2s(x: Tensor, journey: SamplerRun) -> Tensor:
    """Second order from a look at the middle of the step; with eta as DPM++ 2S a."""
    sigmas = journey.sigmas
    for step in range(journey.steps):
        sigma = sigmas[step]
        x0 = journey.denoise(x, sigma, step)
        down, up = ancestral(sigma, sigmas[step + 1], journey.eta)
        if not down:
            x = x + (x - x0) / sigma * (down - sigma)
        else:
            width = time_of(down) - time_of(sigma)
            middle = math.exp(-(time_of(sigma) + HALF * width))
            half = x * (middle / sigma) - x0 * math.expm1(-HALF * width)
            x = x * (down / sigma) - journey.denoise(half, middle, step) * math.expm1(-width)
        x = with_noise(x, up, journey)
        journey.on_step(step, x0)
    return x


def dpmpp_sde(x: Tensor, journey: SamplerRun) -> Tensor:
    """The same with the noise of one Brownian path for the half and the whole step."""
    sigmas = journey.sigmas
    for step in range(journey.steps):
        sigma, target = sigmas[step], sigmas[step + 1]
        x0 = journey.denoise(x, sigma, step)
        if not target:
            x = x0
        else:
            x = _sde_step(x, x0, step, journey)
        journey.on_step(step, x0)
    return x


def _sde_step(x: Tensor, x0: Tensor, step: int, journey: SamplerRun) -> Tensor:
    sigma, target = journey.sigmas[step], journey.sigmas[step + 1]
    start = time_of(sigma)
    middle = math.exp(-(start + HALF * (time_of(target) - start)))
    # 1. the path of the noise: what the half step sees is part of what the whole step sees
    first, second = journey.fresh_noise(), journey.fresh_noise()
    share = (sigma - middle) / (sigma - target)
    whole = first * math.sqrt(share) + second * math.sqrt(1 - share)
    scale = journey.tuning.noise_scale
    # 2. the half step
    down, up = ancestral(sigma, middle, journey.eta)
    half = x * (down / sigma) - x0 * math.expm1(start - time_of(down))
    half = half + first * (up * scale)
    there = journey.denoise(half, middle, step)
    # 3. the whole step from what was seen there
    down, up = ancestral(sigma, target, journey.eta)
    mixed = x0 * (1 - 1 / (2 * HALF)) + there * (1 / (2 * HALF))
    x = x * (down / sigma) - mixed * math.expm1(start - time_of(down))
    return x + whole * (up * scale)


def dpmpp_2m_sde(x: Tensor, journey: SamplerRun) -> Tensor:
    """Second order from the last two pictures, with noise (midpoint)."""
    return _multistep_sde(x, journey, _midpoint)


def dpmpp_2m_sde_heun(x: Tensor, journey: SamplerRun) -> Tensor:
    """The same with Heun's weights."""
    return _multistep_sde(x, journey, _heun)


def dpmpp_3m_sde(x: Tensor, journey: SamplerRun) -> Tensor:
    """Third order from the last three pictures, with noise."""
    return _multistep_sde(x, journey, _third_order)


def _multistep_sde(x: Tensor, journey: SamplerRun, correction: Correction) -> Tensor:
    sigmas, eta = journey.sigmas, journey.eta
    past: list[Seen] = []
    for step in range(journey.steps):
        sigma, target = sigmas[step], sigmas[step + 1]
        x0 = journey.denoise(x, sigma, step)
        if not target:
            x = x0
        else:
            width = time_of(target) - time_of(sigma)
            span = width * (1 + eta)
            x = x * math.exp(-span) - x0 * math.expm1(-span)
            if past:
                x = x + correction(x0, past, width, span)
            x = with_noise(x, target * math.sqrt(-math.expm1(-2 * eta * width)), journey)
            past = [(x0, width), *past[:1]]
        journey.on_step(step, x0)
    return x


def _midpoint(x0: Tensor, past: list[Seen], width: float, span: float) -> Tensor:
    before, last = past[0]
    return (x0 - before) * (-HALF * math.expm1(-span) * width / last)


def _heun(x0: Tensor, past: list[Seen], width: float, span: float) -> Tensor:
    before, last = past[0]
    return (x0 - before) * ((1 + math.expm1(-span) / span) * width / last)


def _third_order(x0: Tensor, past: list[Seen], width: float, span: float) -> Tensor:
    """Return what the older pictures add: one difference, or two."""
    phi2 = math.expm1(-span) / span + 1
    pictures, ratios = zip(*((picture, last / width) for picture, last in past), strict=True)
    newer = (x0 - pictures[0]) / ratios[0]
    if len(past) == 1:
        return newer * phi2
    older = (pictures[0] - pictures[1]) / ratios[1]
    both = ratios[0] + ratios[1]
    first = newer + (newer - older) * (ratios[0] / both)
    second = (newer - older) / both
    return first * phi2 - second * (phi2 / span - HALF)
