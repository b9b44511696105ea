"""Classifier-free guidance: noisy latents x and a sigma become the predicted x0.

CFG (Ho & Salimans 2022) over several prompt parts, its rescaling (Lin et al. 2023, arXiv
2305.08891, section 3.4), and an interval of steps outside of which it is off (Kynkäänniemi et al.
2024, arXiv 2404.07724). Knows no requests and no files.

Shapes: B pictures, C channels, h x w cells of the latents; N conditionings, T tokens of width D.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from pipelines.image.conditioning.encode import Conditioning
from pipelines.image.conditioning.schedule import PromptConditioning
from pipelines.image.sampling.noise_table import NoiseTable
from pipelines.image.sampling.solvers.solver import Denoise


@dataclass(frozen=True, slots=True)
class Guidance:
    """The settings of classifier-free guidance; the names are those of diffusers' guiders.

    Attributes:
        guidance_scale: 1 is off; then there is no model call for the negative prompt.
        guidance_rescale: 0..1, how far the contrast goes back to that without guidance.
        start, stop: share of the steps between which it is on.
    """

    guidance_scale: float
    guidance_rescale: float = 0.0
    start: float = 0.0
    stop: float = 1.0


@dataclass(frozen=True, slots=True)
class InpaintMask:
    """What an inpainted picture has to keep.

    Attributes:
        latents: of the init image, (B or 1, C, h, w).
        mask: 1 where something new is drawn, (1, 1, h, w).
        c_concat: mask and masked-image latents (1, 5, h, w), which a 9-channel UNet takes as input
            channels after the latents; None for a UNet of 4.
    """

    latents: Any
    mask: Any
    c_concat: Any = None


class CFGDenoiser:
    """The denoiser of a sampler: x and sigma -> x0, with guidance. One object a pass."""

    def __init__(  # noqa: PLR0913 - the parts of one model call, named where it is made
        self,
        unet: Any,
        noise_table: NoiseTable,
        prediction_type: str,
        conditioning: PromptConditioning,
        guidance: Guidance,
        steps: int,
        *,
        add_time_ids: Any = None,
        time_cond_proj_dim: int = 0,
        inpaint: InpaintMask | None = None,
        before_call: Callable[[], None] = lambda: None,
    ) -> None:
        """Take what stays the same over all steps.

        Args:
            prediction_type: "epsilon", "v_prediction" or "sample".
            add_time_ids: (2, 5 or 6), the sizes that condition SDXL: with the prompt, with the
                negative one.
            time_cond_proj_dim: width of the guidance-scale embedding of a model that was distilled
                with one (LCM): it is called once, with the prompt. 0 for all others.
            before_call: called before each model call; raises Cancelled to leave.
        """
        self._unet, self._noise_table = unet, noise_table
        self._prediction_type, self._conditioning = prediction_type, conditioning
        self._guidance, self._steps = guidance, steps
        self._add_time_ids, self._time_cond_proj_dim = add_time_ids, time_cond_proj_dim
        self._inpaint, self._before_call = inpaint, before_call

    def __call__(self, x: Any, sigma: float, step: int) -> Any:
        """Return x0 (B, C, h, w) in fp32 for latents x (B, C, h, w) with noise of `sigma`.

        A CPU gains little from a batch, and gives other last bits for it than for one picture;
        there each picture has its own model call, and a batch equals its pictures to the bit.
        """
        if x.device.type == "cpu" and len(x) > 1:
            import torch

            rows = [
                self._x0(x[one : one + 1], sigma, step, self._inpaint_of(one))  # (1, C, h, w)
                for one in range(len(x))
            ]
            return torch.cat(rows)
        return self._x0(x, sigma, step, self._inpaint)

    def _inpaint_of(self, place: int) -> InpaintMask | None:
        """Return what one picture of a batch has to keep."""
        inpaint = self._inpaint
        if inpaint is None or len(inpaint.latents) == 1:
            return inpaint
        return replace(inpaint, latents=inpaint.latents[place : place + 1])

    def _x0(self, x: Any, sigma: float, step: int, inpaint: InpaintMask | None) -> Any:
        self._before_call()
        # 1. the input: x has variance sigma**2 + 1, the UNet was trained on variance 1
        scaled = x / math.sqrt(sigma**2 + 1)  # (B, C, h, w)
        timestep = self._noise_table.timestep(sigma)
        # 2. one model call for all conditionings, mixed by the guidance
        parts = [(weight, schedule.at(step)) for weight, schedule in self._conditioning.parts]
        if self._is_guided(step, parts):
            negative = self._conditioning.negative.at(step)
            conds = [*(cond for _, cond in parts), negative]
            *positive, uncond = self._predict(scaled, timestep, conds, [0] * len(parts) + [1])
            # where the scale is an input of the model, the weights of the parts alone count here
            scale = 1.0 if self._time_cond_proj_dim else self._guidance.guidance_scale
            prediction = uncond + sum(
                (cond - uncond) * (weight * scale)
                for (weight, _), cond in zip(parts, positive, strict=True)
            )  # (B, C, h, w)
            prediction = self._rescaled(prediction, positive[0])
        else:
            prediction = self._predict(scaled, timestep, [parts[0][1]], [0])[0]
        # 3. x0, and outside of the mask the init image
        x0 = self._to_x0(x, scaled, prediction, sigma)  # (B, C, h, w)
        if inpaint is not None:
            x0 = x0 * inpaint.mask + inpaint.latents * (1 - inpaint.mask)
        return x0

    def _is_guided(self, step: int, parts: list[tuple[float, Conditioning]]) -> bool:
        if len(parts) > 1 or parts[0][0] != 1:
            return True
        share = step / self._steps
        guidance = self._guidance
        if self._time_cond_proj_dim:
            return False
        return guidance.guidance_scale != 1 and guidance.start <= share < guidance.stop

    def _predict(
        self, scaled: Any, timestep: float, conds: list[Conditioning], rows: list[int]
    ) -> list[Any]:
        """Return the predictions (B, C, h, w) for N conditionings by one forward of the UNet.

        Args:
            rows: which row of `add_time_ids` belongs to each conditioning.
        """
        import torch

        # 1. what the UNet is conditioned on: prompts of different length filled up to one
        batch, count = scaled.shape[0], len(conds)
        tokens = max(cond.prompt_embeds.shape[1] for cond in conds)
        padding = self._conditioning.padding
        prompt_embeds = torch.cat(
            [_padded(cond.prompt_embeds, padding, tokens).expand(batch, -1, -1) for cond in conds]
        )  # (N * B, T, D)
        dtype = prompt_embeds.dtype
        added_cond = None
        if self._add_time_ids is not None:  # SDXL
            pooled = torch.cat([cond.pooled_prompt_embeds.expand(batch, -1) for cond in conds])
            time_ids = self._add_time_ids[rows].to(dtype).repeat_interleave(batch, dim=0)
            added_cond = {"text_embeds": pooled, "time_ids": time_ids}  # (N * B, D), (N * B, 6)
        distilled: dict[str, Any] = {}
        if self._time_cond_proj_dim:  # LCM
            row = _guidance_embedding(self._guidance.guidance_scale, self._time_cond_proj_dim)
            timestep_cond = row.to(scaled.device, dtype).expand(batch * count, -1)
            distilled["timestep_cond"] = timestep_cond  # (N * B, time_cond_proj_dim)
        # 2. its input: 9 channels for a model made for inpainting
        if self._inpaint is not None and self._inpaint.c_concat is not None:
            c_concat = self._inpaint.c_concat.expand(batch, -1, -1, -1)
            scaled = torch.cat([scaled, c_concat], dim=1)  # (B, 9, h, w)
        # 3. one forward
        with torch.inference_mode():
            prediction = self._unet(
                torch.cat([scaled] * count).to(dtype),  # (N * B, C or 9, h, w)
                torch.tensor(timestep, device=scaled.device, dtype=torch.float32),
                encoder_hidden_states=prompt_embeds,
                added_cond_kwargs=added_cond,
                return_dict=False,
                **distilled,
            )[0]  # (N * B, C, h, w)
        return list(prediction.float().chunk(count))

    def _rescaled(self, prediction: Any, positive: Any) -> Any:
        """Return the prediction with part of the contrast that guidance added taken back.

        Its standard deviation, a picture at a time, moves towards that of the positive prompt.
        """
        rescale = self._guidance.guidance_rescale
        if not rescale:
            return prediction
        axes = tuple(range(1, prediction.ndim))
        ratio = positive.std(axes, keepdim=True) / prediction.std(axes, keepdim=True)
        return prediction * (rescale * ratio + 1 - rescale)  # (B, C, h, w)

    def _to_x0(self, x: Any, scaled: Any, prediction: Any, sigma: float) -> Any:
        """Turn an epsilon, v or x0 prediction (B, C, h, w) into x0."""
        if self._prediction_type == "epsilon":  # the noise itself
            return x - prediction * sigma
        root = math.sqrt(sigma**2 + 1)
        if self._prediction_type == "v_prediction":  # velocity, alpha * noise - sigma * x0
            return scaled / root - prediction * (sigma / root)
        if self._prediction_type == "sample":
            return prediction
        raise ValueError(f"prediction type {self._prediction_type!r} is not known")


class RefinerSwitch:
    """Base model and refiner as one denoiser: the refiner takes over at step `switch`."""

    def __init__(self, base: Denoise, refiner: Denoise, switch: int) -> None:
        self._base, self._refiner, self._switch = base, refiner, switch

    def __call__(self, x: Any, sigma: float, step: int) -> Any:
        """Return x0 (B, C, h, w); steps are counted from 0."""
        return (self._refiner if step >= self._switch else self._base)(x, sigma, step)


def _guidance_embedding(guidance_scale: float, width: int) -> Any:
    """Return LCM's embedding of the guidance scale (`timestep_cond`), (1, width).

    Sinusoidal like that of a timestep: Luo et al. 2023, arXiv 2310.04378, appendix F; the scale is
    counted from 0, in thousandths.
    """
    import torch

    half = width // 2
    rates = torch.exp(torch.arange(half) * (-math.log(10_000.0) / (half - 1)))  # (half,)
    angles = (guidance_scale - 1.0) * 1000.0 * rates
    waves = torch.cat([angles.sin(), angles.cos()])  # (2 * half,)
    return torch.nn.functional.pad(waves, (0, width - 2 * half))[None]


def _padded(prompt_embeds: Any, padding: Any, tokens: int) -> Any:
    """Return embeddings (1, tokens, D): those of the empty prompt for what is missing."""
    import torch

    missing = tokens - prompt_embeds.shape[1]
    if missing <= 0:
        return prompt_embeds
    copies = math.ceil(missing / padding.shape[1])
    return torch.cat([prompt_embeds, *[padding] * copies], dim=1)[:, :tokens]
