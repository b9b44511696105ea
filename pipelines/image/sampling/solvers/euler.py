"""Euler's method and its relatives: one or two model calls a step.

Karras et al. 2022 (arXiv 2206.00364), algorithm 2, for Euler, Heun and DPM2; ancestral noise as in
Song et al. 2021 (DDIM, arXiv 2010.02502): with sigma as the time, DDIM is Euler and its eta is the
ancestral one. PLMS is Liu et al. 2022 (arXiv 2202.09778), LMS the linear multistep of the same.
All tensors here are latents (B, C, h, w).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from pipelines.image.sampling.solvers.solver import (
    SamplerRun,
    Tensor,
    ancestral,
    churned,
    to_d,
    with_noise,
)

LMS_ORDER = 4
# Beyond this a model of zero terminal SNR has noise alone as its input, and the derivative says
# nothing about the other end of a step that may go from 4096 to 11: Euler's step is all there is.
PURE_NOISE = 200.0
# Adams-Bashforth of order 1 to 4, newest derivative first
ADAMS = (
    (1.0,),
    (3 / 2, -1 / 2),
    (23 / 12, -16 / 12, 5 / 12),
    (55 / 24, -59 / 24, 37 / 24, -9 / 24),
)


def euler(x: Tensor, run: SamplerRun) -> Tensor:
    """Step along the derivative; with eta, part of the noise is made anew (Euler a, DDIM)."""
    sigmas = run.sigmas
    for step in range(run.steps):
        x, sigma = churned(x, sigmas[step], run)
        x0 = run.denoise(x, sigma, step)  # (B, C, h, w)
        sigma_down, sigma_up = ancestral(sigma, sigmas[step + 1], run.eta)
        x = x + to_d(x, sigma, x0) * (sigma_down - sigma)  # (B, C, h, w)
        x = with_noise(x, sigma_up, run)
        run.callback(step, x0)
    return x


def heun(x: Tensor, run: SamplerRun) -> Tensor:
    """Take the derivative again where Euler would arrive, and step along the mean of both."""
    sigmas = run.sigmas
    for step in range(run.steps):
        x, sigma = churned(x, sigmas[step], run)
        target = sigmas[step + 1]
        x0 = run.denoise(x, sigma, step)  # (B, C, h, w)
        d = to_d(x, sigma, x0)  # (B, C, h, w)
        if target and sigma < PURE_NOISE:  # at sigma 0 there is no derivative: Euler's step
            x_2 = x + d * (target - sigma)  # (B, C, h, w), where Euler arrives
            d_2 = to_d(x_2, target, run.denoise(x_2, target, step))
            d = (d + d_2) / 2
        x = x + d * (target - sigma)
        run.callback(step, x0)
    return x


def dpm2(x: Tensor, run: SamplerRun) -> Tensor:
    """Step along the derivative at the (geometric) middle of the step; with eta as DPM2 a."""
    sigmas = run.sigmas
    for step in range(run.steps):
        x, sigma = churned(x, sigmas[step], run)
        x0 = run.denoise(x, sigma, step)  # (B, C, h, w)
        sigma_down, sigma_up = ancestral(sigma, sigmas[step + 1], run.eta)
        d = to_d(x, sigma, x0)  # (B, C, h, w)
        if sigma_down and sigma < PURE_NOISE:
            sigma_mid = math.sqrt(sigma * sigma_down)  # the middle in log sigma
            x_2 = x + d * (sigma_mid - sigma)  # (B, C, h, w)
            d = to_d(x_2, sigma_mid, run.denoise(x_2, sigma_mid, step))
        x = x + d * (sigma_down - sigma)
        x = with_noise(x, sigma_up, run)
        run.callback(step, x0)
    return x


def lms(x: Tensor, run: SamplerRun) -> Tensor:
    """Fit a polynomial through the last derivatives and integrate it over the step."""
    sigmas = run.sigmas
    ds: list[Tensor] = []  # newest first
    for step in range(run.steps):
        x0 = run.denoise(x, sigmas[step], step)  # (B, C, h, w)
        if step and sigmas[step - 1] > PURE_NOISE:
            ds = []  # a derivative of pure noise would bend the polynomial
        ds = [to_d(x, sigmas[step], x0), *ds[: LMS_ORDER - 1]]
        known_at = sigmas[step - len(ds) + 1 : step + 1][::-1]  # the sigma of each derivative
        coefficients = _lagrange_integrals(known_at, sigmas[step], sigmas[step + 1])
        x = x + sum(coeff * d for coeff, d in zip(coefficients, ds, strict=True))
        run.callback(step, x0)
    return x


def plms(x: Tensor, run: SamplerRun) -> Tensor:
    """Mix the last four derivatives with the weights of Adams and Bashforth."""
    sigmas = run.sigmas
    old_ds: list[Tensor] = []  # newest first
    for step in range(run.steps):
        sigma, target = sigmas[step], sigmas[step + 1]
        x0 = run.denoise(x, sigma, step)  # (B, C, h, w)
        d = to_d(x, sigma, x0)  # (B, C, h, w)
        if sigma > PURE_NOISE:
            mixed = d
        elif not old_ds and target:  # nothing to mix yet: a step of Heun
            x_2 = x + d * (target - sigma)
            mixed = (d + to_d(x_2, target, run.denoise(x_2, target, step))) / 2
        else:
            weights = ADAMS[min(len(old_ds), 3)]
            mixed = sum(w * s for w, s in zip(weights, (d, *old_ds), strict=False))
        old_ds = [] if sigma > PURE_NOISE else [d, *old_ds[:2]]
        x = x + mixed * (target - sigma)
        run.callback(step, x0)
    return x


def _lagrange_integrals(points: Sequence[float], start: float, end: float) -> list[float]:
    """Return the integral of each Lagrange polynomial over `points` from `start` to `end`."""
    from numpy.polynomial import Polynomial

    weights = []
    for place, point in enumerate(points):
        others = [other for number, other in enumerate(points) if number != place]
        scale = math.prod(point - other for other in others)
        integral = (Polynomial.fromroots(others) if others else Polynomial([1.0])).integ()
        weights.append(float(integral(end) - integral(start)) / scale)
    return weights
