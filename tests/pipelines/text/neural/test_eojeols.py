"""What comes next: percentages that add up, and that are those of the model."""

from __future__ import annotations

import math

import pytest

from pipelines.contract.cancel import CancelToken
from pipelines.contract.errors import Cancelled
from pipelines.text.neural import eojeols
from pipelines.text.neural.transcript import question_prompt


@pytest.mark.parametrize("text", ["사랑은", "", "고양이가 냉장고에서 ", "뷁"])
@pytest.mark.parametrize("limit", [1, 10, 50])
def test_candidates_and_rest_are_everything(tiny, text, limit):
    found = tiny.next_eojeols(text, limit)
    chances = [one.probability for one in found.candidates]
    assert sum(chances) + found.rest == pytest.approx(1.0, abs=1e-3)
    assert 0 < len(chances) <= limit and chances == sorted(chances, reverse=True)
    assert len({one.text for one in found.candidates}) == len(chances)


def test_percentage_is_the_sum_over_every_way_to_say_it(tiny):
    """Compare with a sum made by hand: the word, then anything that ends it."""
    words = tiny.vocabulary
    found = {one.text: one.probability for one in tiny.next_eojeols("사랑은", 40).candidates}
    start = list(tiny.start("사랑은"))
    begins = [place for place, yes in enumerate(words.begins_eojeol) if yes] + [words.end_id]
    first = tiny.next_log_probs([start])[0].exp()
    among = float(first[begins].sum())
    (token,) = words.encode("고양이가")
    after = tiny.next_log_probs([[*start, token]])[0].exp()
    expected = float(first[token]) / among * float(after[begins].sum())
    assert found["고양이가"] == pytest.approx(expected, rel=1e-2)
    assert found[""] == pytest.approx(float(first[words.end_id]) / among, rel=1e-2)


def test_eojeol_of_several_tokens_is_one_candidate(tiny):
    found = [one.text for one in tiny.next_eojeols("", 120).candidates]
    assert any(len(tiny.vocabulary.encode(text)) > 1 for text in found if text)
    assert all(" " not in text for text in found)


def test_temperature_is_shown_but_does_not_change_the_percentages(tiny):
    plain = tiny.next_eojeols("사랑은", 10)
    cold = tiny.next_eojeols("사랑은", 10, temperature=0.5)
    assert [one.probability for one in cold.candidates] == pytest.approx(
        [one.probability for one in plain.candidates]
    )
    assert cold.candidates[0].tempered > cold.candidates[0].probability
    assert math.fsum(one.tempered for one in cold.candidates) <= 1.0 + 1e-6
    assert all(one.tempered == pytest.approx(one.probability) for one in plain.candidates)


def test_reply_can_be_explored(tiny):
    assert tiny.next_eojeols(question_prompt("안녕?")).candidates


def test_stop_is_heard(tiny):
    with pytest.raises(Cancelled):
        tiny.next_eojeols("사랑은", cancel=CancelToken(lambda: True))
    asked = []
    with pytest.raises(Cancelled):
        tiny.next_eojeols("사랑은", cancel=CancelToken(lambda: asked.append(1) or len(asked) > 1))


def test_bytes_that_are_no_syllables_are_left_to_the_rest():
    assert eojeols._text(" 뼈".encode()[:-1]) == "" and eojeols._text(" 뼈".encode()) == "뼈"
