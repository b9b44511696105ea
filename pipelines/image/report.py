"""What is told of a running drawing after each step: how far, what it looks like, how long."""

from __future__ import annotations

import math
import time
from typing import Any

from pipelines.errors import Cancelled
from pipelines.image.loading.load import LoadedModel
from pipelines.image.preview import preview_jpeg
from pipelines.requests import Hooks, Progress, Stage

PREVIEW_SECONDS = 0.04  # at most 25 previews a second: what a page can show


class StepReporter:
    """Told after every step: progress, then a preview when one is due. Counts over all passes."""

    def __init__(self, model: LoadedModel, steps: int, hooks: Hooks) -> None:
        self._model, self._steps, self._hooks = model, steps, hooks
        self._started = time.perf_counter()
        self._last_preview = -math.inf
        self._done = 0

    def stop_if_asked(self) -> None:
        """Raise Cancelled when the person said stop; called before each look at the model."""
        if self._hooks.is_cancelled():
            raise Cancelled

    def __call__(self, _step: int, x0: Any) -> None:
        """Report the step and what the picture would be now."""
        self.stop_if_asked()
        self._done += 1
        elapsed = time.perf_counter() - self._started
        self._hooks.on_progress(
            Progress(
                step=self._done,
                steps=self._steps,
                stage=Stage.DRAWING,
                preview=self._preview(x0),
                seconds_left=elapsed / self._done * (self._steps - self._done),
            )
        )

    def _preview(self, x0: Any) -> bytes | None:
        preview_map = self._model.preview_map
        now = time.perf_counter()
        is_due = now - self._last_preview >= PREVIEW_SECONDS
        is_milestone = self._done in (1, math.ceil(self._steps / 2))  # two of the fastest drawing
        if preview_map is None or not (is_due or is_milestone):
            return None
        self._last_preview = now
        return preview_jpeg(x0[0], preview_map)
