"""A tiny model and a small file of questions and answers to learn from."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from pipelines.training.finetune.dataset import DataSet, read_data
from tests.tiny_language import WORDS, make_folder


@pytest.fixture(scope="session")
def base_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model folder in KoGPT2's layout, with fewer tokens to be quicker."""
    return make_folder(tmp_path_factory.mktemp("base") / "tiny", vocab=16_000)


def pairs_csv(count: int = 60, seed: int = 0) -> str:
    """Return a CSV whose replies take up a word of the question: something can be learned."""
    dice = random.Random(seed)
    rows = ["Q,A,label"]
    for number in range(count):
        topic, other = dice.sample(WORDS[:12], 2)
        rows.append(f"{topic} {number}?,{topic} {other} 웃는다.,{number % 3}")
    return "\n".join(rows)


@pytest.fixture(scope="session")
def pairs() -> DataSet:
    return read_data(pairs_csv(), "pairs.csv")
