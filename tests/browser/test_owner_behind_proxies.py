"""Nobody behind a real proxy is the person at the machine, however little the proxy says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from playground.gate import GateSettings
from playground.gate.owner_key import open_key
from tests.browser.conftest import serving
from tests.browser.proxy import (
    ELSEWHERE,
    Proxy,
    caddy,
    documented_caddy,
    documented_location,
    nginx,
    silent_location,
)
from tests.fakes import FakePainter

LOGIN = ("kim", "secret")
PATH = "/amumal"
ONLY_FOR_THE_MACHINE = "gradio_api/upload_progress"  # 404 for whoever is not at the machine
Prepare = Callable[[Path, str], AbstractContextManager[Proxy]]
PROXIES: dict[str, Prepare] = {
    "nginx that says nothing": lambda folder, upstream: nginx(folder, silent_location(upstream)),
    "nginx that strips and says nothing": lambda folder, upstream: nginx(
        folder, ELSEWHERE + silent_location(f"{upstream}/", f"{PATH}/")
    ),
    "nginx as documented": lambda folder, upstream: nginx(
        folder, ELSEWHERE + documented_location(upstream, strips=False)
    ),
    "caddy": lambda folder, upstream: caddy(folder, f"reverse_proxy {upstream}"),
    "caddy as documented": lambda folder, upstream: caddy(folder, documented_caddy(upstream)),
}


@contextmanager
def page(folder: Path, gate: GateSettings, painter: FakePainter) -> Iterator[str]:
    """Serve the page below PATH."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GRADIO_TEMP_DIR", str(folder / "tmp"))
        with serving(folder / "data", painter, gate=gate) as (origin, _studio):
            yield origin


@pytest.fixture(scope="module")
def upstream(
    tmp_path_factory: pytest.TempPathFactory, shared_painter: FakePainter
) -> Iterator[tuple[str, Path]]:
    folder = tmp_path_factory.mktemp("owned")
    gate = GateSettings(subpath=PATH, credentials=(LOGIN,), owner_key=open_key(folder))
    with page(folder, gate, shared_painter) as origin:
        yield origin, folder


def is_owner(visitor: httpx.Client, base: str) -> bool:
    """Return whether a visitor gets what only the person at the machine gets."""
    answer = visitor.get(f"{base}/{ONLY_FOR_THE_MACHINE}", auth=LOGIN)
    assert answer.status_code in (404, 422), answer.text  # 422: Gradio wants more, so it was asked
    return answer.status_code == 422


@pytest.mark.parametrize("prepare", PROXIES.values(), ids=PROXIES)
def test_a_visitor_is_a_guest_until_they_open_the_owners_link(prepare, upstream, tmp_path):
    origin, folder = upstream
    from playground.gate.owner import owner_link

    with prepare(tmp_path / "proxy", origin) as proxy, httpx.Client() as visitor:
        base = f"{proxy.origin}{PATH}"
        assert not is_owner(visitor, base)
        link = urlsplit(owner_link(f"{origin}{PATH}/", open_key(folder)))
        opened = visitor.get(f"{proxy.origin}{link.path}?{link.query}")
        assert opened.status_code == 303
        assert is_owner(visitor, base)
        with httpx.Client() as other:
            again = other.get(f"{proxy.origin}{link.path}?{link.query}")
            assert again.status_code == 403
            assert not is_owner(other, base)


@pytest.mark.parametrize(
    "gate",
    [
        GateSettings(credentials=(LOGIN,)),
        GateSettings(hosts=("pics.example.org",)),
        GateSettings(is_shared=True),
        GateSettings(listens_beyond_loopback=True),
    ],
    ids=["login", "name", "share", "listen"],
)
def test_one_flag_is_enough_behind_a_silent_proxy(gate, tmp_path, shared_painter):
    with (
        page(tmp_path, gate, shared_painter) as origin,
        nginx(tmp_path / "proxy", silent_location(origin)) as proxy,
        httpx.Client() as visitor,
    ):
        assert not is_owner(visitor, proxy.origin)
        assert not is_owner(visitor, origin)  # they look the same


def test_a_silent_proxy_before_a_plain_start_is_noticed_by_the_first_page(
    visitor, tmp_path, shared_painter
):
    with (
        page(tmp_path, GateSettings(), shared_painter) as origin,
        nginx(tmp_path / "proxy", silent_location(origin)) as proxy,
        httpx.Client() as program,
    ):
        assert is_owner(program, origin)
        visit = visitor(proxy.origin)
        visit.allowed_errors = ("403",)  # what it posts comes from a name that nobody told of
        visit.context.new_page().goto(proxy.origin)
        visit.leave()
        assert not is_owner(program, proxy.origin)


def test_a_proxy_that_tells_of_itself_is_enough_without_any_flag(tmp_path, shared_painter):
    with (
        page(tmp_path, GateSettings(), shared_painter) as origin,
        caddy(tmp_path / "proxy", f"reverse_proxy {origin}") as proxy,
        httpx.Client() as visitor,
    ):
        assert is_owner(visitor, origin)
        assert not is_owner(visitor, proxy.origin)
        assert not is_owner(visitor, origin)  # there is a proxy, and it may say less of others
