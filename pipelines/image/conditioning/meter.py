"""How many tokens a prompt has, counted as A1111's counter does, and what a model does not read.

Knows chunks; the tokenizer is whoever makes them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pipelines.contract.painter import Meter
from pipelines.image.conditioning.chunks import Chunk, used_and_limit
from pipelines.image.prompt.attention import parse_attention
from pipelines.image.prompt.composition import split_and
from pipelines.image.prompt.editing import timeline
from pipelines.image.prompt.weighted_text import WeightedText

Cut = Callable[[Sequence[WeightedText]], tuple[Chunk, ...]]  # Encoder.chunks
Decode = Callable[[list[int]], str]


@dataclass(frozen=True, slots=True)
class TokenBudget:
    """How much one model reads.

    Attributes:
        size: tokens of a chunk, 75 for CLIP.
        most_chunks: None when chunks are put one behind the other without end.
        decode: ids -> text, to show what is cut.
    """

    size: int
    most_chunks: int | None = None
    decode: Decode | None = None


def measure(
    encoder_chunks: tuple[Chunk, ...], reader: TokenBudget, *, ends_with_break: bool = False
) -> Meter:
    """Return the meter of the chunks of one text."""
    used, limit = used_and_limit(encoder_chunks, reader.size, ends_with_break=ends_with_break)
    if reader.most_chunks is None or len(encoder_chunks) <= reader.most_chunks:
        return Meter(used, limit)
    ids = [token.id for chunk in encoder_chunks[reader.most_chunks :] for token in chunk]
    cut = reader.decode(ids).strip() if reader.decode else f"({len(ids)})"
    return Meter(used, reader.most_chunks * reader.size, cut)


def measure_prompt(prompt: str, steps: int, cut: Cut, reader: TokenBudget) -> Meter:
    """Return the largest meter among the parts of a prompt over all steps, networks taken out.

    Raises:
        InvalidRequest: a weight cannot be used.
    """
    texts = {text for _, part in split_and(prompt) for _, text in timeline(part, steps)}
    meters = []
    for text in sorted(texts):
        pieces = parse_attention(text)
        meters.append(measure(cut(pieces), reader, ends_with_break=pieces[-1].is_break))
    return max(meters, key=lambda meter: (meter.used, meter.limit))
