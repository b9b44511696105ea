"""A round: ten candidates, whatever the model does."""

from __future__ import annotations

import pytest

from pipelines.contract.cancel import CancelToken
from pipelines.contract.errors import Cancelled, InvalidRequest
from pipelines.text.novel.rank import MOST_ALIKE
from pipelines.text.novel.rounds import (
    LEAST,
    WANTED,
    RoundProgress,
    SearchMethod,
    Wishes,
    propose,
    propose_now,
)
from pipelines.text.novel.skeleton import bones
from pipelines.text.novel.story import Story
from tests.fake_language import FakeLanguage, FakeTokens

STORY = Story().opened("옛날에 문어가 살았다. 문어는 우산을 삶았다")
WISHES = Wishes(seed=1)


class Chatty(FakeLanguage):
    """Every sentence of another build, and one more after it."""

    ENDS = "접었다. 삶았다! 굴렀을까? 굴려라! 웃는다. 울겠지요. 자자. 먹어요. 뛰었네.".split()

    @staticmethod
    def _sentence(dice):
        words = dice.choices(
            "하마가 국수를 천천히 책상에 구름처럼 착한 파란".split(), k=dice.randint(2, 4)
        )
        return " ".join((*words, dice.choice(Chatty.ENDS), "그리고 또 한 마디를 한다."))


def texts(proposals):
    return [proposal.text for proposal in proposals]


def test_ten_candidates_first_sentences_only_all_different():
    shown = propose_now(Chatty(), STORY, WISHES)
    assert len(shown) == WANTED
    assert len(set(texts(shown))) == WANTED
    assert not any("그리고 또" in text for text in texts(shown))
    assert all(0 <= one.novelty <= 1 and 0 <= one.likelihood <= 1 for one in shown)


def test_equal_seeds_equal_rounds():
    first, again, other = (propose_now(Chatty(), STORY, Wishes(seed=seed)) for seed in (1, 1, 2))
    assert first == again
    assert first != other


def test_at_most_two_of_one_skeleton():
    shown = propose_now(FakeLanguage(), STORY, WISHES)
    skeletons = [bones(one.text).skeleton for one in shown]
    assert max(map(skeletons.count, skeletons)) <= MOST_ALIKE


def test_asking_again_shows_nothing_twice():
    model, story = Chatty(), STORY
    for seed in range(3):
        shown = propose_now(model, story, Wishes(seed=seed))
        assert not set(texts(shown)) & set(story.shown)
        story = story.proposed(shown)


def test_a_model_that_only_repeats_itself_is_helped_out():
    shown = propose_now(FakeLanguage(sentences=["사랑!"]), STORY, WISHES)
    assert len(shown) == LEAST
    assert {one.engine for one in shown} == {"fake", "grammar"}
    again = propose_now(FakeLanguage(sentences=["사랑!"]), STORY.proposed(shown), WISHES)
    assert {one.engine for one in again} == {"grammar"}


def test_a_model_that_says_nothing_or_only_banned_things_is_replaced():
    for sentences in ([" "], ["다시 발을 씻자."]):
        shown = propose_now(FakeLanguage(sentences=sentences), STORY, WISHES)
        assert {one.engine for one in shown} == {"grammar"}


def test_unfinished_and_short_sentences_come_only_when_nothing_better_is_there():
    good = FakeLanguage(
        sentences=["하마!", *[f"하마 {n}마리가 {w}" for n in range(4) for w in Chatty.ENDS]]
    )
    assert "하마!" not in texts(propose_now(good, STORY, WISHES))
    poor = FakeLanguage(sentences=["하마!", "문어다.", "우산이 웃는다."])
    assert "하마!" in texts(propose_now(poor, STORY, WISHES))


def test_particles_are_put_right():
    model = FakeLanguage(sentences=["뼈다귀은 냉장고을 접었다."])
    assert "뼈다귀는 냉장고를 접었다." in texts(propose_now(model, STORY, WISHES))


def test_the_prompt_ends_with_a_closed_sentence():
    model = FakeLanguage()
    propose_now(model, STORY, WISHES)
    assert model.prompts[0] == "옛날에 문어가 살았다. 문어는 우산을 삶았다."


def test_a_story_may_begin_with_nothing():
    assert propose_now(FakeLanguage(), Story(), WISHES)


def test_a_model_that_cannot_look_back_far_is_given_less():
    model = FakeLanguage()
    model.longest_prompt = 30
    assert propose_now(model, STORY, WISHES)
    model.longest_prompt = 5
    with pytest.raises(InvalidRequest):
        propose_now(model, STORY, WISHES)


def test_how_far_it_is_is_told_batch_by_batch():
    drafting = propose(Chatty(), STORY, WISHES)
    assert [next(drafting) for _ in range(3)] == [
        RoundProgress(0, 2),
        RoundProgress(1, 2),
        RoundProgress(2, 2),
    ]
    with pytest.raises(StopIteration) as end:
        next(drafting)
    assert len(end.value.value) == WANTED


@pytest.mark.parametrize("method", SearchMethod)
def test_stop_is_heard(method):
    with pytest.raises(Cancelled):
        propose_now(FakeTokens(), STORY, Wishes(method=method, seed=1), CancelToken(lambda: True))


def test_beam_search_needs_a_model_that_shows_its_tokens():
    with pytest.raises(InvalidRequest) as caught:
        propose_now(FakeLanguage(), STORY, Wishes(method=SearchMethod.BEAM, seed=1))
    assert caught.value.key == "novel.no_beam"
    assert propose_now(FakeTokens(), STORY, Wishes(method=SearchMethod.BEAM, seed=1))


@pytest.mark.parametrize("wishes", [{"temperature": 0.0}, {"temperature": 9.0}, {"seed": -5}])
def test_wishes_out_of_range_are_refused(wishes):
    with pytest.raises(InvalidRequest):
        Wishes(**wishes)
