"""The page below a path behind a real nginx or Caddy, which keep the prefix or take it away."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from playground.gate import GateSettings
from tests.browser.conftest import Visit, serving
from tests.browser.proxy import (
    ELSEWHERE,
    Proxy,
    caddy,
    documented_caddy,
    documented_location,
    nginx,
)
from tests.browser.test_play import finished, say
from tests.fakes import FakePainter

ProxyMaker = Callable[[Path, str], AbstractContextManager[Proxy]]
SUBPATH = "/amumal"
LOGIN = ("kim", "비밀번호")
UPLOAD = """async () => {
  const headers = {"x-file-name": "a.txt"};
  const answer = await fetch("./drops", {method: "POST", headers, body: "안녕"});
  const {token} = await answer.json();
  return [answer.status, (await fetch(`./drops/${token}`, {method: "DELETE"})).status];
}"""
API = """async () => JSON.stringify(await (await fetch("./gradio_api/info")).json())"""


@pytest.fixture(params=["stripped", "kept", "caddy"])
def proxied(request: pytest.FixtureRequest) -> ProxyMaker:
    """Return a function that runs a proxy: nginx that takes the prefix away or not, or Caddy."""

    def run(folder: Path, upstream: str) -> AbstractContextManager[Proxy]:
        if request.param == "caddy":
            return caddy(folder, documented_caddy(upstream))
        location = documented_location(upstream, strips=request.param == "stripped")
        return nginx(folder, ELSEWHERE + location)

    return run


@contextmanager
def below(folder: Path, painter: FakePainter, *logins: tuple[str, str]) -> Iterator[str]:
    """Serve the page below the path; yield where, for a proxy."""
    gate = GateSettings(subpath=SUBPATH, credentials=logins)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GRADIO_TEMP_DIR", str(folder / "tmp"))
        with serving(folder / "data", painter, gate=gate) as (origin, _studio):
            yield origin


@pytest.fixture(scope="module")
def upstream(
    tmp_path_factory: pytest.TempPathFactory, shared_painter: FakePainter
) -> Iterator[str]:
    """A page that is open to all."""
    with below(tmp_path_factory.mktemp("open"), shared_painter) as origin:
        yield origin


@pytest.fixture(scope="module")
def locked(tmp_path_factory: pytest.TempPathFactory, shared_painter: FakePainter) -> Iterator[str]:
    """A page with a password."""
    with below(tmp_path_factory.mktemp("locked"), shared_painter, LOGIN) as origin:
        yield origin


def check(proxy: Proxy, visit: Visit, *, allowed: tuple[int, ...] = ()) -> None:
    """Nothing was asked outside of the prefix, and nothing that was asked was refused."""
    answers = proxy.answers()
    assert len(answers) > 20  # the page was really read through the proxy
    assert [uri for _, uri in answers if not uri.startswith(f"{SUBPATH}/")] == []
    # 499: the browser closed an event stream that it had read to its end
    failed = [(s, uri) for s, uri in answers if s >= 400 and s not in (*allowed, 499)]
    assert failed == []
    visit.check()


def everything(page: Page, tmp_path: Path) -> None:
    """Say a phrase, draw it, follow it, look at it, keep it, and send a file."""
    assert len(set(say(page))) == 5
    page.get_by_role("button", name="그리기").click()
    finished(page)
    previews = [s for s in page.evaluate("window.shownPictures") if s.startswith("data:image")]
    assert previews  # the event stream came through bit by bit
    tile = page.locator("#gallery .tile img").first
    expect(tile).to_be_visible()
    assert page.evaluate("(image) => image.decode().then(() => image.src)", tile.element_handle())
    with page.expect_download() as download:
        page.locator("#stage a[download]").click()
    kept = tmp_path / "kept.png"
    download.value.save_as(kept)
    with Image.open(kept) as picture:
        picture.verify()
    assert page.evaluate(UPLOAD) == [200, 200]
    # where Gradio believes it is; it keeps what it told the first who asked, whatever their port
    places = re.findall(r"http://127\.0\.0\.1:\d+(/?\w*)", page.evaluate(API))
    assert set(places) == {SUBPATH}
    fonts = page.evaluate(
        "document.fonts.load('16px \"Pretendard Variable\"').then((f) => f.length)"
    )
    assert fonts > 0


def paths_of_cookies(visit: Visit) -> set[str]:
    return {cookie["path"] for cookie in visit.context.cookies()}


def test_everything_works_below_a_path(visitor, painter, upstream, tmp_path, proxied):
    with proxied(tmp_path / "proxy", upstream) as proxy:
        visit = visitor(f"{proxy.origin}{SUBPATH}/")
        everything(visit.open(), tmp_path)
        assert paths_of_cookies(visit) == {SUBPATH}
        check(proxy, visit)
        visit.leave()


def test_the_address_without_the_slash_is_the_page_too(visitor, upstream, tmp_path, proxied):
    with proxied(tmp_path / "proxy", upstream) as proxy:
        visit = visitor(f"{proxy.origin}{SUBPATH}/")
        page = visit.context.new_page()
        answer = page.goto(f"{proxy.origin}{SUBPATH}")
        assert answer is not None and answer.status == 200
        assert urlsplit(page.url).path == f"{SUBPATH}/"
        visit.leave()


def test_the_login_works_below_a_path(visitor, painter, locked, tmp_path, proxied):
    with proxied(tmp_path / "proxy", locked) as proxy:
        visit = visitor(f"{proxy.origin}{SUBPATH}/")
        visit.allowed_errors = ("401",)  # the login page itself, and the wrong password
        page = visit.context.new_page()
        page.goto(visit.url)
        log_in(page, "틀린 것")
        expect(page.get_by_role("alert")).to_be_visible()
        log_in(page, LOGIN[1])
        page.wait_for_selector("#stage[role=region]", state="attached")
        assert urlsplit(page.url).path == f"{SUBPATH}/"
        everything(page, tmp_path)
        assert paths_of_cookies(visit) == {SUBPATH}
        check(proxy, visit, allowed=(401,))
        refused = [uri for status, uri in proxy.answers() if status == 401]
        assert refused == [f"{SUBPATH}/", f"{SUBPATH}/login"]
        visit.leave()
        visit.allowed_errors = ()


def log_in(page: Page, password: str) -> None:
    page.locator("input[name=username]").fill(LOGIN[0])
    page.locator("input[name=password]").fill(password)
    page.locator("button").click()


def test_the_page_can_be_opened_without_the_proxy(visitor, painter, upstream):
    visit = visitor(f"{upstream}{SUBPATH}/")
    say(visit.open())


def test_prefix_of_the_documents_is_the_one_tested():
    assert re.search(rf"location {SUBPATH}/ ", documented_location("http://x", strips=False))
