"""How fast the builtin language model writes and predicts the next eojeol, on one thread.

Ten candidates by our batched loop beside ten calls of transformers' own `generate`, with the same
settings, in turn: tokens a second. Ranking next eojeols beside one forward pass over the words.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import cast

from benchmarks.figure import Figure, compare
from models.library import Library
from pipelines.text.language.model import Sampling
from pipelines.text.neural.model import NeuralModel
from playground.studio.language.shelf import LanguageShelf

CANDIDATES = 10
RUNS = 5
SAMPLING = Sampling(temperature=0.9, top_p=0.95, no_repeat_ngram=3, max_tokens=40)
OPENING = "문어는"
PROMPTS = (
    "파란 냄새", "심심한 장미를", "사랑은", "고양이가 냉장고에서", "옛날 옛적에", "", "무거운 해",
    "월요일은 왜", "이모와", "달팽이가 라면을", "양심이", "오늘의 메뉴:", "누가 내", "빨간 운명",
    "두억시니가 말했다", "하품을 접어", "세 마리의", "할머니처럼", "우주에서 온", "나는 의자를",
)  # fmt: skip


def measure() -> list[Figure]:
    """Return tokens a second of ten candidates, and milliseconds a next eojeol."""
    import torch

    torch.set_num_threads(1)
    model = cast(NeuralModel, LanguageShelf(Library.open(Path("data")), use_cpu=True).get())
    return [_candidates(model), _next_eojeols(model)]


def _candidates(model: NeuralModel) -> Figure:
    ours, plain = [], []
    for run in range(RUNS + 1):  # the first pair warms everything up
        pair = _speed(_batched, model, run), _speed(_generated, model, run)
        if run:
            ours.append(pair[0])
            plain.append(pair[1])
    return compare(
        f"{CANDIDATES} candidates by {model.name}, tokens a second",
        ours,
        "plain generate loop, one by one",
        plain,
        "/s",
    )


def _speed(way: Callable[[NeuralModel, int], int], model: NeuralModel, run: int) -> float:
    started = time.perf_counter()
    tokens = way(model, run)
    return tokens / (time.perf_counter() - started)


def _batched(model: NeuralModel, run: int) -> int:
    drafts = model.draft(OPENING, CANDIDATES, replace(SAMPLING, seed=run))
    return sum(draft.tokens for draft in drafts)


def _generated(model: NeuralModel, run: int) -> int:
    import torch

    torch.manual_seed(run)
    prompt_ids = torch.tensor([model.start(OPENING)])
    tokens = 0
    for _ in range(CANDIDATES):
        written = model.network.generate(
            prompt_ids,
            attention_mask=torch.ones_like(prompt_ids),
            do_sample=True,
            temperature=SAMPLING.temperature,
            top_p=SAMPLING.top_p,
            top_k=0,
            no_repeat_ngram_size=SAMPLING.no_repeat_ngram,
            max_new_tokens=SAMPLING.max_tokens,
            eos_token_id=model.end_id,
            pad_token_id=model.end_id,
        )
        tokens += written.shape[1] - prompt_ids.shape[1]
    return tokens


def _next_eojeols(model: NeuralModel) -> Figure:
    rankings, readings = [], []
    for run, prompt in enumerate((PROMPTS[0], *PROMPTS)):  # the first one warms up
        started = time.perf_counter()
        model.next_eojeols(prompt)
        between = time.perf_counter()
        model.next_log_probs([model.start(prompt)])
        if run:
            rankings.append((between - started) * 1000)
            readings.append((time.perf_counter() - between) * 1000)
    return compare("next eojeol, ten candidates", rankings, "one reading", readings, "ms")
