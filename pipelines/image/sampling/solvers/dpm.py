"""DPM-Solver++: exponential integrators on the predicted picture, with and without noise.

Lu et al. 2022 (arXiv 2211.01095) for 2M and 2S, their SDE forms (section 5 and appendix) for the
rest. In t = -log(sigma) the linear part of the equation is solved exactly.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from pipelines.image.sampling.solvers.euler import with_noise
from pipelines.image.sampling.solvers.solver import Journey, Tensor, ancestral, time_of

HALF = 0.5  # where the middle evaluation of a single-step solver lies


def dpmpp_2m(x: Tensor, journey: Journey) -> Tensor:
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


def dpmpp_2s(x: Tensor, journey: Journey) -> Tensor:
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


def dpmpp_sde(x: Tensor, journey: Journey) -> Tensor:
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


def _sde_step(x: Tensor, x0: Tensor, step: int, journey: Journey) -> Tensor:
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


def dpmpp_2m_sde(x: Tensor, journey: Journey) -> Tensor:
    """Second order from the last two pictures, with noise (midpoint)."""
    return _multistep_sde(x, journey, lambda rise, _span: HALF * rise)


def dpmpp_2m_sde_heun(x: Tensor, journey: Journey) -> Tensor:
    """The same with Heun's weights."""
    return _multistep_sde(x, journey, lambda rise, span: 1 - rise / span)


def _multistep_sde(
    x: Tensor, journey: Journey, correction: Callable[[float, float], float]
) -> Tensor:
    sigmas, eta = journey.sigmas, journey.eta
    before: Tensor = None
    last = 0.0
    for step in range(journey.steps):
        sigma, target = sigmas[step], sigmas[step + 1]
        x0 = journey.denoise(x, sigma, step)
        if not target:
            x = x0
        else:
            width = time_of(target) - time_of(sigma)
            span = width * (1 + eta)
            rise = -math.expm1(-span)
            x = x * (target / sigma * math.exp(-eta * width)) + x0 * rise
            if before is not None:
                x = x + (x0 - before) * (correction(rise, span) * width / last)
            x = with_noise(x, target * math.sqrt(-math.expm1(-2 * eta * width)), journey)
            last = width
        before = x0
        journey.on_step(step, x0)
    return x


def dpmpp_3m_sde(x: Tensor, journey: Journey) -> Tensor:
    """Third order from the last three pictures, with noise."""
    sigmas, eta = journey.sigmas, journey.eta
    pictures: list[Tensor] = []  # newest first
    widths: list[float] = []
    for step in range(journey.steps):
        sigma, target = sigmas[step], sigmas[step + 1]
        x0 = journey.denoise(x, sigma, step)
        if not target:
            x = x0
        else:
            width = time_of(target) - time_of(sigma)
            span = width * (1 + eta)
            x = x * math.exp(-span) - x0 * math.expm1(-span)
            x = x + _third_order(x0, pictures, [past / width for past in widths], span)
            x = with_noise(x, target * math.sqrt(-math.expm1(-2 * eta * width)), journey)
            widths = [width, *widths[:1]]
        pictures = [x0, *pictures[:1]]
        journey.on_step(step, x0)
    return x


def _third_order(
    x0: Tensor, pictures: list[Tensor], ratios: list[float], span: float
) -> Tensor | float:
    """Return what the older pictures add: nothing, one difference, or two."""
    if not pictures or not ratios:
        return 0.0
    phi2 = math.expm1(-span) / span + 1
    newer = (x0 - pictures[0]) / ratios[0]
    if len(pictures) == 1 or len(ratios) == 1:
        return newer * phi2
    older = (pictures[0] - pictures[1]) / ratios[1]
    both = ratios[0] + ratios[1]
    first = newer + (newer - older) * (ratios[0] / both)
    second = (newer - older) / both
    return first * phi2 - second * (phi2 / span - HALF)
