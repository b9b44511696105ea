"""The Write tab in a real browser: three engines, where a phrase came from, the looks."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from pipelines.contract.requests import TextRequest
from pipelines.text.engines import say
from tests.browser.test_looks import serious_faults
from tests.browser.test_play import finished

CARDS = "#writing-board .lines > li"
LINES = "\n".join(phrase.ko for phrase in say(TextRequest(count=50, seed=1)))


def open_tab(page: Page, name: str = "글짓기", engine: str = "") -> Page:
    page.get_by_role("tab", name=name, exact=True).click()
    expect(page.locator("#writing-say-grammar")).to_be_visible()
    if engine:
        page.get_by_role("tab", name=engine, exact=True).click()
    return page


def test_an_empty_board_invites_and_wishes_come_true(page):
    open_tab(page)
    expect(page.locator("#writing-board .invite")).to_contain_text("뒤섞기")
    page.locator("#writing-topics textarea, #writing-topics input").fill("고양이")
    page.get_by_label("일어난 일").check()
    page.get_by_role("button", name="뒤섞기", exact=True).click()
    expect(page.locator(CARDS)).to_have_count(5)
    expect(page.locator(f"{CARDS} .korean").first).to_contain_text("고양이")
    expect(page.locator(f"{CARDS} .english").first).to_contain_text("cat")
    page.locator("#writing-board .draw-this").first.click()
    finished(page)


def test_own_text_is_stitched_and_shows_its_lines(page):
    open_tab(page, engine="내 글로")
    page.locator("#writing-say-markov").click()
    expect(page.locator("#writing-board [role=alert]")).to_contain_text("비어 있어서")
    page.locator("#writing-text textarea").fill(LINES)
    page.locator("#writing-say-markov").click()
    expect(page.locator(CARDS)).to_have_count(5)
    page.locator("#writing-board summary").first.click()
    expect(page.locator("#writing-board .stitches li").first).to_contain_text("번째 줄")


def test_a_file_is_learned_too(page):
    open_tab(page, engine="내 글로")
    file = {"name": "노래.txt", "mimeType": "text/plain", "buffer": LINES.encode("cp949")}
    page.locator("#writing-file input[type=file]").set_input_files(file)
    expect(page.locator("#writing-file .now")).to_contain_text("노래.txt")
    page.locator("#writing-say-markov").click()
    expect(page.locator(CARDS)).to_have_count(5)


def test_a_language_model_babbles(page):
    open_tab(page, engine="옹알이")
    page.locator("#writing-say-neural").click()
    expect(page.locator("#writing-board [role=status]")).to_contain_text("나왔어요")
    expect(page.locator(CARDS).first).to_contain_text("옹알이")


def test_a_text_is_deleted_and_had_back(page):
    open_tab(page, engine="내 글로")
    box = page.locator("#writing-text textarea")
    box.fill("고래가 우산을 쓰고 걸었다.")
    page.get_by_role("button", name="배운 글 지우기").click()
    bar = page.locator(".undo-bar")
    expect(bar.get_by_role("status")).to_contain_text("지웠어요")
    expect(box).to_have_value("")
    bar.get_by_role("button", name="되돌리기").click()
    expect(box).to_have_value("고래가 우산을 쓰고 걸었다.")


@pytest.mark.parametrize("engine", ["", "내 글로", "옹알이"])
def test_screen_readers_find_nothing_wrong(page, engine):
    open_tab(page, engine=engine)
    page.wait_for_timeout(300)
    assert serious_faults(page) == []


def test_a_phone_shows_all_of_it(visitor):
    phone = open_tab(visitor(width=390, has_touch=True).open())
    phone.locator("#writing-say-grammar").click()
    expect(phone.locator(CARDS)).to_have_count(5)
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
