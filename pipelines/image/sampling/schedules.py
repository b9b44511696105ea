"""Noise schedules: the sigmas that a sampler steps through, as a table of pure functions.

A schedule returns steps + 1 falling sigmas, the last of them 0. Names are A1111's. Knows no
sampler and no model but its noise table.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from models.nearest import near
from pipelines.contract.errors import InvalidRequest
from pipelines.image.sampling.noise_table import Array, NoiseTable

AUTOMATIC = "Automatic"
TRAILING = "Trailing"
DEFAULT_RHO = 7.0  # Karras et al. 2022, arXiv 2206.00364, section 3
BETA_SHAPE = 0.6  # both parameters, Lee et al. 2024, arXiv 2407.12173


@dataclass(frozen=True, slots=True)
class Range:
    """Where a schedule begins and ends.

    Attributes:
        least, most: sigmas; 0 for those of training.
        rho: how much of the steps goes to little noise (Karras, polyexponential); 0 for the usual.
    """

    least: float = 0.0
    most: float = 0.0
    rho: float = 0.0


@dataclass(frozen=True, slots=True)
class _Ends:
    least: float
    most: float
    rho: float


Curve = Callable[[int, NoiseTable, _Ends], Array]


@dataclass(frozen=True, slots=True)
class Schedule:
    """One row: the name people know and the function."""

    name: str
    curve: Curve
    note: str


def _timesteps(table: NoiseTable, ends: _Ends, count: int) -> Array:
    return np.linspace(table.timestep(ends.most), table.timestep(ends.least), count)


def _uniform(steps: int, table: NoiseTable, ends: _Ends) -> Array:
    return table.sigma(_timesteps(table, ends, steps))


def _sgm_uniform(steps: int, table: NoiseTable, ends: _Ends) -> Array:
    return table.sigma(_timesteps(table, ends, steps + 1)[:-1])


def _karras(steps: int, _table: NoiseTable, ends: _Ends) -> Array:
    rho = ends.rho or DEFAULT_RHO
    low, high = ends.least ** (1 / rho), ends.most ** (1 / rho)
    return (high + np.linspace(0, 1, steps) * (low - high)) ** rho


def _exponential(steps: int, _table: NoiseTable, ends: _Ends) -> Array:
    return np.exp(np.linspace(np.log(ends.most), np.log(ends.least), steps))


def _polyexponential(steps: int, _table: NoiseTable, ends: _Ends) -> Array:
    ramp = np.linspace(1, 0, steps) ** (ends.rho or 1.0)
    return np.exp(ramp * (np.log(ends.most) - np.log(ends.least)) + np.log(ends.least))


def _trailing(steps: int, table: NoiseTable, _ends: _Ends) -> Array:
    count = len(table.sigmas)
    places = np.round(count - np.arange(steps) * count / steps) - 1
    return table.sigmas[places.astype(int)]


def _simple(steps: int, table: NoiseTable, _ends: _Ends) -> Array:
    count = len(table.sigmas)
    places = count - 1 - (np.arange(steps) * count / steps).astype(int)
    return table.sigmas[places]


def _leading(steps: int, table: NoiseTable, _ends: _Ends) -> Array:
    count = len(table.sigmas)
    places = (np.arange(steps) * (count // steps) + 1).clip(max=count - 1)[::-1]
    return table.sigmas[places]


def _beta(steps: int, table: NoiseTable, _ends: _Ends) -> Array:
    from scipy.stats import beta

    shares = beta.ppf(1 - np.linspace(0, 1, steps, endpoint=False), BETA_SHAPE, BETA_SHAPE)
    places = np.unique(np.rint(shares * (len(table.sigmas) - 1)).astype(int))[::-1]
    return table.sigmas[places]


def _kl_optimal(steps: int, _table: NoiseTable, ends: _Ends) -> Array:
    ramp = np.linspace(0, 1, steps)
    return np.tan(ramp * np.arctan(ends.least) + (1 - ramp) * np.arctan(ends.most))


SCHEDULES: tuple[Schedule, ...] = (
    Schedule(TRAILING, _trailing, "evenly over the timesteps, from the very last one"),
    Schedule("Uniform", _uniform, "evenly over the timesteps, from the last to the first"),
    Schedule("Karras", _karras, "Karras et al. 2022: more steps where little noise is left"),
    Schedule("Exponential", _exponential, "evenly over log sigma"),
    Schedule("Polyexponential", _polyexponential, "the same, bent by rho"),
    Schedule("SGM Uniform", _sgm_uniform, "as in SDXL's own code: the first timestep is left out"),
    Schedule("KL Optimal", _kl_optimal, "Sabour et al. 2024, arXiv 2404.14507, theorem 3.1"),
    Schedule("Simple", _simple, "every n-th sigma of training, counted from the end"),
    Schedule("DDIM", _leading, "every n-th sigma of training, counted from the beginning"),
    Schedule("Beta", _beta, "Lee et al. 2024: more steps at both ends"),
)
SCHEDULE_NAMES: tuple[str, ...] = (AUTOMATIC, *(row.name for row in SCHEDULES))


def find_schedule(name: str) -> Schedule:
    """Return the row of `name`, or raise InvalidRequest naming the nearest one.

    >>> find_schedule("Karras").name
    'Karras'
    """
    for row in SCHEDULES:
        if row.name == name:
            return row
    close = near(name[:40], SCHEDULE_NAMES)
    if not close:
        known = ", ".join(SCHEDULE_NAMES)
        raise InvalidRequest("request.schedule.far", value=name[:40], known=known)
    raise InvalidRequest("request.schedule", value=name[:40], nearest=close)


def sigmas(name: str, steps: int, table: NoiseTable, span: Range = Range()) -> Array:
    """Return the falling sigmas of a schedule, 0 at the end; at most `steps` + 1.

    Raises InvalidRequest when the range is upside down or outside of the model's.
    """
    ends = _Ends(span.least or table.least, span.most or table.most, span.rho)
    if not table.least * 0.1 <= ends.least < ends.most <= table.most * 1.01:
        raise InvalidRequest(
            "request.sigmas",
            value=f"{ends.least:g}-{ends.most:g}",
            low=round(table.least * 0.1, 5),
            high=round(table.most, 3),
        )
    curve = find_schedule(name).curve(steps, table, ends)
    return np.append(curve, 0.0)
