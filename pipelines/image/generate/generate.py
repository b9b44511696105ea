"""An order becomes pictures: from noise along a schedule, with progress, previews and cancel.

Knows nothing of phrases, files or queues. Noise comes from a CPU generator, one per picture, so
that the same request gives the same noise on every device, alone or with others.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from pipelines.contract.errors import OutOfMemory
from pipelines.contract.painter import Hooks
from pipelines.contract.picture_settings import Hires
from pipelines.contract.requests import PictureRequest
from pipelines.image.accelerate.denoiser import report_warm_up
from pipelines.image.accelerate.token_merging import merged
from pipelines.image.conditioning.prepare import ScheduleSteps, prepare
from pipelines.image.generate.cfg_denoiser import CFGDenoiser, Guidance, RefinerSwitch
from pipelines.image.generate.hires import hires_size, is_latent, upscale_latents
from pipelines.image.generate.init_image import (
    InitImage,
    OpenPicture,
    no_pictures,
    prepare_init_image,
)
from pipelines.image.generate.initial_latents import (
    INPAINT_CHANNELS,
    InitialLatents,
    from_init_image,
    from_latents,
    from_noise,
    full_mask,
    shortened,
)
from pipelines.image.generate.noise import NoiseSource, Variation
from pipelines.image.generate.progress import StepReporter
from pipelines.image.latents.vae import LatentSpace, from_image, to_images
from pipelines.image.loading.load import LoadedModel
from pipelines.image.memory.device import Offload
from pipelines.image.sampling.schedules import Range, sigmas
from pipelines.image.sampling.solvers.solver import Denoise, SamplerRun
from pipelines.image.sampling.solvers.solver import SamplingOptions as SolverTuning
from pipelines.image.sampling.table import Sampler, resolve
from pipelines.image.upscale.upscalers import Enlarge, resample

if TYPE_CHECKING:
    from PIL.Image import Image


@dataclass(frozen=True, slots=True)
class GenerationSpec:
    """Pictures that are drawn in one go.

    Attributes:
        request: what they share; its seeds are not looked at.
        prompt: what the model hears.
        seeds: of the first noise, one a picture.
        variations: seeds of the noise it is bent towards, one a picture.
        space: a VAE in place of the model's own; None for that.
        refiner: the model that the request's refiner names; None without one.
        enlarge: what makes pixels larger for the second pass; None where latents are.
    """

    request: PictureRequest
    prompt: str
    seeds: tuple[int, ...]
    variations: tuple[int, ...]
    space: LatentSpace | None = None
    refiner: LoadedModel | None = None
    enlarge: Enlarge | None = None


@dataclass(frozen=True, slots=True)
class GenerationResult:
    """The pictures, and how long they took together: first step to last decoded picture."""

    images: tuple[Image, ...]
    seconds: float


def generate(
    model: LoadedModel,
    order: GenerationSpec,
    hooks: Sequence[Hooks],
    open_picture: OpenPicture = no_pictures,
) -> GenerationResult:
    """Draw the pictures of an order.

    Args:
        hooks: one listener a picture.
        open_picture: finds the pictures that a request's source names.

    Raises:
        Cancelled: all hooks asked for it; the model stays usable.
        InvalidRequest: this model cannot draw that size or has no such sampler.
        OutOfMemory, CannotDraw: the machine or the model failed.
    """
    import torch

    request = order.request
    model.family.check_sides(request.width, request.height)
    passes = _passes(model, request)
    reporter = StepReporter(model, sum(one.steps for one in passes), hooks)
    reporter.check_cancelled()
    started = time.perf_counter()
    try:
        is_exact, ratio = request.tuning.is_exact, request.tuning.token_merging
        denoisers = [one.denoiser for one in (model, order.refiner) if one is not None]
        with (
            exactly(is_exact),
            merged(model.denoiser, ratio),
            report_warm_up(reporter.warm_up, *denoisers),
        ):
            images = _GenerationRun(model, order, reporter, open_picture).pictures(passes)
    except (torch.OutOfMemoryError, MemoryError) as error:
        raise _out_of_memory(request) from error
    except RuntimeError as error:
        if "not enough memory" in str(error):  # torch's CPU allocator
            raise _out_of_memory(request) from error
        raise
    finally:
        for one in (model, order.refiner):
            if one is not None and one.plan.offload is not Offload.NONE:
                one.pipeline.maybe_free_model_hooks()
    return GenerationResult(images, time.perf_counter() - started)


@dataclass(frozen=True, slots=True)
class _Pass:
    """One way from noise to picture: how far, how large."""

    course: list[float]
    width: int
    height: int
    counted: ScheduleSteps  # as schedules in the prompt count them

    @property
    def steps(self) -> int:
        return len(self.course) - 1


def _passes(model: LoadedModel, request: PictureRequest) -> list[_Pass]:
    """Return the first pass and, with hires, the second; a strength of 0 has no steps."""
    course = _course(model, request, request.steps)
    whole = len(course) - 1
    if request.source is not None:
        strength = request.source.strength
        course = shortened(course, strength) if strength else course[-1:]
    counted = ScheduleSteps(whole, skipped=whole - (len(course) - 1))
    found = [_Pass(course, request.width, request.height, counted)]
    hires = request.hires
    if hires is not None:
        size = hires_size(request.width, request.height, hires.scale, model.family.side_multiple)
        course = _course(model, request, hires.steps or request.steps)
        course = shortened(course, hires.strength) if hires.strength else course[-1:]
        found.append(_Pass(course, *size, ScheduleSteps(whole, second=len(course) - 1)))
    return found


def _course(model: LoadedModel, request: PictureRequest, steps: int) -> list[float]:
    """Return the sigmas to go through, the last of them 0."""
    sampler, schedule = _sampler(model, request)
    tuning = request.tuning
    span = Range(tuning.sigma_least, tuning.sigma_most, tuning.rho)
    extra = 1 if sampler.drops_next_to_last else 0
    found = [float(sigma) for sigma in sigmas(schedule, steps + extra, model.table, span)]
    return found[:-2] + found[-1:] if extra else found


def _sampler(model: LoadedModel, request: PictureRequest) -> tuple[Sampler, str]:
    is_zero_snr = model.table.is_zero_snr
    return resolve(request.sampler, request.schedule, is_zero_snr=is_zero_snr)


@dataclass(frozen=True, slots=True)
class _Finished:
    """What a pass ended with: latents, or pictures where no model was asked."""

    latents: Any = None
    images: tuple[Image, ...] = ()


class _GenerationRun:
    """Everything one drawing needs on its way; made and used once."""

    def __init__(
        self,
        model: LoadedModel,
        order: GenerationSpec,
        reporter: StepReporter,
        open_picture: OpenPicture,
    ) -> None:
        self._model, self._order, self._request = model, order, order.request
        self._reporter, self._open_picture = reporter, open_picture
        self._space = order.space or model.space
        self._device = model.space.device
        self._channels = int(model.pipeline.unet.config.in_channels)

    def pictures(self, passes: list[_Pass]) -> tuple[Image, ...]:
        """Go all the way."""
        request = self._request
        start = None
        if request.source is not None:
            size = (passes[0].width, passes[0].height)
            start = prepare_init_image(request.source, self._open_picture, size)
        # 1. a picture to start from that is to stay as it is needs no first pass
        if start is not None and not passes[0].steps:
            finished = _Finished(images=(start.image,) * len(self._order.seeds))
        else:
            finished = _Finished(latents=self._first(passes[0], start))
        # 2. larger, and over it again
        if request.hires is not None:
            finished = self._second(passes[1], request.hires, finished)
        # 3. what a mask left alone comes back
        images = finished.images or self._decoded(finished.latents)
        has_parts = start is not None and bool(passes[0].steps)
        return tuple(start.put_back(one) if start and has_parts else one for one in images)

    def _first(self, way: _Pass, start: InitImage | None) -> Any:
        """Return the finished latents of the first pass."""
        noise = self._noise(way)
        source = self._request.source
        if start is not None and source is not None:
            begun = from_init_image(start, self._space, noise, way.course, source, self._channels)
        else:
            begun = self._whole(from_noise(noise, way.course, self._variation()))
        return self._go(begun, way, noise)

    def _second(self, way: _Pass, hires: Hires, finished: _Finished) -> _Finished:
        """Make what is finished larger and, unless its strength is 0, draw it over."""
        size = (way.width, way.height)
        if is_latent(hires):
            latents = finished.latents
            if latents is None:
                latents = self._encoded(finished.images)
            latents = upscale_latents(latents, self._space, hires.upscaler, size)
        else:
            enlarge = self._order.enlarge or resample("Lanczos")
            images = finished.images or self._decoded(finished.latents)
            images = tuple(enlarge(one, size, self._reporter.tile) for one in images)
            if not way.steps:
                return _Finished(images=images)
            latents = self._encoded(images)
        noise = self._noise(way)
        begun = self._whole(from_latents(latents, noise, way.course))
        return _Finished(latents=self._go(begun, way, noise))

    def _whole(self, begun: InitialLatents) -> InitialLatents:
        """Tell a model made for inpainting that everything is to be drawn."""
        if self._channels != INPAINT_CHANNELS:
            return begun
        known = full_mask(self._space, begun.latents.shape[-2:])
        return replace(begun, known=known)

    def _decoded(self, latents: Any) -> tuple[Image, ...]:
        return tuple(to_images(self._space.decode(latents)))

    def _encoded(self, images: tuple[Image, ...]) -> Any:
        import torch

        return self._space.encode(torch.cat([from_image(image) for image in images]))

    def _noise(self, way: _Pass) -> NoiseSource:
        factor = self._space.factor
        shape = (self._space.channels, way.height // factor, way.width // factor)
        return NoiseSource(self._order.seeds, shape, self._device)

    def _variation(self) -> Variation | None:
        strength = self._request.tuning.variation_strength
        return Variation(self._order.variations, strength) if strength else None

    def _go(self, begun: InitialLatents, way: _Pass, noise: NoiseSource) -> Any:
        """Return the finished latents (batch, channels, height, width) of one pass."""
        request, tuning = self._request, self._request.tuning
        sampler, _ = _sampler(self._model, request)
        guide: Denoise = self._guide(self._model, begun, way)
        refiner = request.refiner
        if refiner is not None and self._order.refiner is not None:
            switch = math.ceil(way.steps * refiner.switch_at)
            guide = RefinerSwitch(guide, self._guide(self._order.refiner, begun, way), switch)
        finer = SolverTuning(
            tuning.churn,
            tuning.churn_least,
            tuning.churn_most or math.inf,
            tuning.noise_scale,
        )
        eta = sampler.eta if tuning.eta < 0 else tuning.eta
        journey = SamplerRun(guide, begun.course, noise.fresh, self._reporter, finer, eta)
        return sampler.load()(begun.latents, journey)

    def _guide(self, model: LoadedModel, begun: InitialLatents, way: _Pass) -> CFGDenoiser:
        request, tuning = self._request, self._request.tuning
        known = begun.known
        if known is not None and model.pipeline.unet.config.in_channels != INPAINT_CHANNELS:
            known = replace(known, extra=None)  # a refiner takes no mask in
        conditioning = prepare(
            model.encoder,
            self._order.prompt,
            request.negative_prompt,
            way.counted,
            clip_skip=tuning.clip_skip,
        )
        return CFGDenoiser(
            model.denoiser,
            model.table,
            model.prediction,
            conditioning,
            Guidance(request.guidance, tuning.rescale, tuning.guidance_start, tuning.guidance_end),
            way.steps,
            size_ids=model.size_ids(way.width, way.height),
            guidance_width=model.guidance_width,
            known=known,
            before_call=self._reporter.check_cancelled,
        )


@contextmanager
def exactly(is_wanted: bool) -> Iterator[None]:
    """Use only algorithms that give the same bits every time, for the length of a drawing."""
    import torch

    before = torch.are_deterministic_algorithms_enabled()
    torch.use_deterministic_algorithms(is_wanted or before, warn_only=True)
    try:
        yield
    finally:
        torch.use_deterministic_algorithms(before)


def _out_of_memory(request: PictureRequest) -> OutOfMemory:
    return OutOfMemory("draw.memory", width=request.width, height=request.height)
