"""The sampling passes of a request: the first one and, with hires fix, a second, larger one.

Each is a list of sigmas and a size. Knows no tensors.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.contract.requests import PictureRequest
from pipelines.image.conditioning.prepare import ScheduleSteps
from pipelines.image.generate.hires import hires_size
from pipelines.image.loading.load import LoadedModel
from pipelines.image.sampling.schedules import Range, sigmas
from pipelines.image.sampling.table import Sampler, resolve


@dataclass(frozen=True, slots=True)
class SamplingPass:
    """One run of the sampler.

    Attributes:
        sigmas: falling, 0 at the end; one more than there are steps.
        width, height: pixels.
        schedule_steps: as `[cat:dog:0.4]` in the prompt counts steps.
    """

    sigmas: list[float]
    width: int
    height: int
    schedule_steps: ScheduleSteps

    @property
    def steps(self) -> int:
        """Return how many steps there are; none where the strength is 0."""
        return len(self.sigmas) - 1


def sampling_passes(model: LoadedModel, request: PictureRequest) -> tuple[SamplingPass, ...]:
    """Return the passes of a request, one or two."""
    full = _sigmas(model, request, request.steps)
    steps = len(full) - 1
    left = full
    if request.source is not None:  # image-to-image takes the last part of the schedule only
        left = at_strength(full, request.source.strength)
    counted = ScheduleSteps(steps, skipped=steps - (len(left) - 1))
    first = SamplingPass(left, request.width, request.height, counted)
    hires = request.hires
    if hires is None:
        return (first,)
    size = hires_size(request.width, request.height, hires.scale, model.family.side_multiple)
    left = at_strength(_sigmas(model, request, hires.steps or request.steps), hires.strength)
    return first, SamplingPass(left, *size, ScheduleSteps(steps, second=len(left) - 1))


def at_strength(sigmas: list[float], strength: float) -> list[float]:
    """Return the last `strength` of a schedule: one step at least, none for 0.

    >>> at_strength([10.0, 5.0, 2.0, 1.0, 0.0], 0.5)
    [2.0, 1.0, 0.0]
    >>> at_strength([10.0, 5.0, 0.0], 0)
    [0.0]
    """
    if not strength:
        return sigmas[-1:]
    steps = max(1, min(len(sigmas) - 1, round((len(sigmas) - 1) * strength)))
    return sigmas[-(steps + 1) :]


def sampler_and_schedule(model: LoadedModel, request: PictureRequest) -> tuple[Sampler, str]:
    """Return the sampler of a request and the name of its noise schedule for this model."""
    is_zero_snr = model.table.is_zero_snr
    return resolve(request.sampler, request.schedule, is_zero_snr=is_zero_snr)


def _sigmas(model: LoadedModel, request: PictureRequest, steps: int) -> list[float]:
    """Return the sigmas of a whole schedule, the last of them 0."""
    sampler, schedule = sampler_and_schedule(model, request)
    tuning = request.tuning
    span = Range(tuning.sigma_least, tuning.sigma_most, tuning.rho)
    more = 1 if sampler.drops_next_to_last else 0
    found = [float(sigma) for sigma in sigmas(schedule, steps + more, model.table, span)]
    return found[:-2] + found[-1:] if more else found
