"""How alike some replies are, and how much of them was copied: numbers only, no verdict.

Knows eojeol, split at blanks, marks at their edges taken off. Does not know where replies come
from.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import fmean

from pipelines.text.markov.stitches import SourceTokens, bare

Row = tuple[str, ...]


def row(text: str) -> Row:
    """Return the eojeol of a text, so that marks and case make no difference.

    >>> row("사랑은, 착한 뼈다귀!")
    ('사랑은', '착한', '뼈다귀')
    """
    return tuple(map(bare, text.split()))


def unique(rows: Sequence[Row]) -> float:
    """Return the share of different replies."""
    return len(set(rows)) / len(rows)


def top_share(rows: Sequence[Row]) -> float:
    """Return the share of the reply that came most often."""
    return max(Counter(rows).values()) / len(rows)


def distinct_2(rows: Iterable[Row]) -> float:
    """Return the share of different pairs of eojeol (distinct-2, Li et al. 2016).

    Replies of one eojeol count as pairs with nothing, so that a model that only ever says "사랑!"
    does not get away without pairs.
    """
    pairs: list[Row] = []
    for words in rows:
        pairs += list(pairwise(words)) or [words]
    return len(set(pairs)) / len(pairs)


def first_word_bits(rows: Iterable[Row]) -> float:
    """Return the entropy of the first eojeol in bits.

    >>> first_word_bits([("문어가", "운다"), ("사랑은", "뼈다귀")])
    1.0
    """
    counts = Counter(words[0] for words in rows if words)
    total = counts.total()
    return sum(count / total * math.log2(total / count) for count in counts.values())


def self_bleu_3(rows: Sequence[Row]) -> float:
    """Return the mean BLEU-3 of each reply with all the others as references (Zhu et al. 2018).

    A reply shorter than three eojeol is judged by the runs it has. No smoothing: without any
    shared run of that length it is 0. In a crowd the brevity penalty is 1.
    """
    holders = [
        Counter(run for words in rows for run in set(_runs(words, size))) for size in (1, 2, 3)
    ]
    return fmean(_bleu(words, holders) for words in rows)


def _bleu(words: Row, holders: Sequence[Counter[Row]]) -> float:
    longest = min(3, len(words))
    logs = 0.0
    for size in range(1, longest + 1):
        runs = _runs(words, size)
        met = sum(holders[size - 1][run] > 1 for run in runs)  # once is the reply itself
        if not met:
            return 0.0
        logs += math.log(met / len(runs))
    return math.exp(logs / longest) if longest else 0.0


def _runs(words: Row, size: int) -> list[Row]:
    return [words[place : place + size] for place in range(len(words) - size + 1)]


class Copies:
    """What was learned, to find what was copied out of it."""

    def __init__(self, learned: Iterable[str]) -> None:
        rows = [(number, row(text)) for number, text in enumerate(learned, start=1)]
        self._whole = {words for _, words in rows}
        self._source = SourceTokens(rows)

    def share(self, rows: Sequence[Row]) -> float:
        """Return the share of replies that were learned word by word."""
        return sum(words in self._whole for words in rows) / len(rows)

    def mean_run(self, rows: Sequence[Row]) -> float:
        """Return how much of a reply its longest run is that stands in one learned text."""
        return fmean(self._run(words) for words in rows)

    def _run(self, words: Row) -> float:
        if not words:
            return 0.0
        known = (piece for piece in self._source.stitches(words) if piece.line)
        return max((len(piece.tokens) for piece in known), default=0) / len(words)
