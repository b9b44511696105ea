"""What all solvers share: the denoiser they ask, the noise they add, the settings, the report.

sigma counts noise against signal: x = x0 + sigma * noise. Time in formulas is t = -log(sigma).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

Tensor = Any  # torch.Tensor, imported by nobody here
# (x, sigma, step) -> x0, what the picture would be; x is (batch, channels, height, width), fp32
Denoise = Callable[[Tensor, float, int], Tensor]
# () -> fresh noise of the latents' shape, one generator a picture
FreshNoise = Callable[[], Tensor]
# (step, x0): told when a step is finished; raises Cancelled to leave
OnStep = Callable[[int, Tensor], None]


@dataclass(frozen=True, slots=True)
class SamplingOptions:
    """What an expert may turn.

    Attributes:
        churn: noise added before a step (s_churn), between sigmas `churn_least` and `churn_most`.
        noise_scale: multiplies all added noise (s_noise).
    """

    churn: float = 0.0
    churn_least: float = 0.0
    churn_most: float = math.inf
    noise_scale: float = 1.0


@dataclass(frozen=True, slots=True)
class SamplerRun:
    """Everything a solver needs besides the latents.

    Attributes:
        sigmas: falling; the last is 0.
        eta: settled: the person's or the sampler's own.
    """

    denoise: Denoise
    sigmas: Sequence[float]
    fresh_noise: FreshNoise
    on_step: OnStep
    tuning: SamplingOptions
    eta: float

    @property
    def steps(self) -> int:
        """Return how many steps there are."""
        return len(self.sigmas) - 1


Solver = Callable[[Tensor, SamplerRun], Tensor]


def time_of(sigma: float) -> float:
    """Return -log(sigma)."""
    return -math.log(sigma)


def ancestral(sigma: float, target: float, eta: float) -> tuple[float, float]:
    """Return where to go without noise, and how much noise to add there (ancestral sampling)."""
    if not eta or not target:
        return target, 0.0
    up = min(target, eta * math.sqrt(target**2 * (sigma**2 - target**2) / sigma**2))
    return math.sqrt(max(0.0, target**2 - up**2)), up


def churned(x: Tensor, sigma: float, journey: SamplerRun) -> tuple[Tensor, float]:
    """Return the latents and sigma after noise was added before a step, if any is wanted."""
    tuning = journey.tuning
    if not tuning.churn or not tuning.churn_least <= sigma <= tuning.churn_most:
        return x, sigma
    gamma = min(tuning.churn / journey.steps, math.sqrt(2) - 1)
    raised = sigma * (1 + gamma)
    noise = journey.fresh_noise() * tuning.noise_scale
    return x + noise * math.sqrt(raised**2 - sigma**2), raised
