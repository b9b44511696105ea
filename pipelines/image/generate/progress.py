"""The sampler's callback: progress, previews and time left after each step, and cancelling.

Each picture of a batch has hooks of its own; the generation stops once all of them cancel.
"""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from typing import Any

from pipelines.contract.errors import Cancelled
from pipelines.contract.painter import Hooks, PainterStage, Progress
from pipelines.image.loading.load import LoadedModel

PREVIEW_SECONDS = 0.04  # at most 25 previews a second: what a page can show
PREVIEW_SHARE = 1 / 60  # of the time of a generation that its previews may take


class StepReporter:
    """Reports every step: progress, and a preview when one is due. Counts over all passes."""

    def __init__(self, model: LoadedModel, steps: int, hooks: Sequence[Hooks]) -> None:
        """Take one set of hooks a picture."""
        self._model, self._steps, self._hooks = model, steps, tuple(hooks)
        self._started = time.perf_counter()
        self._next_preview = -math.inf
        self._done = self._done_before_warm_up = 0

    def check_cancelled(self) -> None:
        """Raise Cancelled when all hooks ask for it; called before each model call."""
        if all(hooks.cancel.is_cancelled for hooks in self._hooks):
            raise Cancelled

    def warm_up(self) -> None:
        """Report that the next step takes longer: the denoiser is compiled for this size."""
        self.check_cancelled()
        self._done_before_warm_up = self._done + 1  # that step does not count for the time left
        for hooks in self._hooks:
            hooks.on_progress(Progress(self._done, self._steps, PainterStage.WARMING_UP))

    def tile(self, number: int, tiles: int) -> None:
        """Report the tile that an upscaler is at, counted from 0, in place of steps."""
        self.check_cancelled()
        for hooks in self._hooks:
            hooks.on_progress(Progress(number + 1, tiles, PainterStage.DRAWING))

    def __call__(self, _step: int, x0: Any) -> None:
        """Report a finished step and its x0 (B, C, h, w)."""
        self.check_cancelled()
        self._done += 1
        seconds_left = self._seconds_left()
        previews = self._previews(x0)
        for hooks, preview in zip(self._hooks, previews, strict=True):
            hooks.on_progress(
                Progress(
                    step=self._done,
                    steps=self._steps,
                    stage=PainterStage.DRAWING,
                    preview=preview,
                    seconds_left=seconds_left,
                )
            )

    def _seconds_left(self) -> float | None:
        now = time.perf_counter()
        counted = self._done - self._done_before_warm_up
        if not counted:
            self._started = now
            return None
        return (now - self._started) / counted * (self._steps - self._done)

    def _previews(self, x0: Any) -> list[bytes | None]:
        """Return a preview a picture; None where none is due, or there is no way to make one."""
        previewer = self._model.previewer
        started = time.perf_counter()
        is_milestone = self._done in (1, math.ceil(self._steps / 2))  # two even of the fastest
        if not previewer.is_able or not (is_milestone or started >= self._next_preview):
            return [None] * len(self._hooks)
        found = [previewer.jpeg(latent) for latent in x0]  # (C, h, w) each
        now = time.perf_counter()
        self._next_preview = now + max(PREVIEW_SECONDS, (now - started) / PREVIEW_SHARE)
        return found
