"""What people taught: learned once, each person their own; own words; stops that lose nothing."""

from __future__ import annotations

import pytest

from models.library import Library
from pipelines.contract.cancel import CancelToken
from pipelines.contract.errors import Cancelled, CorpusError
from pipelines.contract.requests import TextRequest
from pipelines.text.engines import SayHooks, say
from pipelines.text.markov.engine import MarkovSettings
from playground.studio.language import shelf
from playground.studio.language.own_texts import OwnTexts
from playground.studio.language.shelf import LanguageShelf
from playground.studio.studio import Studio
from tests.fakes import FakePainter

TEXT = "\n".join(phrase.ko for phrase in say(TextRequest(count=30, seed=1)))


@pytest.fixture
def texts():
    return OwnTexts(LanguageShelf(Library(pins={})))


def test_same_text_is_not_learned_twice(texts):
    first = texts.learn("나", "일기", TEXT, MarkovSettings())
    assert texts.learn("나", "일기", TEXT, MarkovSettings()) is first
    assert texts.learn("나", "일기", TEXT, MarkovSettings(order=1)) is not first
    assert texts.learn("너", "일기", TEXT, MarkovSettings()) is not first
    assert texts.learn("나", "편지", TEXT, MarkovSettings()).recipe == MarkovSettings()
    assert texts._languages.get("편지", "나").name == "편지"


def test_what_was_learned_can_be_explored(texts):
    texts.learn("나", "일기", TEXT, MarkovSettings())
    model = texts._languages.get("일기", "나")
    assert model.name == "일기" and model.next_eojeols("").candidates


def test_only_the_last_few_texts_are_remembered(monkeypatch):
    monkeypatch.setattr(shelf, "MAX_MARKOV", 1)
    texts = OwnTexts(LanguageShelf(Library(pins={})))
    first = texts.learn("나", "일기", TEXT, MarkovSettings())
    texts.learn("너", "일기", TEXT, MarkovSettings())
    assert texts.learn("나", "일기", TEXT, MarkovSettings()) is not first


def test_learning_can_be_stopped_and_refused(texts):
    with pytest.raises(Cancelled):
        texts.learn("나", "일기", TEXT, MarkovSettings(), CancelToken(lambda: True))
    with pytest.raises(CorpusError):
        texts.learn("나", "일기", "", MarkovSettings())


def test_studio_mixes_own_words_and_names_wrong_lines(tmp_path):
    rows = '{"ko": "돌고래밥", "en": "dolphin snack", "cat": "먹을것"}\n[]\n'
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "nouns.jsonl").write_text(rows, encoding="utf-8")
    with Studio.open(tmp_path / "data", FakePainter()) as studio:
        (mistake,) = studio.use_words(tmp_path / "words")
        assert (mistake.values["file"], mistake.values["line"]) == ("nouns.jsonl", 2)
        (phrase,) = studio.say(TextRequest(count=1, seed=1, topics=("돌고래밥",)), "나")
        assert "dolphin snack" in phrase.en.lower()


def test_what_was_said_before_a_stop_is_kept(tmp_path):
    with Studio.open(tmp_path / "data", FakePainter()) as studio:
        said = []
        hooks = SayHooks(on_phrase=said.append, cancel=CancelToken(lambda: len(said) == 2))
        with pytest.raises(Cancelled):
            studio.say(TextRequest(count=5, seed=1), "나", hooks=hooks)
        assert [phrase.ko for phrase in studio.phrases.latest("나")] == [
            phrase.ko for phrase in reversed(said)
        ]
