"""Drafts as phrases: seeds, wishes, settings, and a model that has nothing new to say."""

from __future__ import annotations

from itertools import islice
from typing import Any

import pytest

from pipelines.contract.cancel import CancelToken
from pipelines.contract.errors import Cancelled, InvalidRequest
from pipelines.contract.phrase import Phrase
from pipelines.contract.requests import TextRequest
from pipelines.text.engines import SayHooks, say
from pipelines.text.language import drafted
from pipelines.text.language.model import Draft, Sampling, WritingHooks


class Writer:
    """Writes numbered lines; remembers what it was asked for."""

    name = "번호"

    def __init__(self, lines=None):
        self.asked = []
        self._lines = lines

    def draft(self, prompt, count, sampling, hooks=None):
        self.asked.append((prompt, count, sampling.seed))
        rows = self._lines or [f" 뼈다귀 {sampling.seed % 1000} {n}." for n in range(count)]
        return tuple(Draft(rows[n % len(rows)], -1.0, 3, has_ended=True) for n in range(count))


USUAL = Sampling()


def opened(model, sampling=USUAL):
    return {"neural": drafted.engine(model, sampling, WritingHooks())}


def ask(**wishes):
    return TextRequest(engine="neural", seed=7, **wishes)


def test_phrase_keeps_engine_seed_and_settings():
    sampling = Sampling(temperature=1.2, bad_words=("김치",))
    (phrase,) = say(ask(count=1, syllables=(1, 20)), opened(Writer(), sampling))
    told = dict(phrase.settings)
    assert (phrase.engine, phrase.seed, told["model"]) == ("neural", 7, "번호")
    assert (told["temperature"], told["bad_words"], told["syllables"]) == (1.2, "김치", "1-20")
    assert phrase.words[0].en and phrase.en
    assert Phrase.from_json(phrase.to_json()) == phrase


def test_longer_request_begins_like_a_shorter_one():
    short = say(ask(count=3), opened(Writer()))
    assert say(ask(count=25), opened(Writer()))[:3] == short


def test_each_wished_word_begins_a_line_in_turn():
    model = Writer()
    said = say(ask(count=4, topics=("고양이", "문어")), opened(model))
    assert [phrase.ko.split()[0] for phrase in said] == ["고양이", "문어", "고양이", "문어"]


def test_blocked_and_too_long_lines_are_left_out():
    model: Any = Writer(
        ["미친 하마", "사랑은 착한 뼈다귀", "아주 아주 아주 아주 긴 문장", "", "모래"]
    )
    stream = drafted.Drafted(model).phrases(ask(syllables=(2, 9)))
    assert [phrase.ko for phrase in islice(stream, 2)] == ["사랑은 착한 뼈다귀", "모래"]


def test_model_that_repeats_itself_ends_with_a_sentence():
    with pytest.raises(InvalidRequest) as caught:
        say(ask(count=2), opened(Writer(["사랑!"])))
    assert (caught.value.key, caught.value.values["count"]) == ("engine.exhausted", 1)


def test_phrases_are_told_as_they_come_and_stop_is_heard():
    told = []
    hooks = SayHooks(on_phrase=told.append, cancel=CancelToken(lambda: len(told) == 2))
    with pytest.raises(Cancelled):
        say(ask(count=5), opened(Writer()), hooks)
    assert len(told) == 2
    assert len(say(ask(count=2), opened(Writer()), hooks)) == 2  # was done anyway


@pytest.mark.parametrize("engine", ["neural", "markov"])
def test_engine_that_was_not_opened_says_what_it_needs(engine):
    with pytest.raises(InvalidRequest) as caught:
        say(TextRequest(engine=engine))
    assert caught.value.key.startswith("engine.needs")


def test_tiny_model_writes_phrases(tiny_language):
    from pipelines.text.neural import load

    model = load(tiny_language, "tiny", use_cpu=True)
    said = say(ask(count=12, topics=("고양이",)), opened(model, Sampling(max_tokens=12)))
    assert len({phrase.ko for phrase in said}) == 12
    assert all(phrase.ko.startswith("고양이") for phrase in said)
    assert say(ask(count=12, topics=("고양이",)), opened(model, Sampling(max_tokens=12))) == said
