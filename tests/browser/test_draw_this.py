"""The "draw this" button of a phrase in another tab: it is drawn, and what was typed stays."""

from __future__ import annotations

from playwright.sync_api import expect

from playground.web import draw_this
from tests.browser.test_play import finished

PUT = "(html) => document.querySelector('#header').insertAdjacentHTML('beforeend', html)"


def test_a_phrase_of_another_tab_is_drawn_and_the_typed_text_stays(page):
    page.locator("#own-text textarea").fill("졸린 냉장고")
    page.evaluate(PUT, draw_this.html('착한 "뼈다귀" <b>'))
    page.locator(".draw-this").click()
    finished(page)
    expect(page.locator("#stage .caption")).to_have_text('착한 "뼈다귀" <b>')
    expect(page.locator("#own-text textarea")).to_have_value("졸린 냉장고")


def test_an_empty_phrase_is_refused_with_a_sentence(page):
    page.evaluate(PUT, draw_this.html(""))
    page.locator(".draw-this").click()
    expect(page.locator("#stage [role=alert]")).to_contain_text("비어 있어요")
