"""The denoiser called at each step: the UNet, or a compiled stand-in; and its memory format.

channels_last is free and changes predictions by rounding alone.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from pipelines.image.accelerate.compiled import CompiledDenoiser
from pipelines.image.accelerate.openvino import OpenVinoDenoiser, find_engine
from pipelines.image.memory.device import DevicePlan, Offload, Remark

log = logging.getLogger(__name__)

MOVED = Remark("speed.compile.moved", "not compiled: the model is moved in pieces while it draws")

# The first level's channels from which channels_last gains more in convolutions than it loses in
# the copies between layouts. Measured: 320 (SD) gains a fifth in bf16, 96 (the crayon) loses a
# tenth; see docs/benchmarks.md.
WIDE = 256


def arrange(pipeline: Any, plan: DevicePlan) -> None:
    """Set the memory format that is fastest on this device; before the weights are placed."""
    import torch

    is_half = plan.dtype != "float32"
    if plan.device == "mps":
        return  # not measured
    if is_half and pipeline.unet.config.block_out_channels[0] >= WIDE:
        pipeline.unet.to(memory_format=torch.channels_last)
    arrange_vae(pipeline.vae, plan)


def arrange_vae(vae: Any, plan: DevicePlan) -> None:
    """Set a VAE's memory format: wide convolutions, faster as channels_last in every dtype."""
    import torch

    if plan.device != "mps":
        vae.to(memory_format=torch.channels_last)


def denoiser_of(pipeline: Any, plan: DevicePlan, sha256: str = "") -> Any:
    """Return the denoiser of a pipeline: called like diffusers' UNet2DConditionModel.

    Args:
        sha256: of the model; the key of its compiled files.
    """
    unet = pipeline.unet
    if plan.openvino is not None:
        engine = find_engine(plan)
        if not isinstance(engine, Remark):
            return OpenVinoDenoiser(unet, engine, plan.openvino, sha256)
        log.warning("%s", engine.english)
    if plan.is_compiled:
        if plan.offload in (Offload.NONE, Offload.MODEL):
            return CompiledDenoiser(unet)
        log.warning("%s", MOVED.english)
    return unet


@contextmanager
def report_warm_up(on_warm_up: Callable[[], None], *denoisers: Any) -> Iterator[None]:
    """Have `on_warm_up` called before one of the denoisers compiles; for one generation."""
    found = [one for one in denoisers if isinstance(one, CompiledDenoiser | OpenVinoDenoiser)]
    for one in found:
        one.on_warm_up = on_warm_up
    try:
        yield
    finally:
        for one in found:
            one.on_warm_up = lambda: None


def drawn_by(denoiser: Any) -> str:
    """Return what ran the last prediction in the UNet's place, "" when the UNet did."""
    if isinstance(denoiser, CompiledDenoiser | OpenVinoDenoiser) and denoiser.remark is None:
        return denoiser.name
    return ""
