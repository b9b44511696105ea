"""The "draw this" button of a phrase in another tab: it is drawn, and what was typed stays."""

from __future__ import annotations

import re

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
    page.get_by_role("button", name="뽑기").click()
    expect(page.locator("#phrases label")).to_have_count(5)
    for card in page.locator("#phrases label").all():
        card.click()
        phrase = typed(card.inner_text().strip())
        if missing := undrawable_words(phrase):
            any_of_them = re.compile("|".join(re.escape(word.ko) for word in missing))
            expect(page.locator("#gloss .undrawable")).to_contain_text(any_of_them)
            return
    raise AssertionError("all five phrases can be drawn in full")
