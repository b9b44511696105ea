"""One picture drawn by the engine, and the same drawn by a loop over diffusers' modules alone.

The loop is what a person would write from the documentation of diffusers: encode, a step of Euler
at a time, decode. It tells nothing, can be stopped by nobody, and checks nothing.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from typing import Any

from pipelines.contract.cancel import NEVER, CancelToken
from pipelines.contract.painter import Hooks, Progress
from pipelines.contract.phrase import Phrase
from pipelines.contract.requests import PictureRequest
from pipelines.image.generate.generate import generate
from pipelines.image.generate.spec import GenerationSpec
from pipelines.image.loading.load import LoadedModel
from pipelines.image.private_parts import device_of

PHRASE = Phrase("파란 냄새", "blue smell", (), "typed")
PROMPT = "a blue smell with three corners, oil on canvas"
NEGATIVE = "blurry"
GUIDANCE = 7.5
SEED = 7


def request_of(side: int, steps: int) -> PictureRequest:
    """Return a square picture by Euler."""
    return PictureRequest(
        PHRASE,
        NEGATIVE,
        width=side,
        height=side,
        steps=steps,
        guidance=GUIDANCE,
        sampler="Euler",
        seed=SEED,
        prompt=PROMPT,
    )


def draw_ours(
    model: LoadedModel,
    request: PictureRequest,
    on_progress: Callable[[Progress], None] = lambda _progress: None,
    cancel: CancelToken = NEVER,
) -> Any:
    """Return the engine's picture."""
    spec = GenerationSpec(request, PROMPT, (request.seed,), (0,))
    return generate(model, spec, [Hooks(on_progress, cancel)]).images[0]


def draw_by_hand(pipeline: Any, side: int, steps: int) -> Any:
    """Return the loop's picture."""
    import torch
    from diffusers import EulerDiscreteScheduler

    unet, vae, tokenizer = pipeline.unet, pipeline.vae, pipeline.tokenizer
    device, dtype = device_of(pipeline), unet.dtype
    scheduler = EulerDiscreteScheduler.from_config(
        pipeline.scheduler.config,
        prediction_type="epsilon",
        timestep_spacing="trailing",
        beta_start=0.00085,
        beta_end=0.012,
        beta_schedule="scaled_linear",
    )
    with torch.inference_mode():
        ids = tokenizer(
            [NEGATIVE, PROMPT], padding="max_length", truncation=True, return_tensors="pt"
        ).input_ids
        states = pipeline.text_encoder(ids.to(device)).last_hidden_state  # (2, 77, width)
        scheduler.set_timesteps(steps, device=device)
        noise = torch.randn(
            1, 4, side // 8, side // 8, generator=torch.Generator().manual_seed(SEED)
        )
        sigma = float(scheduler.sigmas[0])
        latents = (noise * math.sqrt(sigma**2 + 1)).to(device)
        for moment in scheduler.timesteps:
            scaled = scheduler.scale_model_input(torch.cat([latents] * 2), moment)
            answer = unet(
                scaled.to(dtype), moment, encoder_hidden_states=states, return_dict=False
            )[0].float()
            without, with_prompt = answer.chunk(2)
            guided = without + GUIDANCE * (with_prompt - without)
            latents = scheduler.step(guided, moment, latents, return_dict=False)[0]
        scaled = (latents / vae.config.scaling_factor).to(vae.dtype)
        pixels = vae.decode(scaled, return_dict=False)[0].float()
    return pipeline.image_processor.postprocess(pixels, output_type="pil")[0]


def seconds_of(work: Callable[[], object]) -> float:
    """Return how long something takes; work queued on a GPU included."""
    import torch

    if torch.cuda.is_available():
        torch.cuda.synchronize()
    started = time.perf_counter()
    work()
    if torch.cuda.is_available():
        torch.cuda.synchronize()
    return time.perf_counter() - started


def in_turn(works: dict[str, Callable[[], object]], runs: int) -> dict[str, list[float]]:
    """Return the seconds of each, taken in turn; the first round warms up and is not counted."""
    found: dict[str, list[float]] = {name: [] for name in works}
    for run in range(runs + 1):
        for name, work in works.items():
            seconds = seconds_of(work)
            if run:
                found[name].append(seconds)
    return found


def closeness(found: Any, expected: Any) -> float:
    """Return the peak signal-to-noise ratio in dB of pictures or tensors; 99 for equal ones."""
    import numpy as np

    one, other = (np.asarray(each, dtype=np.float64) for each in (found, expected))
    error = float(((one - other) ** 2).mean())
    span = 255.0 if hasattr(expected, "getbands") else float(other.max() - other.min())
    return min(99.0, 10 * math.log10(span**2 / error)) if error else 99.0
