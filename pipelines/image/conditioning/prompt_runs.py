"""Every text that a text encoder is given for a prompt, as weighted runs: the one reader of names.

What counts tokens and what looks for embeddings see a prompt as the encoder does, with AND split,
schedules followed and brackets and backslashes read. Knows no tokens.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipelines.image.prompt.attention import parse_attention
from pipelines.image.prompt.composition import split_and
from pipelines.image.prompt.editing import timeline
from pipelines.image.prompt.weighted_text import WeightedText


def prompt_runs(
    prompt: str, steps: int, second: Iterable[int] = ()
) -> Iterator[tuple[WeightedText, ...]]:
    r"""Yield the runs of each text of a prompt, network tags taken out, in no special order.

    >>> [runs[0].text for runs in prompt_runs(r"\(a\) AND [b:c:1]", 4)]
    ['(a)', ' b', ' c']

    Args:
        steps: of the first pass.
        second: steps that a second pass may have.

    Raises:
        InvalidRequest: a weight cannot be used.
    """
    texts = {
        text: None
        for _, part in split_and(prompt)
        for hires in (None, *second)
        for _, text in timeline(part, steps, hires_steps=hires)
    }
    for text in texts:
        yield parse_attention(text)
