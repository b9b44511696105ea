"""Languages, dark and light, phones, keys and screen readers."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.test_play import finished, say

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
# Faults in markup that Gradio makes and a page cannot change: selector -> why it is let be.
GRADIO_OWN: dict[str, str] = {}


def serious_faults(page) -> list[str]:
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{fault['id']}: {node['target']} {node['failureSummary']}"
        for fault in found["violations"]
        if fault["impact"] in ("serious", "critical")
        for node in fault["nodes"]
        if not any(own in json.dumps(node["target"]) for own in GRADIO_OWN)
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_serious_fault_for_screen_readers(visitor, scheme):
    page = visitor(color_scheme=scheme).open()
    say(page)
    page.locator("#settings button").first.click()
    page.get_by_role("button", name="그리기").click()
    finished(page)
    expect(page.locator("#gallery .tile").first).to_be_visible()
    assert serious_faults(page) == []
    page.locator("#gallery .tile").first.click()
    page.wait_for_timeout(200)
    assert serious_faults(page) == []


def test_an_alert_is_readable_in_both_themes(visitor):
    for scheme in ("light", "dark"):
        page = visitor(color_scheme=scheme).open()
        page.get_by_role("button", name="그리기").click()
        expect(page.get_by_role("alert")).to_contain_text("비어 있어요")
        assert serious_faults(page) == []


def test_each_word_names_exactly_one_button(page):
    page.locator("#own-text textarea").fill("멈춤과 뽑기와 그리기")
    page.get_by_role("button", name="그리기").click()
    finished(page)
    expect(page.locator("#gallery .tile").first).to_contain_text("멈춤과 뽑기와 그리기")
    for word in ("뽑기", "그리기", "멈춤"):
        assert page.get_by_role("button", name=word).count() == 1


def test_everything_is_english_for_an_english_browser(visitor):
    page = visitor(locale="en-US").open()
    assert page.locator("html").get_attribute("lang") == "en"
    page.get_by_role("button", name="Draw phrases").click()
    expect(page.locator("#phrases label")).to_have_count(5)
    page.locator("#settings button").first.click()
    page.get_by_role("button", name="Illustrate").click()
    finished(page)
    text = page.locator("body").inner_text()
    spoken = page.locator("#phrases label").all_inner_texts()
    spoken += page.locator(
        "#stage .caption, #gallery .tile, #examples .example, h1"
    ).all_inner_texts()
    lines = {line.strip() for said in spoken for line in said.splitlines()}
    for line in sorted(lines, key=len, reverse=True):  # one may be a part of another
        text = text.replace(line, "")
    assert not [character for character in text if "가" <= character <= "힣"]


def test_everything_is_korean_for_a_korean_browser(page):
    expect(page.locator("h1")).to_have_text("아무말 놀이터")
    assert page.title().startswith("아무말 놀이터")
    assert page.locator("html").get_attribute("lang") == "ko"
    say(page)
    page.locator("#settings button").first.click()
    text = page.locator("body").inner_text() + page.locator("body").aria_snapshot()
    text = re.sub(r"For sale.*|영어로.*", "", text)
    for english in (
        "Draw",
        "Stop",
        "Seed",
        "Steps",
        "Guidance",
        "Play",
        "Error",
        "Phrases",
        "Reset",
        "slider for",
    ):
        assert english not in text


def test_a_click_changes_the_theme_and_a_reload_keeps_it(visitor):
    page = visitor(color_scheme="light").open()
    background = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(background)
    page.locator("#theme").click()
    dark = page.evaluate(background)
    assert dark != light
    page.reload()
    page.wait_for_selector("#draw-phrases")
    page.wait_for_timeout(300)
    assert page.evaluate(background) == dark
    assert page.evaluate("document.body.classList.contains('dark')")


@pytest.mark.parametrize("locale", ["ko-KR", "en-US"])
def test_a_phone_scrolls_down_and_never_sideways(visitor, locale):
    page = visitor(width=390, locale=locale, has_touch=True).open()
    page.locator("#draw-phrases").click()
    expect(page.locator("#phrases label")).to_have_count(5)
    page.locator("#settings button").first.click()
    page.locator("#illustrate").click()
    finished(page)
    sideways = "document.documentElement.scrollWidth - innerWidth"
    assert page.evaluate(sideways) <= 0
    outside = page.evaluate(
        "[...document.querySelectorAll('#play *, #gallery *, #header *')].filter((e) => {"
        " if (e.closest('.unseen')) return false;"
        " const box = e.getBoundingClientRect();"
        " return box.width > 1 && (box.right > innerWidth + 1 || box.left < -1); })"
        ".map((e) => e.outerHTML.slice(0, 120))"
    )
    assert outside == []
    assert page.evaluate("document.getElementById('stage').getBoundingClientRect().top") < 844


def test_keys_draw_and_stop(page, painter):
    painter.hold()
    page.locator("#own-text textarea").fill("글쇠로 그린 그림")
    page.keyboard.press("Control+Enter")
    painter.wait_until_drawing()
    page.keyboard.press("Escape")
    expect(page.locator("#stage .words")).to_contain_text("멈췄어요")
    assert page.locator("#own-text textarea").input_value() == "글쇠로 그린 그림"


def test_arrow_keys_walk_over_the_cards(page):
    say(page)
    page.locator("#phrases input").first.focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#phrases input").nth(1)).to_be_checked()
    expect(page.locator("#phrases label").nth(1)).to_have_class(re.compile("selected"))
