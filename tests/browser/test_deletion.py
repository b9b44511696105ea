"""Deleting on the page: a picture from the album and from the stage, an upload, everything."""

from __future__ import annotations

import io
import re

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.test_play import finished


def drawn(page: Page, text: str) -> None:
    page.locator("#own-text textarea").fill(text)
    page.get_by_role("button", name="그리기").click()
    finished(page)
    expect(page.locator("#gallery .tile").first).to_contain_text(text)


def test_a_picture_is_deleted_with_the_keyboard_and_had_back(page):
    drawn(page, "사라질 고래")
    page.locator("#gallery .tile").first.focus()
    page.keyboard.press("Enter")
    dialog = page.locator("dialog[open]")
    dialog.get_by_role("button", name="지우기").focus()
    page.keyboard.press("Enter")
    tiles = page.locator("#gallery .tile", has_text="사라질 고래")
    expect(tiles).to_have_count(0)
    expect(page.locator("#stage img.shown")).to_be_hidden()
    expect(page.locator("#stage .welcome")).to_be_visible()
    bar = page.locator(".undo-bar")
    expect(bar.get_by_role("status")).to_contain_text("10초 안에는 되돌릴 수 있고")
    expect(bar.get_by_role("button", name="되돌리기")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#gallery .tile").first).to_contain_text("사라질 고래")
    expect(page.locator("#gallery .tile").first).to_be_focused()
    page.reload()
    expect(tiles).to_have_count(1)


def test_the_stage_deletes_the_picture_it_shows(page):
    drawn(page, "남는 고래")
    drawn(page, "사라질 문어")
    page.locator("#stage .tools").get_by_role("button", name="지우기").click()
    tiles = page.locator("#gallery .tile")
    expect(tiles.first).to_contain_text("남는 고래")
    expect(page.locator("#stage .tools")).to_be_hidden()
    page.reload()
    expect(tiles.first).to_contain_text("남는 고래")
    expect(tiles.filter(has_text="사라질 문어")).to_have_count(0)


def test_an_english_visitor_reads_it_in_english(visitor):
    page = visitor(locale="en-US", width=390).open()
    page.locator("#own-text textarea").fill("작은 고래")
    page.get_by_role("button", name="Illustrate").click()
    finished(page)
    page.locator("#stage .tools").get_by_role("button", name="Delete").click()
    bar = page.locator(".undo-bar")
    expect(bar).to_contain_text("for 10 seconds")
    expect(bar.get_by_role("button", name="Undo")).to_be_in_viewport()


@pytest.mark.parametrize("name", ["image", "mask"])
def test_what_was_uploaded_is_deleted_at_the_server_too(page, name):
    page.get_by_role("tab", name="그리기").click()
    for group in ("source", "mask"):
        page.locator(f"#draw-group-{group} > button").click()
    buffer = io.BytesIO()
    Image.new("RGB", (64, 64), "teal").save(buffer, "PNG")
    chosen = {"name": "a.png", "mimeType": "image/png", "buffer": buffer.getvalue()}
    field = page.locator(f"#draw-{name}-file")
    expect(field).to_contain_text("30일이 지나면 지워요")
    held = page.locator(f"#draw-{name} textarea, #draw-{name} input")
    with page.expect_response("**/drops"):
        field.locator("input[type=file]").set_input_files(chosen)
    expect(held).to_have_value(re.compile("[0-9a-f]{64}"))
    digest = held.input_value()

    def is_deletion(answer):
        return answer.request.method == "DELETE" and answer.url.endswith(f"/inputs/{digest}.png")

    with page.expect_response(is_deletion) as deleted:
        page.get_by_role("button", name="올린 그림 지우기").click()
    assert deleted.value.status == 200
    expect(page.locator(".undo-bar")).to_contain_text("올린 그림을 지웠어요")
    expect(held).to_have_value("")
    expect(field.locator(".remove")).to_be_hidden()


def test_everything_goes_once_it_was_asked_for_twice(page):
    drawn(page, "모두 사라질 고래")
    ask = page.get_by_role("button", name="내 것 모두 지우기")
    ask.click()
    dialog = page.locator("dialog[open]")
    expect(dialog).to_contain_text("되돌릴 수 없어요")
    expect(dialog.get_by_role("button", name="그대로 둘래요")).to_be_focused()
    page.keyboard.press("Enter")
    expect(dialog).to_have_count(0)
    mine = page.locator("#gallery .tile", has_text="모두 사라질 고래")
    expect(mine).to_have_count(1)
    ask.click()
    with page.expect_navigation():
        dialog.get_by_role("button", name="모두 지워요").click()
    page.wait_for_selector("#stage[role=region]", state="attached")
    expect(page.locator("#own-text textarea")).to_have_value("")
    expect(mine).to_have_count(0)
