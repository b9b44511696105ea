"""How many tokens a prompt has, counted as A1111's counter does, and what a model does not read.

Knows chunks; who makes them knows the tokenizer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pipelines.contract.painter import Meter
from pipelines.image.conditioning.chunks import Chunk, used_and_limit
from pipelines.image.conditioning.prompt_runs import prompt_runs
from pipelines.image.prompt.weighted_text import WeightedText

MakeChunks = Callable[[Sequence[WeightedText]], tuple[Chunk, ...]]  # PromptEncoder.chunks
Decode = Callable[[list[int]], str]


@dataclass(frozen=True, slots=True)
class TokenBudget:
    """How much one model reads.

    Attributes:
        chunk_length: tokens of a chunk, 75 for CLIP.
        most_chunks: None when any number of chunks is read.
        decode: ids -> text, to show what is cut off.
    """

    chunk_length: int
    most_chunks: int | None = None
    decode: Decode | None = None


def measure(
    chunks: tuple[Chunk, ...], budget: TokenBudget, *, ends_with_break: bool = False
) -> Meter:
    """Return the meter of the chunks of one text."""
    used, limit = used_and_limit(chunks, budget.chunk_length, ends_with_break=ends_with_break)
    if budget.most_chunks is None or len(chunks) <= budget.most_chunks:
        return Meter(used, limit)
    ids = [token.id for chunk in chunks[budget.most_chunks :] for token in chunk]
    cut = budget.decode(ids).strip() if budget.decode else f"({len(ids)})"
    return Meter(used, budget.most_chunks * budget.chunk_length, cut)


def measure_prompt(prompt: str, steps: int, make_chunks: MakeChunks, budget: TokenBudget) -> Meter:
    """Return the largest meter among the parts of a prompt over all steps, networks taken out.

    Raises:
        InvalidRequest: a weight cannot be used.
    """
    meters = [
        measure(make_chunks(runs), budget, ends_with_break=runs[-1].is_break)
        for runs in prompt_runs(prompt, steps)
    ]
    return max(meters, key=lambda meter: (meter.used, meter.limit))
