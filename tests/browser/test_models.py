"""The Models tab in a real browser: the list, a check with its end, and the keyboard."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from models.library import Library
from playground.studio.work.models import ModelWork
from playground.web.kit import draw_this
from tests.browser.conftest import serving
from tests.fakes import FakePainter
from tests.models.golden import file_of

LORA = {"lora_unet_x.lora_down.weight": (4, 768)}


@pytest.fixture(scope="module")
def models_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    data = tmp_path_factory.mktemp("models-site")
    (data / "models").mkdir()
    (data / "models" / "고양이.safetensors").write_bytes(file_of(LORA))
    (data / "models" / "page.safetensors").write_bytes(b"<!DOCTYPE html>")
    painter = FakePainter()
    painter.warm_up()
    work = ModelWork(Library.open(data), data)
    with serving(data, painter, models=lambda studio: work) as (url, _studio):
        yield url


def test_files_are_listed_checked_and_explained(visitor, models_site):
    page = visitor(models_site).open()
    page.get_by_role("tab", name="모델").click()
    shelf = page.locator("#models")
    expect(shelf).to_contain_text("고양이")
    expect(shelf).to_contain_text("웹 페이지예요")
    page.locator("#model-name input").click()
    page.get_by_role("option", name="고양이").click()
    page.get_by_role("button", name="검사", exact=True).click()
    expect(page.locator("#models-status")).to_contain_text("끝났어요")
    expect(shelf).to_contain_text("검사함")


def test_a_refused_download_says_why(visitor, models_site):
    page = visitor(models_site).open()
    page.get_by_role("tab", name="모델").click()
    page.locator("#model-source textarea, #model-source input").fill("ftp://example/x")
    page.get_by_role("button", name="받기").click()
    expect(page.locator("#models-status")).to_contain_text("주소를 알아볼 수 없어요")


def test_phone_does_not_scroll_sideways(visitor, models_site):
    page = visitor(models_site, width=375).open()
    page.get_by_role("tab", name="모델").click()
    expect(page.locator("#models")).to_contain_text("고양이")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_drawing_a_phrase_from_this_tab_opens_the_play_tab(visitor, models_site):
    page = visitor(models_site).open()
    page.get_by_role("tab", name="모델").click()
    expect(page.locator("#stage")).to_be_hidden()
    put = "(html) => document.querySelector('#models').insertAdjacentHTML('beforeend', html)"
    page.evaluate(put, draw_this.html("착한 뼈다귀"))
    page.locator(".draw-this:not(.example)").click()
    expect(page.locator("#stage .caption")).to_have_text("착한 뼈다귀")
    expect(page.locator("#stage")).to_be_visible()
