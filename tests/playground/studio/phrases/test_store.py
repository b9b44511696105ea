"""playground/studio/phrases/store.py: what was made is not forgotten, and not shown to others."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipelines.contract.requests import TextRequest
from playground.studio.phrases import store as phrase_store


@pytest.fixture
def phrases_of(request_of):
    phrase = request_of().phrase
    return lambda *texts: tuple(replace(phrase, ko=text) for text in texts)


def test_phrases_come_back_newest_first(studio, phrases_of):
    said = phrases_of("하나", "둘", "셋")
    studio.phrases.add(said, "me")
    studio.phrases.add((), "me")
    assert studio.phrases.latest("me", 2) == (said[2], said[1])
    assert studio.phrases.latest("me") == said[::-1]


def test_owners_see_their_own(studio, phrases_of):
    studio.phrases.add(phrases_of("하나"), "me")
    studio.phrases.add(phrases_of("둘"), "you")
    assert [phrase.ko for phrase in studio.phrases.latest("me")] == ["하나"]
    assert [phrase.ko for phrase in studio.phrases.latest(None)] == ["둘", "하나"]


def test_the_oldest_go(studio, phrases_of, monkeypatch):
    monkeypatch.setattr(phrase_store, "KEPT_PHRASES", 3)
    studio.phrases.add(phrases_of("하나", "둘", "셋", "넷", "다섯"), "me")
    assert [phrase.ko for phrase in studio.phrases.latest("me")] == ["다섯", "넷", "셋"]


def test_half_a_surrogate_pair_does_no_harm(studio, phrases_of):
    said = phrases_of("깨진 \ud800 글자")
    studio.phrases.add(said, "me")
    assert studio.phrases.latest("me") == said


def test_a_damaged_row_is_left_out(studio, phrases_of):
    studio.phrases.add(phrases_of("하나", "둘"), "me")
    with studio._database.transaction() as connection:
        connection.execute("""update phrase set phrase = '{"ko": 1}' where ko = '둘'""")
    assert [phrase.ko for phrase in studio.phrases.latest("me")] == ["하나"]


def test_what_the_studio_says_is_kept(studio):
    said = studio.say(TextRequest(count=3, seed=5), "me")
    assert len(said) == 3
    assert set(studio.phrases.latest("me")) == set(said)


def test_a_typed_sentence_becomes_a_phrase(studio):
    assert studio.typed("파란 냄새").ko == "파란 냄새"
