"""Foreign names and other people's web sites."""

from __future__ import annotations

import pytest

from playground.gate import GateSettings
from tests.playground.gate.door import GUEST, build_door, client

PATHS = ["/", "/gradio_api/run/draw", "/gradio_api/upload", "/jobs/1/cancel", "/pictures/1.png"]


@pytest.mark.parametrize("path", PATHS)
def test_a_foreign_host_is_refused_in_both_languages(path):
    _, app = build_door()
    answer = client(app, host="evil.example").get(path)
    assert answer.status_code == 400
    assert "--public-host" in answer.text
    assert "모르는 이름" in answer.text
    assert "not one of mine" in answer.text


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:9999"])
def test_a_cross_site_write_is_refused(path, origin):
    _, app = build_door()
    assert client(app).post(path, headers={"origin": origin}).status_code == 403


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_write_without_an_origin_is_judged_by_where_it_comes_from(site):
    _, app = build_door()
    refused = client(app).post("/jobs/1/cancel", headers={"sec-fetch-site": site})
    assert refused.status_code == 403


def test_a_read_from_another_site_is_refused_even_for_the_person_at_the_machine():
    _, app = build_door()
    headers = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"}
    assert client(app).get("/pictures/1.png", headers=headers).status_code == 403


def test_a_link_on_another_site_may_be_followed():
    _, app = build_door()
    headers = {
        "sec-fetch-site": "cross-site",
        "sec-fetch-mode": "navigate",
        "sec-fetch-dest": "document",
    }
    assert client(app).get("/", headers=headers).status_code == 200


def test_our_own_page_and_programs_may_write():
    _, app = build_door()
    own = {"origin": "http://127.0.0.1:7860", "sec-fetch-site": "same-origin"}
    assert client(app).post("/jobs/1/cancel", headers=own).status_code == 200
    assert client(app).post("/jobs/1/cancel").status_code == 200


def test_the_page_behind_a_proxy_may_write():
    _, app = build_door(GateSettings(hosts=("play.example",)))
    headers = {"origin": "https://play.example", "x-forwarded-host": "play.example"}
    assert client(app).post("/jobs/1/cancel", headers=headers).status_code == 200
    headers["x-forwarded-host"] = headers["origin"] = "https://other.example"
    assert client(app).post("/jobs/1/cancel", headers=headers).status_code == 403


def test_the_share_link_is_let_in_when_it_is_known():
    gate, app = build_door()
    friend = client(app, host="abc.gradio.live")
    assert friend.get("/").status_code == 400
    gate.allow_host("abc.gradio.live")
    assert friend.get("/").status_code == 200
    own = {"origin": "https://abc.gradio.live"}
    assert friend.post("/jobs/1/cancel", headers=own).status_code == 200


def test_websockets_pass_the_same_guard():
    from starlette.websockets import WebSocketDisconnect

    _, app = build_door()
    with (
        pytest.raises(WebSocketDisconnect),
        client(app).websocket_connect("/ws", headers={"origin": "http://evil.example"}),
    ):
        pass


def test_every_answer_carries_the_safe_headers():
    _, app = build_door()
    for answer in (client(app).get("/"), client(app, GUEST, host="evil.example").get("/")):
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
