"""The whole way with nothing faked: webui.py, the builtin model, a browser, a picture on disk."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.settings import fill_setting, open_settings

ROOT = Path(__file__).resolve().parents[2]
READY = re.compile(r"http://127\.0\.0\.1:\d+")
DRAWN_MS = 60_000  # importing torch and loading the model on a busy machine included


@contextmanager
def running(data: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Start webui.py on a data folder; yield its address and the process."""
    environment = os.environ | {"COMMANDLINE_ARGS": "", "LC_ALL": "C", "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, str(ROOT / "webui.py"), "--data-dir", str(data), "--use-cpu"]
    process = subprocess.Popen(
        command, cwd=data, env=environment, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        found = READY.search(line)
        assert found, line
        yield found[0], process
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(20)
        finally:
            process.kill()
            process.stdout.close()


@pytest.mark.slow
def test_from_a_button_to_a_picture_on_disk(visitor, tmp_path):
    with running(tmp_path) as (url, _process):
        visit = visitor(url)
        page = visit.open()
        page.get_by_role("button", name="뽑기").click()
        cards = page.locator("#phrases label")
        expect(cards).to_have_count(5)
        assert len(set(cards.all_inner_texts())) == 5
        page.get_by_role("button", name="그리기").click()
        expect(page.locator("#gallery img")).to_have_count(1, timeout=DRAWN_MS)
        shown = page.evaluate("window.shownPictures")
        previews = [source for source in shown if source.startswith("data:image/jpeg")]
        assert len(set(previews)) >= 2
    (path,) = (tmp_path / "outputs").rglob("*.png")
    with Image.open(path) as image:
        image.load()
        assert image.size == (256, 256)
        assert "Steps: " in image.info["parameters"]
        kept = json.loads(image.info["playground"])
    assert kept["request"]["phrase"]["ko"] in image.info["parameters"]
    assert str(tmp_path) not in json.dumps(kept)


@pytest.mark.slow
def test_after_kill_9_the_job_is_offered_and_gives_the_same_picture(visitor, tmp_path):
    with running(tmp_path) as (url, process):
        visit = visitor(url)
        page = visit.open()
        page.get_by_label("직접 쓰기").fill("파란 냄새 삼각형")
        open_settings(page)
        fill_setting(page, "#steps input[type=number]", "150")
        page.get_by_role("button", name="그리기").click()
        page.wait_for_function("window.shownPictures.length >= 1", timeout=DRAWN_MS)
        process.kill()
        process.wait()
        visit.allowed_errors = (
            "ERR_CONNECTION_REFUSED",
            "ERR_CONNECTION_RESET",
            "ERR_INCOMPLETE",
            "Failed to fetch",
        )
    assert list((tmp_path / "outputs").rglob("*.png")) == []
    with running(tmp_path) as (url, _process):
        page.close()
        visit.url = url
        page = visit.open()
        page.get_by_role("button", name="다시 실행").click()
        expect(page.locator("#gallery img")).to_have_count(1, timeout=DRAWN_MS)
    assert len(list((tmp_path / "outputs").rglob("*.png"))) == 1
