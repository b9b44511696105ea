"""How alike two words are in meaning, by Kiwi's embeddings, measured against a crowd of words.

Raw similarities say little: rare words are alike to everything. So each is taken as a distance
from how alike the word is to a crowd. Knows Kiwi's numbers of morphemes. Only to be called when
Kiwi is installed.
"""

from __future__ import annotations

import math
from functools import cache, lru_cache
from statistics import fmean, pstdev

from pipelines.text import lexicon
from pipelines.text.korean import kiwi

EVERY = 7  # of the lexicon's nouns, verbs and adjectives one in seven stands in the crowd
KEPT = 20_000
FEWEST = 10  # of the crowd; a morpheme without a meaning is alike to nobody


def likeness(one: int, other: int) -> float:
    """Return how alike two morphemes are: 0 as any two words, 2 as friends, below 0 strangers."""
    similarity = float(kiwi.holder().get().morpheme_similarity(one, other))
    if not math.isfinite(similarity):
        return 0.0
    distances = [(similarity - mean) / spread for mean, spread in (_usual(one), _usual(other))]
    return fmean(distances)


@lru_cache(maxsize=KEPT)
def _usual(number: int) -> tuple[float, float]:
    """Return mean and spread of the similarities of a morpheme to the crowd."""
    similarity = kiwi.holder().get().morpheme_similarity
    found = [similarity(number, other) for other in _crowd() if other != number]
    found = [value for value in found if math.isfinite(value)]
    return (fmean(found), pstdev(found) or 1.0) if len(found) >= FEWEST else (0.0, 1.0)


@cache
def _crowd() -> tuple[int, ...]:
    """Return the morphemes that all others are compared with."""
    words = lexicon.builtin()
    groups = (words.nouns, words.verbs, words.adjectives)
    forms = [entry.ko for group in groups for entry in group][::EVERY]
    analyze = kiwi.holder().get().analyze
    first = (analyze(form, top_n=1)[0][0][0] for form in forms)
    return tuple(dict.fromkeys(token.id for token in first if not token.oov))
