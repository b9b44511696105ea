"""What all solvers share: the denoiser's signature, noise, options, ancestral steps and churn.

sigma is the ratio of noise to signal, x = x0 + sigma * noise (Karras et al., arXiv 2206.00364). The
names are those of k-diffusion: s_churn, sigma_down, sigma_up, to_d. Shapes: B pictures, C channels,
h x w cells of the latents.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

Tensor = Any  # torch.Tensor, imported by nobody here
# (x, sigma, step) -> x0, the denoised latents that the model predicts; both (B, C, h, w), fp32
Denoise = Callable[[Tensor, float, int], Tensor]
# () -> fresh noise (B, C, h, w), one generator a picture
NoiseSampler = Callable[[], Tensor]
# (step, x0) after every step; raises Cancelled to leave
StepCallback = Callable[[int, Tensor], None]


@dataclass(frozen=True, slots=True)
class SamplingOptions:
    """The stochastic settings of Karras et al. 2022, algorithm 2.

    Attributes:
        s_churn: noise added before steps, spread over all of them; 0 for none.
        s_tmin, s_tmax: sigmas between which it is added.
        s_noise: multiplies all noise added on the way.
    """

    s_churn: float = 0.0
    s_tmin: float = 0.0
    s_tmax: float = math.inf
    s_noise: float = 1.0


@dataclass(frozen=True, slots=True)
class SamplerRun:
    """Everything a solver needs besides the latents.

    Attributes:
        sigmas: falling; the last is 0.
        eta: share of the noise made anew at each step: the request's or the sampler's own.
    """

    denoise: Denoise
    sigmas: Sequence[float]
    noise_sampler: NoiseSampler
    callback: StepCallback
    options: SamplingOptions
    eta: float

    @property
    def steps(self) -> int:
        """Return how many steps there are."""
        return len(self.sigmas) - 1


Solver = Callable[[Tensor, SamplerRun], Tensor]


def to_d(x: Tensor, sigma: float, x0: Tensor) -> Tensor:
    """Return the derivative dx/dsigma of the probability flow ODE."""
    return (x - x0) / sigma  # (B, C, h, w)


def lambda_of(sigma: float) -> float:
    """Return -log(sigma), half the log-SNR: the time of exponential integrators.

    In this time the linear part of the ODE is solved exactly, and only x0 has to be extrapolated.
    """
    return -math.log(sigma)


def ancestral(sigma: float, target: float, eta: float) -> tuple[float, float]:
    """Return sigma_down and sigma_up: where to step without noise, and how much to add there.

    Variances add: sigma_down**2 + sigma_up**2 == target**2.
    """
    if not eta or not target:
        return target, 0.0
    sigma_up = min(target, eta * math.sqrt(target**2 * (sigma**2 - target**2) / sigma**2))
    return math.sqrt(max(0.0, target**2 - sigma_up**2)), sigma_up


def with_noise(x: Tensor, sigma_up: float, run: SamplerRun) -> Tensor:
    """Return the latents (B, C, h, w) with fresh noise of `sigma_up` added."""
    if not sigma_up:
        return x
    return x + run.noise_sampler() * (sigma_up * run.options.s_noise)


def churned(x: Tensor, sigma: float, run: SamplerRun) -> tuple[Tensor, float]:
    """Return the latents and their sigma after churn: noise added before a step, if any is wanted.

    The step then starts from a higher sigma and corrects errors of the steps before.
    """
    options = run.options
    if not options.s_churn or not options.s_tmin <= sigma <= options.s_tmax:
        return x, sigma
    gamma = min(options.s_churn / run.steps, math.sqrt(2) - 1)  # the paper's limit
    sigma_hat = sigma * (1 + gamma)
    noise = run.noise_sampler() * options.s_noise  # (B, C, h, w)
    return x + noise * math.sqrt(sigma_hat**2 - sigma**2), sigma_hat
