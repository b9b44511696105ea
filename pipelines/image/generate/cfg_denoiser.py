"""The denoiser as a solver sees it: asks the UNet with and without the prompt, and mixes.

Classifier-free guidance (Ho & Salimans 2022) over several prompt parts, its rescaling (Lin et al.
2023, arXiv 2305.08891, section 3.4), and an interval outside of which it is left out (Kynkäänniemi
et al. 2024, arXiv 2404.07724). Knows no requests and no files.
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
    """How strongly the prompt pulls.

    Attributes:
        scale: 1 is off, and then the picture without the prompt is never asked for.
        rescale: 0..1, how far the contrast goes back to that without guidance.
        start, end: share of the steps in which it works.
    """

    scale: float
    rescale: float = 0.0
    start: float = 0.0
    end: float = 1.0


@dataclass(frozen=True, slots=True)
class InpaintMask:
    """What an inpainted picture must keep.

    Attributes:
        latents: of the picture, (batch, channels, height, width).
        mask: 1 where something new is drawn, (1, 1, height, width).
        extra: the mask and the masked latents for models with 9 input channels, else None.
    """

    latents: Any
    mask: Any
    extra: Any = None


class CFGDenoiser:
    """Answers a solver: what would the picture be? One object a drawing."""

    def __init__(  # noqa: PLR0913 - the parts of one model call, named where it is made
        self,
        unet: Any,
        table: NoiseTable,
        prediction: str,
        conditioning: PromptConditioning,
        guidance: Guidance,
        steps: int,
        *,
        size_ids: Any = None,
        guidance_width: int = 0,
        known: InpaintMask | None = None,
        before_call: Callable[[], None] = lambda: None,
    ) -> None:
        """Take what stays the same over all steps.

        Args:
            prediction: "epsilon", "v_prediction" or "sample".
            size_ids: (2, 5 or 6), what SDXL is told about sizes with the prompt and without.
            guidance_width: of models that were taught to be told the guidance scale (LCM): they
                are asked once, with the prompt. 0 for all others.
            before_call: called before each model call; raises Cancelled to leave.
        """
        self._unet, self._table, self._prediction = unet, table, prediction
        self._conditioning, self._guidance, self._steps = conditioning, guidance, steps
        self._size_ids, self._known, self._before_call = size_ids, known, before_call
        self._guidance_width = guidance_width

    def __call__(self, x: Any, sigma: float, step: int) -> Any:
        """Return x0 (batch, channels, height, width) in fp32 for latents with noise `sigma`.

        A CPU gains little from many pictures in one call, and gives other last bits for them than
        for one; there each is asked about alone, and a batch equals its pictures to the bit.
        """
        if x.device.type == "cpu" and len(x) > 1:
            import torch

            places = range(len(x))
            rows = [self._x0(x[one : one + 1], sigma, step, self._known_of(one)) for one in places]
            return torch.cat(rows)
        return self._x0(x, sigma, step, self._known)

    def _known_of(self, place: int) -> InpaintMask | None:
        """Return what one picture of a batch must keep."""
        known = self._known
        if known is None or len(known.latents) == 1:
            return known
        return replace(known, latents=known.latents[place : place + 1])

    def _x0(self, x: Any, sigma: float, step: int, known: InpaintMask | None) -> Any:
        self._before_call()
        parts = [(weight, line.at(step)) for weight, line in self._conditioning.parts]
        scaled = x / math.sqrt(sigma**2 + 1)  # what a variance-preserving model expects
        timestep = self._table.timestep(sigma)
        if self._is_guided(step, parts):
            negative = self._conditioning.negative.at(step)
            heard = [*(part for _, part in parts), negative]
            rows = [0] * len(parts) + [1]
            *answers, without = self._ask(scaled, timestep, heard, rows)
            scale = 1.0 if self._guidance_width else self._guidance.scale
            answer = without + sum(
                (one - without) * (weight * scale)
                for (weight, _), one in zip(parts, answers, strict=True)
            )
            answer = self._rescaled(answer, answers[0])
        else:
            answer = self._ask(scaled, timestep, [parts[0][1]], [0])[0]
        x0 = self._picture(x, scaled, answer, sigma)
        if known is not None:
            x0 = x0 * known.mask + known.latents * (1 - known.mask)
        return x0

    def _is_guided(self, step: int, parts: list[tuple[float, Conditioning]]) -> bool:
        if len(parts) > 1 or parts[0][0] != 1:
            return True
        share = step / self._steps
        guidance = self._guidance
        if self._guidance_width:
            return False
        return guidance.scale != 1 and guidance.start <= share < guidance.end

    def _ask(
        self, scaled: Any, timestep: float, heard: list[Conditioning], rows: list[int]
    ) -> list[Any]:
        """Return the UNet's answers, one for each thing heard, in one call."""
        import torch

        batch, count = scaled.shape[0], len(heard)
        tokens = max(one.states.shape[1] for one in heard)
        filler = self._conditioning.filler
        states = torch.cat(
            [_padded(one.states, filler, tokens).expand(batch, -1, -1) for one in heard]
        )
        if self._known is not None and self._known.extra is not None:
            scaled = torch.cat([scaled, self._known.extra.expand(batch, -1, -1, -1)], dim=1)
        dtype = states.dtype
        added = None
        if self._size_ids is not None:
            pooled = torch.cat([one.pooled.expand(batch, -1) for one in heard])
            added = {
                "text_embeds": pooled,
                "time_ids": self._size_ids[rows].to(dtype).repeat_interleave(batch, dim=0),
            }
        told: dict[str, Any] = {}
        if self._guidance_width:
            row = _guidance_embedding(self._guidance.scale, self._guidance_width)
            told["timestep_cond"] = row.to(scaled.device, dtype).expand(batch * count, -1)
        with torch.inference_mode():
            answer = self._unet(
                torch.cat([scaled] * count).to(dtype),
                torch.tensor(timestep, device=scaled.device, dtype=torch.float32),
                encoder_hidden_states=states,
                added_cond_kwargs=added,
                return_dict=False,
                **told,
            )[0]
        return list(answer.float().chunk(count))

    def _rescaled(self, answer: Any, with_prompt: Any) -> Any:
        """Return the answer with part of its contrast taken back."""
        if not self._guidance.rescale:
            return answer
        axes = tuple(range(1, answer.ndim))
        ratio = with_prompt.std(axes, keepdim=True) / answer.std(axes, keepdim=True)
        return answer * (self._guidance.rescale * ratio + 1 - self._guidance.rescale)

    def _picture(self, x: Any, scaled: Any, answer: Any, sigma: float) -> Any:
        """Turn what the model predicts into the picture."""
        if self._prediction == "epsilon":
            return x - answer * sigma
        root = math.sqrt(sigma**2 + 1)
        if self._prediction == "v_prediction":
            return scaled / root - answer * (sigma / root)
        if self._prediction == "sample":
            return answer
        raise ValueError(f"prediction type {self._prediction!r} is not known")


class RefinerSwitch:
    """Two models, one after the other: the second answers from a step on, counted from 0."""

    def __init__(self, first: Denoise, second: Denoise, switch: int) -> None:
        self._first, self._second, self._switch = first, second, switch

    def __call__(self, x: Any, sigma: float, step: int) -> Any:
        """Return x0 as the model says whose turn it is."""
        return (self._second if step >= self._switch else self._first)(x, sigma, step)


def _guidance_embedding(scale: float, width: int) -> Any:
    """Return how a guidance scale is told to a model, (1, width): waves, as a timestep is told.

    Luo et al. 2023, arXiv 2310.04378, appendix F; counted from 0, in thousandths.
    """
    import torch

    half = width // 2
    rates = torch.exp(torch.arange(half) * (-math.log(10_000.0) / (half - 1)))
    angles = (scale - 1.0) * 1000.0 * rates
    waves = torch.cat([angles.sin(), angles.cos()])
    return torch.nn.functional.pad(waves, (0, width - 2 * half))[None]


def _padded(states: Any, filler: Any, tokens: int) -> Any:
    """Return states as long as the longest prompt's: the empty prompt's for what is missing."""
    import torch

    missing = tokens - states.shape[1]
    if missing <= 0:
        return states
    copies = math.ceil(missing / filler.shape[1])
    return torch.cat([states, *[filler] * copies], dim=1)[:, :tokens]
