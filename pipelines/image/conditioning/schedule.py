"""What the denoiser hears at each step: a prompt of several parts, each changing over time.

Data and lookups; made by conditioning/prepare.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pipelines.image.conditioning.encode import Conditioning


@dataclass(frozen=True, slots=True)
class PromptSchedule:
    """One prompt over the steps: (last step it holds for, counted from 1; what is heard)."""

    spans: tuple[tuple[int, Conditioning], ...]

    def at(self, step: int) -> Conditioning:
        """Return what is heard at a step counted from 0."""
        for last, encoded in self.spans:
            if step < last:
                return encoded
        return self.spans[-1][1]


@dataclass(frozen=True, slots=True)
class PromptConditioning:
    """The parts of a prompt that were joined by AND, with their weights, and the negative one.

    Attributes:
        filler: states of the empty prompt (1, tokens, width); what a shorter prompt is filled with.
    """

    parts: tuple[tuple[float, PromptSchedule], ...]
    negative: PromptSchedule
    filler: Any
