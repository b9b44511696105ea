"""The mistranslation game: three pictures side by side with what the model was told."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.settings import SETTLE_MS


def test_three_pictures_come_with_their_prompts(page):
    page.locator("#tab-draw-button, [aria-controls=tab-draw]").first.click()
    page.locator("#mistranslate .label-wrap").first.click()
    page.locator("#mistranslate-phrase textarea").fill("배를 먹는 말")
    page.locator("#mistranslate-go").click()
    figures = page.locator("#mistranslate-board figure")
    expect(figures).to_have_count(3)
    expect(page.locator("#mistranslate-board figure[aria-busy=false] img")).to_have_count(3)
    expect(figures.nth(0).locator("q")).to_have_text("배를 먹는 말")
    expect(figures.nth(1).locator("b")).to_have_text("직역")
    assert all(figures.nth(number).locator("img").get_attribute("alt") for number in range(3))


def test_what_is_wrong_is_told_beside_the_button(page):
    page.locator("#tab-draw-button, [aria-controls=tab-draw]").first.click()
    page.locator("#mistranslate .label-wrap").first.click()
    page.wait_for_timeout(SETTLE_MS)  # the box has a phrase in it; it is heard once it is there
    page.locator("#mistranslate-phrase textarea").fill("")
    page.locator("#mistranslate-go").click()
    expect(page.locator("#mistranslate-board .alert")).to_contain_text("비어 있어요")
