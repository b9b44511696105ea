"""The Write tab: three engines, phrases as they come, a stop, and everything escaped."""

from __future__ import annotations

import pytest

from pipelines.contract.phrase import Phrase
from pipelines.contract.requests import TextRequest
from pipelines.text.engines import say
from pipelines.text.language.model import Draft
from playground.messages import Language
from playground.studio.language.shelf import LanguageEntry, LanguageKind
from playground.web.tabs.writing.events import WritingHandlers
from playground.web.tabs.writing.form import FIELDS, defaults, sampling
from playground.web.tabs.writing.view import Board, page
from tests.playground.web.asking import visit as asking

ME = "a writer"
USUAL = {
    **defaults(),
    "topics": "", "length": "any", "families": [], "mood": "any", "rating": "mild", "text": "",
    "file": "", "unit": "eojeol", "temperature": 0.9, "model": "ongari", "bad_words": "",
    "count": 3, "seed": "7",
}  # fmt: skip


def values(engine, **changes):
    form = {**USUAL, **changes}
    return {name: form[name] for name in FIELDS[engine]}


@pytest.fixture
def handlers(studio):
    return WritingHandlers(studio)


def visit(language="ko"):
    return asking(language, owner=ME)


def last(stream):
    boards = list(stream)
    return boards[-1]


class Writer:
    name = "ongari"

    def __init__(self, on_draft=None):
        self.on_draft = on_draft

    def draft(self, prompt, count, sampling, hooks):
        if self.on_draft:
            self.on_draft()
        hooks.on_text(0, "자라는 <줄>")
        rows = [f"<b>뼈다귀</b> {n + sampling.seed % 97}" for n in range(count)]
        return tuple(Draft(prompt + row, -1.0, 3, has_ended=True) for row in rows)


@pytest.fixture
def ongari(studio, monkeypatch):
    def use(model):
        monkeypatch.setattr(studio.languages, "get", lambda name, owner, stop: model)

    return use


def test_grammar_keeps_the_wishes_and_shows_english(handlers):
    html = last(handlers.grammar(visit(), values("grammar", topics="고양이", families=["event"])))
    assert html.count("<li>") == 3 and html.count('class="draw-this"') == 3
    assert html.count("고양이") >= 3 and 'lang="en"' in html and "시드 7" in html


def test_what_was_said_is_kept_with_its_settings(handlers, studio):
    list(handlers.grammar(visit(), values("grammar", count=2, surprise=1.5)))
    latest = studio.phrases.latest(None, 1)[0]
    assert dict(latest.settings)["surprise"] == 1.5


def test_own_text_shows_the_lines_it_was_stitched_from(handlers):
    text = "\n".join(phrase.ko for phrase in say(TextRequest(count=50, seed=1)))
    html = last(handlers.markov(visit(), values("markov", text=text, temperature=1.5)))
    assert html.count('class="stitches"') == 3 and "번째 줄" in html
    assert "원래 글과 비슷한" in html
    names = [entry.name for entry in handlers._studio.languages.names(ME)]
    assert "내 글" in names


def test_file_is_learned_instead_of_the_pasted_text(handlers, studio):
    lines = "\n".join(phrase.ko for phrase in say(TextRequest(count=50, seed=2)))
    token = studio.drops.put(ME, "노래.txt", lines.encode("cp949"))
    html = last(handlers.markov(visit(), values("markov", text="", file=token)))
    assert html.count("<li><p") == 3
    assert "노래.txt" in [entry.name for entry in studio.languages.names(ME)]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"text": ""}, "글이 비어 있어서"),
        ({"text": "한 줄뿐이다."}, "1개뿐이라"),
        ({"text": "가" * 4_000_001}, "4,000,001자"),
        ({"text": None}, "글이 비어 있어서"),
        ({"file": "없는 표"}, "파일"),
        ({"order": "둘"}, "둘"),
        ({"unit": "글자"}, "글자"),
        ({"count": 99}, "99"),
        ({"seed": "씨"}, "씨"),
        ({"topics": "x" * 3000}, "3000자"),
    ],
)
def test_bad_input_is_a_sentence(handlers, changes, told):
    html = last(handlers.markov(visit(), values("markov", **changes)))
    assert 'role="alert"' in html and told in html


def test_neural_streams_growing_lines_and_escapes_everything(handlers, ongari):
    ongari(Writer())
    boards = list(handlers.neural(visit(), values("neural")))
    assert "&lt;b&gt;뼈다귀" in boards[-1] and "<b>" not in "".join(boards)
    assert 'class="growing"' not in boards[-1] and "3개가 나왔어요" in boards[-1]


def test_stop_keeps_what_had_come_out(handlers, ongari, studio):
    ongari(Writer(on_draft=lambda: handlers.stop(visit())))
    html = last(handlers.neural(visit(), values("neural")))
    assert "멈췄어요" in html and "1개" in html
    studio.stops.stop(ME, "writing")


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"temperature": "99"}, "99"),
        ({"top_p": None}, "누적 확률"),
        ({"bad_words": ",".join(map(str, range(200)))}, "200"),
        ({"model": "없는 모델"}, "없는 모델"),
    ],
)
def test_bad_settings_are_a_sentence(handlers, changes, told):
    html = last(handlers.neural(visit(), values("neural", **changes)))
    assert 'role="alert"' in html and told in html


def test_surprise_of_the_program_is_a_sentence_too(handlers, ongari):
    def explode():
        raise ZeroDivisionError

    ongari(Writer(on_draft=explode))
    html = last(handlers.neural(visit("en"), values("neural")))
    assert 'role="alert"' in html and "ZeroDivisionError" in html


def test_licence_is_told_for_the_chosen_model(handlers, studio, monkeypatch):
    entries = (
        LanguageEntry("kogpt2", LanguageKind.FOLDER, "CC-BY-NC-SA-4.0"),
        LanguageEntry("ongari", LanguageKind.BUILTIN),
        LanguageEntry("일기", LanguageKind.MARKOV),
    )
    monkeypatch.setattr(studio.languages, "names", lambda owner="": entries)
    assert "CC-BY-NC-SA-4.0" in handlers.licence(visit(), {"model": "kogpt2"})
    choices, notice = handlers.models(visit(), {"model": "ongari"})
    assert notice == "" and choices["choices"] == ["kogpt2", "ongari"]


def test_form_reads_words_between_commas():
    form = values("neural", bad_words="김치, 국수,,", top_k=40)
    assert (sampling(form).bad_words, sampling(form).top_k) == (("김치", "국수"), 40)


def test_board_without_anything_is_empty_and_speaks_both_languages():
    assert page(Board(), Language.KO) == ""
    phrase = Phrase("사랑", "", (), "neural", 3, settings=(("model", "<m>"),))
    html = page(Board(phrases=((phrase, (("사", 0), ("랑", 2))),)), Language.EN)
    assert "&lt;m&gt;" in html and "on no line" in html and "line 2" in html
