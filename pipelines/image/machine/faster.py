"""What is asked at each step: the UNet itself, or something faster that gives its answers."""

from __future__ import annotations

from typing import Any

from pipelines.image.machine.device import DevicePlan


def denoiser_of(pipeline: Any, _plan: DevicePlan) -> Any:
    """Return what the guide calls, with the arguments of diffusers' UNet2DConditionModel."""
    return pipeline.unet
