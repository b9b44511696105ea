"""How soon a drawing stops when somebody says so, and what its previews cost.

Aims: within one step; under 0.02 of the time.
"""

from __future__ import annotations

import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.by_hand import draw_ours, request_of, seconds_of
from benchmarks.figure import Figure, compare
from benchmarks.random_model import load_random, write_folder
from models.library import Library
from pipelines.contract.cancel import CancelToken
from pipelines.contract.errors import Cancelled
from pipelines.contract.requests import DEFAULT_MODEL, PictureRequest
from pipelines.image.loading.load import LoadedModel, load
from pipelines.image.memory.detect import choose_device
from pipelines.image.memory.device import DeviceOptions

RUNS = 5
NAME = "random"


def measure(*, is_small: bool = False) -> list[Figure]:
    """Return steps and seconds after a cancel, and the share of previews."""
    plan = choose_device(DeviceOptions())
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write_folder(root / "models" / NAME, "sd15", is_small=is_small)
        model = load_random(root, NAME, plan)
        side, steps = (64, 4) if is_small else (256, 4)
        figures = _after_cancel(model, side, steps)
        figures.append(_previews(model, request_of(side, steps), f"SD 1.5, {side}x{side}"))
    crayon = load(Library().open_verified(DEFAULT_MODEL), plan)
    usual = request_of(256, 6)
    figures.append(_previews(crayon, usual, "the crayon, 256x256"))
    return figures


def _after_cancel(model: LoadedModel, side: int, steps: int) -> list[Figure]:
    """Cancel in the middle of the second call; count the calls that begin after it."""
    calls, late, whole = [], [], []
    for _ in range(RUNS):
        stopper = _Stopper(model.denoiser)
        watched = replace(model, denoiser=stopper)
        try:
            token = CancelToken(lambda: stopper.is_cancelled)  # noqa: B023
            draw_ours(watched, request_of(side, steps), cancel=token)
        except Cancelled:
            late.append(time.perf_counter() - stopper.cancelled_at)
        calls.append(float(stopper.calls_after))
        whole.append(stopper.step_seconds)
    return [
        compare("calls of the UNet that begin after a cancel", calls, "wanted at most", [1.0], ""),
        compare("from a cancel to the end", late, "one step", whole),
    ]


class _Stopper:
    """A denoiser whose second call is cancelled."""

    def __init__(self, denoiser: Any) -> None:
        self._denoiser, self._calls = denoiser, 0
        self.is_cancelled, self.cancelled_at = False, 0.0
        self.calls_after, self.step_seconds = 0, 0.0

    def __call__(self, *arguments: Any, **more: Any) -> Any:
        self._calls += 1
        self.calls_after += int(self.is_cancelled)
        if self._calls == 2:
            self.is_cancelled, self.cancelled_at = True, time.perf_counter()
        started = time.perf_counter()
        answer = self._denoiser(*arguments, **more)
        self.step_seconds = time.perf_counter() - started
        return answer


def _previews(model: LoadedModel, request: PictureRequest, title: str) -> Figure:
    """Time what makes the previews of drawings, beside the drawings."""
    spent, whole = [], []
    for _ in range(RUNS + 1):
        previewer: Any = _Timed(model.previewer)
        watched = replace(model, previewer=previewer)
        whole.append(seconds_of(lambda: draw_ours(watched, request)))  # noqa: B023
        spent.append(previewer.seconds)
    return compare(f"previews of {title}", spent[1:], "the whole drawing", whole[1:])


class _Timed:
    """A previewer that counts its seconds."""

    def __init__(self, previewer: Any) -> None:
        self._previewer, self.is_able, self.seconds = previewer, previewer.is_able, 0.0

    def jpeg(self, latent: Any) -> Any:
        started = time.perf_counter()
        found = self._previewer.jpeg(latent)
        self.seconds += time.perf_counter() - started
        return found
