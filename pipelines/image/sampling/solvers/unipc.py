"""UniPC: a predictor, and a corrector that costs no further model call.

Zhao et al. 2023 (arXiv 2302.04867), order 2 with B(h) = exp(h) - 1 ("bh2"), on predicted x0. `h` is
the width of a step in lambda = -log(sigma). All tensors here are latents (B, C, h, w).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from pipelines.image.sampling.solvers.solver import SamplerRun, Tensor, lambda_of


def unipc(x: Tensor, run: SamplerRun) -> Tensor:
    """Predict from the last two x0; correct with the x0 at the arrival, which is known by then."""
    sigmas = run.sigmas
    last_x: Tensor = None  # where the last step began
    old_x0s: list[Tensor] = []  # newest first
    for step in range(run.steps):
        sigma, target = sigmas[step], sigmas[step + 1]
        x0 = run.denoise(x, sigma, step)  # (B, C, h, w)
        if old_x0s:
            x = _correct(last_x, x0, old_x0s, sigmas[max(0, step - 2) : step + 1])
        last_x, old_x0s = x, [x0, *old_x0s[:1]]
        x = x0 if not target else _predict(x, old_x0s, sigmas[max(0, step - 1) : step + 2])
        run.callback(step, x0)
    return x


def _predict(x: Tensor, x0s: list[Tensor], sigmas: Sequence[float]) -> Tensor:
    """Step from sigmas[-2] to sigmas[-1]; sigmas[-3] is that of the older x0."""
    sigma, target = sigmas[-2], sigmas[-1]
    h = lambda_of(target) - lambda_of(sigma)
    h_phi_1 = math.expm1(-h)
    x = x * (target / sigma) - x0s[0] * h_phi_1  # (B, C, h, w)
    if len(x0s) > 1 and len(sigmas) > 2:
        r = (lambda_of(sigmas[-3]) - lambda_of(sigma)) / h  # negative: it lies behind
        x = x - (x0s[1] - x0s[0]) / r * (h_phi_1 / 2)
    return x


def _correct(last_x: Tensor, x0: Tensor, x0s: list[Tensor], sigmas: Sequence[float]) -> Tensor:
    """Take the step that led here again, knowing the `x0` at its end."""
    sigma, target = sigmas[-2], sigmas[-1]
    h = lambda_of(target) - lambda_of(sigma)
    h_phi_1 = math.expm1(-h)
    x = last_x * (target / sigma) - x0s[0] * h_phi_1  # (B, C, h, w)
    difference = x0 - x0s[0]  # (B, C, h, w)
    if len(x0s) == 1 or len(sigmas) < 3:
        return x - difference * (h_phi_1 / 2)
    # the two conditions of order 2 for the weights of the older and the new difference
    r = (lambda_of(sigmas[-3]) - lambda_of(sigma)) / h
    hh = -h  # the paper's, for a model that predicts x0
    phi_2 = h_phi_1 / hh - 1
    first = phi_2 / h_phi_1
    second = (phi_2 / hh - 1 / 2) * 2 / h_phi_1
    newer = (second - r * first) / (1 - r)
    older = first - newer
    return x - ((x0s[1] - x0s[0]) / r * older + difference * newer) * h_phi_1
