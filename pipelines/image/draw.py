"""One prompt becomes one picture: the denoising loop with progress, previews and cancel.

Knows nothing of phrases, files or queues. Noise comes from a CPU generator, one per picture, so
that the same request gives the same noise on every device.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipelines.errors import Cancelled, CannotDraw, InvalidRequest, OutOfMemory
from pipelines.image import samplers
from pipelines.image.device import Offload
from pipelines.image.load import LoadedModel
from pipelines.image.preview import preview_jpeg
from pipelines.requests import Hooks, PictureRequest, Progress, Stage

if TYPE_CHECKING:
    from PIL.Image import Image

PREVIEW_SECONDS = 0.04  # at most 25 previews a second: what a page can show


@dataclass(frozen=True, slots=True)
class Drawing:
    """The pixels and how long they took, first step to decoded picture."""

    image: Image
    seconds: float


class _StepReporter:
    """The callback of every step: cancel, then progress, then a preview when one is due."""

    def __init__(self, model: LoadedModel, steps: int, hooks: Hooks) -> None:
        self._model, self._steps, self._hooks = model, steps, hooks
        self._started = time.perf_counter()
        self._last_preview = -math.inf

    def __call__(self, _pipe: Any, index: int, _timestep: Any, values: Any) -> dict[str, Any]:
        if self._hooks.is_cancelled():
            raise Cancelled
        done = index + 1
        elapsed = time.perf_counter() - self._started
        self._hooks.on_progress(
            Progress(
                step=done,
                steps=self._steps,
                stage=Stage.DRAWING,
                preview=self._preview(done, values["latents"]),
                seconds_left=elapsed / done * (self._steps - done),
            )
        )
        return dict(values)

    def _preview(self, done: int, latents: Any) -> bytes | None:
        preview_map = self._model.preview_map
        now = time.perf_counter()
        is_due = now - self._last_preview >= PREVIEW_SECONDS
        is_milestone = done in (1, math.ceil(self._steps / 2))  # two even of a very fast drawing
        if preview_map is None or not (is_due or is_milestone):
            return None
        self._last_preview = now
        return preview_jpeg(latents[0], preview_map)


def draw(model: LoadedModel, request: PictureRequest, prompt: str, hooks: Hooks) -> Drawing:
    """Draw one picture.

    Raises:
        Cancelled: the hooks asked for it; the pipeline stays usable.
        InvalidRequest: this model cannot draw that size or has no such sampler.
        OutOfMemory, CannotDraw: the machine or the model failed.
    """
    import torch

    check_size(model, request)
    pipeline = model.pipeline
    pipeline.scheduler = samplers.build(request.sampler, model.scheduler_config)
    generator = torch.Generator("cpu").manual_seed(request.seed)
    if hooks.is_cancelled():
        raise Cancelled
    started = time.perf_counter()
    try:
        pixels = pipeline(
            prompt=prompt,
            negative_prompt=request.negative_prompt or None,
            width=request.width,
            height=request.height,
            num_inference_steps=request.steps,
            guidance_scale=request.guidance,
            generator=[generator],
            output_type="pt",
            callback_on_step_end=_StepReporter(model, request.steps, hooks),
        ).images[0]  # (3, height, width), 0..1
    except (torch.OutOfMemoryError, MemoryError) as error:
        raise _out_of_memory(request) from error
    except RuntimeError as error:
        if "not enough memory" in str(error):  # torch's CPU allocator
            raise _out_of_memory(request) from error
        raise
    finally:
        if model.plan.offload is not Offload.NONE:
            pipeline.maybe_free_model_hooks()  # only reached by itself when nothing was raised
    return Drawing(_to_image(pixels, model), time.perf_counter() - started)


def check_size(model: LoadedModel, request: PictureRequest) -> None:
    """Raise InvalidRequest when the model's cells do not fit the sides."""
    multiple = model.family.side_multiple
    for field, side in (("width", request.width), ("height", request.height)):
        if side % multiple:
            raise InvalidRequest("request.multiple", field=field, value=side, multiple=multiple)


def _out_of_memory(request: PictureRequest) -> OutOfMemory:
    return OutOfMemory("draw.memory", width=request.width, height=request.height)


def _to_image(pixels: Any, model: LoadedModel) -> Image:
    import torch
    from PIL import Image

    if not bool(torch.isfinite(pixels).all()):
        raise CannotDraw("draw.not_finite", model=model.name)
    array = (pixels.float().cpu() * 255).round().clamp(0, 255).byte()  # (3, height, width)
    return Image.fromarray(array.permute(1, 2, 0).contiguous().numpy())
