"""How fast phrases are generated, beside the same phrases merely joined from random words."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from itertools import islice

from benchmarks.figure import Figure, compare
from pipelines.contract.requests import MAX_PHRASES, TextRequest
from pipelines.text.engines import say
from pipelines.text.grammar import grammar
from pipelines.text.markov import engine as markov

ROUNDS = 20
RUNS = 7
THOUSAND = ROUNDS * MAX_PHRASES


def measure() -> list[Figure]:
    """Return milliseconds per 1,000 phrases against joining as many random words."""
    model = markov.train("\n".join(_lines(3_000)))
    words = [word.ko for phrase in say(TextRequest(count=50, seed=1)) for word in phrase.words]
    ways: dict[str, Callable[[int], object]] = {
        "1,000 phrases of the grammar engine, 50 at a time": _fifty_at_a_time,
        "1,000 phrases of the grammar engine in one stream": lambda run: list(
            islice(grammar.phrases(TextRequest(seed=run)), THOUSAND)
        ),
        "1,000 phrases of a Markov model of 3,000 sentences": lambda run: list(
            islice(model.phrases(TextRequest(seed=run)), THOUSAND)
        ),
        "": lambda run: _joined(words, random.Random(run)),
    }
    took = {name: [_milliseconds(way, run) for run in range(RUNS)] for name, way in ways.items()}
    joined = took.pop("")
    return [compare(name, values, "random words", joined, "ms") for name, values in took.items()]


def _lines(count: int) -> list[str]:
    """Return a text to learn from; also reads the lexicon and warms the engine."""
    return [phrase.ko for phrase in islice(grammar.phrases(TextRequest(seed=0)), count)]


def _fifty_at_a_time(run: int) -> None:
    for number in range(ROUNDS):
        say(TextRequest(count=MAX_PHRASES, seed=run * ROUNDS + number))


def _joined(words: list[str], dice: random.Random) -> None:
    for _ in range(THOUSAND):
        " ".join(dice.choice(words) for _ in range(4))


def _milliseconds(way: Callable[[int], object], run: int) -> float:
    started = time.perf_counter()
    way(run)
    return (time.perf_counter() - started) * 1000
