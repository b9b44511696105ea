"""How fast phrases are said, beside the same phrases merely joined from random words."""

from __future__ import annotations

import random
import time

from benchmarks.figure import Figure, compare
from pipelines.requests import MAX_PHRASES, TextRequest
from pipelines.text.engines import say

ROUNDS = 20
RUNS = 7


def measure() -> list[Figure]:
    """Return milliseconds per 1,000 phrases against joining as many random words."""
    say(TextRequest(count=1, seed=0))  # the lexicon is read once
    words = [word.ko for phrase in say(TextRequest(count=50, seed=1)) for word in phrase.words]
    grammar, joined = [], []
    for run in range(RUNS):
        started = time.perf_counter()
        for number in range(ROUNDS):
            say(TextRequest(count=MAX_PHRASES, seed=run * ROUNDS + number))
        grammar.append((time.perf_counter() - started) * 1000)
        source = random.Random(run)
        started = time.perf_counter()
        for _ in range(ROUNDS * MAX_PHRASES):
            " ".join(source.choice(words) for _ in range(4))
        joined.append((time.perf_counter() - started) * 1000)
    return [compare("1,000 phrases of the grammar engine", grammar, "random words", joined, "ms")]
