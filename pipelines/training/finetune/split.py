"""Which rows are learned and which are only measured.

A held-out reply is in no training row: else the held-out perplexity would reward memorisation.
Replies that come again and again are capped, because a reply in every tenth row is what a greedy
decoder answers to everything. Knows no tokens.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from pipelines.training.finetune.dataset import TrainingRow

MOST_OF_ONE = 0.02  # share of the rows that may have one and the same reply
LEAST_HELD_OUT = 2


@dataclass(frozen=True, slots=True)
class Split:
    """The rows by what happens to them.

    Attributes:
        repeated: rows left out because the very same row came before.
        capped: rows left out because their reply had come too often.
    """

    learned: tuple[TrainingRow, ...]
    held_out: tuple[TrainingRow, ...]
    repeated: int
    capped: int


def split(rows: Sequence[TrainingRow], holdout: float, seed: int) -> Split:
    """Return the rows divided; equal calls, equal splits."""
    different = list({(row.question, row.reply, row.label): row for row in reversed(rows)}.values())
    different.reverse()
    counts = Counter(row.reply for row in different)
    most = _cap(counts)
    kept, used = [], Counter[str]()
    for row in different:
        used[row.reply] += 1
        if used[row.reply] <= most:
            kept.append(row)
    replies = sorted(counts)
    Random(f"held out {seed}").shuffle(replies)
    measured = set(replies[: max(LEAST_HELD_OUT, round(len(replies) * holdout))])
    return Split(
        learned=tuple(row for row in kept if row.reply not in measured),
        held_out=tuple(row for row in kept if row.reply in measured),
        repeated=len(rows) - len(different),
        capped=len(different) - len(kept),
    )


def _cap(counts: Counter[str]) -> int:
    """Return how many rows one reply may have, so that it stays below its share of what is kept.

    >>> _cap(Counter({"사랑!": 24, **{f"말 {n}": 1 for n in range(216)}}))
    4
    """
    most = max(counts.values())
    while most > 1 and most > MOST_OF_ONE * sum(min(count, most) for count in counts.values()):
        most -= 1
    return most
