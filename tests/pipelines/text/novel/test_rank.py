"""Which candidates are shown: new ones, likely ones, never three of a kind."""

from __future__ import annotations

import pytest

from pipelines.contract.errors import InvalidRequest
from pipelines.text.novel.novelty import StoryHistory
from pipelines.text.novel.rank import MOST_ALIKE, RankWeights, UnrankedSentence, ranked
from pipelines.text.novel.skeleton import bones

SAID = [
    f"{who} 말했다." for who in ("귀신이", "선생님이", "어부가", "하마가", "문어가", "달팽이가")
]
OTHERS = ["세 스푼의 양심이 굴러간다", "게으른 하품을 책상에 접어라!", "왜 우산은 우는가?"]


def written(texts, log_probs=None):
    log_probs = log_probs or [-2.0] * len(texts)
    return [
        UnrankedSentence(text, prob, "fake") for text, prob in zip(texts, log_probs, strict=True)
    ]


def novelty(sentence, told):
    return StoryHistory(told).novelty(bones(sentence))


def test_the_same_sentence_again_is_not_new_at_all():
    assert novelty("귀신이 말했다.", ["귀신이 말했다."]) == 0
    assert novelty("귀신이 말했다.", []) == 1


def test_new_words_in_an_old_skeleton_are_half_new():
    assert 0 < novelty("하마가 말했다.", ["귀신이 말했다."]) < 0.7
    assert novelty("게으른 하품을 책상에 접어라!", ["귀신이 말했다."]) > 0.9


def test_what_was_told_long_ago_weighs_less():
    told = ["귀신이 말했다.", *["게으른 하품을 책상에 접어라!"] * 12]
    assert novelty("귀신이 말했다.", told) == pytest.approx(0.5)


def test_no_more_than_two_of_one_skeleton():
    shown = ranked(written([*SAID, *OTHERS]), [], RankWeights(), 10)
    texts = [proposal.text for proposal in shown]
    assert len([text for text in texts if text in SAID]) == MOST_ALIKE
    assert set(OTHERS) <= set(texts)


def test_weights_decide_what_comes_first():
    candidates = written(["어부가 말했다.", "게으른 하품을 책상에 접어라!"], [-1.0, -6.0])
    told = ["귀신이 말했다.", "하마가 말했다."]
    likely = ranked(candidates, told, RankWeights(novelty=0.0, likelihood=1.0), 2)
    new = ranked(candidates, told, RankWeights(novelty=1.0, likelihood=0.0), 2)
    assert likely[0].text == "어부가 말했다."
    assert new[0].text == "게으른 하품을 책상에 접어라!"
    assert likely[0].likelihood > 0.5 > likely[1].likelihood
    assert new[0].novelty > new[1].novelty


def test_no_candidates_no_proposals():
    assert ranked([], ["귀신이 말했다."], RankWeights(), 10) == ()


def test_equal_candidates_are_all_in_the_middle():
    (one,) = ranked(written(["왜 우산은 우는가?"]), [], RankWeights(), 10)
    assert one.likelihood == 0.5


@pytest.mark.parametrize(
    "weights", [{"novelty": 1.5}, {"likelihood": -0.1}, {"novelty": float("nan")}]
)
def test_weights_out_of_range_are_refused(weights):
    with pytest.raises(InvalidRequest):
        RankWeights(**weights)
