"""A real page in a real browser: our server on a fake painter, and Chromium without a network.

The browser is PLAYGROUND_CHROMIUM, or a Chromium or Chrome that is installed. Without one these
tests are skipped and say so; with CI=true or PLAYGROUND_REQUIRE_BROWSER=1 they fail instead.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from playground.gate import GateSettings
from playground.studio.studio import Studio
from playground.studio.work.models import ModelWork
from playground.studio.work.training import TrainingWork
from tests.fake_language import FakeShelf, FakeTokens
from tests.fakes import FakePainter

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
from playwright.sync_api import Browser, BrowserContext, Error, Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
)
# Writes down every picture the stage has shown; a preview counts when it was really in the page.
WATCH_STAGE = """
window.shownPictures = [];
const note = () => {
  const source = document.querySelector("#stage img.shown")?.getAttribute("src");
  if (source && window.shownPictures.at(-1) !== source) window.shownPictures.push(source);
};
document.addEventListener("DOMContentLoaded", () => new MutationObserver(note).observe(
  document.documentElement, {subtree: true, childList: true, attributes: true}));
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.timeout(180))


def find_browser() -> str:
    """Return the path of a browser; skip or fail when there is none."""
    named = os.environ.get("PLAYGROUND_CHROMIUM")
    found = named or next((path for name in NAMES if (path := shutil.which(name))), None)
    if found and Path(found).exists():
        return found
    reason = f"no Chromium: install one or set PLAYGROUND_CHROMIUM (now {named!r})"
    if os.environ.get("CI") == "true" or os.environ.get("PLAYGROUND_REQUIRE_BROWSER") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


@contextmanager
def serving(
    data: Path,
    painter: FakePainter,
    language: FakeTokens | None = None,
    *,
    models: Callable[[Studio], ModelWork] | None = None,
    training: Callable[[Studio], TrainingWork] | None = None,
    gate: GateSettings | None = None,
) -> Iterator[tuple[str, Studio]]:
    """Serve the page on a data folder; yield its address and its studio.

    Args:
        models, training: make the work behind those tabs from the studio.
        gate: who may come in, and below which path; without it everybody on this machine.
    """
    from playground.web.application import build_app
    from playground.web.http.server import Server

    async def inside() -> Any:
        return build_app(studio, gate=gate or GateSettings(), models=shelves, training=school)

    shelf: Any = FakeShelf(language or FakeTokens("ongari"))
    with Studio.open(data, painter, languages=shelf) as studio:
        shelves = models(studio) if models else None
        school = training(studio) if training else None
        # In a loop that is closed again: Gradio would leave one open. In a thread of its own,
        # because Playwright's loop runs in this one.
        with ThreadPoolExecutor(1) as pool:
            app = pool.submit(asyncio.run, inside()).result()
        server = Server(app, "127.0.0.1", 0)
        ready = threading.Event()
        thread = threading.Thread(target=server.run, args=(lambda url: ready.set(),))
        thread.start()
        try:
            assert ready.wait(20)
            yield server.url, studio
        finally:
            server.stop()
            thread.join(20)
            if school:
                school.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = find_browser()
    # Chromium refuses its sandbox to root, which is who runs in containers
    flags = [*FLAGS, *(["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, headless=True, args=flags)
        yield started
        started.close()


@pytest.fixture(scope="session")
def shared_painter() -> FakePainter:
    painter = FakePainter()
    painter.warm_up()
    return painter


@pytest.fixture(scope="session")
def language() -> FakeTokens:
    """The language model behind the page."""
    return FakeTokens("ongari")


@pytest.fixture(scope="session")
def site(
    browser: Browser,
    shared_painter: FakePainter,
    language: FakeTokens,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    data = tmp_path_factory.mktemp("site")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GRADIO_TEMP_DIR", str(data / "tmp"))
        with serving(data, shared_painter, language) as (url, _studio):
            yield url


@pytest.fixture
def painter(shared_painter: FakePainter) -> Iterator[FakePainter]:
    """The painter behind the page; back to normal after the test."""
    while shared_painter._begun.acquire(blocking=False):
        pass
    yield shared_painter
    shared_painter.raises = None
    shared_painter.step_seconds = 0.0
    shared_painter.release()


class Visit:
    """One visitor: a browser profile of their own, and everything that went wrong in it."""

    def __init__(self, context: BrowserContext, url: str) -> None:
        self.context = context
        self.url = url
        self.external: list[str] = []
        self.errors: list[str] = []
        self.allowed_errors: tuple[str, ...] = ()
        context.on("request", self._note_request)  # listening, unlike routing, keeps the cache
        context.add_init_script(WATCH_STAGE)

    def _note_request(self, request: Any) -> None:
        asked = urlsplit(request.url)
        foreign = asked.netloc != urlsplit(self.url).netloc
        if asked.scheme in ("http", "https", "ws", "wss") and foreign:
            self.external.append(request.url)

    def open(self) -> Page:
        """Open the page and wait until it can be used."""
        page = self.context.new_page()
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", self._hear)
        page.goto(self.url)
        page.wait_for_selector("#draw-phrases")
        page.wait_for_selector("#stage[role=region]", state="attached")
        return page

    def _hear(self, message: Any) -> None:
        if message.type == "error":
            self.errors.append(message.text)

    def check(self) -> None:
        """Nothing left the machine and the console is clean."""
        assert self.external == []
        wrong = [e for e in self.errors if not any(part in e for part in self.allowed_errors)]
        assert wrong == []

    def leave(self) -> None:
        """Close the pages and forget everything, so that the next visitor is a new one."""
        for page in self.context.pages:
            page.close()
        # a page that closes may write its form once more: cleared when all are gone, from a place
        # of the same origin where none of our scripts runs
        empty = self.context.new_page()
        with contextlib.suppress(Error):  # the server may be gone already
            empty.goto(f"{self.url.rstrip('/')}/robots.txt")
            empty.evaluate("localStorage.clear()")
        empty.close()
        self.context.clear_cookies()


VisitMaker = Callable[..., Visit]


@pytest.fixture(scope="session")
def profiles() -> dict[str, Visit]:
    """Browser profiles by their settings, kept: a filled cache makes every next page quick."""
    return {}


@pytest.fixture
def visitor(browser: Browser, site: str, profiles: dict[str, Visit]) -> Iterator[VisitMaker]:
    """Return a function that makes new visitors; each is checked when the test ends."""
    used: list[Visit] = []

    def make(url: str = site, locale: str = "ko-KR", width: int = 1280, **more: Any) -> Visit:
        settings = repr((locale, width, more))
        if settings not in profiles:
            viewport: Any = {"width": width, "height": 900 if width > 600 else 844}
            context = browser.new_context(viewport=viewport, locale=locale, **more)
            context.set_default_timeout(10_000)
            profiles[settings] = Visit(context, url)
        visit = profiles[settings]
        visit.url = url
        visit.external.clear()
        visit.errors.clear()
        used.append(visit)
        return visit

    yield make
    for visit in used:
        visit.leave()
    for visit in used:
        visit.check()


@pytest.fixture
def page(visitor: VisitMaker) -> Page:
    """The page of one Korean visitor on a desk, who has never been here before."""
    return visitor().open()
