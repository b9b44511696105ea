"""Seconds per picture of the builtin model: number formats and steps, in turn."""

from __future__ import annotations

import dataclasses
import time

from benchmarks.figure import Figure, compare
from models.library import Library
from pipelines.contract.cancel import NEVER
from pipelines.contract.painter import Hooks
from pipelines.contract.requests import PictureRequest
from pipelines.image.memory.device import DeviceOptions
from pipelines.painter.diffusers_painter import DiffusersPainter
from pipelines.text.reading.typed import typed

RUNS = 7


def measure() -> list[Figure]:
    """Return seconds per picture with the default request."""
    library = Library()
    chosen = DiffusersPainter(library, DeviceOptions())
    full = DiffusersPainter(library, DeviceOptions(no_half=True, use_cpu=True))
    request = PictureRequest(typed("파란 냄새 삼각형"), seed=0)
    double = dataclasses.replace(request, steps=request.steps * 2)
    usual, precise, twice = [], [], []
    for run in range(RUNS + 1):  # the first round loads and warms up
        times = (
            _seconds(chosen, request),
            _seconds(full, request),
            _seconds(chosen, double),
        )
        if run:
            usual.append(times[0])
            precise.append(times[1])
            twice.append(times[2])
    size = f"{request.width}x{request.height}, {request.steps} steps"
    return [
        compare(f"one picture, {size}, chosen device", usual, "fp32 on the CPU", precise),
        compare(f"{double.steps} steps", twice, f"{request.steps} steps", usual),
    ]


def _seconds(painter: DiffusersPainter, request: PictureRequest) -> float:
    started = time.perf_counter()
    painter.draw(request, Hooks(lambda _progress: None, NEVER))
    return time.perf_counter() - started
