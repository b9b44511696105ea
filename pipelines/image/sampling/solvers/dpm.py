"""DPM-Solver++: exponential integrators on the predicted x0, as ODE and as SDE.

Lu et al. 2022 (arXiv 2211.01095) for 2M and 2S, their SDE forms (section 5 and appendix) for the
rest. In lambda = -log(sigma) the linear part of the equation is solved exactly; `h` is the width of
a step in lambda, as in the papers. All tensors here are latents (B, C, h, w).
"""

from __future__ import annotations

import math
from collections.abc import Callable

from pipelines.image.sampling.solvers.solver import (
    SamplerRun,
    Tensor,
    ancestral,
    lambda_of,
    with_noise,
)

MIDPOINT = 0.5  # r of the papers: where the middle evaluation of a single-step solver lies

PreviousX0 = tuple[Tensor, float]  # an earlier x0, and h of the step that it was predicted for
# from x0, the previous ones (newest first), h and h_eta: what to add to the first-order step
Correction = Callable[[Tensor, list[PreviousX0], float, float], Tensor]


def dpmpp_2m(x: Tensor, run: SamplerRun) -> Tensor:
    """Second order from the last two x0."""
    sigmas = run.sigmas
    old_x0: Tensor = None
    for step in range(run.steps):
        sigma, target = sigmas[step], sigmas[step + 1]
        x0 = run.denoise(x, sigma, step)  # (B, C, h, w)
        if not target:
            x = x0  # lambda of sigma 0 is infinite; the step's limit is x0 itself
        else:
            h = lambda_of(target) - lambda_of(sigma)
            extrapolated = x0
            if old_x0 is not None:
                h_last = lambda_of(sigma) - lambda_of(sigmas[step - 1])
                extrapolated = x0 + (x0 - old_x0) * (h / h_last / 2)  # (B, C, h, w)
            x = x * (target / sigma) - extrapolated * math.expm1(-h)
        old_x0 = x0
        run.callback(step, x0)
    return x


def dpmpp_2s(x: Tensor, run: SamplerRun) -> Tensor:
    """Second order from a model call in the middle of the step; with eta as DPM++ 2S a."""
    sigmas = run.sigmas
    for step in range(run.steps):
        sigma = sigmas[step]
        x0 = run.denoise(x, sigma, step)  # (B, C, h, w)
        sigma_down, sigma_up = ancestral(sigma, sigmas[step + 1], run.eta)
        if not sigma_down:
            x = x + (x - x0) / sigma * (sigma_down - sigma)
        else:
            h = lambda_of(sigma_down) - lambda_of(sigma)
            sigma_mid = math.exp(-(lambda_of(sigma) + MIDPOINT * h))
            x_2 = x * (sigma_mid / sigma) - x0 * math.expm1(-MIDPOINT * h)  # (B, C, h, w)
            x0_mid = run.denoise(x_2, sigma_mid, step)
            x = x * (sigma_down / sigma) - x0_mid * math.expm1(-h)
        x = with_noise(x, sigma_up, run)
        run.callback(step, x0)
    return x


def dpmpp_sde(x: Tensor, run: SamplerRun) -> Tensor:
    """The same with the noise of one Brownian path for the half and the whole step."""
    sigmas = run.sigmas
    for step in range(run.steps):
        sigma, target = sigmas[step], sigmas[step + 1]
        x0 = run.denoise(x, sigma, step)  # (B, C, h, w)
        if not target:
            x = x0
        else:
            x = _sde_step(x, x0, step, run)
        run.callback(step, x0)
    return x


def _sde_step(x: Tensor, x0: Tensor, step: int, run: SamplerRun) -> Tensor:
    sigma, target = run.sigmas[step], run.sigmas[step + 1]
    start = lambda_of(sigma)
    sigma_mid = math.exp(-(start + MIDPOINT * (lambda_of(target) - start)))
    # 1. the Brownian path: the noise of the half step is part of the noise of the whole step
    first, second = run.noise_sampler(), run.noise_sampler()  # (B, C, h, w) each
    share = (sigma - sigma_mid) / (sigma - target)
    whole = first * math.sqrt(share) + second * math.sqrt(1 - share)
    s_noise = run.options.s_noise
    # 2. the half step, and x0 there
    sigma_down, sigma_up = ancestral(sigma, sigma_mid, run.eta)
    x_2 = x * (sigma_down / sigma) - x0 * math.expm1(start - lambda_of(sigma_down))
    x_2 = x_2 + first * (sigma_up * s_noise)  # (B, C, h, w)
    x0_mid = run.denoise(x_2, sigma_mid, step)
    # 3. the whole step with x0 of the middle
    sigma_down, sigma_up = ancestral(sigma, target, run.eta)
    mixed = x0 * (1 - 1 / (2 * MIDPOINT)) + x0_mid * (1 / (2 * MIDPOINT))
    x = x * (sigma_down / sigma) - mixed * math.expm1(start - lambda_of(sigma_down))
    return x + whole * (sigma_up * s_noise)


def dpmpp_2m_sde(x: Tensor, run: SamplerRun) -> Tensor:
    """Second order from the last two x0, with noise (midpoint)."""
    return _multistep_sde(x, run, _midpoint)


def dpmpp_2m_sde_heun(x: Tensor, run: SamplerRun) -> Tensor:
    """The same with Heun's weights."""
    return _multistep_sde(x, run, _heun)


def dpmpp_3m_sde(x: Tensor, run: SamplerRun) -> Tensor:
    """Third order from the last three x0, with noise."""
    return _multistep_sde(x, run, _third_order)


def _multistep_sde(x: Tensor, run: SamplerRun, correction: Correction) -> Tensor:
    sigmas, eta = run.sigmas, run.eta
    old_x0s: list[PreviousX0] = []  # newest first
    for step in range(run.steps):
        sigma, target = sigmas[step], sigmas[step + 1]
        x0 = run.denoise(x, sigma, step)  # (B, C, h, w)
        if not target:
            x = x0
        else:
            h = lambda_of(target) - lambda_of(sigma)
            h_eta = h * (1 + eta)  # noise taken away and made anew makes the step longer
            x = x * math.exp(-h_eta) - x0 * math.expm1(-h_eta)  # (B, C, h, w)
            if old_x0s:
                x = x + correction(x0, old_x0s, h, h_eta)
            x = with_noise(x, target * math.sqrt(-math.expm1(-2 * eta * h)), run)
            old_x0s = [(x0, h), *old_x0s[:1]]
        run.callback(step, x0)
    return x


def _midpoint(x0: Tensor, old_x0s: list[PreviousX0], h: float, h_eta: float) -> Tensor:
    old_x0, h_last = old_x0s[0]
    return (x0 - old_x0) * (-MIDPOINT * math.expm1(-h_eta) * h / h_last)  # (B, C, h, w)


def _heun(x0: Tensor, old_x0s: list[PreviousX0], h: float, h_eta: float) -> Tensor:
    old_x0, h_last = old_x0s[0]
    return (x0 - old_x0) * ((1 + math.expm1(-h_eta) / h_eta) * h / h_last)  # (B, C, h, w)


def _third_order(x0: Tensor, old_x0s: list[PreviousX0], h: float, h_eta: float) -> Tensor:
    """Return what the previous x0 add: one divided difference, or two."""
    phi_2 = math.expm1(-h_eta) / h_eta + 1
    previous, ratios = zip(*((old, h_last / h) for old, h_last in old_x0s), strict=True)
    newer = (x0 - previous[0]) / ratios[0]  # (B, C, h, w)
    if len(old_x0s) == 1:
        return newer * phi_2
    older = (previous[0] - previous[1]) / ratios[1]  # (B, C, h, w)
    both = ratios[0] + ratios[1]
    first = newer + (newer - older) * (ratios[0] / both)  # the first derivative of x0 by lambda
    second = (newer - older) / both  # the second
    return first * phi_2 - second * (phi_2 / h_eta - 0.5)
