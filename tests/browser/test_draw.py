"""The Draw tab: a prompt, a start picture, a painted mask, sending between tabs, a reload."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_looks import serious_faults
from tests.browser.test_play import finished

DONE = re.compile(r"pictures/\d+\.png")


def open_draw(page: Page) -> Page:
    page.locator("#tab-draw-button, [aria-controls=tab-draw]").first.click()
    page.wait_for_selector("#draw-stage[role=region]")
    return page


def drawn(page: Page) -> None:
    expect(page.locator("#draw-stage img.shown")).to_have_attribute("src", DONE)
    expect(page.locator("#draw-stage .count")).to_have_text(re.compile(r"^(\d+)/\1$"))


def draw(page: Page, prompt: str) -> None:
    open_draw(page)
    page.locator("#draw-prompt textarea").fill(prompt)
    page.locator("#draw-start").click()
    drawn(page)
    expect(page.locator("#draw-stage .caption")).to_have_text(prompt)


def test_a_prompt_is_drawn_and_survives_a_reload(page, painter):
    draw(page, "노란 집과 달")
    assert painter.drawn[-1].prompt == "노란 집과 달"
    expect(page.locator("#draw-meter")).to_have_text("토큰 3/30")
    assert serious_faults(page) == []
    page.reload()
    open_draw(page)
    expect(page.locator("#draw-prompt textarea")).to_have_value("노란 집과 달")


def test_an_empty_form_is_told_and_everything_is_english(visitor):
    page = open_draw(visitor(locale="en-US").open())
    page.locator("#draw-start").click()
    expect(page.locator("#draw-stage [role=alert]")).to_contain_text("The prompt is empty")
    groups = ("parts", "sampling", "guidance", "model", "variation", "hires")
    for group in (*groups, "source", "mask", "exact"):
        page.locator(f"#draw-group-{group} button").first.click()
    expect(page.locator("#draw-is_exact")).to_be_visible()
    assert serious_faults(page) == []
    shown = page.locator("#draw").inner_text()
    assert [line for line in shown.splitlines() if re.search("[가-힣]", line)] == [
        "“crayon” reads short Korean captions, e.g. 파란 고양이와 장미 (a blue cat and a rose)"
    ]


@pytest.mark.parametrize("hand", ["mouse", "keys"])
def test_a_mask_is_painted_on_a_picture_of_the_stage(page, painter, hand):
    draw(page, f"마스크 {hand}")
    page.locator("#draw-stage").get_by_role("button", name="마스크 칠하기").click()
    canvas = page.locator("#draw-mask-board canvas")
    expect(canvas).to_be_visible()
    page.wait_for_function("document.querySelector('#draw-mask-board canvas').width === 256")
    if hand == "mouse":
        canvas.click()
    else:
        canvas.focus()
        page.keyboard.press("Space")
    count = len(painter.drawn)
    page.locator("#draw-start").click()  # at once: what was painted goes along
    drawn(page)
    page.wait_for_function("() => !document.body.classList.contains('drawing')")
    assert len(painter.drawn) == count + 1
    source = painter.drawn[-1].source
    assert source.mask != source.image
    assert source.mask


def test_a_picture_goes_from_tab_to_tab(page, painter):
    page.locator("#own-text textarea").fill("초록 의자")
    page.get_by_role("button", name="그리기").click()
    finished(page)
    page.locator("#stage").get_by_role("button", name="다듬기").click()
    page.wait_for_selector("#draw-stage[role=region]")
    expect(page.locator("#draw-prompt textarea")).to_have_value(
        re.compile(r"^a drawing of .*green chair$")
    )
    expect(page.locator("#draw-phrase textarea, #draw-phrase input")).to_have_value("초록 의자")


def test_a_running_drawing_is_found_again_in_its_own_tab(page, painter):
    open_draw(page)
    painter.hold()
    page.locator("#draw-prompt textarea").fill("긴 그림")
    page.locator("#draw-start").click()
    painter.wait_until_drawing()
    expect(page.locator("#draw-stage .caption")).to_have_text("긴 그림")  # its ticket has come
    page.reload()
    expect(page.locator("#draw-stage .caption")).to_have_text("긴 그림")
    page.keyboard.press("Escape")
    expect(page.locator("#draw-stage .words")).to_contain_text("멈췄어요")
