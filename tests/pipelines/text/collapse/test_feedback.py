"""The feedback loop: words are lost, sentences grow alike, and it says when nothing is left."""

from itertools import islice, pairwise

import pytest

from pipelines.contract.cancel import CancelToken
from pipelines.contract.errors import Cancelled, CorpusError, InvalidRequest
from pipelines.contract.requests import TextRequest
from pipelines.text.collapse import decay
from pipelines.text.grammar import grammar


@pytest.fixture(scope="module")
def story():
    return "\n".join(p.ko for p in islice(grammar.phrases(TextRequest(seed=8)), 150))


@pytest.fixture(scope="module")
def generations(story):
    return list(decay(story, 4))


def test_words_are_lost_and_never_come_back(generations):
    assert [each.number for each in generations] == [0, 1, 2, 3, 4]
    assert generations[0].first == 1.0
    for before, after in pairwise(generations):
        assert after.first < before.first
        assert after.words < before.words
        assert after.self_bleu_3 > before.self_bleu_3


def test_the_same_text_decays_the_same_way(story, generations):
    assert list(decay(story, 1)) == generations[:2]
    assert list(decay(story, 1, seed=5)) != generations[:2]


def test_every_generation_shows_some_of_what_it_said(generations, story):
    assert generations[0].sample[0] in story
    assert all(each.sample for each in generations)


def test_it_ends_early_when_nothing_new_can_be_said():
    lines = [f"앞{number} 뒤{number} 끝{number}." for number in range(120)]  # no way to cross over
    assert [each.number for each in decay("\n".join(lines), 30)] == [0]


@pytest.mark.parametrize("wanted", [0, 31, -1])
def test_the_number_of_generations_has_bounds(story, wanted):
    with pytest.raises(InvalidRequest):
        next(decay(story, wanted))


@pytest.mark.parametrize("text", ["", "한 줄", "\n".join(f"{n}번 문장이에요." for n in range(50))])
def test_a_text_that_is_too_short_is_refused(text):
    with pytest.raises(CorpusError):
        next(decay(text, 3))


def test_it_can_be_stopped_between_sentences(story):
    stop = iter([False] * 3)
    rounds = decay(story, 5, cancel=CancelToken(lambda: next(stop, True)))
    with pytest.raises(Cancelled):
        list(rounds)
