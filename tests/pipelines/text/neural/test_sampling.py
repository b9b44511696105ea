"""Drawing a token: the dice decide as the probabilities say, and bans are kept."""

from __future__ import annotations

import random
from collections import Counter

import pytest
import torch

from pipelines.text.language.model import Sampling
from pipelines.text.neural.sampling import RowState, process_logits, sample


def shares(scores, sampling, count=4000):
    rows = torch.tensor([scores]).log().repeat(count, 1)
    drawn = sample(rows, [random.Random(f"{n}") for n in range(count)], sampling)
    return {token: times / count for token, times in Counter(drawn).items()}


@pytest.mark.parametrize("top_p", [1.0, 0.999])
def test_tokens_come_as_often_as_they_should(top_p):
    found = shares([0.5, 0.3, 0.2], Sampling(top_p=top_p))
    assert found[0] == pytest.approx(0.5, abs=0.03) and found[2] == pytest.approx(0.2, abs=0.03)


def test_nucleus_keeps_the_fewest_that_reach_it():
    assert set(shares([0.5, 0.3, 0.15, 0.05], Sampling(top_p=0.8))) == {0, 1}
    assert set(shares([0.5, 0.3, 0.15, 0.05], Sampling(top_p=0.81))) == {0, 1, 2}
    assert set(shares([0.5, 0.3, 0.15, 0.05], Sampling(top_p=0.05))) == {0}


def test_top_k_keeps_so_many():
    found = shares([0.4, 0.3, 0.2, 0.1], Sampling(top_k=2, top_p=1.0))
    assert set(found) == {0, 1} and found[0] == pytest.approx(4 / 7, abs=0.03)
    assert set(shares([0.4, 0.3, 0.2, 0.1], Sampling(top_k=2, top_p=0.5))) == {0}


def test_flat_distribution_is_sorted_further():
    flat = [1 / 3000] * 3000
    assert len(shares(flat, Sampling(top_p=0.9), 500)) > 400


def test_forbidden_tokens_never_come():
    row = RowState(Sampling(no_repeat_ngram=2), "0")
    for token in (0, 1, 0):
        row.add(token)
    assert row.repeats == {1} and row.seen == {0, 1} and row.ids == [0, 1, 0]
    scores = process_logits(
        torch.zeros(1, 4), [row], Sampling(no_repeat_ngram=2), torch.tensor([3])
    )
    assert torch.isinf(scores[0]).tolist() == [False, True, False, True]


def test_one_gram_forbids_every_token_that_was_said():
    row = RowState(Sampling(no_repeat_ngram=1), "0", context=[2])
    row.add(0)
    assert row.repeats == {0, 2}
    assert RowState(Sampling(no_repeat_ngram=0), "0").repeats == frozenset()


def test_penalty_lowers_what_was_said_on_both_sides_of_zero():
    row = RowState(Sampling(no_repeat_ngram=0), "0", context=[0, 1])
    sampling = Sampling(repetition_penalty=2.0, temperature=1.0, no_repeat_ngram=0)
    scores = process_logits(
        torch.tensor([[2.0, -2.0, 2.0]]), [row], sampling, torch.tensor([]).long()
    )
    assert scores[0].tolist() == [1.0, -4.0, 2.0]


class Always(random.Random):
    def __init__(self, number):
        super().__init__()
        self.number = number

    def random(self):
        return self.number


@pytest.mark.parametrize("throw", [0.0, 1 - 2**-53])
def test_dice_at_their_ends_stay_on_tokens_that_may_come(throw):
    scores = torch.tensor([[-torch.inf, 0.0, 1.0, -torch.inf]])
    for sampling in (Sampling(top_p=1.0), Sampling(), Sampling(top_k=4, top_p=1.0)):
        assert sample(scores, [Always(throw)], sampling)[0] in (1, 2)
