"""The mistranslation game, pressed over HTTP as the page presses it."""

from __future__ import annotations

import pytest

from models.errors import ModelNotFound
from pipelines.contract.errors import LanguageModelError
from tests.playground.web.asking import visit as asking
from tests.playground.web.conftest import frames
from tests.playground.web.tabs.test_draw import run, values_of


@pytest.fixture
def page(visit):
    return visit()


def press(page, phrase="배를 먹는 말", model="crayon", seed="7"):
    return run(page, "mistranslate-go", [phrase, model, seed])[0]


def test_three_readings_are_drawn_with_one_seed(page, painter):
    ticket = press(page)
    assert ticket["alert"] == "" and ticket["seed"] == "7"
    assert [one["kind"] for one in ticket["readings"]] == ["raw", "literal", "fluent"]
    for one in ticket["readings"]:
        assert frames(page, one["job"])[-1]["picture"]
    drawn = painter.drawn[-3:]
    assert [request.prompt for request in drawn] == [one["prompt"] for one in ticket["readings"]]
    assert {request.seed for request in drawn} == {7}


def test_what_is_wrong_is_told_and_nothing_is_drawn(page):
    for values, word in ((("", "crayon", "7"), "비어"), (("말", "crayon", "abc"), "abc")):
        ticket = press(page, *values)
        assert word in ticket["alert"] and ticket["readings"] == []


def test_what_cannot_be_drawn_is_told_before_anything_is_queued(page, painter):
    painter.refuses = ModelNotFound("model.unknown", model="별", nearest="crayon")
    ticket = press(page, model="별")
    assert "별" in ticket["alert"] and ticket["readings"] == []


def test_a_broken_translator_is_told_and_words_are_glossed(page, studio, monkeypatch):
    def broken():
        raise LanguageModelError("translator.load", model="opus", reason="no pieces")

    monkeypatch.setattr(studio.translators, "get", broken)
    ticket = press(page)
    assert "opus" in ticket["alert"] and len(ticket["readings"]) == 3


def test_words_that_do_not_reach_an_english_model_are_named(page):
    prompt, ticket = run(page, "draw-from-phrase", ["뷁쀍뛟을 쓴 고양이", "english"])
    assert prompt.isascii() and "뷁쀍뛟" in ticket["alert"]
    prompt, ticket = run(page, "draw-from-phrase", ["뷁쀍뛟", "english"])
    assert prompt == "뷁쀍뛟" and "우리말 그대로" in ticket["alert"]


def test_an_english_prompt_that_was_edited_is_drawn_as_it_is(page, painter):
    prompt, _ = run(page, "draw-from-phrase", ["배를 먹는 말", "english"])
    assert prompt == "a horse eating a pear"
    ticket = run(page, "draw-start", values_of(model="english", prompt=f"{prompt}, blue"))[0]
    assert frames(page, ticket["jobs"][0])[-1]["picture"]
    assert painter.drawn[-1].prompt == "a horse eating a pear, blue"


def test_the_models_there_are_are_offered_when_the_tab_opens(page, studio):
    from playground.web.tabs.mistranslate.events import MistranslateHandlers

    offered = MistranslateHandlers(studio).arrive(asking())["choices"]
    assert offered == list(studio.painter.families())


def test_script_and_style_are_served(page):
    for name in ("mistranslate.js", "mistranslate.css"):
        assert page.get(f"/ui/{name}").status_code == 200
