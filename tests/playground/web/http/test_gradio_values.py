"""Calls that the page cannot have made: refused with a sentence, and nothing is opened."""

from __future__ import annotations

import asyncio
import socket
from types import SimpleNamespace

import pytest

from playground.gate.visitors import _visitor
from playground.messages import Language, text
from playground.web.http import gradio_values
from playground.web.http.bodies import MAX_BODY
from playground.web.http.guest_places import GuestPlaces
from playground.web.kit.page_sessions import MAX_SESSIONS, MAX_SESSIONS_EACH
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


def mounted(app):
    inner = (getattr(route, "app", None) for route in app.routes)
    return next(one for one in inner if hasattr(one, "state_holder"))


def without_inputs(page):
    return next(
        function
        for function in page.get("/config").json()["dependencies"]
        if function["api_name"] and not function["inputs"]
    )


def test_made_up_sessions_are_few_and_small_and_push_nobody_out(visit, app):
    page, other = visit(GUEST), visit(("192.168.0.77", 1))
    states = mounted(app).state_holder.session_data
    name = without_inputs(page)["api_name"]

    def use(session, whose=page):
        body = {"data": [], "session_hash": session}
        assert whose.post(f"/gradio_api/run/{name}", json=body).status_code < 500

    use("other", other)
    for number in range(MAX_SESSIONS + 20):
        use(f"made{number}")
    assert "other" in states
    assert len([session for session in states if session.startswith("made")]) == MAX_SESSIONS_EACH
    assert all(not state.config_values for state in states.values())


def test_a_session_that_is_let_go_leaves_nothing_in_gradio(visit, app):
    page = visit(GUEST)
    queue, number = mounted(app).get_blocks()._queue, without_inputs(page)["id"]
    for made in range(MAX_SESSIONS_EACH + 5):
        body = {"data": [], "fn_index": number, "session_hash": f"queued{made}"}
        assert page.post("/gradio_api/queue/join", json=body).status_code == 200
        page.get("/gradio_api/queue/data", params={"session_hash": f"queued{made}"})
    for kept in (queue.pending_messages_per_session, queue.pending_event_ids_session):
        assert len([name for name in kept if name.startswith("queued")]) <= MAX_SESSIONS_EACH


def test_calls_that_wait_in_gradios_queue_are_few(visit, app, monkeypatch):
    page = visit(GUEST)
    number = without_inputs(page)["id"]
    waiting: list[SimpleNamespace] = []
    monkeypatch.setattr(gradio_values, "QUEUED", GuestPlaces(2, 3, 4))
    queue = mounted(app).get_blocks()._queue

    async def nothing(*_args, **_how):
        return True, "id", "success"

    monkeypatch.setattr(queue, "push", nothing)
    monkeypatch.setattr(queue, "active_jobs", [waiting, None])
    body = {"data": [], "fn_index": number, "session_hash": "waits"}
    for person in ("a", "b", "c"):
        found = _visitor(person, local=False, source=GUEST[0])
        request = SimpleNamespace(scope={"amumal.visitor": found})
        assert page.post("/gradio_api/queue/join", json=body).status_code == 200
        waiting.append(SimpleNamespace(request=request))
    refused = page.post("/gradio_api/queue/join", json=body)
    assert refused.status_code == 429 and text("body.turns", Language.KO) in refused.text
    assert visit().post("/gradio_api/queue/join", json=body).status_code == 200


def test_countless_plain_values_are_refused(visit):
    body = {"data": [1] * 30_000}
    assert visit(GUEST).post("/gradio_api/run/draw", json=body).status_code == 413


def test_the_page_still_draws(visit):
    assert "job" in draw(visit())
