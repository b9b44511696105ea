"""The Draw tab's shelf of LoRAs and embeddings, its presets, and what it says of a picture."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from pipelines.contract.painter import AddonFile
from pipelines.image.prompt.escape import escape_name
from pipelines.image.prompt.networks import write_tag
from tests.browser.conftest import Browser, Visit, VisitMaker, serving
from tests.browser.settings import open_settings
from tests.browser.test_draw import drawn, open_draw
from tests.browser.test_looks import serious_faults
from tests.fakes import FakePainter

SLOW_MS = 20_000
WORDS = tuple(f"word {number}" for number in range(9))


class Stocked(FakePainter):
    """A painter beside a library."""

    shelf: tuple[AddonFile, ...] = (
        AddonFile("embedding", "badhands", "sd15"),
        AddonFile("lora", "한지에 먹", "sd15", ("ink wash", *WORDS)),
        AddonFile("lora", "papercut", "sdxl", ("papercut",)),
        AddonFile("vae", "softer", "sd15"),
    )

    def families(self) -> dict[str, str]:
        return {"crayon": "crayon", "english": "sd15", "xl_lightning": "sdxl"}

    def parts(self) -> tuple[AddonFile, ...]:
        return self.shelf


@pytest.fixture(scope="module")
def stocked() -> Stocked:
    painter = Stocked()
    painter.warm_up()
    return painter


@pytest.fixture(scope="module")
def stocked_site(
    browser: Browser, stocked: Stocked, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    data = tmp_path_factory.mktemp("stocked")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GRADIO_TEMP_DIR", str(data / "tmp"))
        with serving(data, stocked) as (url, _studio):
            yield url


@pytest.fixture
def stocked_page(visitor: VisitMaker, stocked_site: str) -> Page:
    return ready(visitor(url=stocked_site))


def ready(visit: Visit) -> Page:
    return open_draw(opened(visit))


def opened(visit: Visit) -> Page:
    """Open the page of somebody whose browser remembers nothing.

    The page of the test before may have written its form once more while it was closed.
    """
    page = visit.open()
    page.set_default_timeout(SLOW_MS)
    if page.evaluate("() => ['amumal-draw-2', 'amumal-play-1'].some((key) => localStorage[key])"):
        page.evaluate("localStorage.clear()")
        page.reload()
        page.wait_for_selector("#stage[role=region]", state="attached")
    return page


def choose(page: Page, selector: str, name: str) -> None:
    box = page.locator(f"{selector} input")
    box.click()
    box.fill(name)
    box.press("Enter")
    box.blur()


def prompt(page: Page):
    return page.locator("#draw-prompt textarea")


def open_shelf(page: Page):
    page.locator("#draw-group-parts button").first.click()
    shelf = page.locator("#draw-parts")
    expect(shelf.locator("li").first).to_be_visible(timeout=SLOW_MS)
    return shelf


def test_a_lora_goes_into_the_prompt_is_weighed_and_comes_out_again(stocked_page, stocked):
    page = stocked_page
    choose(page, "#draw-model", "english")
    prompt(page).fill("a cat, a hat")
    prompt(page).evaluate("box => box.setSelectionRange(5, 5)")
    shelf = open_shelf(page)
    name = shelf.get_by_role("button", name="한지에 먹", exact=True)
    name.click()
    expect(prompt(page)).to_have_value("a cat <lora:한지에 먹:1>, a hat")
    expect(name).to_have_attribute("aria-pressed", "true")
    number = shelf.get_by_role("spinbutton", name="한지에 먹 세기")
    number.fill("0.65")
    expect(prompt(page)).to_have_value("a cat <lora:한지에 먹:0.65>, a hat")
    shelf.get_by_role("slider", name="한지에 먹 세기").press("ArrowRight")
    expect(prompt(page)).to_have_value("a cat <lora:한지에 먹:0.7>, a hat")
    assert serious_faults(page) == []
    page.locator("#draw-start").click()
    drawn(page)
    assert stocked.drawn[-1].prompt == "a cat <lora:한지에 먹:0.7>, a hat"
    expect(page.locator("#draw-stage .used")).to_have_text(
        "모델 english · LoRA 한지에 먹 (0.7)", timeout=SLOW_MS
    )
    name.focus()
    page.keyboard.press("Enter")
    expect(prompt(page)).to_have_value("a cat, a hat")
    expect(number).to_be_hidden()


def test_words_are_chips_and_the_shelf_can_be_searched(stocked_page):
    page = stocked_page
    choose(page, "#draw-model", "english")
    shelf = open_shelf(page)
    shelf.get_by_role("button", name="ink wash").click()
    expect(prompt(page)).to_have_value("ink wash")
    expect(shelf.get_by_role("button", name="word 8")).to_be_hidden()
    shelf.get_by_role("button", name="+4").click()
    shelf.get_by_role("button", name="word 8").click()
    expect(prompt(page)).to_have_value("ink wash, word 8")
    shelf.get_by_role("button", name="badhands: 빼고 싶은 것에").click()
    negative = page.locator("#draw-negative-prompt textarea, #draw-negative-prompt input")
    expect(negative).to_have_value("badhands")
    search = shelf.get_by_role("searchbox")
    search.fill("cut")
    expect(shelf.locator("li:visible")).to_have_count(1)
    search.fill("없는 이름")
    expect(shelf.locator(".parts-none")).to_have_text("그런 이름은 없어요.")


def test_what_does_not_suit_says_so_and_what_is_not_there_too(stocked_page):
    page = stocked_page
    choose(page, "#draw-model", "english")
    shelf = open_shelf(page)
    other = shelf.get_by_role("button", name="papercut", exact=True).first
    expect(other).to_have_attribute("aria-disabled", "true")
    other.dispatch_event("click")
    expect(shelf.locator(".parts-none")).to_contain_text("SDXL 모델용이라")
    expect(prompt(page)).to_have_value("")
    prompt(page).fill("<lora:paper:1>")
    expect(shelf.locator(".parts-wrong")).to_contain_text("비슷한 이름: papercut")
    choose(page, "#draw-model", "xl_lightning")
    expect(shelf.locator("li").first).to_contain_text("papercut", timeout=SLOW_MS)
    expect(other).not_to_have_attribute("aria-disabled", "true", timeout=SLOW_MS)


def test_a_model_brings_its_presets_and_the_choice_outlives_a_reload(stocked_page, stocked):
    page = stocked_page
    choose(page, "#draw-model", "xl_lightning")
    expect(page.get_by_role("radio", name="Lightning")).to_be_checked(timeout=SLOW_MS)
    expect(page.locator("#draw-why")).to_contain_text("글자가 있어서 골랐어요")
    page.locator("#draw-group-model button").first.click()
    choose(page, "#draw-vae", "softer")
    page.get_by_role("radio", name="보통").check()
    expect(page.locator("#draw-why")).to_contain_text("그 설정을 권해요", timeout=SLOW_MS)
    expect(page.locator("#draw-steps input[type=number]")).to_have_value("25", timeout=SLOW_MS)
    page.wait_for_function("() => localStorage.getItem('amumal-draw-2')?.includes('softer')")
    page.reload()
    open_draw(page)
    expect(page.locator("#draw-model input")).to_have_value("xl_lightning", timeout=SLOW_MS)
    expect(page.get_by_role("radio", name="보통")).to_be_checked(timeout=SLOW_MS)
    prompt(page).fill("집")
    page.locator("#draw-start").click()
    drawn(page)
    request = stocked.drawn[-1]
    assert (request.model, request.vae, request.steps, request.width) == (
        *("xl_lightning", "softer"),
        *(25, 1024),
    )


def test_what_cannot_be_drawn_is_said_on_the_stage_and_nothing_typed_is_lost(stocked_page):
    page = stocked_page
    choose(page, "#draw-model", "english")
    prompt(page).fill("a <lora: :1> cat")
    page.locator("#draw-start").click()
    alert = page.locator("#draw-stage [role=alert]")
    expect(alert).to_contain_text("<lora: :1>", timeout=SLOW_MS)
    expect(alert).to_be_in_viewport()
    expect(prompt(page)).to_have_value("a <lora: :1> cat")


PUT = [  # "|" is the cursor
    ("|", "ink", "ink"),
    ("a cat|", "ink", "a cat, ink"),
    ("a cat, |", "ink", "a cat, ink"),
    ("a cat,|", "ink", "a cat, ink"),
    ("|a cat", "ink", "ink, a cat"),
    ("a cat|, rain", "<lora:x:1>", "a cat <lora:x:1>, rain"),
    ("a <lora|:y:1> cat", "<lora:x:1>", "a <lora:y:1> <lora:x:1> cat"),
    ("(a cat|:1.2)", "ink", "(a cat, ink:1.2)"),
]
TAKEN = [
    ("[ink]", ""),
    ("a cat, [ink]", "a cat"),
    ("[ink], a cat", "a cat"),
    ("a, [ink], b", "a, b"),
    ("a cat [<lora:x:1>], rain", "a cat, rain"),
    ("a cat [<lora:x:1>]", "a cat"),
]


def test_the_prompt_stays_tidy(page):
    for text, piece, expected in PUT:
        given = [text.replace("|", ""), text.index("|"), piece]
        script = "async (given) => (await import('./ui/prompt_text.js')).withPiece(...given)[0]"
        assert page.evaluate(script, given) == expected, text
    for text, expected in TAKEN:
        start, end = text.index("["), text.index("]") - 1
        given = [text.replace("[", "").replace("]", ""), {"start": start, "end": end}]
        script = "async (given) => (await import('./ui/prompt_text.js')).without(...given)[0]"
        assert page.evaluate(script, given) == expected, text


ODD_NAMES = [
    *("mossy (1)", "a=b", "hash#tag", "{x|y}", "trailing ", " leading", "12:30", "<x>", "a__b__c"),
    *(
        "x\\y",
        "[a]",
        "50%{",
        "$x",
        "@a",
        "a::2",
        "2$$",
        "#fff",
        "가 나",
        'it\'s, & "so"',
        "a:",
        ":)",
    ),
]


def test_the_page_writes_any_name_so_that_it_is_found(page):
    script = """async (names) => {
      const text = await import('./ui/prompt_text.js');
      return names.map((name) => [
        text.writeTag(name),
        text.writeName(name),
        text.tagOf(`a ${text.writeTag(name)} b`, name) !== null,
        text.finder(name, text.namePattern(name))(`a, ${text.writeName(name)}, b`) !== null,
      ]);
    }"""
    expected = [[write_tag(name), escape_name(name), True, True] for name in ODD_NAMES]
    assert page.evaluate(script, ODD_NAMES) == expected


def test_a_weight_keeps_what_else_a_tag_says(page):
    script = """async ([text, weight]) => {
      const { tags, weighed } = await import('./ui/prompt_text.js');
      return tags(text).map((tag) => weighed(tag, weight));
    }"""
    text = r"<lora:a> \<lora:no:1> <lyco:b:0.2:0.5> <lora:c:te=1:0.3>"
    assert page.evaluate(script, [text, 0.76]) == [
        "<lora:a:0.76>",
        "<lyco:b:0.76:0.5>",
        "<lora:c:te=1:0.76>",
    ]


def test_an_empty_shelf_says_where_files_go_and_fits_a_phone(visitor, stocked_site, stocked):
    stocked.shelf = ()
    try:
        page = ready(visitor(url=stocked_site, width=390, has_touch=True))
        page.locator("#draw-group-parts button").first.click()
        empty = page.locator("#draw-parts .parts-empty")
        expect(empty).to_contain_text("data/models", timeout=SLOW_MS)
        expect(empty).to_contain_text("--models-dir")
        expect(empty.get_by_role("button", name="모델 탭 열기")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") == 390
        assert serious_faults(page) == []
    finally:
        del stocked.shelf


def test_the_play_tab_draws_with_a_chosen_model(visitor, stocked_site, stocked):
    page = opened(visitor(url=stocked_site))
    open_settings(page)
    choose(page, "#model", "english")
    expect(page.locator("#width textarea, #width input")).to_have_value("512", timeout=SLOW_MS)
    page.wait_for_function("() => localStorage.getItem('amumal-play-1')?.includes('english')")
    page.reload()
    page.wait_for_selector("#stage[role=region]", state="attached")
    page.locator("#own-text textarea").fill("초록 의자")
    page.get_by_role("button", name="그리기").click()
    expect(page.locator("#stage img.shown")).to_have_attribute("src", re.compile(r"pictures/\d+"))
    expect(page.locator("#stage .used")).to_have_text("모델 english", timeout=SLOW_MS)
    assert (stocked.drawn[-1].model, stocked.drawn[-1].width) == ("english", 512)
