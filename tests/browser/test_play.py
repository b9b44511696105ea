"""Playing: phrases, a picture, its previews, stop, reload."""

from __future__ import annotations

import json
import re

from playwright.sync_api import Page, expect

from pipelines.contract.requests import PictureRequest
from playground.studio.wanted import usual
from tests.browser.settings import fill_setting, open_settings
from tests.fakes import FakePainter

WAIT = 10_000


def finished(page: Page, number: int = 1) -> None:
    """Wait until the stage shows a finished picture."""
    expect(page.locator("#stage img.shown")).to_have_attribute(
        "src", re.compile(r"pictures/\d+\.png"), timeout=WAIT
    )
    expect(page.locator("#stage .count")).to_have_text(re.compile(r"^(\d+)/\1$"), timeout=WAIT)


def say(page: Page) -> list[str]:
    page.get_by_role("button", name="뽑기").click()
    expect(page.locator("#phrases label")).to_have_count(5)
    return [text.strip() for text in page.locator("#phrases label").all_inner_texts()]


def test_draw_five_phrases_and_illustrate_one(page):
    assert len(set(say(page))) == 5
    card = page.locator("#phrases label").nth(2)
    card.click()
    expect(page.locator("#gloss span[lang=en]")).not_to_be_empty()
    page.get_by_role("button", name="그리기").click()
    finished(page)
    expect(page.locator("#stage .caption")).to_have_text(card.inner_text().strip())
    expect(page.locator("#stage img.shown")).to_have_attribute("alt", re.compile("그림$"))
    expect(page.locator("#stage .prompt")).to_contain_text("a drawing of")
    expect(page.locator("#gallery .tile").first).to_be_visible()


def test_previews_reach_the_page_however_fast_the_drawing_is(page, painter):
    for number, step_seconds in enumerate((0.0, 0.025, 0.1)):  # at once, in 0.3 s, in 1.2 s
        painter.step_seconds = step_seconds
        page.evaluate("window.shownPictures = []")
        page.locator("#own-text textarea").fill(f"파란 문어 {number}마리가 노래한다")
        page.get_by_role("button", name="그리기").click()
        page.wait_for_function(
            "window.shownPictures.length > 2 && window.shownPictures.at(-1).endsWith('.png')"
        )
        shown = page.evaluate("window.shownPictures")
        previews = {source for source in shown if source.startswith("data:image/jpeg")}
        # on a busy machine the browser may paint two frames at once; most must have been seen
        assert len(previews) >= usual(PictureRequest, "steps") // 2


def test_the_bar_tells_how_far_it_is(page, painter):
    painter.step_seconds = 0.05
    bar = page.get_by_role("progressbar")
    page.locator("#own-text textarea").fill("초록 의자")
    page.get_by_role("button", name="그리기").click()
    page.wait_for_function(
        "Number(document.querySelector('#stage .bar').getAttribute('aria-valuenow')) > 20"
    )
    finished(page)
    expect(bar).to_have_attribute("aria-valuenow", "100")
    assert bar.get_attribute("aria-label")


def test_stop_stops_at_once_and_the_next_drawing_works(page, painter: FakePainter):
    painter.step_seconds = 0.1
    page.locator("#own-text textarea").fill("느린 달팽이")
    open_settings(page)
    fill_setting(page, "#steps input[type=number]", "100")
    before = painter.steps_taken
    page.get_by_role("button", name="그리기").click()
    page.wait_for_function("window.shownPictures.length >= 2")
    page.get_by_role("button", name="멈춤").click()
    expect(page.locator("#stage .words")).to_contain_text("멈췄어요")
    steps = painter.steps_taken
    page.wait_for_timeout(5 * painter.step_seconds * 1000)
    assert painter.steps_taken == steps < before + 100
    assert not page.locator("#stage img.shown").get_attribute("src").endswith(".png")
    page.locator("#steps input[type=number]").fill("3")
    page.get_by_role("button", name="그리기").click()
    finished(page)


def test_a_stop_before_the_job_has_a_number_stops_it_too(page, painter):
    painter.hold()
    page.locator("#own-text textarea").fill("성급한 토끼")
    page.evaluate(
        "document.querySelector('#illustrate').click();document.querySelector('#stop').click()"
    )
    expect(page.locator("#stage .words")).to_contain_text("멈췄어요")


def test_a_reload_finds_the_job_and_the_text_again(page, painter):
    phrases = say(page)
    page.locator("#own-text textarea").fill("내가 쓴 말은 남는다")
    open_settings(page)
    fill_setting(page, "#seed textarea, #seed input", "4242")
    painter.hold()
    page.get_by_role("button", name="그리기").click()
    painter.wait_until_drawing()
    page.wait_for_timeout(100)  # the form is remembered by an event of its own
    page.reload()
    expect(page.locator("#own-text textarea")).to_have_value("내가 쓴 말은 남는다")
    expect(page.locator("#phrases label")).to_have_text(phrases)
    expect(page.locator("#stage .caption")).to_have_text("내가 쓴 말은 남는다")
    painter.release()
    finished(page)
    assert "4242" in page.locator("#stage .words").inner_text()
    page.locator("#settings button").first.click()
    expect(page.locator("#seed textarea, #seed input")).to_have_value("4242")


def test_what_is_typed_while_the_page_loads_is_not_replaced_by_what_was_remembered(page):
    kept = json.dumps({"values": {"own_text": "어제 쓴 말", "seed": "4242"}, "cards": []})
    page.evaluate("(kept) => localStorage.setItem('amumal-play-1', kept)", kept)
    restored = "(async () => (await window.amumal.page).restore(['own_text', 'seed']))()"
    assert [one.get("value") for one in page.evaluate(restored)] == ["어제 쓴 말", "4242"]
    page.locator("#own-text textarea").fill("벌써 쓴 말")
    page.evaluate("(kept) => localStorage.setItem('amumal-play-1', kept)", kept)
    assert [one.get("value") for one in page.evaluate(restored)] == [None, "4242"]


def test_a_form_that_was_remembered_without_names_is_there_too(page):
    unnamed = [5, 1.5, "졸린 문어", "", "DDIM", 12, 7, "256", "256", "4242", "", "default"]
    kept = json.dumps({"values": unnamed, "cards": ["졸린 문어", "용감한 의자"]})
    page.add_init_script(f"localStorage.setItem('amumal-play-1', {json.dumps(kept)})")
    page.reload()
    expect(page.locator("#phrases label")).to_have_text(["졸린 문어", "용감한 의자"])
    expect(page.locator("#phrases label.selected")).to_have_text("졸린 문어")
    expect(page.locator("#surprise input[type=number]")).to_have_value("1.5")
    open_settings(page)
    expect(page.locator("#seed textarea, #seed input")).to_have_value("4242")
    page.wait_for_function(
        "JSON.parse(localStorage.getItem('amumal-play-1')).values.seed === '4242'"
    )


def test_a_picture_finished_while_nobody_looked_is_in_the_album(page, painter):
    painter.hold()
    page.locator("#own-text textarea").fill("혼자 그려진 그림")
    page.get_by_role("button", name="그리기").click()
    painter.wait_until_drawing()
    page.goto("about:blank")
    painter.release()
    page.wait_for_timeout(300)
    page.go_back()
    expect(page.locator("#gallery .tile").first).to_contain_text("혼자 그려진 그림")


def test_two_drawings_are_shown_one_after_the_other(page, painter):
    painter.hold()
    for text in ("첫째", "둘째"):
        page.locator("#own-text textarea").fill(text)
        page.get_by_role("button", name="그리기").click()
        expect(page.locator("#stage .caption")).to_have_text(text)
    expect(page.locator("#stage .words")).to_contain_text("앞에 1장")
    page.get_by_role("button", name="멈춤").click()
    expect(page.locator("#stage .caption")).to_have_text("첫째")
    painter.release()
    finished(page)


def test_an_old_picture_opens_large_and_gives_its_settings_back(page):
    page.locator("#own-text textarea").fill("설정이 있는 그림")
    open_settings(page)
    fill_setting(page, "#seed textarea, #seed input", "777")
    page.get_by_role("button", name="그리기").click()
    finished(page)
    fill_setting(page, "#seed textarea, #seed input", "-1")
    page.locator("#own-text textarea").fill("다른 말")
    tile = page.locator("#gallery .tile").first
    expect(tile).to_contain_text("설정이 있는 그림")
    tile.click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("img")).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    tile.click()
    dialog.get_by_role("button", name="이 설정으로").click()
    expect(page.locator("#seed textarea, #seed input")).to_have_value("777")
    expect(page.locator("#own-text textarea")).to_have_value("설정이 있는 그림")
