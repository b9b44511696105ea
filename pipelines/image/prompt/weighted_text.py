"""What attention.py makes of a prompt: runs of text with a weight each. Knows no tokens."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WeightedText:
    """A run of text with one attention weight; `is_break` ends the chunk of tokens instead."""

    text: str
    weight: float = 1.0
    is_break: bool = False
