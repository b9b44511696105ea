"""How alike some texts are, and how many of them were copied: numbers only, no verdict.

Knows eojeol, split at blanks with the marks taken off. Does not know where the texts come from.
"""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

MARKS = ".,!?~…:;\"'“”‘’()"
JUDGED = 200  # texts whose likeness to all others is taken; each costs a walk through all


@dataclass(frozen=True, slots=True)
class Sameness:
    """The figures of some texts.

    Attributes:
        unique: share of different texts.
        top: share of the text that came most often.
        distinct_2: share of different pairs of eojeol.
        self_bleu_3: how much of a text's one to three eojeol in a row stands in the others.
        first_bits: entropy of the first eojeol.
        copied: share of texts that the training text holds, whole.
    """

    unique: float
    top: float
    distinct_2: float
    self_bleu_3: float
    first_bits: float
    copied: float


def measure(texts: Sequence[str], trained: Collection[str], seed: int = 0) -> Sameness:
    """Return the figures; `trained` holds `plain` training texts."""
    rows = [plain(text).split() for text in texts]
    counts = Counter(" ".join(row) for row in rows)
    pairs = [pair for row in rows for pair in pairwise(row)]
    return Sameness(
        unique=len(counts) / len(texts),
        top=max(counts.values()) / len(texts),
        distinct_2=len(set(pairs)) / max(1, len(pairs)),
        self_bleu_3=self_bleu(rows, 3, random.Random(seed)),
        first_bits=entropy(Counter(row[0] for row in rows if row)),
        copied=sum(" ".join(row) in trained for row in rows) / len(texts),
    )


def plain(text: str) -> str:
    """Return the text without marks, so that a full stop makes no difference.

    >>> plain("사랑은, 착한 뼈다귀!")
    '사랑은 착한 뼈다귀'
    """
    return " ".join(filter(None, (eojeol.strip(MARKS) for eojeol in text.split())))


def entropy(counts: Counter[str]) -> float:
    """Return the entropy of some counts in bits.

    >>> entropy(Counter("ab")), entropy(Counter("aaaa"))
    (1.0, 0.0)
    """
    total = counts.total()
    return sum(count / total * math.log2(total / count) for count in counts.values())


def self_bleu(rows: Sequence[Sequence[str]], longest: int, dice: random.Random) -> float:
    """Return the mean BLEU of some rows with all the others as references (Zhu et al. 2018).

    A row that is shorter than `longest` is judged by the runs that it has. No smoothing: a row
    without any run of that length in the others counts as 0.
    """
    ranks = {
        size: Counter(run for row in rows for run in set(_runs(row, size)))
        for size in range(1, longest + 1)
    }
    chosen = dice.sample(range(len(rows)), min(JUDGED, len(rows)))
    scores = [_bleu(rows[number], ranks, min(longest, len(rows[number]))) for number in chosen]
    return sum(scores) / max(1, len(scores))


def _bleu(row: Sequence[str], ranks: dict[int, Counter[tuple[str, ...]]], longest: int) -> float:
    logs = 0.0
    for size in range(1, longest + 1):
        runs = _runs(row, size)
        met = sum(ranks[size][run] > 1 for run in runs)  # once is the row itself
        if not met:
            return 0.0
        logs += math.log(met / len(runs))
    return math.exp(logs / longest) if longest else 0.0


def _runs(row: Sequence[str], size: int) -> list[tuple[str, ...]]:
    return [tuple(row[place : place + size]) for place in range(len(row) - size + 1)]
