"""Samplers as a table: A1111's names, and what each is in diffusers.

Data and lookups only; diffusers is imported when a scheduler is built. Names carry the schedule
("DPM++ 2M Karras") the way A1111 wrote them before 1.9, which every reader of its infotext splits.
Every row fixes `timestep_spacing`, otherwise the checkpoint's own leaks in.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import Any

from pipelines.errors import InvalidRequest

DEFAULT = "DDIM"


@dataclass(frozen=True, slots=True)
class Sampler:
    """One row: the name people know, the scheduler class, its options.

    Attributes:
        name: A1111's name.
        scheduler: class name in diffusers.
        options: overrides of the checkpoint's scheduler config.
        is_random: it adds noise on the way, so more steps give another picture.
    """

    name: str
    scheduler: str
    options: tuple[tuple[str, str | bool | int], ...]
    is_random: bool = False


# "trailing" starts at the very last timestep. Few-step sampling and zero-terminal-SNR models
# (our crayon) need that; SD 1.5 is as good with it (Lin et al. 2023, arXiv 2305.08891).
_TRAILING = ("timestep_spacing", "trailing")
_KARRAS = ("use_karras_sigmas", True)
_SDE = ("algorithm_type", "sde-dpmsolver++")

TABLE: tuple[Sampler, ...] = (
    Sampler("DDIM", "DDIMScheduler", (_TRAILING,)),
    Sampler("Euler", "EulerDiscreteScheduler", (_TRAILING,)),
    Sampler("Euler a", "EulerAncestralDiscreteScheduler", (_TRAILING,), is_random=True),
    Sampler("DPM++ 2M", "DPMSolverMultistepScheduler", (_TRAILING,)),
    Sampler("DPM++ 2M Karras", "DPMSolverMultistepScheduler", (_TRAILING, _KARRAS)),
    Sampler("DPM++ 2M SDE", "DPMSolverMultistepScheduler", (_TRAILING, _SDE), is_random=True),
    Sampler("UniPC", "UniPCMultistepScheduler", (_TRAILING,)),
    Sampler("LCM", "LCMScheduler", (), is_random=True),
)
NAMES: tuple[str, ...] = tuple(row.name for row in TABLE)


def find(name: str) -> Sampler:
    """Return the row of `name`, or raise InvalidRequest naming the nearest one.

    >>> find("Euler a").scheduler
    'EulerAncestralDiscreteScheduler'
    """
    for row in TABLE:
        if row.name == name:
            return row
    nearest = difflib.get_close_matches(name, NAMES, n=1, cutoff=0.0)
    raise InvalidRequest("request.sampler", value=name[:40], nearest=(nearest or [DEFAULT])[0])


def build(name: str, config: dict[str, Any]) -> Any:
    """Build the diffusers scheduler of `name` on top of a checkpoint's scheduler config."""
    import diffusers

    row = find(name)
    scheduler = getattr(diffusers, row.scheduler)
    return scheduler.from_config(config, **dict(row.options))
