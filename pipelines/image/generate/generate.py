"""Reverse diffusion from a prompt and seeds to pictures: encode, sample each pass, decode.

Knows nothing of phrases, files or queues. Noise comes from a CPU generator, one a picture, so that
the same request gives the same noise on every device, alone or in a batch.

Shapes: B pictures; latents (B, 4, h, w) with h = H/8 and w = W/8 for the VAE of Stable Diffusion.
"""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from pipelines.contract.painter import Hooks
from pipelines.contract.picture_settings import Hires
from pipelines.image.accelerate.denoiser import report_warm_up
from pipelines.image.accelerate.token_merging import merged
from pipelines.image.conditioning.prepare import prepare
from pipelines.image.generate.cfg_denoiser import CFGDenoiser, Guidance, RefinerSwitch
from pipelines.image.generate.guards import deterministic, memory_errors_named, offload_hooks_freed
from pipelines.image.generate.hires import is_latent, upscale_latents
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
)
from pipelines.image.generate.noise import NoiseSource, Variation
from pipelines.image.generate.passes import SamplingPass, sampler_and_schedule, sampling_passes
from pipelines.image.generate.progress import StepReporter
from pipelines.image.generate.spec import GenerationResult, GenerationSpec
from pipelines.image.latents.vae import from_image, to_images
from pipelines.image.loading.load import LoadedModel
from pipelines.image.sampling.solvers.solver import Denoise, SamplerRun, SamplingOptions
from pipelines.image.upscale.upscalers import resample

if TYPE_CHECKING:
    from PIL.Image import Image


def generate(
    model: LoadedModel,
    spec: GenerationSpec,
    hooks: Sequence[Hooks],
    open_picture: OpenPicture = no_pictures,
) -> GenerationResult:
    """Generate the pictures of a batch.

    Args:
        hooks: for progress and cancelling, one a picture.
        open_picture: finds the init image and the mask of an image-to-image request.

    Raises:
        Cancelled: all hooks asked for it; the model stays usable.
        InvalidRequest: this model cannot draw that size or has no such sampler.
        OutOfMemory, CannotDraw: the machine or the model failed.
    """
    # 1. which sigmas, at which sizes; whatever cannot be drawn is refused before any model call
    request, tuning = spec.request, spec.request.tuning
    model.family.check_sides(request.width, request.height)
    passes = sampling_passes(model, request)
    reporter = StepReporter(model, sum(one.steps for one in passes), hooks)
    reporter.check_cancelled()
    # 2. encode, sample each pass, decode
    denoisers = [one.denoiser for one in (model, spec.refiner) if one is not None]
    started = time.perf_counter()
    with (
        offload_hooks_freed(model, spec.refiner),
        memory_errors_named(request),
        deterministic(tuning.is_exact),
        merged(model.denoiser, tuning.token_merging),
        report_warm_up(reporter.warm_up, *denoisers),
    ):
        images = _GenerationRun(model, spec, reporter, open_picture).run(passes)
    return GenerationResult(images, time.perf_counter() - started)


@dataclass(frozen=True, slots=True)
class _PassResult:
    """What a pass ended with: latents, or pictures where no model was called."""

    latents: Any = None  # (B, 4, h, w)
    images: tuple[Image, ...] = ()


class _GenerationRun:
    """The state of one generation; made and used once."""

    def __init__(
        self,
        model: LoadedModel,
        spec: GenerationSpec,
        reporter: StepReporter,
        open_picture: OpenPicture,
    ) -> None:
        self._model, self._spec, self._request = model, spec, spec.request
        self._reporter, self._open_picture = reporter, open_picture
        self._space = spec.space or model.space
        self._device = model.space.device
        self._in_channels = int(model.pipeline.unet.config.in_channels)

    def run(self, passes: Sequence[SamplingPass]) -> tuple[Image, ...]:
        """Sample each pass and decode."""
        request, first = self._request, passes[0]
        # 1. image-to-image: the init image and its mask, at the size of the first pass
        init = None
        if request.source is not None:
            size = (first.width, first.height)
            init = prepare_init_image(request.source, self._open_picture, size)
        # 2. the first pass; at strength 0 the init image is the result
        if init is not None and not first.steps:
            result = _PassResult(images=(init.image,) * len(self._spec.seeds))
        else:
            result = _PassResult(latents=self._first_pass(first, init))
        # 3. hires fix: upscaled, then sampled again
        if request.hires is not None:
            result = self._hires_pass(passes[1], request.hires, result)
        # 4. pixels; what the mask protects comes back from the init image
        images = result.images or self._decode(result.latents)
        if init is None or not first.steps:
            return images
        is_enlarged = request.hires is not None
        return tuple(init.apply_overlay(one, is_enlarged=is_enlarged) for one in images)

    def _first_pass(self, sampling: SamplingPass, init: InitImage | None) -> Any:
        """Return the latents (B, 4, h, w) of the first pass."""
        noise = self._noise(sampling)
        source, sigmas = self._request.source, sampling.sigmas
        if init is not None and source is not None:
            begin = from_init_image(init, self._space, noise, sigmas, source, self._in_channels)
        else:
            begin = self._with_full_mask(from_noise(noise, sigmas, self._variation()))
        return self._sample(begin, sampling, noise)

    def _hires_pass(self, sampling: SamplingPass, hires: Hires, first: _PassResult) -> _PassResult:
        """Upscale the result of the first pass and, unless the strength is 0, sample again."""
        size = (sampling.width, sampling.height)
        if is_latent(hires):
            latents = first.latents  # (B, 4, h, w)
            if latents is None:
                latents = self._encode(first.images)
            latents = upscale_latents(latents, self._space, hires.upscaler, size)
        else:
            enlarge = self._spec.enlarge or resample("Lanczos")
            images = first.images or self._decode(first.latents)
            images = tuple(enlarge(one, size, self._reporter.tile) for one in images)
            if not sampling.steps:
                return _PassResult(images=images)
            latents = self._encode(images)
        noise = self._noise(sampling)
        begin = self._with_full_mask(from_latents(latents, noise, sampling.sigmas))
        return _PassResult(latents=self._sample(begin, sampling, noise))

    def _with_full_mask(self, begin: InitialLatents) -> InitialLatents:
        """Add the all-ones mask and empty masked image that a 9-channel UNet needs without one."""
        if self._in_channels != INPAINT_CHANNELS:
            return begin
        return replace(begin, inpaint=full_mask(self._space, begin.latents.shape[-2:]))

    def _sample(self, begin: InitialLatents, sampling: SamplingPass, noise: NoiseSource) -> Any:
        """Run the sampler of one pass: from the initial latents to those of x0 (B, 4, h, w)."""
        request, tuning = self._request, self._request.tuning
        sampler, _ = sampler_and_schedule(self._model, request)
        denoise: Denoise = self._denoiser(self._model, begin, sampling)
        if request.refiner is not None and self._spec.refiner is not None:
            switch = math.ceil(sampling.steps * request.refiner.switch_at)
            refine = self._denoiser(self._spec.refiner, begin, sampling)
            denoise = RefinerSwitch(denoise, refine, switch)
        options = SamplingOptions(
            s_churn=tuning.churn,
            s_tmin=tuning.churn_least,
            s_tmax=tuning.churn_most or math.inf,
            s_noise=tuning.noise_scale,
        )
        eta = sampler.eta if tuning.eta < 0 else tuning.eta
        run = SamplerRun(denoise, begin.sigmas, noise.sample, self._reporter, options, eta)
        return sampler.load()(begin.latents, run)

    def _denoiser(
        self, model: LoadedModel, begin: InitialLatents, sampling: SamplingPass
    ) -> CFGDenoiser:
        """Return a model under classifier-free guidance for one pass."""
        request, tuning = self._request, self._request.tuning
        inpaint = begin.inpaint
        if inpaint is not None and model.pipeline.unet.config.in_channels != INPAINT_CHANNELS:
            inpaint = replace(inpaint, c_concat=None)  # a refiner has 4 input channels
        conditioning = prepare(
            model.encoder,
            self._spec.prompt,
            request.negative_prompt,
            sampling.schedule_steps,
            clip_skip=tuning.clip_skip,
        )
        return CFGDenoiser(
            model.denoiser,
            model.table,
            model.prediction,
            conditioning,
            Guidance(request.guidance, tuning.rescale, tuning.guidance_start, tuning.guidance_end),
            sampling.steps,
            add_time_ids=model.add_time_ids(sampling.width, sampling.height),
            time_cond_proj_dim=model.time_cond_proj_dim,
            inpaint=inpaint,
            before_call=self._reporter.check_cancelled,
        )

    def _noise(self, sampling: SamplingPass) -> NoiseSource:
        factor = self._space.factor
        shape = (self._space.channels, sampling.height // factor, sampling.width // factor)
        return NoiseSource(self._spec.seeds, shape, self._device)

    def _variation(self) -> Variation | None:
        strength = self._request.tuning.variation_strength
        return Variation(self._spec.variation_seeds, strength) if strength else None

    def _encode(self, images: tuple[Image, ...]) -> Any:
        import torch

        pixels = torch.cat([from_image(image) for image in images])  # (B, 3, H, W)
        return self._space.encode(pixels)  # (B, 4, h, w)

    def _decode(self, latents: Any) -> tuple[Image, ...]:
        return tuple(to_images(self._space.decode(latents)))
