"""Bad values in the page: a clear sentence each, nothing lost, and the next drawing works."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import serving
from tests.browser.settings import open_settings
from tests.browser.test_play import finished, say
from tests.fakes import FakePainter

FIELDS = {
    "width": "#width textarea, #width input",
    "height": "#height textarea, #height input",
    "seed": "#seed textarea, #seed input",
    "steps": "#steps input[type=number]",
    "text": "#own-text textarea",
}
BAD = [
    ("width", "0", "너비", "width"),
    ("width", "63", "64", "64"),
    ("height", "100000", "100000", "100000"),
    ("height", "abc", "abc", "abc"),
    ("steps", "0", "단계 수", "steps"),
    ("steps", "-1", "-1", "-1"),
    ("steps", "10000", "10000", "10000"),
    ("seed", "abc", "abc", "abc"),
    ("seed", str(2**70), str(2**70), str(2**70)),
    ("text", "가" * 10_000, "10000자", "10000 characters"),
    ("text", "", "비어 있어요", "empty"),
]


@pytest.mark.parametrize("locale", ["ko-KR", "en-US"])
def test_each_bad_value_gets_its_sentence(visitor, locale):
    page = visitor(locale=locale).open()
    good = {"width": "64", "height": "64", "seed": "1", "steps": "3", "text": "좋은 말"}
    open_settings(page)
    for field, value in good.items():
        page.locator(FIELDS[field]).fill(value)
    for field, value, korean, english in BAD:
        page.locator(FIELDS[field]).fill(value)
        page.locator("#illustrate").click()
        expected = korean if locale == "ko-KR" else english
        expect(page.get_by_role("alert")).to_contain_text(expected)
        expect(page.locator(FIELDS[field])).to_have_value(value)  # nothing is lost
        page.locator(FIELDS[field]).fill(good[field])
    page.locator("#illustrate").click()
    finished(page)
    expect(page.get_by_role("alert")).to_be_hidden()


def test_half_a_character_gets_its_sentence(page):
    page.locator("#own-text textarea").evaluate(
        "(box) => { box.value = '반쪽\\ud83d'; box.dispatchEvent(new Event('input')); }"
    )
    page.locator("#illustrate").click()
    expect(page.get_by_role("alert")).to_contain_text("깨진 글자")


CODE = (
    '<img src=x onerror="window.hacked=1">',
    '"><script>window.hacked=1</script>',
    "${window.hacked=1} {{1}}",
)


def test_a_phrase_is_never_code(page):
    for phrase in CODE:
        page.locator("#own-text textarea").fill(phrase)
        page.locator("#illustrate").click()
        expect(page.locator("#stage .caption")).to_have_text(phrase)
        finished(page)
        expect(page.locator("#gallery .tile").first).to_contain_text(phrase)
    page.locator("#gallery .tile").first.click()
    expect(page.get_by_role("dialog").locator("h3")).to_have_text(phrase)
    page.reload()
    expect(page.locator("#gallery .tile").first).to_contain_text(phrase)
    page.wait_for_timeout(200)
    assert page.evaluate("window.hacked") is None


def test_other_scripts_are_drawn_as_they_are(page):
    page.locator("#own-text textarea").fill("🐙 문어와 👨‍👩‍👧 가족")
    page.locator("#illustrate").click()
    finished(page)
    expect(page.locator("#stage .caption")).to_have_text("🐙 문어와 👨‍👩‍👧 가족")


def test_a_failure_is_told_and_the_next_drawing_works(page, painter):
    painter.raises = RuntimeError("/secret/path")
    page.locator("#own-text textarea").fill("실패하는 그림")
    page.locator("#illustrate").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert "/secret/path" not in page.locator("body").inner_text()
    painter.raises = None
    page.locator("#illustrate").click()
    finished(page)
    expect(page.get_by_role("alert")).to_be_hidden()


def test_what_a_crash_interrupted_is_offered_again(visitor, tmp_path, monkeypatch):
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path / "tmp"))
    painter = FakePainter()
    painter.hold()
    with serving(tmp_path, painter) as (url, _):
        visit = visitor(url=url)
        page = visit.open()
        for text in ("끊긴 그림", "<b>끊긴</b>"):
            page.locator("#own-text textarea").fill(text)
            page.locator("#illustrate").click()
            expect(page.locator("#stage .caption")).to_have_text(text)
        painter.wait_until_drawing()
        page.goto("about:blank")
    with serving(tmp_path, FakePainter()) as (url, _):
        visit.url = url
        page.goto(url)
        offers = page.locator("#stage .offer")
        expect(offers).to_have_count(2)
        expect(offers.first).to_contain_text("<b>끊긴</b>")
        offers.first.get_by_role("button", name="그만두기").click()
        expect(offers).to_have_count(1)
        page.get_by_role("button", name="다시 실행").click()
        finished(page)
        expect(page.locator("#stage .caption")).to_have_text("끊긴 그림")
        expect(offers).to_have_count(0)
        page.goto("about:blank")  # before the server goes, which the page would look for


def test_the_pill_shows_the_painter_waking_up(visitor, tmp_path, monkeypatch):
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path / "tmp"))
    painter = FakePainter()
    with serving(tmp_path, painter) as (url, _):
        page = visitor(url=url).open()
        expect(page.locator("#pill")).to_be_visible()
        painter.warm_up()
        expect(page.locator("#pill")).to_be_hidden()
        say(page)
