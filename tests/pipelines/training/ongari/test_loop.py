"""Training: what is learnt, the rates, and a run that was interrupted is the same run."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch

from pipelines.training.ongari import loop
from pipelines.training.ongari.build import NetworkShape, build
from pipelines.training.ongari.loop import (
    PretrainingRecipe,
    PretrainingRun,
    perplexity,
    rate_at,
    summed_loss,
)
from pipelines.training.ongari.shelf import UNLEARNT, Borders, Shelf, targets

BORDERS = Borders(user=1, system=3, padding=2)
DOCUMENTS = [[1, 10 + n % 5, 3, 20 + n % 7, 0] for n in range(40)] + [
    [0, 30 + n % 9, 31, 0] for n in range(40)
]
RECIPE = PretrainingRecipe(
    tokens=600, batch=40, evaluate_every=5, save_seconds=1e9, is_bfloat=False
)


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    """Two threads wait for each other on a busy machine, far longer than this work takes."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


class FewTokens:
    """What `build` has to know of a tokenizer."""

    eos_token_id, pad_token_id = 0, 2

    def __len__(self) -> int:
        return 40


def tiny() -> Any:
    return build(FewTokens(), NetworkShape(layers=1, width=16, heads=2, context=16))


def shelf() -> Shelf:
    return Shelf.of(DOCUMENTS, 16)


def run(folder: Path, recipe: PretrainingRecipe = RECIPE) -> PretrainingRun:
    return PretrainingRun(tiny(), [shelf, shelf], BORDERS, recipe, folder)


def figures(model: Any) -> dict[str, float]:
    return {"val_ppl": perplexity(model, shelf(), BORDERS)}


def test_questions_and_padding_are_not_learnt() -> None:
    tokens = torch.tensor([[1, 10, 3, 20, 0, 2], [0, 30, 31, 0, 2, 2]])
    assert targets(tokens, BORDERS).tolist() == [
        [UNLEARNT, UNLEARNT, UNLEARNT, 20, 0, UNLEARNT],
        [0, 30, 31, 0, UNLEARNT, UNLEARNT],
    ]


def test_every_document_is_read_once_and_no_batch_is_too_large() -> None:
    batches = shelf().batches(40, "seed")
    assert sorted(number for batch in batches for number in batch) == list(range(80))
    assert all(shelf().batch(batch, BORDERS)[0].numel() <= 40 for batch in batches)


def test_the_rate_rises_falls_and_is_never_negative() -> None:
    rates = [rate_at(part / 100) for part in range(120)]
    assert rates[0] < rates[3] == 1.0
    assert rates[99] < 0.05
    assert min(rates) == 0.0


def test_the_16_bit_loss_is_nearly_the_exact_one() -> None:
    model = tiny()
    tokens, targets = shelf().batch(range(30), BORDERS)
    exact, count = summed_loss(model, tokens, targets, is_bfloat=False)
    exact.backward()
    grads = {name: p.grad.clone() for name, p in model.named_parameters()}
    model.zero_grad()
    rough, again = summed_loss(model, tokens, targets, is_bfloat=True)
    rough.backward()
    assert count == again
    assert rough.item() == pytest.approx(exact.item(), rel=0.01)
    for name, parameter in model.named_parameters():
        assert torch.allclose(
            parameter.grad, grads[name], atol=0.1 * grads[name].abs().max() + 1e-4
        )


def test_the_perplexity_weighs_every_token_alike() -> None:
    model = tiny()
    total, count = 0.0, 0
    for number in range(80):
        loss, learnt = summed_loss(model, *shelf().batch([number], BORDERS), is_bfloat=False)
        total, count = total + loss.item(), count + learnt
    assert perplexity(model, shelf(), BORDERS) == pytest.approx(math.exp(total / count), rel=1e-4)


def test_a_run_learns(tmp_path: Path) -> None:
    trained = run(tmp_path, replace(RECIPE, tokens=3_000, other_rate=1e-2, matrix_rate=1e-2))
    before = perplexity(trained.model, shelf(), BORDERS)
    trained.go(figures)
    assert perplexity(trained.model.eval(), shelf(), BORDERS) < before / 2


def test_a_run_that_was_killed_gives_the_same_curve(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loop, "LOG_EVERY", 1)
    whole = run(tmp_path / "whole")
    whole.go(figures)

    class Killed(Exception):
        """What happens to a process at any moment."""

    first = run(tmp_path / "broken", replace(RECIPE, save_seconds=0))
    step = first._step

    def die(*arguments: Any) -> Any:
        if first.progress.step == 7:
            raise Killed
        return step(*arguments)

    monkeypatch.setattr(first, "_step", die)
    with pytest.raises(Killed):
        first.go(figures)
    second = run(tmp_path / "broken")
    assert second.progress.step == 7
    second.go(figures)
    assert second.progress.curve == whole.progress.curve
    assert all(
        torch.equal(*pair)
        for pair in zip(whole.model.parameters(), second.model.parameters(), strict=True)
    )


def test_a_polite_stop_saves(tmp_path: Path) -> None:
    stopped = run(tmp_path)
    stopped.stop()
    stopped.go(figures)
    assert stopped.progress.step == 1
    assert run(tmp_path).progress.step == 1
