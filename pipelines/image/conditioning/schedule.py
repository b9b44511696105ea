"""The conditioning of each step: a prompt of several parts, each changing over time.

Data and lookups; made by conditioning/prepare.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pipelines.image.conditioning.encode import Conditioning


@dataclass(frozen=True, slots=True)
class PromptSchedule:
    """One prompt over the steps: (last step it holds for, counted from 1; its conditioning)."""

    spans: tuple[tuple[int, Conditioning], ...]

    def at(self, step: int) -> Conditioning:
        """Return the conditioning of a step counted from 0."""
        for last, conditioning in self.spans:
            if step < last:
                return conditioning
        return self.spans[-1][1]


@dataclass(frozen=True, slots=True)
class PromptConditioning:
    """The parts of a prompt that were joined by AND, with their weights, and the negative one.

    Attributes:
        padding: embeddings of the empty prompt (1, T, D); they fill up a shorter prompt, so that
            prompts of different length fit into one batch.
    """

    parts: tuple[tuple[float, PromptSchedule], ...]
    negative: PromptSchedule
    padding: Any
