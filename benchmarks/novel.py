"""How long a round of the novel and a ranking of next eojeols take, on one thread, with ongari.

A round is measured beside its drafts written one by one, a Markov chain's ranking beside ongari's.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import TypeVar

from benchmarks.figure import Figure, compare
from models.library import Library
from pipelines.contract.requests import TextRequest
from pipelines.text.grammar import grammar
from pipelines.text.language.model import LanguageModel, Sampling
from pipelines.text.markov import engine as markov
from pipelines.text.markov.language_model import MarkovLanguage
from pipelines.text.novel.rounds import (
    BATCH,
    BATCHES,
    MAX_TOKENS,
    SearchMethod,
    Wishes,
    propose_now,
)
from pipelines.text.novel.story import Story
from playground.studio.language.shelf import LanguageShelf

ROUNDS = 7
BEGINNINGS = 40
T = TypeVar("T")
OPENING = "옛날 옛적에 문어가 냉장고에 살았다. 문어는 월요일을 무서워했다. 어느 날 우산이 찾아왔다."


def measure() -> list[Figure]:
    """Return seconds a round and milliseconds a ranking; the median counts."""
    import torch

    torch.set_num_threads(1)
    with tempfile.TemporaryDirectory() as folder:
        model = LanguageShelf(Library.open(Path(folder)), use_cpu=True).get()
        story = Story().opened(OPENING)
        propose_now(model, story, Wishes(seed=0))  # warms everything up
        return [*_rounds(model, story), _next_eojeols(model)]


def _rounds(model: LanguageModel, story: Story) -> list[Figure]:
    ways: dict[str, Callable[[int], object]] = {
        "a round of ten candidates, sampling": lambda run: propose_now(
            model, story, Wishes(seed=run)
        ),
        "a round of ten candidates, diverse beam search": lambda run: propose_now(
            model, story, Wishes(method=SearchMethod.BEAM, seed=run)
        ),
        "": lambda run: _one_by_one(model, run),
    }
    took = {name: [_seconds(way, run) for run in range(ROUNDS)] for name, way in ways.items()}
    plain = took.pop("")
    return [compare(name, values, "its drafts one by one", plain) for name, values in took.items()]


def _one_by_one(model: LanguageModel, run: int) -> None:
    for number in range(BATCH * BATCHES):
        model.draft(OPENING, 1, Sampling(max_tokens=MAX_TOKENS, seed=run * 100 + number))


def _next_eojeols(model: LanguageModel) -> Figure:
    lines = [phrase.ko for phrase in islice(grammar.phrases(TextRequest(seed=0)), 3_000)]
    taught = MarkovLanguage(markov.train("\n".join(lines)), "taught")
    beginnings = [" ".join(line.split()[:2]) for line in lines[:BEGINNINGS]]
    values, others = (
        [1000 * _seconds(one.next_eojeols, words) for words in beginnings]
        for one in (taught, model)
    )
    return compare("what comes next, a Markov chain", values, "ongari", others, "ms")


def _seconds(way: Callable[[T], object], given: T) -> float:
    started = time.perf_counter()
    way(given)
    return time.perf_counter() - started
