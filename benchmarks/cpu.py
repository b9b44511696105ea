"""The engine on a CPU beside the plain fp32 pipeline of diffusers: time, and how far pictures are.

Aims: 2.6 times as fast where the CPU multiplies bf16, and at least 40 dB from the fp32 picture of
the same noise. OpenVINO is measured where it is installed. diffusers goes first, with the C library
as any program finds it; then with the playground's settings of malloc (memory/malloc.py).
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.by_hand import (
    GUIDANCE,
    NEGATIVE,
    PROMPT,
    closeness,
    draw_by_hand,
    draw_ours,
    in_turn,
    request_of,
)
from benchmarks.figure import Figure, compare
from benchmarks.random_model import load_random, write_folder
from pipelines.image.accelerate.denoiser import denoiser_of
from pipelines.image.accelerate.openvino import OpenVinoDenoiser
from pipelines.image.loading.load import LoadedModel
from pipelines.image.memory.detect import choose_device
from pipelines.image.memory.device import DeviceOptions
from pipelines.image.memory.malloc import keep_freed

RUNS = 3
NAME = "random"
WANTED_DB = 40.0


def measure(*, is_small: bool = False) -> list[Figure]:
    """Return seconds of a picture and of one call of the UNet, and their distances in dB."""
    side, steps = (64, 2) if is_small else (256, 3)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write_folder(root / "models" / NAME, "sd15", is_small=is_small)
        model = load_random(root, NAME, choose_device(DeviceOptions(use_cpu=True)))
        others = {"ours": model, **_with_openvino(model, root)}
        for one in others.values():
            draw_ours(one, request_of(side, 1))  # OpenVINO converts before there are two UNets
        plain = _plain(root / "models" / NAME)
        calls = _calls(others, plain, side // 8)
        return [*_pictures(others, plain, side, steps), *calls]


def _pictures(models: dict[str, LoadedModel], plain: Any, side: int, steps: int) -> list[Figure]:
    request = request_of(side, steps)
    works: dict[str, Callable[[], object]] = {
        name: partial(draw_ours, model, request) for name, model in models.items()
    }
    by_diffusers = partial(
        plain,
        PROMPT,
        negative_prompt=NEGATIVE,
        width=side,
        height=side,
        num_inference_steps=steps,
        guidance_scale=GUIDANCE,
    )
    times = in_turn({"plain": by_diffusers}, RUNS)
    keep_freed()
    times |= in_turn(works, RUNS)
    expected = draw_by_hand(plain, side, steps)  # of the same noise; the pipeline takes none
    what = f"one picture, {side}x{side}, {steps} steps"
    figures = []
    for name, model in models.items():
        title = f"{what}, {_title(name, model)}"
        decibels = closeness(draw_ours(model, request), expected)
        figures += [
            compare(title, times[name], "plain fp32 pipeline of diffusers", times["plain"]),
            compare(f"{title}: PSNR to fp32", [decibels], "wanted at least", [WANTED_DB], "dB"),
        ]
    return figures


def _calls(models: dict[str, LoadedModel], plain: Any, side: int) -> list[Figure]:
    import torch

    unet = plain.unet
    generator = torch.Generator().manual_seed(0)
    sample = torch.randn(2, 4, side, side, generator=generator)
    states = torch.randn(2, 77, unet.config.cross_attention_dim, generator=generator)

    def call(denoiser: Any, dtype: Any) -> Any:
        with torch.inference_mode():
            return denoiser(
                sample.to(dtype),
                torch.tensor(500.0),
                encoder_hidden_states=states.to(dtype),
                return_dict=False,
            )[0].float()

    works: dict[str, Callable[[], object]] = {
        name: partial(call, model.denoiser, model.pipeline.unet.dtype)
        for name, model in models.items()
    }
    by_diffusers = partial(call, unet, torch.float32)
    times = in_turn({"plain": by_diffusers, **works}, RUNS)
    expected = by_diffusers()
    figures = []
    for name, model in models.items():
        title = f"one call of the UNet, {_title(name, model)}"
        decibels = closeness(works[name](), expected)
        figures += [
            compare(title, times[name], "fp32", times["plain"]),
            compare(f"{title}: PSNR to fp32", [decibels], "wanted at least", [WANTED_DB], "dB"),
        ]
    return figures


def _with_openvino(model: LoadedModel, root: Path) -> dict[str, LoadedModel]:
    plan = replace(model.plan, openvino=root / "cache")
    denoiser = denoiser_of(model.pipeline, plan, model.sha256)
    if not isinstance(denoiser, OpenVinoDenoiser):
        return {}
    return {"OpenVINO": replace(model, denoiser=denoiser, plan=plan)}


def _plain(folder: Path) -> Any:
    import torch
    from diffusers import EulerDiscreteScheduler, StableDiffusionPipeline

    pipeline = StableDiffusionPipeline.from_pretrained(
        folder, dtype=torch.float32, safety_checker=None, local_files_only=True
    )
    pipeline.scheduler = EulerDiscreteScheduler.from_config(pipeline.scheduler.config)
    pipeline.set_progress_bar_config(disable=True)
    return pipeline


def _title(name: str, model: LoadedModel) -> str:
    return f"{model.plan.dtype} as chosen" if name == "ours" else name
