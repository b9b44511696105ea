"""The Train tab in a real browser: a file, its consent, a reload, a stop, the verdict."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from models.library import Library
from pipelines.contract.errors import Cancelled
from pipelines.training.finetune.run import TrainingStage
from playground.studio.studio import Studio
from playground.studio.work.training import TrainingWork
from tests.browser.conftest import serving
from tests.browser.test_looks import serious_faults
from tests.fakes import FakePainter
from tests.pipelines.training.finetune.conftest import pairs_csv
from tests.playground.web.tabs.test_training import POINTS, report
from tests.tiny_language import make_folder


def pretend(folder, places, hooks):
    """Learn nothing; the first time until somebody says stop, then to the end."""
    hooks.on_stage(TrainingStage.LEARNING)
    for number, point in enumerate(POINTS):
        hooks.on_point(point)
        hooks.on_step(number, len(POINTS), 9.0)
    mark = folder.path / "mark"
    while not mark.exists() and not hooks.cancel.is_cancelled:
        time.sleep(0.01)
    if hooks.cancel.is_cancelled:
        mark.touch()
        raise Cancelled
    return report(name=folder.name, points=POINTS)


@pytest.fixture(scope="module")
def training_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    data = tmp_path_factory.mktemp("training-site")
    make_folder(data / "models" / "tiny", vocab=16_000)
    painter = FakePainter()
    painter.warm_up()

    def school(studio: Studio) -> TrainingWork:
        return TrainingWork(Library.open(data), data, studio.consents, run=pretend)

    with serving(data, painter, training=school) as (url, _studio):
        yield url


def open_tab(page):
    page.get_by_role("tab", name="학습").click()
    expect(page.locator("#training-board")).to_be_visible()
    page.wait_for_timeout(300)
    return page.locator("#training-board")


def choose(page, name, text):
    data = {"name": name, "mimeType": "text/csv", "buffer": text.encode()}
    page.locator("#training-file input[type=file]").set_input_files([data])


def test_a_text_is_taught_seen_stopped_and_judged(visitor, training_site):
    visit = visitor(training_site)
    page = visit.open()
    board = open_tab(page)
    rows = [*pairs_csv(30).split("\n"), "전화해,010 1234 5678,0"]
    choose(page, "우리반.csv", "\n".join(rows))
    preview = page.locator("#training-preview")
    expect(preview).to_contain_text("31쌍을 읽었어요")
    expect(preview).to_contain_text("[전화번호] 1번")
    expect(page.locator("#training-drop")).to_be_hidden()

    page.get_by_role("button", name="배우기 시작").click()
    expect(board.get_by_role("alert")).to_contain_text("출처를 적어 주세요")
    page.get_by_label("이 글은 어디서 왔나요?").fill("우리 반 단톡방")
    page.get_by_label("쓴 사람들의 동의를 받았어요").check()
    page.get_by_label("누가 동의했나요").fill("모두")
    expect(page.locator("#training-base input")).to_have_value("ongari")  # the first of two
    page.get_by_label("새 모델 이름").fill("우리반")
    page.get_by_role("button", name="배우기 시작").click()
    expect(board.get_by_role("status")).to_contain_text("‘우리반’ 배우는 중")
    expect(board.locator("svg")).to_be_visible()
    expect(board.locator("pre")).to_contain_text("[Epoch 2 Batch 2/2] loss=2.9000")
    assert serious_faults(page) == []

    page.reload()  # it goes on without the page
    board = open_tab(page)
    expect(board.get_by_role("status")).to_contain_text("‘우리반’ 배우는 중")
    page.locator("#training-stop").click()
    expect(board).to_contain_text("이어서 배우기")
    expect(page.locator("#training-history")).to_contain_text("배운 기록과 동의")
    page.get_by_role("button", name="이어서 배우기").click()
    expect(board.locator(".verdict")).to_have_text("판정: 붕괴 (같은 말만 되풀이해요)")
    expect(page.locator("#training-waits")).to_be_visible()  # the pretended job left its folder
    page.get_by_role("button", name="지우기").click()
    expect(page.locator("#training-waits")).to_be_hidden()
    visit.check()


def test_a_file_that_is_too_large_or_not_alone_is_refused_at_once(visitor, training_site):
    page = visitor(training_site, color_scheme="dark").open()
    open_tab(page)
    assert serious_faults(page) == []  # at night too
    field = page.locator("#training-file")
    two = [{"name": f"{n}.txt", "mimeType": "text/plain", "buffer": b"x"} for n in range(2)]
    page.evaluate("document.querySelector('#training-file input').multiple = true")
    page.locator("#training-file input[type=file]").set_input_files(two)
    expect(field.get_by_role("alert")).to_contain_text("한 번에 파일 하나만")
    page.evaluate("document.querySelector('#training-file .drop-field').dataset.limit = 10")
    choose(page, "긴 글.txt", "가" * 100)
    expect(field.get_by_role("alert")).to_contain_text("너무 커요")
