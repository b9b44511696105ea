"""A seed that stays is said beside the button that draws, and let go there."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.test_play import finished

SEED = "#seed textarea, #seed input"


def drawn(page, text):
    page.locator("#own-text textarea").fill(text)
    page.get_by_role("button", name="그리기").click()
    finished(page)


def test_settings_taken_over_freeze_the_seed_and_the_chip_lets_it_go(page):
    drawn(page, "모자를 쓴 고래")
    chip = page.locator(".frozen-seed")
    expect(chip).to_be_hidden()
    page.locator("#stage .tools").get_by_role("button", name="이 설정으로").click()
    expect(chip).to_be_visible()
    said = chip.inner_text()
    seed = said.split()[1]
    assert seed in page.locator("#stage .words").inner_text() and seed != "-1"
    page.reload()
    expect(chip).to_have_text(said)
    chip.click()
    expect(chip).to_be_hidden()
    expect(page.locator("#illustrate")).to_be_focused()
    page.wait_for_timeout(300)  # the form is remembered by an event of its own
    page.reload()
    page.locator("#settings button").first.click()
    expect(page.locator(SEED)).to_have_value("-1")
    expect(chip).to_be_hidden()


def test_a_seed_that_is_typed_is_said_at_once(visitor):
    page = visitor(locale="en-US").open()
    page.locator("#settings button").first.click()
    page.locator(SEED).fill("42")
    expect(page.locator(".frozen-seed")).to_have_text("Seed 42 stays ×")
    page.locator(SEED).fill("-1")
    expect(page.locator(".frozen-seed")).to_be_hidden()
