"""The Novel tab: rounds, picks, edits, undo, files, and text that cannot speak HTML."""

from __future__ import annotations

import base64
import html
import re
from datetime import date
from types import SimpleNamespace
from urllib.parse import unquote

import pytest

from pipelines.contract.errors import Cancelled
from playground.studio.stops import Stops
from playground.web.tabs.novel.events import NovelHandlers
from tests.fake_language import FakeLanguage, FakeShelf, FakeTokens
from tests.playground.web.asking import visit
from tests.playground.web.tabs.test_explorer import EVIL, state_of

FORM = {
    "model": "ongari",
    "novelty": 0.6,
    "likelihood": 0.4,
    "temperature": 0.9,
    "method": "sampling",
}


class Browser:
    """Clicks and keeps the state, as static/candidates.js does."""

    def __init__(self, handlers, language="ko"):
        self.handlers, self.language = handlers, language
        self.state, self.turn, self.pages = None, 0, []
        self.form = FORM

    def click(self, act, **data):
        self.turn += 1
        asked = {"act": act, "turn": self.turn, "state": self.state, **data}
        visited = visit(self.language, is_local=False, detail=asked)
        self.pages = list(self.handlers.act(visited, self.form))
        self.state = state_of(self.pages[-1])
        return self.pages[-1]

    @property
    def candidates(self):
        found = re.findall(r'data-act="pick" data-text="([^"]*)"', self.pages[-1])
        return [html.unescape(text) for text in found]

    @property
    def story(self):
        rows = re.findall(r'<li[^>]*><p><span lang="ko">(.*?)</span></p>', self.pages[-1])
        return [html.unescape(row) for row in rows]


@pytest.fixture
def model():
    return FakeTokens("ongari")


@pytest.fixture
def studio(model):
    return SimpleNamespace(languages=FakeShelf(model), stops=Stops())


@pytest.fixture
def browser(studio):
    return Browser(NovelHandlers(studio, lambda: date(2026, 11, 21)))


def test_a_round_shows_how_far_it_is_and_then_candidates(browser):
    page = browser.click("start", text="옛날에 문어가 살았다.")
    assert "꺼내는 중" in browser.pages[0] and "data-busy" in browser.pages[0]
    assert "<progress" in browser.pages[1] and "문장을 쓰는 중 0/" in browser.pages[1]
    assert "data-busy" not in page and "<progress" not in page
    assert 5 <= len(browser.candidates) <= 10
    assert "새로움" in page and "그럴듯함" in page


def test_the_story_is_there_before_its_candidates_are(browser):
    browser.click("start", text="옛날에 문어가 살았다.")
    browser.click("pick", text=browser.candidates[0])
    assert len(state_of(browser.pages[0])["moves"]) == 3


def test_picked_sentences_join_the_story_and_undo_brings_the_candidates_back(browser):
    browser.click("start", text="옛날에 문어가 살았다.")
    first = browser.candidates
    browser.click("pick", text=first[2])
    assert browser.story[:2] == ["옛날에 문어가 살았다.", first[2]]
    browser.click("undo")  # the new round
    browser.click("undo")  # the pick
    assert browser.candidates == first
    assert browser.story[0] == "옛날에 문어가 살았다."
    assert len(browser.pages) == 1  # undo asks no model


def test_sentences_are_edited_and_removed_and_rewritten_before_they_are_picked(browser):
    browser.click("start", text="하나다. 둘이다.")
    browser.click("edit", at="0", text="한 마리다.")
    browser.click("remove", at="1")
    browser.click("pick", text="내가 고쳐 쓴 말이다.")
    assert browser.story[:2] == ["한 마리다.", "내가 고쳐 쓴 말이다."]


def test_trying_again_shows_others(browser):
    browser.click("start", text="")
    first = browser.candidates
    browser.click("again")
    assert not set(first) & set(browser.candidates)


def test_files_are_inside_their_links(browser):
    page = browser.click("start", text="# 하나다. 둘이다.")
    found = re.findall(r'download="([^"]*)" href="data:([^;]*);charset=utf-8;base64,([^"]*)"', page)
    files = {name: base64.b64decode(unquote(data)).decode() for name, _, data in found}
    assert files["아무말-소설.txt"] == "# 하나다. 둘이다.\n"
    assert "\\# 하나다. 둘이다." in files["아무말-소설.md"]
    assert "2026-11-21" in files["아무말-소설.md"]


def test_a_new_story_can_be_taken_back(browser):
    browser.click("start", text="하나다.")
    browser.click("start", text="둘이다.")
    for _ in range(2):
        browser.click("undo")
    assert browser.story[0] == "하나다."


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"act": "start", "text": "가. 나. 다. 라. 마. 바."}, "여는 문장이 6개"),
        ({"act": "start", "text": "가" * 10_000}, "10000자"),
        ({"act": "pick", "text": " "}, "비어 있어요"),
        ({"act": "pick", "text": "벨\x07"}, "제어 문자"),
        ({"act": "edit", "at": "9", "text": "가"}, "문장은 없어요"),
        ({"act": "dance"}, "단추는 없어요"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_lost(browser, data, words):
    browser.click("start", text="하나다.")
    before = browser.state
    page = browser.click(**data)
    assert words in page and 'role="alert"' in page
    assert browser.state == before


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("model", "없는 모델", "없는 모델"),
        ("novelty", 3, "새로움의 무게"),
        ("likelihood", "x", "그럴듯함의 무게"),
        ("temperature", 0, "온도"),
        ("method", "magic", "찾는 방법"),
    ],
)
def test_a_control_that_cannot_be_used_is_said(browser, name, value, words):
    browser.form = {**FORM, name: value}
    page = browser.click("start", text="하나다.")
    assert words in page and 'role="alert"' in page
    assert browser.story == ["하나다."]  # the opening is kept all the same


def test_a_model_that_only_repeats_itself_is_helped_out_and_said_so(browser, model):
    model.sentences = ("사랑!",)
    assert "빌려 왔어요" in browser.click("start", text="하나다.")


def test_stop_keeps_what_was_picked(browser, studio, model):
    browser.click("start", text="하나다.")

    def stopping(*_):
        studio.stops.stop("someone", "novel")
        raise Cancelled

    model.draft = stopping
    page = browser.click("pick", text="둘이다.")
    assert "멈췄어요" in page and "data-busy" not in page
    assert browser.story[:2] == ["하나다.", "둘이다."]


def test_a_crash_is_a_sentence(browser, model, caplog):
    model.raises = RuntimeError("boom")
    page = browser.click("start", text="하나다.")
    assert "RuntimeError" in page and browser.story == ["하나다."]


def test_beam_search_is_offered_for_models_that_can(browser, studio):
    browser.form = {**FORM, "method": "beam"}
    browser.click("start", text="")
    assert browser.candidates
    studio.languages.models["ongari"] = FakeLanguage("ongari")
    assert "빔 탐색을 할 수 없어요" in browser.click("again")


def test_a_state_that_is_none_is_put_aside(browser):
    browser.state = [1, 2]
    page = browser.click("restore")
    assert "data-lost" in page and "amumal-novel-old" in page


def test_foreign_text_cannot_speak_html(browser, model):
    model.sentences = (EVIL + " 가 나.", "하마가 <b>웃는다</b>.")
    page = browser.click("start", text=EVIL)
    assert "<img" not in page and "<b>웃" not in page


def test_it_speaks_english(browser):
    browser.language = "en"
    page = browser.click("start", text="하나다.")
    assert "The story so far" in page and "Save as Markdown" in page


def test_models_are_offered_and_stopped(browser):
    assert browser.handlers.names(visit(is_local=False))["choices"] == ["ongari"]
    assert browser.handlers.stop(visit(is_local=False)) is None
