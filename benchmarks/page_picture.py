"""`python -m benchmarks page [--output FILE]`: draw docs/page.png, the picture of the page, anew.

The real page, the builtin crayon and a Chromium that sees this machine only. Phrases and pictures
come from fixed seeds: on one machine two runs give the same picture but for the seconds it tells.
"""

from __future__ import annotations

import argparse
import asyncio
import io
import os
import re
import shutil
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models.disk import write_atomically
from pipelines.contract.phrase import Phrase
from pipelines.contract.requests import TextRequest
from playground.launch.environment import prepare_environment
from playground.studio.studio import Studio

if TYPE_CHECKING:
    from fastapi import FastAPI
    from playwright.sync_api import Page

    from pipelines.text.engines import Engine, SayHooks

PLAYWRIGHT = "playwright"  # comes with the tests
PICTURE = Path(__file__).resolve().parent.parent / "docs" / "page.png"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
BROWSER_FLAGS = (
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
)
WIDTH, HEIGHT, SCALE = 1280, 900, 2  # CSS pixels of the window, and pixels of the file in each
MOST_BYTES = 400_000
WAIT_MS = 120_000  # torch is imported and the crayon loaded while the first picture is waited for
SETTLE_MS = 500  # Gradio mounts what an accordion holds when it opens: a person is slower, too
# Phrases of which the crayon draws several well, and the cards to draw: the last stays on stage.
PHRASE_SEED, PICTURE_SEED = 330, 7
CARDS = (0, 4, 3, 2)


class SeededStudio(Studio):
    """A studio whose phrases come from one seed, whatever the page asks for."""

    def say(
        self,
        request: TextRequest,
        owner: str,
        opened: Mapping[str, Engine] | None = None,
        hooks: SayHooks | None = None,
    ) -> tuple[Phrase, ...]:
        return super().say(replace(request, seed=PHRASE_SEED), owner, opened, hooks)


def main(arguments: Sequence[str]) -> int:
    """Take the picture and write it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks page", description=__doc__)
    parser.add_argument("--output", type=Path, default=PICTURE, help="the PNG file to write")
    options = parser.parse_args(arguments)
    if find_spec(PLAYWRIGHT) is None:
        parser.error("Playwright is missing: pip install -r requirements-test.lock")
    browser = find_browser()
    if browser is None:
        parser.error("no Chromium: install one, or name its program in PLAYGROUND_CHROMIUM")
    with tempfile.TemporaryDirectory() as data, serving(Path(data)) as url:
        picture = shrink(photograph(browser, url))
    write_atomically(options.output, picture)
    print(f"{options.output}: {len(picture) / 1000:.0f} kB")
    return 0


def find_browser() -> str | None:
    """Return the path of a Chromium: the one that is named, or one that is installed."""
    named = os.environ.get("PLAYGROUND_CHROMIUM")
    if named:
        return shutil.which(named)
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


@contextmanager
def serving(data: Path) -> Iterator[str]:
    """Serve the page on an empty data folder; yield its address."""
    prepare_environment(data / "tmp")
    from models.library import Library
    from pipelines.image.memory.device import DeviceOptions
    from pipelines.painter.diffusers_painter import DiffusersPainter
    from playground.studio.language.shelf import LanguageShelf
    from playground.studio.work.training import TrainingWork

    library = Library.open(data)
    painter = DiffusersPainter(library, DeviceOptions(use_cpu=True))
    languages = LanguageShelf(library, use_cpu=True)
    with (
        SeededStudio.open(data, painter, languages=languages) as studio,
        closing(TrainingWork(library, data, studio.consents)) as training,
        running(_app(studio, library, training)) as url,
    ):
        yield url


def _app(studio: Studio, library: Any, training: Any) -> FastAPI:
    from playground.gate import GateSettings
    from playground.studio.work.models import ModelWork
    from playground.web.application import build_app

    async def inside() -> FastAPI:
        models = ModelWork(library, studio.data_dir)
        gate = GateSettings()
        return build_app(studio, gate=gate, theme="light", models=models, training=training)

    with ThreadPoolExecutor(1) as pool:  # Gradio needs a loop, and Playwright has this thread's
        return pool.submit(asyncio.run, inside()).result()


@contextmanager
def running(app: FastAPI) -> Iterator[str]:
    """Serve an application on a free port of this machine; yield its address."""
    from playground.web.http.server import Server

    server = Server(app, "127.0.0.1", 0)
    ready = threading.Event()
    thread = threading.Thread(target=server.run, args=(lambda _url: ready.set(),))
    thread.start()
    try:
        if not ready.wait(WAIT_MS / 1000):
            raise RuntimeError("the page does not answer")
        yield server.url
    finally:
        server.stop()
        thread.join()


def photograph(browser: str, url: str) -> bytes:
    """Open the page as a Korean visitor, play a little, and return a PNG of what there is."""
    from playwright.sync_api import sync_playwright

    # Chromium refuses its sandbox to root, which is who runs in containers
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    flags = [*BROWSER_FLAGS, *(["--no-sandbox"] if is_root else [])]
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=browser, headless=True, args=flags)
        page = started.new_page(
            viewport={"width": WIDTH, "height": HEIGHT},
            device_scale_factor=SCALE,
            locale="ko-KR",
            color_scheme="light",
        )
        page.set_default_timeout(WAIT_MS)
        page.goto(url)
        play(page)
        picture = page.screenshot(full_page=True, animations="disabled", caret="hide")
        started.close()
    return picture


def play(page: Page) -> None:
    """Draw phrases, illustrate the chosen cards one after another, and wait for each picture."""
    from playwright.sync_api import expect

    page.wait_for_selector("#stage[role=region]", state="attached")
    settings = page.locator("#settings button").first
    settings.click()
    page.locator("#seed textarea, #seed input").wait_for()
    page.wait_for_timeout(SETTLE_MS)
    page.locator("#seed textarea, #seed input").fill(str(PICTURE_SEED))
    page.wait_for_timeout(SETTLE_MS)
    settings.click()
    page.locator("#draw-phrases").click()
    tiles = page.locator("#gallery .tile")
    for number, card in enumerate(CARDS, start=1):
        page.locator("#phrases label").nth(card).click()
        page.locator("#illustrate").click()
        expect(tiles).to_have_count(number, timeout=WAIT_MS)
        expect(page.locator("#stage .count")).to_have_text(re.compile(r"^(\d+)/\1$"))
    page.mouse.move(0, 0)
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")


def shrink(picture: bytes) -> bytes:
    """Return the PNG without what nobody sees, in 256 colours where it is large otherwise.

    Raises:
        RuntimeError: it stays larger than a page of documentation should carry.
    """
    from PIL import Image

    with Image.open(io.BytesIO(picture)) as opened:
        whole = opened.convert("RGB")
    smaller = _as_png(whole)
    if len(smaller) > MOST_BYTES:
        smaller = _as_png(whole.quantize(256))
    if len(smaller) > MOST_BYTES:
        raise RuntimeError(f"the picture has {len(smaller):,} bytes, more than {MOST_BYTES:,}")
    return smaller


def _as_png(image: Any) -> bytes:
    file = io.BytesIO()
    image.save(file, "PNG", optimize=True)
    return file.getvalue()
