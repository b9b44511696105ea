"""The Next word tab in a real browser: keys, branches, a reload, screen readers, phones."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_looks import serious_faults


def open_tab(page: Page, name: str = "다음 어절") -> Page:
    page.get_by_role("tab", name=name).click()
    page.wait_for_selector("#explorer [data-turn]")
    return page


def quiet(page: Page) -> None:
    expect(page.locator("#explorer")).to_have_attribute("aria-busy", "false")


def begin(page: Page, words: str = "파란 냄새") -> None:
    page.locator("#explorer-text textarea, #explorer-text input").fill(words)
    page.get_by_role("button", name="여기서 시작").click()
    expect(page.locator("#explorer .sentence")).to_contain_text(words)
    quiet(page)


def test_words_are_chosen_with_keys_and_a_reload_keeps_them(page):
    open_tab(page)
    begin(page)
    expect(page.locator("#explorer .candidate").first).to_contain_text("40%")
    expect(page.locator("#explorer .rest")).to_contain_text("그 밖에 5%")
    page.keyboard.press("2")
    expect(page.locator("#explorer .sentence")).to_contain_text("파란 냄새 콧구멍에")
    quiet(page)
    page.keyboard.press("b")
    expect(page.locator("#explorer .branches li")).to_have_count(2)
    quiet(page)
    page.keyboard.press("Backspace")
    expect(page.locator("#explorer .sentence")).to_have_text("파란 냄새")
    quiet(page)
    page.reload()
    open_tab(page)
    expect(page.locator("#explorer .sentence")).to_have_text("파란 냄새")
    page.get_by_role("button", name="1 파란 냄새 콧구멍에").click()
    expect(page.locator("#explorer .sentence")).to_have_text("파란 냄새 콧구멍에")


def test_the_temperature_changes_what_stands_beside_the_percentages(page):
    open_tab(page)
    begin(page)
    first = page.locator("#explorer .candidate").first
    expect(first).to_contain_text("온도 0.9이면")
    page.locator("#explorer-temperature input[type=number]").fill("1.5")
    page.keyboard.press("Tab")
    expect(first).to_contain_text("온도 1.5이면")
    expect(first).to_contain_text("40%")


def test_a_branch_gets_a_name_typed_in_its_place(page):
    open_tab(page)
    begin(page)
    page.keyboard.press("b")
    page.get_by_role("button", name="가지 ‘1’ 이름 바꾸기").click()
    page.keyboard.type("첫 길")
    page.keyboard.press("Enter")
    expect(page.locator("#explorer .branches")).to_contain_text("첫 길")


def test_what_cannot_be_is_said_and_the_sentence_stays(page):
    open_tab(page)
    begin(page)
    page.locator("#explorer-text textarea, #explorer-text input").fill("가" * 10_000)
    page.get_by_role("button", name="이어 붙이기").click()
    expect(page.locator("#explorer [role=alert]")).to_contain_text("10000자")
    expect(page.locator("#explorer .sentence")).to_have_text("파란 냄새")


def test_what_was_kept_in_another_form_is_put_aside(page):
    page.evaluate("localStorage.setItem('amumal-explorer', '{\"old\": 1}')")
    page.reload()
    open_tab(page)
    expect(page.locator("#explorer [role=alert]")).to_contain_text("amumal-explorer-old")
    assert page.evaluate("localStorage.getItem('amumal-explorer-old')") == '{"old": 1}'


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_serious_fault_for_screen_readers_and_phones(visitor, scheme):
    page = visitor(color_scheme=scheme, width=375).open()
    open_tab(page)
    begin(page)
    page.get_by_role("button", name="가지 치기").click()
    expect(page.locator("#explorer .branches li")).to_have_count(2)
    quiet(page)
    page.wait_for_timeout(300)
    assert serious_faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_it_speaks_english(visitor):
    page = visitor(locale="en-US").open()
    open_tab(page, "Next word")
    page.get_by_role("button", name="Show first words").click()
    expect(page.locator("#explorer h2")).to_have_text("What may come next")
