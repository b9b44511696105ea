"""The parts of a pipeline are put where the plan says."""

from __future__ import annotations

from typing import Any

from pipelines.image.machine.device import DevicePlan, Offload


def place(pipeline: Any, plan: DevicePlan) -> None:
    """Move the parts to their devices, or have them moved when they are needed."""
    if plan.offload is Offload.MODEL:
        pipeline.enable_model_cpu_offload(device=plan.device)
    elif plan.offload is Offload.SEQUENTIAL:
        pipeline.enable_sequential_cpu_offload(device=plan.device)
    else:
        pipeline.to(plan.device)
