"""Calls that the page cannot have made: refused with a sentence, and nothing is opened."""

from __future__ import annotations

import asyncio
import socket

import pytest

from playground.messages import Language, text
from playground.web.http.bodies import MAX_BODY
from playground.web.kit.private_gradio import MAX_SESSIONS
from tests.playground.gate.door import GUEST
from tests.playground.web.conftest import draw

JSON = {"content-type": "application/json"}


def nested(depth, value):
    for _ in range(depth):
        value = [value]
    return value


def naming(url):
    return {"path": url, "url": url, "meta": {"_type": "gradio.FileData"}}


@pytest.mark.parametrize("depth", [0, 1, 5])
@pytest.mark.parametrize("route", ["run/draw", "api/draw", "call/draw", "queue/join"])
def test_a_value_that_names_a_file_is_refused_and_not_fetched(visit, route, depth):
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.2)
        url = f"http://127.0.0.1:{listening.getsockname()[1]}/x.png"
        body = {"data": nested(depth, naming(url)), "fn_index": 0, "session_hash": "a"}
        answer = visit(GUEST).post(f"/gradio_api/{route}", json=body)
        assert answer.status_code == 400
        assert text("body.file", Language.KO) in answer.text
        with pytest.raises(TimeoutError):
            listening.accept()


def test_gradio_itself_leaves_a_value_that_names_a_file_alone(app, tmp_path):
    from gradio import processing_utils

    value = naming(str(tmp_path / "secret"))
    moved = asyncio.run(processing_utils.async_move_files_to_cache([value], block=None))
    assert moved == [value]


@pytest.mark.parametrize(
    ("route", "body"),
    [
        ("run/draw", '{"data": ['),
        ("run/draw", "[1, 2]"),
        ("run/draw", "null"),
        ("run/nothing", '{"data": []}'),
        ("run/draw", '{"data": [], "fn_index": 99999}'),
        ("run/draw", '{"data": [], "fn_index": -1}'),
        ("run/draw", '{"data": [], "fn_index": true}'),
        ("run/draw", '{"data": []}'),
        ("run/draw", '{"data": 7}'),
        ("queue/join", '{"data": [], "session_hash": "a"}'),
        ("queue/join", '{"data": [], "fn_index": 0, "session_hash": 7}'),
        ("call/v2/draw", "{}"),
        ("info%0a", "{}"),
    ],
)
def test_an_odd_call_is_a_4xx_without_a_traceback(visit, caplog, capfd, route, body):
    answer = visit(GUEST).post(f"/gradio_api/{route}", content=body, headers=JSON)
    assert 400 <= answer.status_code < 500
    assert "Traceback" not in caplog.text + "".join(capfd.readouterr())


@pytest.mark.parametrize("value", [None, 7, "속마음", [], {}, ["속마음"], {"a": "속마음"}, True])
def test_wrong_types_to_any_function_never_fail_and_are_never_logged(
    app, visit, caplog, capfd, value
):
    page = visit(GUEST)
    functions = page.get("/config").json()["dependencies"]
    called = 0
    for function in functions:
        if not function["api_name"]:
            continue
        body = {"data": [value] * len(function["inputs"]), "fn_index": function["id"]}
        answer = page.post(f"/gradio_api/run/{function['api_name']}", json=body)
        assert answer.status_code < 500, function["api_name"]
        called += 1
    assert called
    said = caplog.text + "".join(capfd.readouterr())
    assert "Traceback" not in said
    assert "속마음" not in said


@pytest.mark.parametrize("origin", ["http://[", "http://[::1", "null", "//", "http://a]b"])
def test_an_odd_origin_is_refused(visit, origin):
    answer = visit(GUEST).get("/", headers={"origin": origin})
    assert answer.status_code == 403


@pytest.mark.parametrize("path", ["/gradio_api/run/draw", "/login", "/visit", "/", "/nothing"])
def test_a_large_body_is_refused_before_it_is_read(visit, path):
    came = 0

    def endless():
        nonlocal came
        while came < 10 * MAX_BODY:
            came += 100_000
            yield b"[" + b" " * 99_999

    declared = visit(GUEST).post(path, content=b"x", headers={"content-length": "200000000"})
    assert declared.status_code == 413
    assert text("body.large", Language.EN) in declared.text
    if path.startswith("/gradio_api"):  # the others do not read it at all
        streamed = visit(GUEST).post(path, content=endless(), headers=JSON)
        assert streamed.status_code == 413


@pytest.mark.parametrize("body", [b"[" * 100_000, b'{"data":[' + b"{}," * 30_000 + b"{}]}"])
def test_deep_and_countless_values_are_refused_before_they_are_read(visit, body):
    answer = visit(GUEST).post("/gradio_api/run/draw", content=body, headers=JSON)
    assert answer.status_code == 413
    deep = {"data": nested(100, 1)}
    assert visit(GUEST).post("/gradio_api/run/draw", json=deep).status_code == 413


def test_made_up_sessions_are_few_and_small(visit, app):
    page = visit(GUEST)
    mounted = (getattr(route, "app", None) for route in app.routes)
    holder = next(inner for inner in mounted if hasattr(inner, "state_holder"))
    name = next(
        function["api_name"]
        for function in page.get("/config").json()["dependencies"]
        if function["api_name"] and not function["inputs"]
    )
    for number in range(MAX_SESSIONS + 20):
        body = {"data": [], "session_hash": f"made{number}"}
        assert page.post(f"/gradio_api/run/{name}", json=body).status_code < 500
    states = holder.state_holder.session_data
    assert len(states) <= MAX_SESSIONS
    assert all(not state.config_values for state in states.values())


def test_the_page_still_draws(visit):
    assert "job" in draw(visit())
