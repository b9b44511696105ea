"""Diverse beam search: likely sentences that keep out of each other's way."""

from __future__ import annotations

import math

import pytest

from pipelines.contract.cancel import CancelToken
from pipelines.contract.errors import Cancelled
from pipelines.text.language.model import TokenModel
from pipelines.text.novel.diverse_beam import BeamShape, search
from tests.fake_language import DID, WHAT, WHO, FakeTokens

SHAPE = BeamShape(groups=6, beams=2, penalty=1.5, max_tokens=8)


def firsts(drafts, column=0):
    return [draft.text.split()[column] for draft in drafts]


def test_the_fake_shows_its_tokens():
    assert isinstance(FakeTokens(), TokenModel)


def test_without_a_penalty_all_groups_find_the_same():
    drafts = search(FakeTokens(), "", shape=BeamShape(6, 1, 0.0, 8))
    assert len(drafts) == 1
    assert drafts[0].text == f"{WHO[0]} {WHAT[0]} {DID[0]}"


def test_with_a_penalty_every_group_finds_another():
    drafts = search(FakeTokens(), "", shape=BeamShape(6, 1, 1.5, 8))
    assert len(drafts) >= 5
    assert len(set(firsts(drafts))) == len(drafts)
    assert drafts[0].text == f"{WHO[0]} {WHAT[0]} {DID[0]}"  # the first group is plain beam search


def test_sentences_end_where_they_are_over():
    drafts = search(FakeTokens(), f"{WHO[1]} {WHAT[1]} {DID[1]}", shape=SHAPE)
    assert all(draft.has_ended and len(draft.text.split()) == 3 for draft in drafts)


def test_the_model_s_own_probability_is_told_without_the_penalty():
    for draft in search(FakeTokens(), "", shape=SHAPE):
        assert draft.log_prob < 0
        words = [row.index(w) for row, w in zip((WHO, WHAT, DID), draft.text.split(), strict=True)]
        share = sum(1 / (1 + n) for n in range(8))
        expected = sum(math.log(1 / (1 + number) / share) for number in words)
        assert draft.log_prob == pytest.approx(expected, abs=1e-4)


def test_what_was_offered_before_is_avoided():
    first = search(FakeTokens(), "", shape=BeamShape(1, 1, 1.5, 8))
    again = search(FakeTokens(), "", [draft.text for draft in first], BeamShape(1, 1, 1.5, 8))
    assert firsts(first) != firsts(again)


class Stuck(FakeTokens):
    """Wants to say one word for ever."""

    def next_log_probs(self, rows):
        import torch

        found = torch.full((len(rows), len(self.vocabulary)), -20.0)
        found[:, 1] = -0.1
        return found


def test_nothing_is_said_for_ever():
    (draft, *_) = search(Stuck(), "", shape=BeamShape(1, 1, 0.0, 8))
    assert draft.text.split()[:4] != [WHO[0]] * 4


def test_equal_searches_find_equal_sentences():
    assert search(FakeTokens(), "", shape=SHAPE) == search(FakeTokens(), "", shape=SHAPE)


def test_stop_is_heard():
    with pytest.raises(Cancelled):
        search(FakeTokens(), "", cancel=CancelToken(lambda: True))
