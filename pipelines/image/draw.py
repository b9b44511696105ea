"""One request becomes one picture: from noise along a schedule, with progress, previews and cancel.

Knows nothing of phrases, files or queues. Noise comes from a CPU generator, one per picture, so
that the same request gives the same noise on every device.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipelines.errors import Cancelled, InvalidRequest, OutOfMemory
from pipelines.image.conditioning.prepare import prepare
from pipelines.image.device import Offload
from pipelines.image.guide import Guidance, Guide
from pipelines.image.latents import to_images
from pipelines.image.load import LoadedModel
from pipelines.image.noise import NoiseSource
from pipelines.image.preview import preview_jpeg
from pipelines.image.sampling.schedules import sigmas
from pipelines.image.sampling.solvers.solver import Journey, Tuning
from pipelines.image.sampling.table import Sampler, resolve
from pipelines.requests import Hooks, PictureRequest, Progress, Stage

if TYPE_CHECKING:
    from PIL.Image import Image

PREVIEW_SECONDS = 0.04  # at most 25 previews a second: what a page can show


@dataclass(frozen=True, slots=True)
class Drawing:
    """The pixels and how long they took, first step to decoded picture."""

    image: Image
    seconds: float


class _Reporter:
    """Told after every step: progress, then a preview when one is due."""

    def __init__(self, model: LoadedModel, steps: int, hooks: Hooks) -> None:
        self._model, self._steps, self._hooks = model, steps, hooks
        self._started = time.perf_counter()
        self._last_preview = -math.inf

    def stop_if_asked(self) -> None:
        """Raise Cancelled when the person said stop; called before each look at the model."""
        if self._hooks.is_cancelled():
            raise Cancelled

    def __call__(self, step: int, x0: Any) -> None:
        """Report the step and what the picture would be now."""
        self.stop_if_asked()
        done = step + 1
        elapsed = time.perf_counter() - self._started
        self._hooks.on_progress(
            Progress(
                step=done,
                steps=self._steps,
                stage=Stage.DRAWING,
                preview=self._preview(done, x0),
                seconds_left=elapsed / done * (self._steps - done),
            )
        )

    def _preview(self, done: int, x0: Any) -> bytes | None:
        preview_map = self._model.preview_map
        now = time.perf_counter()
        is_due = now - self._last_preview >= PREVIEW_SECONDS
        is_milestone = done in (1, math.ceil(self._steps / 2))  # two even of a very fast drawing
        if preview_map is None or not (is_due or is_milestone):
            return None
        self._last_preview = now
        return preview_jpeg(x0[0], preview_map)


def draw(model: LoadedModel, request: PictureRequest, prompt: str, hooks: Hooks) -> Drawing:
    """Draw one picture.

    Raises:
        Cancelled: the hooks asked for it; the model stays usable.
        InvalidRequest: this model cannot draw that size or has no such sampler.
        OutOfMemory, CannotDraw: the machine or the model failed.
    """
    import torch

    check_size(model, request)
    sampler, schedule = resolve(
        request.sampler, request.schedule, is_zero_snr=model.table.is_zero_snr
    )
    course = _course(model, sampler, schedule, request.steps)
    reporter = _Reporter(model, len(course) - 1, hooks)
    reporter.stop_if_asked()
    started = time.perf_counter()
    try:
        x0 = _denoise(model, request, prompt, sampler, course, reporter)
        image = to_images(model.space.decode(x0))[0]
    except (torch.OutOfMemoryError, MemoryError) as error:
        raise _out_of_memory(request) from error
    except RuntimeError as error:
        if "not enough memory" in str(error):  # torch's CPU allocator
            raise _out_of_memory(request) from error
        raise
    finally:
        if model.plan.offload is not Offload.NONE:
            model.pipeline.maybe_free_model_hooks()
    return Drawing(image, time.perf_counter() - started)


def _course(model: LoadedModel, sampler: Sampler, schedule: str, steps: int) -> list[float]:
    """Return the sigmas to go through, the last of them 0."""
    extra = 1 if sampler.drops_next_to_last else 0
    found = [float(sigma) for sigma in sigmas(schedule, steps + extra, model.table)]
    return found[:-2] + found[-1:] if extra else found


def _denoise(
    model: LoadedModel,
    request: PictureRequest,
    prompt: str,
    sampler: Sampler,
    course: list[float],
    reporter: _Reporter,
) -> Any:
    """Return the finished latents (1, channels, height, width)."""
    device = model.pipeline._execution_device
    # 1. what the model hears
    conditioning = prepare(model.encoder, prompt, request.negative_prompt, len(course) - 1)
    # 2. where it starts
    factor = model.space.factor
    shape = (model.space.channels, request.height // factor, request.width // factor)
    noise = NoiseSource([request.seed], shape, device)
    x = noise.first() * math.sqrt(course[0] ** 2 + 1)
    # 3. the way
    guide = Guide(
        model.pipeline.unet,
        model.table,
        model.prediction,
        conditioning,
        Guidance(request.guidance),
        len(course) - 1,
        size_ids=model.size_ids(request.width, request.height),
        before_call=reporter.stop_if_asked,
    )
    journey = Journey(guide, course, noise.fresh, reporter, Tuning(), sampler.eta)
    return sampler.load()(x, journey)


def check_size(model: LoadedModel, request: PictureRequest) -> None:
    """Raise InvalidRequest when the model's cells do not fit the sides."""
    multiple = model.family.side_multiple
    for field, side in (("width", request.width), ("height", request.height)):
        if side % multiple:
            raise InvalidRequest("request.multiple", field=field, value=side, multiple=multiple)


def _out_of_memory(request: PictureRequest) -> OutOfMemory:
    return OutOfMemory("draw.memory", width=request.width, height=request.height)
