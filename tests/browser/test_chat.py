"""The Talk tab in a browser: bubbles, keys, stop, retry, undo, a reload, screen readers, phones."""

from __future__ import annotations

import json
import re
import threading

import pytest
from playwright.sync_api import Page, expect

from pipelines.contract.errors import Cancelled
from tests.browser.test_looks import serious_faults

COMPOSING = """(box) => {
  const key = (more) => box.dispatchEvent(new KeyboardEvent("keydown",
    {key: "Enter", bubbles: true, cancelable: true, ...more}));
  key({isComposing: true});
  key({keyCode: 229});
}"""


OUTSIDE = """[...document.querySelectorAll("#chat *")].filter((part) => {
  const box = part.getBoundingClientRect();
  return !part.closest(".unseen") && box.width > 1 && (box.right > innerWidth + 1 || box.left < -1);
}).map((part) => part.outerHTML.slice(0, 120))"""


def open_tab(page: Page, name: str = "대화") -> Page:
    page.get_by_role("tab", name=name).click()
    page.wait_for_selector("#chat .composer")
    expect(page.locator("#chat textarea")).to_have_attribute("placeholder", re.compile("."))
    return page


def say(page: Page, text: str, turns: int = 1) -> None:
    page.locator("#chat textarea").fill(text)
    page.keyboard.press("Enter")
    replied(page, turns)


def replied(page: Page, turns: int) -> None:
    expect(page.locator("#chat .theirs:not(.writing)")).to_have_count(turns)
    expect(page.locator("#chat .again")).to_be_visible()


def kept(page: Page) -> dict:
    return json.loads(page.evaluate("localStorage.getItem('amumal-chat-1')"))


def test_an_example_begins_a_talk_that_a_reload_keeps(page):
    open_tab(page).locator("#chat .example").first.click()
    replied(page, 1)
    expect(page.locator("#chat .mine .said")).to_have_text("문어는 왜 우산을 써?")
    reply = kept(page)["turns"][0]["replies"][0]["text"]
    expect(page.locator("#chat .theirs .said")).to_have_text(reply)
    expect(page.locator("#chat [role=status]")).to_have_text(f"두억시니: {reply}")
    page.reload()
    open_tab(page)
    expect(page.locator("#chat .theirs .said")).to_have_text(reply)
    say(page, "정말?", 2)


def test_enter_sends_shift_enter_breaks_and_a_syllable_is_left_alone(page):
    open_tab(page)
    box = page.locator("#chat textarea")
    box.click()
    page.keyboard.type("첫 줄")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("둘째 줄")
    expect(box).to_have_value("첫 줄\n둘째 줄")
    box.evaluate(COMPOSING)
    expect(page.locator("#chat .empty")).to_be_visible()
    page.keyboard.press("Enter")
    replied(page, 1)
    expect(page.locator("#chat .mine .said")).to_have_text("첫 줄\n둘째 줄")
    expect(box).to_have_value("")
    expect(box).to_be_focused()


def test_retry_keeps_the_old_reply_edit_changes_and_undo_takes_back(page):
    open_tab(page)
    say(page, "문어가 뭐야?")
    first = kept(page)["turns"][0]["replies"][0]["text"]
    page.locator("#chat .again").click()
    expect(page.locator("#chat .which")).to_have_text("2/2")
    page.get_by_role("button", name="앞 대답").click()
    expect(page.locator("#chat .which")).to_have_text("1/2")
    expect(page.locator("#chat .theirs .said")).to_have_text(first)
    page.locator("#chat .edit").click()
    expect(page.locator("#chat textarea")).to_have_value("문어가 뭐야?")
    say(page, "고래가 뭐야?")
    expect(page.locator("#chat .mine .said")).to_have_text(["고래가 뭐야?"])
    page.get_by_role("button", name="되돌리기").click()
    expect(page.locator("#chat .empty")).to_be_visible()
    expect(page.locator("#chat textarea")).to_have_value("고래가 뭐야?")


def test_from_the_start_can_be_undone(page):
    open_tab(page)
    say(page, "하나")
    say(page, "둘", 2)
    page.get_by_role("button", name="처음부터").click()
    expect(page.locator("#chat .empty")).to_be_visible()
    page.get_by_role("button", name="되돌리기").click()
    expect(page.locator("#chat .mine .said")).to_have_text(["하나", "둘"])


@pytest.mark.parametrize("way", ["button", "escape"])
def test_stop_gives_the_question_back(page, language, monkeypatch, way):
    def slow(prompt, count, sampling, hooks):
        while not hooks.cancel.is_cancelled:
            pass
        raise Cancelled

    monkeypatch.setattr(language, "draft", slow)
    open_tab(page)
    page.locator("#chat textarea").fill("언제 와?")
    page.keyboard.press("Enter")
    expect(page.locator("#chat .writing")).to_contain_text("궁리하는 중")
    if way == "button":
        page.locator("#chat .stop").click()
    else:
        page.keyboard.press("Escape")
    expect(page.locator("#chat textarea")).to_have_value("언제 와?")
    expect(page.locator("#chat .empty")).to_be_visible()
    monkeypatch.undo()
    page.keyboard.press("Enter")
    replied(page, 1)


@pytest.mark.slow
def test_stop_does_not_wait_for_a_server_that_never_answers(page, language, monkeypatch):
    answers = threading.Event()
    monkeypatch.setattr(language, "draft", lambda *_: answers.wait(60))
    open_tab(page)
    page.locator("#chat textarea").fill("언제 와?")
    page.keyboard.press("Enter")
    page.locator("#chat .stop").click()
    expect(page.locator("#chat [role=alert]")).to_contain_text("다시 보내 주세요", timeout=9000)
    expect(page.locator("#chat textarea")).to_have_value("언제 와?")
    monkeypatch.undo()
    answers.set()
    page.keyboard.press("Enter")
    replied(page, 1)


def test_mistake_is_an_alert_and_nothing_typed_is_lost(page):
    open_tab(page)
    page.locator("#chat textarea").fill("문" * 600)
    page.keyboard.press("Enter")
    expect(page.locator("#chat [role=alert]")).to_contain_text("500")
    expect(page.locator("#chat textarea")).to_have_value("문" * 600)
    page.locator("#chat textarea").fill("")
    page.keyboard.press("Enter")
    expect(page.locator("#chat [role=alert]")).to_contain_text("비어 있어요")
    say(page, "응?")
    expect(page.locator("#chat [role=alert]")).to_be_hidden()


def test_words_from_anybody_are_text(page, language, monkeypatch):
    evil = "<img src=x onerror=alert(1)>"
    monkeypatch.setattr(language, "sentences", (evil,))
    open_tab(page)
    say(page, evil)
    expect(page.locator("#chat .said")).to_have_text([evil, evil])
    assert page.locator("#chat .said img").count() == 0


def test_every_bubble_can_be_drawn(page):
    open_tab(page)
    say(page, "졸린 냉장고")
    page.locator("#chat .mine .draw-this").click()
    expect(page.locator("#stage .caption")).to_have_text("졸린 냉장고")


def test_broken_memory_is_an_empty_talk(page):
    page.evaluate("localStorage.setItem('amumal-chat-1', '{\"format\": \"amumal-chat\"}')")
    page.reload()
    open_tab(page)
    expect(page.locator("#chat .empty")).to_be_visible()
    say(page, "응?")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_serious_fault_for_screen_readers(visitor, scheme):
    page = open_tab(visitor(color_scheme=scheme).open())
    assert serious_faults(page) == []
    say(page, "문어가 뭐야?")
    page.locator("#chat .again").click()
    expect(page.locator("#chat .which")).to_have_text("2/2")
    page.locator("#chat-settings button").first.click()
    page.wait_for_timeout(300)
    page.keyboard.press("Tab")
    page.wait_for_timeout(800)  # the list of models that opens fades in; half faded it is pale
    assert serious_faults(page) == []


def test_phone_scrolls_down_and_never_sideways(visitor):
    page = open_tab(visitor(width=390, has_touch=True).open())
    say(page, "아주아주긴말이라서띄어쓰기도없이계속해서이어지는데도화면밖으로는절대로나가지않는말")
    page.locator("#chat-settings button").first.click()
    page.wait_for_timeout(300)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert page.evaluate(OUTSIDE) == []


def test_english_page_is_english_around_korean_bubbles(visitor):
    page = open_tab(visitor(locale="en-US").open(), "Talk")
    expect(page.locator("#chat .empty")).to_contain_text("Dueoksini")
    say(page, "문어?")
    reply = kept(page)["turns"][0]["replies"][0]["text"]
    expect(page.locator("#chat .theirs .said")).to_have_text(reply)  # word by word
    text = page.locator("#chat").inner_text()
    for said in page.locator("#chat .said").all_inner_texts():
        text = text.replace(said, "")
    assert not [letter for letter in text if "가" <= letter <= "힣"]
