"""The learning curve of a run: its points, and the time that is left.

The log line keeps the format of the talk this project began with, with numbers that mean what they
say: loss is the mean over tokens since the line before, train ppl is e to the mean over all tokens
of the epoch so far, and a learning rate is never negative. Standard library only.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Self

LARGEST = 1e9  # a perplexity beyond says no more than this one


@dataclass(frozen=True, slots=True)
class Point:
    """The state of a run after a step.

    Attributes:
        step: of the whole run, from 1.
        epoch, batch, batches: where in the epoch that was; epoch 0 is the untuned model.
        loss: nats a token since the point before.
        train_ppl: of the epoch so far; 0 for the untuned model.
        val_ppl: of the held-out rows; None where it was not measured.
    """

    step: int
    epoch: int
    batch: int
    batches: int
    loss: float
    learning_rate: float
    train_ppl: float
    val_ppl: float | None = None

    @property
    def line(self) -> str:
        """Return the log line.

        >>> Point(100, 25, 4, 4, 0.0977, 0.0000357143, 1.103, 6.96).line
        '[Epoch 25 Batch 4/4] loss=0.0977, lr=0.0000357143, train ppl=1.103, val ppl=6.960'
        """
        if self.epoch == 0:
            return f"[Epoch 0] untuned, val ppl={self.val_ppl or 0.0:.3f}"
        val = "" if self.val_ppl is None else f", val ppl={self.val_ppl:.3f}"
        return (
            f"[Epoch {self.epoch} Batch {self.batch}/{self.batches}] loss={self.loss:.4f}, "
            f"lr={self.learning_rate:.10f}, train ppl={self.train_ppl:.3f}{val}"
        )

    def to_json(self) -> dict[str, Any]:
        """Return the point as plain data."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """Return the point in `data`; raise ValueError for anything else."""
        try:
            return cls(**data)
        except TypeError as error:
            raise ValueError(f"not a point of a curve: {error}") from error


def perplexity(nats: float, tokens: float) -> float:
    """Return e to the mean over tokens."""
    return min(LARGEST, math.exp(min(50.0, nats / max(1.0, tokens))))


def rate_at(step: int, steps: int, peak: float, warm_up: float = 0.1) -> float:
    """Return the learning rate of a step (from 0): up in a line, down in a cosine, never below 0.

    >>> [round(rate_at(step, 10, 1.0), 2) for step in (0, 1, 5, 9, 10, 99)]
    [1.0, 1.0, 0.59, 0.03, 0.0, 0.0]
    """
    warm = max(1, int(steps * warm_up))
    if step < warm:
        return peak * (step + 1) / warm
    share = min(1.0, (step - warm) / max(1, steps - warm))
    return max(0.0, peak * 0.5 * (1.0 + math.cos(math.pi * share)))


def seconds_left(done: int, steps: int, seconds: float) -> float:
    """Return how long the rest takes at the pace so far."""
    return seconds / done * max(0, steps - done) if done > 0 else math.inf


def best(points: Sequence[Point]) -> Point | None:
    """Return the point with the lowest held-out perplexity, the untuned model left out."""
    measured = [point for point in points if point.val_ppl is not None and point.epoch > 0]
    return min(measured, key=lambda point: point.val_ppl or LARGEST, default=None)
