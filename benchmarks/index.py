"""Milliseconds of the nonsense index a sentence, with Kiwi loaded, beside Kiwi's analysis alone.

Processor time, not the clock: one sentence is so short that a busy machine would drown it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from benchmarks.figure import Figure, compare
from pipelines.text.korean import kiwi
from pipelines.text.nonsense import index
from pipelines.training.nonsense import fit

RUNS = 5


def measure() -> list[Figure]:
    """Return milliseconds a sentence: seen for the first time, and seen before."""
    reader = kiwi.holder().get()
    if reader is None:
        return []
    learn, held_out = (
        [row.text for row in fit.read_rows(fit.FOLDER / name)]
        for name in ("learn.txt", "held_out.txt")
    )
    index(learn[0])  # reads the lexicon
    parts = [learn[number::RUNS] for number in range(RUNS)]  # new sentences in every run
    new = [_milliseconds(index, part) for part in parts]
    again, alone = [], []
    for _ in range(RUNS):  # in turn, so that a busy moment hits both
        again.append(_milliseconds(index, held_out))
        alone.append(_milliseconds(lambda text: reader.analyze(text, top_n=1), held_out))
    return [
        compare("index of a sentence with new words", new, "Kiwi's analysis alone", alone, "ms"),
        compare("index of a sentence", again[1:], "Kiwi's analysis alone", alone, "ms"),
    ]


def _milliseconds(work: Callable[[str], object], texts: Sequence[str]) -> float:
    started = time.process_time()
    for text in texts:
        work(text)
    return (time.process_time() - started) * 1000 / len(texts)
