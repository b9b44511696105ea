"""Steps a second of the ways to ask a UNet, and what each memory plan takes; on a GPU.

fp16, random weights in the size of SD 1.5 and SDXL, each beside the plain pipeline of diffusers.
Without a GPU the same is done on the CPU with small models: that tells that it works, no more.
"""

from __future__ import annotations

import gc
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.by_hand import closeness, draw_ours, in_turn, request_of
from benchmarks.figure import Figure, compare
from benchmarks.random_model import load_random, write_folder
from pipelines.image.accelerate.attention import choose_attention, use_attention
from pipelines.image.accelerate.compiled import CompiledDenoiser
from pipelines.image.memory.detect import choose_device
from pipelines.image.memory.device import DeviceOptions, DevicePlan, Offload

NAME = "random"
SIDES = {"sd15": 512, "sdxl": 1024}
LOOKS = 10  # in a row: one alone is too short for a fast card
RUNS = 5


def measure(*, is_small: bool = False) -> list[Figure]:
    """Return figures of SD 1.5 and SDXL."""
    import torch

    plan = choose_device(DeviceOptions())
    is_small = is_small or not torch.cuda.is_available()
    figures = []
    for family, side in SIDES.items():
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            write_folder(root / "models" / NAME, family, is_small=is_small)
            size = 64 if is_small else side
            figures += _ways(family, root, plan, size)
            if torch.cuda.is_available():
                figures += _plans(family, root, plan, size)
        gc.collect()
    return figures


def _ways(family: str, root: Path, plan: DevicePlan, side: int) -> list[Figure]:
    """Measure calls of the UNet: plain, as chosen, xformers, compiled."""
    works = {"plain": _calls(_plain_unet(root, plan), plan, side)}
    for name, denoiser in _denoisers(root, plan):
        works[name] = _calls(denoiser, plan, side)
    times = in_turn(works, RUNS)
    rates = {name: [LOOKS / seconds for seconds in found] for name, found in times.items()}
    baseline = f"plain diffusers, {plan.dtype}"
    return [
        compare(f"{family}, {side}x{side}: {name}", rates[name], baseline, rates["plain"], "it/s")
        for name in works
        if name != "plain"
    ]


def _denoisers(root: Path, plan: DevicePlan) -> Iterator[tuple[str, Any]]:
    yield "as chosen (SDPA)", load_random(root, NAME, plan).denoiser
    attention = choose_attention(plan.device, plan.dtype, wants_xformers=True)
    if attention.name == "xformers":
        model = load_random(root, NAME, plan)
        use_attention(model.pipeline, attention)
        yield "xformers", model.denoiser
    yield "torch.compile", CompiledDenoiser(load_random(root, NAME, plan).pipeline.unet)


def _calls(denoiser: Any, plan: DevicePlan, side: int) -> Callable[[], object]:
    import torch

    config = getattr(denoiser, "unet", denoiser).config
    dtype, device = getattr(torch, plan.dtype), plan.device
    sample = torch.randn(2, 4, side // 8, side // 8).to(device, dtype)
    states = torch.randn(2, 77, config.cross_attention_dim).to(device, dtype)
    added = None
    if config.addition_embed_type == "text_time":
        ids = torch.zeros(2, 6).to(device, dtype)
        added = {"text_embeds": torch.randn(2, 1280).to(device, dtype), "time_ids": ids}

    def work() -> None:
        with torch.inference_mode():
            for _ in range(LOOKS):
                denoiser(
                    sample,
                    torch.tensor(500.0, device=device),
                    encoder_hidden_states=states,
                    added_cond_kwargs=added,
                    return_dict=False,
                )

    return work


def _plain_unet(root: Path, plan: DevicePlan) -> Any:
    import torch
    from diffusers import UNet2DConditionModel

    unet = UNet2DConditionModel.from_pretrained(
        root / "models" / NAME / "unet", dtype=getattr(torch, plan.dtype)
    )
    return unet.to(plan.device).eval()


def _plans(family: str, root: Path, plan: DevicePlan, side: int) -> list[Figure]:
    """Measure the peak of GPU memory of each plan, and its picture beside the full plan's."""
    import torch

    request = request_of(side, 4)
    peaks: dict[str, float] = {}
    pictures: dict[str, Any] = {}
    for offload in Offload:
        gc.collect()
        torch.cuda.empty_cache()
        torch.cuda.reset_peak_memory_stats()
        model = load_random(root, NAME, replace(plan, offload=offload))
        pictures[offload] = draw_ours(model, request)
        peaks[offload] = torch.cuda.max_memory_allocated() / 2**20
        del model
    figures = []
    for offload in Offload:
        title = f"{family}, {side}x{side}, plan {offload}"
        decibels = closeness(pictures[offload], pictures[Offload.NONE])
        figures += [
            compare(
                f"{title}: peak memory",
                [peaks[offload]],
                "everything on the GPU",
                [peaks[Offload.NONE]],
                "MiB",
            ),
            compare(f"{title}: PSNR to the full plan", [decibels], "wanted at least", [40.0], "dB"),
        ]
    return figures
