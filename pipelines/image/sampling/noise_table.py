"""The noise a model was trained with: its table of sigmas, and sigma <-> timestep.

sigma is the ratio of noise to signal, x = x0 + sigma * noise (Karras et al., arXiv 2206.00364).
Made from a diffusers scheduler config; numpy only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

Array = Any  # numpy array of float64
# what a model of zero terminal SNR has left of the picture at its last timestep: a number, so
# that sigma stays finite (Lin et al. 2023, arXiv 2305.08891; diffusers uses the same)
LEAST_ALPHA = 2.0**-24


@dataclass(frozen=True, slots=True)
class NoiseTable:
    """The sigmas of the training timesteps, rising.

    Attributes:
        is_zero_snr: zero terminal SNR: its last timestep is noise alone, so sampling has to begin
            exactly there.
    """

    sigmas: Array
    is_zero_snr: bool

    @property
    def least(self) -> float:
        """Return the smallest sigma of training."""
        return float(self.sigmas[0])

    @property
    def most(self) -> float:
        """Return the largest sigma of training."""
        return float(self.sigmas[-1])

    def sigma(self, timesteps: Array | float) -> Array:
        """Return the sigmas of timesteps, fractions included (log-linear between two)."""
        places = np.arange(len(self.sigmas))  # (timesteps,)
        return np.exp(np.interp(np.asarray(timesteps, float), places, np.log(self.sigmas)))

    def timestep(self, sigma: float) -> float:
        """Return the timestep of a sigma, with its fraction.

        >>> table = read_noise_table({})
        >>> round(table.timestep(table.most), 3)
        999.0
        """
        places = np.arange(len(self.sigmas), dtype=float)
        return float(np.interp(np.log(max(sigma, 1e-10)), np.log(self.sigmas), places))


def read_noise_table(config: Mapping[str, Any]) -> NoiseTable:
    """Return the table of a diffusers scheduler config; SD 1.5's for what it leaves out."""
    steps = int(config.get("num_train_timesteps") or 1000)
    first = float(config.get("beta_start") or 0.00085)
    last = float(config.get("beta_end") or 0.012)
    shape = str(config.get("beta_schedule") or "scaled_linear")
    if config.get("trained_betas") is not None:
        betas = np.asarray(config["trained_betas"], dtype=float)
    elif shape == "linear":
        betas = np.linspace(first, last, steps)
    elif shape == "scaled_linear":
        betas = np.linspace(first**0.5, last**0.5, steps) ** 2
    else:
        raise ValueError(f"beta schedule {shape!r} is not known")
    alphas = np.cumprod(1 - betas)  # (timesteps,): alpha-bar, the share of the picture's variance
    is_zero_snr = bool(config.get("rescale_betas_zero_snr"))
    if is_zero_snr:  # shifted and scaled so that the last one is 0 and the first as before
        roots = np.sqrt(alphas)
        alphas = ((roots - roots[-1]) * roots[0] / (roots[0] - roots[-1])) ** 2
        alphas[-1] = LEAST_ALPHA
    return NoiseTable(np.sqrt((1 - alphas) / alphas), is_zero_snr)
