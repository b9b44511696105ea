"""The Next word tab: steps, alerts that lose nothing, and text that cannot speak HTML."""

from __future__ import annotations

import html
import json
import random
import re
from types import SimpleNamespace
from typing import Any

import pytest

from pipelines.contract.errors import Cancelled
from playground.studio.stops import Stops
from playground.web.tabs.explorer.events import ExplorerHandlers
from tests.fake_language import FakeLanguage, FakeShelf
from tests.playground.web.asking import visit

EVIL = "<img src=x onerror=alert(1)>"


@pytest.fixture
def model():
    return FakeLanguage("ongari")


@pytest.fixture
def handlers(model):
    studio: Any = SimpleNamespace(languages=FakeShelf(model), stops=Stops())
    return ExplorerHandlers(studio, random.Random(1))


def state_of(page):
    return json.loads(html.unescape(re.search(r'data-state="([^"]*)"', page)[1]))


class Browser:
    """Clicks and keeps the state, as static/candidates.js does."""

    def __init__(self, handlers, language="ko"):
        self.handlers, self.language = handlers, language
        self.state, self.turn, self.page = None, 0, ""
        self.form = {"model": "ongari", "temperature": 0.9}

    def click(self, act, **data):
        self.turn += 1
        asked = {"act": act, "turn": self.turn, "state": self.state, **data}
        visited = visit(self.language, is_local=False, detail=asked)
        self.page = self.handlers.act(visited, self.form)
        self.state = state_of(self.page)
        return self.page

    @property
    def texts(self):
        return [" ".join(branch["eojeols"]) for branch in self.state["branches"]]


@pytest.fixture
def browser(handlers):
    return Browser(handlers)


def test_percentages_are_untempered_with_the_rest_and_the_end(browser):
    page = browser.click("append", text="파란")
    assert '<span class="share">40%</span>' in page
    assert "그 밖에 5%" in page
    assert "‹끝›" in page
    assert "온도 0.9이면" in page


def test_words_are_chosen_undone_and_branched(browser):
    browser.click("append", text="파란")
    browser.click("append", text="뼈다귀")
    browser.click("undo")
    browser.click("branch")
    browser.click("append", text="콧구멍에")
    assert browser.texts == ["파란", "파란 콧구멍에"]
    browser.click("rename", at="1", text="다른 길")
    assert "다른 길" in browser.page
    browser.click("jump", at="0")
    browser.click("delete", at="1")
    assert browser.texts == ["파란"]


def test_the_end_ends_it_and_may_be_taken_back(browser, model):
    browser.click("append", text="파란")
    asked = len(model.prompts)
    page = browser.click("append", text="")
    assert "문장이 끝났어요" in page
    assert len(model.prompts) == asked  # nobody is asked what comes after the end
    assert "뼈다귀" in browser.click("undo")


def test_the_dice_take_one_of_the_candidates(browser):
    browser.click("append", text="파란")
    browser.click("roll")
    assert browser.state["branches"][0]["eojeols"][1:] in (["뼈다귀"], ["콧구멍에"], ["삼각형"], [])


def test_own_words_start_and_go_on(browser):
    browser.click("start", text=" 심심한  장미를 ")
    browser.click("add", text="콧구멍에")
    browser.click("add", text="   ")
    assert browser.texts == ["심심한 장미를 콧구멍에"]
    browser.click("start", text="다시")
    assert browser.texts == ["심심한 장미를 콧구멍에", "다시"]


def test_a_reload_brings_everything_back_without_opening_a_model(browser, model):
    browser.click("append", text="파란")
    asked = len(model.prompts)
    page = browser.click("restore")
    assert "파란" in page and "후보 보기" in page
    assert len(model.prompts) == asked


def test_turns_are_counted_for_the_browser(browser):
    assert 'data-turn="1"' in browser.click("restore")
    visited = visit(is_local=False, detail={"turn": "x"})
    assert 'data-turn="0"' in browser.handlers.act(visited, browser.form)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"act": "append", "text": "벨\x07"}, "제어 문자"),
        ({"act": "start", "text": "가" * 10_000}, "10000자"),
        ({"act": "jump", "at": "7"}, "가지는 없어요"),
        ({"act": "jump", "at": "x"}, "숫자로"),
        ({"act": "dance"}, "단추는 없어요"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_lost(browser, data, words):
    browser.click("append", text="파란")
    page = browser.click(**data)
    assert words in page and 'role="alert"' in page
    assert browser.texts == ["파란"]


@pytest.mark.parametrize(
    ("controls", "words"),
    [
        (("없는 모델", 0.9), "없는 모델"),
        (("ongari", 7), "온도"),
        (("ongari", "warm"), "온도"),
        (("가" * 2000, 0.9), "글 모델이 없어요"),
        ((None, None), "온도"),
    ],
)
def test_a_control_that_cannot_be_used_is_said(browser, controls, words):
    browser.click("append", text="파란")
    browser.form = dict(zip(browser.form, controls, strict=True))
    page = browser.click("append", text="냄새")
    assert words in page and 'role="alert"' in page
    assert browser.texts[0].startswith("파란")


def test_a_state_that_is_none_is_put_aside(browser):
    browser.state = {"branches": "nonsense"}
    page = browser.click("look")
    assert "data-lost" in page and "amumal-explorer-old" in page
    assert browser.texts == [""]


def test_stop_and_crash_are_sentences(browser, model, caplog):
    browser.click("append", text="파란")
    model.raises = Cancelled()
    assert "멈췄어요" in browser.click("append", text="냄새")
    model.raises = RuntimeError("boom")
    assert "RuntimeError" in browser.click("append", text="모자")
    assert browser.texts == ["파란 냄새 모자"]  # what was chosen stays chosen


def test_foreign_text_cannot_speak_html(browser, model):
    model.nexts = ((EVIL, 0.9),)
    page = browser.click("start", text=EVIL)
    browser.click("branch")
    page += browser.click("rename", at="0", text=EVIL[:30])
    assert "<img" not in page
    assert "&lt;img" in page


def test_it_speaks_english(handlers):
    browser = Browser(handlers, "en")
    page = browser.click("append", text="파란")
    assert "What may come next" in page and "되돌리기" not in page


def test_models_are_offered_and_stopped(handlers):
    assert handlers.names(visit(is_local=False))["choices"] == ["ongari"]
    assert handlers.stop(visit(is_local=False)) is None
