"""The "draw this" button of a phrase in another tab: it is drawn, and what was typed stays."""

from __future__ import annotations

import json

from playwright.sync_api import expect

from pipelines.bridge.caption_parser import undrawable_words
from pipelines.text.reading.typed import typed
from playground.web.kit import draw_this
from playground.web.kit.examples import CARDS
from tests.browser.test_play import finished

PUT = "(html) => document.querySelector('#header').insertAdjacentHTML('beforeend', html)"


def test_a_phrase_of_another_tab_is_drawn_and_the_typed_text_stays(page):
    page.locator("#own-text textarea").fill("졸린 냉장고")
    page.evaluate(PUT, draw_this.html('착한 "뼈다귀" <b>'))
    page.locator(".draw-this:not(.example)").click()
    finished(page)
    expect(page.locator("#stage .caption")).to_have_text('착한 "뼈다귀" <b>')
    expect(page.locator("#own-text textarea")).to_have_value("졸린 냉장고")


def test_an_empty_phrase_is_refused_with_a_sentence(page):
    page.evaluate(PUT, draw_this.html(""))
    page.locator(".draw-this:not(.example)").click()
    expect(page.locator("#stage [role=alert]")).to_contain_text("비어 있어요")


def test_an_example_card_is_drawn_at_a_click(page):
    cards = page.locator("#examples .example")
    expect(cards).to_have_count(len(CARDS))
    page.wait_for_function(
        "[...document.querySelectorAll('#examples img')].every((one) => one.naturalWidth > 0)"
    )
    cards.nth(1).click()
    finished(page)
    expect(page.locator("#stage .caption")).to_have_text(CARDS["2"])


def test_words_that_will_not_show_are_named(page):
    """The cards are remembered ones: what is dealt may happen to be drawable in full."""
    whole, partly = "파란 고양이", "파란 고양이의 문법"
    assert not undrawable_words(typed(whole))
    assert [word.ko for word in undrawable_words(typed(partly))] == ["문법"]
    kept = json.dumps({"values": {"card": None}, "cards": [whole, partly]})
    page.add_init_script(f"localStorage.setItem('amumal-play-1', {json.dumps(kept)})")
    page.reload()
    cards = page.locator("#phrases label")
    expect(cards).to_have_text([whole, partly])
    cards.nth(1).click()
    expect(page.locator("#gloss .undrawable")).to_contain_text("문법")
    cards.nth(0).click()
    expect(page.locator("#gloss")).to_contain_text("a blue cat")
    expect(page.locator("#gloss .undrawable")).to_have_count(0)
