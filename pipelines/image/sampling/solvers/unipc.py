"""UniPC: a predictor, and a corrector that costs no further look at the model.

Zhao et al. 2023 (arXiv 2302.04867), order 2 with B(h) = exp(h) - 1 ("bh2"), on predicted pictures.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from pipelines.image.sampling.solvers.solver import SamplerRun, Tensor, time_of


def unipc(x: Tensor, journey: SamplerRun) -> Tensor:
    """Predict from the last two pictures; correct with the picture seen at the arrival."""
    sigmas = journey.sigmas
    start: Tensor = None  # where the last step began
    pictures: list[Tensor] = []  # newest first
    for step in range(journey.steps):
        sigma, target = sigmas[step], sigmas[step + 1]
        x0 = journey.denoise(x, sigma, step)
        if pictures:
            x = _correct(start, x0, pictures, sigmas[max(0, step - 2) : step + 1])
        start, pictures = x, [x0, *pictures[:1]]
        x = x0 if not target else _predict(x, pictures, sigmas[max(0, step - 1) : step + 2])
        journey.on_step(step, x0)
    return x


def _predict(x: Tensor, pictures: list[Tensor], path: Sequence[float]) -> Tensor:
    """Step from path[-2] to path[-1]; path[-3] is where the older picture was seen."""
    sigma, target = path[-2], path[-1]
    width = time_of(target) - time_of(sigma)
    rise = math.expm1(-width)
    x = x * (target / sigma) - pictures[0] * rise
    if len(pictures) > 1 and len(path) > 2:
        ratio = (time_of(path[-3]) - time_of(sigma)) / width  # negative: it lies behind
        x = x - (pictures[1] - pictures[0]) / ratio * (rise / 2)
    return x


def _correct(start: Tensor, x0: Tensor, pictures: list[Tensor], path: Sequence[float]) -> Tensor:
    """Take the step that led here again, knowing the picture `x0` at its end."""
    sigma, target = path[-2], path[-1]
    width = time_of(target) - time_of(sigma)
    rise = math.expm1(-width)
    x = start * (target / sigma) - pictures[0] * rise
    there = x0 - pictures[0]
    if len(pictures) == 1 or len(path) < 3:
        return x - there * (rise / 2)
    # the two conditions of order 2 for the weights of the older and the new difference
    ratio = (time_of(path[-3]) - time_of(sigma)) / width
    span = -width
    phi2 = rise / span - 1
    first = phi2 / rise
    second = (phi2 / span - 1 / 2) * 2 / rise
    newer = (second - ratio * first) / (1 - ratio)
    older = first - newer
    return x - ((pictures[1] - pictures[0]) / ratio * older + there * newer) * rise
