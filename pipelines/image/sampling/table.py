"""Samplers as a table: A1111's names, the solver of each, and what it starts from.

Data and lookups only; a solver's file is imported when it is used. The table is what the page and
the docs show. Old names carry the schedule ("DPM++ 2M Karras", before A1111 1.9): `split_name`.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from models.nearest import near
from pipelines.contract.errors import InvalidRequest
from pipelines.image.sampling.schedules import (
    AUTOMATIC,
    SCHEDULE_NAMES,
    TRAILING,
    find_schedule,
)

if TYPE_CHECKING:
    from pipelines.image.sampling.solvers.solver import Solver

DEFAULT = "DDIM"


@dataclass(frozen=True, slots=True)
class Sampler:
    """One row.

    Attributes:
        name: A1111's name.
        solver: file and function in solvers/, "euler:heun".
        schedule: what "Automatic" means with it, for models that need not begin at pure noise.
        eta: share of the noise that is made anew at each step; 0 for none.
        model_calls: calls of the denoiser in a step (NFE a step).
        drops_next_to_last: the last step but one is left out, as in A1111 (too little noise there).
    """

    name: str
    solver: str
    schedule: str = TRAILING
    eta: float = 0.0
    model_calls: int = 1
    drops_next_to_last: bool = False

    def load(self) -> Solver:
        """Return the solver's function."""
        file, function = self.solver.split(":")
        module = import_module(f"pipelines.image.sampling.solvers.{file}")
        solver: Solver = getattr(module, function)
        return solver


TABLE: tuple[Sampler, ...] = (
    Sampler("DDIM", "euler:euler"),  # the crayon's own; few steps are enough
    Sampler("Euler", "euler:euler"),  # plain and dependable
    Sampler("Euler a", "euler:euler", eta=1.0),  # adds noise at every step
    Sampler("Heun", "euler:heun", model_calls=2),  # exact and slow
    Sampler("DPM2", "euler:dpm2", "Karras", model_calls=2, drops_next_to_last=True),
    Sampler("DPM2 a", "euler:dpm2", "Karras", eta=1.0, model_calls=2, drops_next_to_last=True),
    Sampler("DPM++ 2S a", "dpm:dpmpp_2s", "Karras", eta=1.0, model_calls=2),
    Sampler("DPM++ 2M", "dpm:dpmpp_2m", "Karras"),  # good after 20 steps
    Sampler("DPM++ SDE", "dpm:dpmpp_sde", "Karras", eta=1.0, model_calls=2),
    Sampler("DPM++ 2M SDE", "dpm:dpmpp_2m_sde", "Karras", eta=1.0),  # rich detail
    Sampler("DPM++ 2M SDE Heun", "dpm:dpmpp_2m_sde_heun", "Karras", eta=1.0),
    Sampler("DPM++ 3M SDE", "dpm:dpmpp_3m_sde", "Exponential", eta=1.0),  # 30 steps or more
    Sampler("UniPC", "unipc:unipc"),  # good after 10 steps
    Sampler("LMS", "euler:lms"),
    Sampler("PLMS", "euler:plms"),  # what SD 1.4 came with
    Sampler("DDPM", "euler:euler", eta=1.0),  # 50 steps or more
    Sampler("LCM", "distilled:lcm", "SGM Uniform", eta=1.0),  # for LCM models, 4 to 8 steps
    Sampler("TCD", "distilled:tcd", "SGM Uniform", eta=0.3),  # for TCD and Hyper models
)
NAMES: tuple[str, ...] = tuple(row.name for row in TABLE)


def find(name: str) -> Sampler:
    """Return the row of `name`, or raise InvalidRequest naming the nearest one.

    >>> find("Euler a").eta
    1.0
    """
    for row in TABLE:
        if row.name == name:
            return row
    close = near(name[:40], NAMES)
    if not close:
        raise InvalidRequest("request.sampler.far", value=name[:40], known=", ".join(NAMES))
    raise InvalidRequest("request.sampler", value=name[:40], nearest=close)


def resolve(name: str, schedule: str, *, is_zero_snr: bool = False) -> tuple[Sampler, str]:
    """Return the row and the schedule of what a request names; old names carry the schedule.

    A model of zero terminal SNR has to begin at pure noise, evenly: "Automatic" is "Trailing" then.

    >>> row, schedule = resolve("DPM++ 2M", "Automatic")
    >>> row.name, schedule
    ('DPM++ 2M', 'Karras')
    """
    if schedule == AUTOMATIC:
        name, schedule = split_name(name)
    row = find(name)
    if schedule != AUTOMATIC:
        return row, find_schedule(schedule).name
    return row, TRAILING if is_zero_snr else row.schedule


def split_name(name: str) -> tuple[str, str]:
    """Return sampler and schedule of a name as A1111 wrote it before 1.9.

    >>> split_name("DPM++ 2M Karras"), split_name("Euler a")
    (('DPM++ 2M', 'Karras'), ('Euler a', 'Automatic'))
    """
    for schedule in sorted(SCHEDULE_NAMES, key=len, reverse=True):
        sampler = name.removesuffix(f" {schedule}")
        if sampler != name and sampler in NAMES:
            return sampler, schedule
    return name, AUTOMATIC
