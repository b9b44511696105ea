"""Euler's method and its relatives: one or two looks at the slope a step.

Karras et al. 2022 (arXiv 2206.00364), algorithm 2, for Euler, Heun and DPM2; ancestral noise as in
Song et al. 2021 (DDIM, arXiv 2010.02502): with sigma as the time, DDIM is Euler and its eta is the
ancestral one. PLMS is Liu et al. 2022 (arXiv 2202.09778), LMS the linear multistep of the same.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from pipelines.image.sampling.solvers.solver import SamplerRun, Tensor, ancestral, churned

LMS_ORDER = 4
# Beyond this a model of zero terminal SNR sees noise alone, and the slope says nothing about the
# other end of a step that may go from 4096 to 11: Euler's first guess is all that can be known.
PURE_NOISE = 200.0
# Adams-Bashforth of order 1 to 4, newest slope first
ADAMS = (
    (1.0,),
    (3 / 2, -1 / 2),
    (23 / 12, -16 / 12, 5 / 12),
    (55 / 24, -59 / 24, 37 / 24, -9 / 24),
)


def euler(x: Tensor, journey: SamplerRun) -> Tensor:
    """Follow the slope; with eta, part of the noise is made anew (Euler a, DDIM)."""
    sigmas = journey.sigmas
    for step in range(journey.steps):
        x, sigma = churned(x, sigmas[step], journey)
        x0 = journey.denoise(x, sigma, step)
        down, up = ancestral(sigma, sigmas[step + 1], journey.eta)
        x = x + (x - x0) / sigma * (down - sigma)
        x = with_noise(x, up, journey)
        journey.on_step(step, x0)
    return x


def heun(x: Tensor, journey: SamplerRun) -> Tensor:
    """Look at the slope again where Euler would arrive, and take the mean."""
    sigmas = journey.sigmas
    for step in range(journey.steps):
        x, sigma = churned(x, sigmas[step], journey)
        target = sigmas[step + 1]
        x0 = journey.denoise(x, sigma, step)
        slope = (x - x0) / sigma
        if target and sigma < PURE_NOISE:
            guess = x + slope * (target - sigma)
            there = (guess - journey.denoise(guess, target, step)) / target
            slope = (slope + there) / 2
        x = x + slope * (target - sigma)
        journey.on_step(step, x0)
    return x


def dpm2(x: Tensor, journey: SamplerRun) -> Tensor:
    """Take the slope of the (geometric) middle of the step; with eta as DPM2 a."""
    sigmas = journey.sigmas
    for step in range(journey.steps):
        x, sigma = churned(x, sigmas[step], journey)
        x0 = journey.denoise(x, sigma, step)
        down, up = ancestral(sigma, sigmas[step + 1], journey.eta)
        slope = (x - x0) / sigma
        if down and sigma < PURE_NOISE:
            middle = math.sqrt(sigma * down)
            half = x + slope * (middle - sigma)
            slope = (half - journey.denoise(half, middle, step)) / middle
        x = x + slope * (down - sigma)
        x = with_noise(x, up, journey)
        journey.on_step(step, x0)
    return x


def lms(x: Tensor, journey: SamplerRun) -> Tensor:
    """Fit a polynomial through the last slopes and integrate it over the step."""
    sigmas = journey.sigmas
    slopes: list[Tensor] = []
    for step in range(journey.steps):
        x0 = journey.denoise(x, sigmas[step], step)
        if step and sigmas[step - 1] > PURE_NOISE:
            slopes = []
        slopes = [(x - x0) / sigmas[step], *slopes[: LMS_ORDER - 1]]
        past = sigmas[step - len(slopes) + 1 : step + 1][::-1]
        weights = _lagrange_integrals(past, sigmas[step], sigmas[step + 1])
        x = x + sum(weight * slope for weight, slope in zip(weights, slopes, strict=True))
        journey.on_step(step, x0)
    return x


def plms(x: Tensor, journey: SamplerRun) -> Tensor:
    """Mix the last four slopes with the weights of Adams and Bashforth."""
    sigmas = journey.sigmas
    slopes: list[Tensor] = []
    for step in range(journey.steps):
        sigma, target = sigmas[step], sigmas[step + 1]
        x0 = journey.denoise(x, sigma, step)
        slope = (x - x0) / sigma
        if sigma > PURE_NOISE:
            mixed = slope
        elif not slopes and target:  # nothing to mix yet: a step of Heun
            guess = x + slope * (target - sigma)
            mixed = (slope + (guess - journey.denoise(guess, target, step)) / target) / 2
        else:
            weights = ADAMS[min(len(slopes), 3)]
            mixed = sum(w * s for w, s in zip(weights, (slope, *slopes), strict=False))
        slopes = [] if sigma > PURE_NOISE else [slope, *slopes[:2]]
        x = x + mixed * (target - sigma)
        journey.on_step(step, x0)
    return x


def with_noise(x: Tensor, amount: float, journey: SamplerRun) -> Tensor:
    """Return the latents with fresh noise added."""
    if not amount:
        return x
    return x + journey.fresh_noise() * (amount * journey.tuning.noise_scale)


def _lagrange_integrals(points: Sequence[float], start: float, end: float) -> list[float]:
    """Return the integral of each Lagrange polynomial over `points` from `start` to `end`."""
    from numpy.polynomial import Polynomial

    weights = []
    for place, point in enumerate(points):
        others = [other for number, other in enumerate(points) if number != place]
        scale = math.prod(point - other for other in others)
        whole = (Polynomial.fromroots(others) if others else Polynomial([1.0])).integ()
        weights.append(float(whole(end) - whole(start)) / scale)
    return weights
