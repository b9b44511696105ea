"""Healthy, collapsed and memorised replies, as they were seen in experiments."""

from itertools import islice

import pytest

from pipelines.contract.cancel import CancelToken
from pipelines.contract.errors import Cancelled, CorpusError
from pipelines.contract.requests import TextRequest
from pipelines.text import collapse
from pipelines.text.collapse import Detector, Health, Level, judge
from pipelines.text.collapse.asking import QUESTIONS, prompts
from pipelines.text.collapse.verdict import BOUNDS
from pipelines.text.grammar import grammar
from tests.fake_language import FakeLanguage, FakeTokens


@pytest.fixture(scope="module")
def phrases():
    return [phrase.ko for phrase in islice(grammar.phrases(TextRequest(seed=3)), 1_000)]


def test_the_grammar_engine_is_well(phrases):
    report = judge(phrases[:500], learned=phrases[500:])
    assert report.health is Health.NORMAL
    assert report.failed == ()
    assert {each.detector for each in report.findings} == set(Detector) - {Detector.RATIO}


def test_the_same_reply_over_and_over_is_a_collapse():
    report = judge(["사랑!"] * 15 + ["사랑합니다."] * 5)
    assert report.health is Health.COLLAPSED
    assert report.commonest == (("사랑!", 15), ("사랑합니다.", 5))


def test_one_favourite_reply_among_many_is_a_collapse_too(phrases):
    report = judge(phrases[:820] + ["사랑!"] * 140 + ["싫어!"] * 40)
    assert report.health is Health.COLLAPSED
    assert Detector.TOP in report.failed


def test_copies_are_memorised(phrases):
    report = judge(phrases[:500], learned=phrases)
    assert report.health is Health.MEMORISED
    assert {Detector.COPIES, Detector.RUN} <= set(report.failed)


def test_a_high_perplexity_of_unseen_text_needs_a_second_witness(phrases):
    alone = judge(phrases[:500], perplexities=(2.0, 90.0))
    assert alone.failed == (Detector.RATIO,)
    assert alone.health is Health.NORMAL
    seconded = judge(phrases[:500], learned=phrases[420:520], perplexities=(2.0, 90.0))
    assert seconded.health is Health.MEMORISED


def test_memorised_is_said_before_collapsed(phrases):
    assert judge(phrases[:5] * 10, learned=phrases[:5]).health is Health.MEMORISED


def test_few_replies_are_not_asked_for_what_they_cannot_have(phrases):
    report = judge(phrases[:20])
    assert report.health is Health.NORMAL
    assert all(each.level is Level.GOOD for each in report.findings)


@pytest.mark.parametrize("replies", [[], ["사랑!"] * 19, [" ", "\n"] * 40])
def test_too_few_replies_have_no_verdict(replies):
    with pytest.raises(CorpusError) as caught:
        judge(replies)
    assert caught.value.key == "check.few"


def test_greedy_answers_that_are_all_alike_are_told(phrases):
    report = judge(phrases[:40], greedy=["사랑!"] * 14 + phrases[:6])
    assert report.greedy == (7, 20)
    assert report.is_greedy_collapsed
    assert not judge(phrases[:40], greedy=phrases[:20]).is_greedy_collapsed


@pytest.mark.parametrize("detector", list(Detector))
def test_every_figure_has_bounds_in_their_order(detector):
    bounds = BOUNDS[detector]
    middle = (bounds.good + bounds.failed) / 2
    beyond = bounds.failed + (bounds.failed - bounds.good)
    assert bounds.level(bounds.good) is Level.GOOD
    assert bounds.level(middle) is Level.POOR
    assert bounds.level(beyond) is Level.FAILED


def test_a_model_is_asked_twenty_questions_fifty_times():
    model = FakeTokens()
    heard = []
    replies = collapse.answers(model, on_progress=lambda done, whole: heard.append((done, whole)))
    assert len(replies) == 1_000
    assert heard[-1] == (1_000, 1_000)
    assert set(model.prompts) == set(prompts(model))
    assert all(question in "".join(model.prompts) for question in QUESTIONS)
    assert replies == collapse.answers(FakeTokens())


def test_a_chain_of_words_is_not_asked_but_begins():
    model = FakeLanguage()
    collapse.answers(model, times=1)
    assert set(model.prompts) == {""}
    assert collapse.greedy_answers(model) == ()


def test_a_parrot_collapses_and_greedy_shows_it():
    parrot = FakeTokens(sentences=("사랑!", "사랑합니다."))
    report = judge(collapse.answers(parrot, times=5), greedy=collapse.greedy_answers(parrot))
    assert report.health is Health.COLLAPSED
    assert report.is_greedy_collapsed


def test_asking_can_be_stopped():
    with pytest.raises(Cancelled):
        collapse.answers(FakeTokens(), CancelToken(lambda: True))
    with pytest.raises(Cancelled):
        collapse.spoken(grammar.phrases(TextRequest(seed=1)), CancelToken(lambda: True))


def test_an_engine_that_has_no_more_gives_what_it_had():
    few = list(islice(grammar.phrases(TextRequest(seed=1)), 30))
    assert len(collapse.spoken(iter(few))) == 30


def test_perplexity_is_weighted_by_tokens():
    one, other = FakeLanguage().score(["말했다. 접었다.", "접었다."])
    together = collapse.perplexity(FakeLanguage(), ["말했다. 접었다.", "접었다."])
    alone = [collapse.perplexity(FakeLanguage(), [draft.text]) for draft in (one, other)]
    assert min(alone) <= together <= max(alone)
    assert other.tokens < one.tokens
