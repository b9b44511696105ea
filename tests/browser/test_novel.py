"""The Novel tab in a real browser: rounds, edits, undo, files, stop, screen readers, phones."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from pipelines.contract.errors import Cancelled
from tests.browser.test_looks import serious_faults

OPENING = "옛날에 문어가 살았다."


def open_tab(page: Page, name: str = "소설") -> Page:
    page.get_by_role("tab", name=name).click()
    page.wait_for_selector("#novel [data-turn]")
    return page


def begin(page: Page, words: str = OPENING) -> None:
    page.locator("#novel-text textarea").fill(words)
    page.get_by_role("button", name="이야기 시작").click()
    candidates(page)


def candidates(page: Page) -> list[str]:
    expect(page.locator("#novel")).to_have_attribute("aria-busy", "false")
    expect(page.locator("#novel .cards li").first).to_be_visible()
    return page.locator("#novel .cards p [lang=ko]").all_inner_texts()


def test_a_sentence_is_picked_with_a_key_undone_and_kept_by_a_reload(page):
    open_tab(page)
    begin(page)
    first = candidates(page)
    page.keyboard.press("2")
    expect(page.locator("#novel .story li")).to_have_count(2)
    expect(page.locator("#novel .story li").nth(1)).to_contain_text(first[1])
    assert not set(candidates(page)) & {first[1]}
    page.reload()
    open_tab(page)
    expect(page.locator("#novel .story li")).to_have_count(2)
    for _ in range(2):  # the round, then the pick
        page.locator("#novel").get_by_role("button", name="되돌리기").click()
        expect(page.locator("#novel")).to_have_attribute("aria-busy", "false")
    assert candidates(page) == first


def test_a_candidate_is_changed_before_it_is_picked(page):
    open_tab(page)
    begin(page)
    page.get_by_role("button", name="고쳐서 쓰기").first.click()
    page.locator("#novel .editor textarea").fill("문어는 우산을 삶지 않았다.")
    page.keyboard.press("Enter")
    expect(page.locator("#novel .story li").nth(1)).to_contain_text("문어는 우산을 삶지 않았다.")


def test_the_story_is_saved_as_a_file(page):
    open_tab(page)
    begin(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Markdown으로 저장").click()
    assert download.value.suggested_filename == "아무말-소설.md"
    assert OPENING in Path(download.value.path()).read_text("utf-8")


def test_stop_leaves_the_story_as_it_is(page, language, monkeypatch):
    open_tab(page)
    begin(page)

    def slow(prompt, count, sampling, hooks):
        while not hooks.cancel.is_cancelled:
            page_wait.wait(0.02)
        raise Cancelled

    import threading

    page_wait = threading.Event()
    monkeypatch.setattr(language, "draft", slow)
    page.get_by_role("button", name="다시 뽑기").click()
    expect(page.locator("#novel progress")).to_be_visible()
    page.get_by_role("button", name="멈춤").click()
    expect(page.locator("#novel [role=alert]")).to_contain_text("멈췄어요")
    expect(page.locator("#novel .story li")).to_have_count(1)


def test_six_openings_are_said(page):
    open_tab(page)
    page.locator("#novel-text textarea").fill("가.\n나.\n다.\n라.\n마.\n바.")
    page.get_by_role("button", name="이야기 시작").click()
    expect(page.locator("#novel [role=alert]")).to_contain_text("여는 문장이 6개")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_serious_fault_for_screen_readers_and_phones(visitor, scheme):
    page = visitor(color_scheme=scheme, width=375).open()
    open_tab(page)
    begin(page)
    page.locator("#novel-settings button").first.click()
    expect(page.locator("#novel-method")).to_be_visible()
    page.wait_for_timeout(300)
    assert serious_faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_sentence_is_drawn_from_here(page):
    open_tab(page)
    begin(page)
    page.locator("#novel .story .draw-this").first.click()
    expect(page.locator("#stage .caption")).to_contain_text(OPENING)
