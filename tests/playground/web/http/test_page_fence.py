"""What is left of Gradio's own routes, checked against the routes that are really there."""

from __future__ import annotations

import re

import pytest

from playground.gate.fence import FOR_EVERYONE, FOR_THE_MACHINE, may_enter
from tests.playground.gate.door import GUEST, LOCAL

# Routes at the root that the page is made of and that show nothing but the page.
ROOT = {
    "/",
    "/login",
    "/login/",
    "/config",
    "/config/",
    "/static/{path:path}",
    "/assets/{path:path}",
    "/favicon.ico",
    "/theme.css",
    "/robots.txt",
    "/manifest.json",
}


def gradio_paths(app):
    """Return the paths of the mounted application, those of the routers inside it too."""
    waiting, found = list(app.routes[-1].app.routes), set()
    while waiting:
        route = waiting.pop()
        if hasattr(route, "path"):
            found.add(route.path)
        else:  # fastapi's _IncludedRouter
            waiting.extend(route.original_router.routes)
    return found


def example(path):
    path = re.sub(r"\{[a-z_]+:path\}", "x/y", path)
    return re.sub(r"\{[^}]*\}", "abc1", path)


def test_every_route_of_gradio_is_either_needed_or_closed(app):
    paths = gradio_paths(app)
    assert len(paths) > 40  # we are looking at the right thing
    open_to_guests = {path for path in paths if may_enter(example(path), is_local=False)}
    for path in open_to_guests:
        assert path in ROOT or FOR_EVERYONE.match(example(path)), path
    only_here = {path for path in paths if may_enter(example(path), is_local=True)} - open_to_guests
    assert {path.rstrip("/") for path in only_here} == {
        "/gradio_api/file={path_or_url:path}",
        "/gradio_api/file/{path:path}",
        "/gradio_api/upload",
        "/gradio_api/upload_progress",
    }


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/file=/etc/passwd",
        "/gradio_api/file=../../webui.py",
        "/gradio_api/file=C:%5Csecret%0A",
        "/gradio_api/file/etc/passwd",
        "/gradio_api/upload",
        "/gradio_api/upload_progress",
        "/gradio_api/proxy=https://example.hf.space/",
        "/gradio_api/stream/a/1/2/playlist-file",
        "/gradio_api/custom_component/a/b/c/d.js",
        "/gradio_api/component_server",
        "/gradio_api/component_server/",
        "/gradio_api/deep_link",
        "/gradio_api/dev/reload",
        "/gradio_api/vibe-code/",
        "/gradio_api/vibe-edit",
        "/gradio_api/process_recording",
        "/gradio_api/profiling/traces",
        "/gradio_api/run-history/records",
        "/gradio_api/token",
        "/gradio_api/user",
        "/gradio_api/runs",
        "/gradio_api//file=/etc/passwd",
        "/monitoring",
        "/monitoring/summary",
        "/svelte/x.js",
    ],
)
def test_a_guest_reaches_no_file_and_no_tool(visit, path):
    guest = visit(GUEST)
    for method in ("GET", "POST", "HEAD"):
        answer = guest.request(method, path)
        assert answer.status_code == 404, (method, path)
        assert "root:" not in answer.text


def test_not_even_the_person_at_the_machine_gets_files_outside_the_page(visit):
    page = visit(LOCAL)
    for path in ("/etc/passwd", "webui.py", "pyproject.toml", "playground/gate/login.py"):
        assert page.get(f"/gradio_api/file={path}").status_code in (403, 404)


def test_files_do_not_need_the_fence_to_be_typed_correctly():
    assert FOR_THE_MACHINE.match("/gradio_api/file=x")
    assert not may_enter("/gradio_api/file=x", is_local=False)


def test_the_page_tells_nobody_where_it_lies(visit, studio):
    guest = visit(GUEST)
    from pathlib import Path

    secrets = (str(studio.data_dir), str(Path.cwd()), str(Path.home()) + "/")
    for path in ("/", "/config", "/gradio_api/info", "/visit", "/pictures"):
        text = guest.get(path).text
        for secret in secrets:
            assert secret not in text, path
