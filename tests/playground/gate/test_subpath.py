"""Below a path: both kinds of proxy, cookies of the path alone, and nobody is at the machine."""

from __future__ import annotations

import pytest

from playground.gate import GateSettings
from tests.playground.gate.door import GUEST, LOCAL, build_door, client

SUBPATH = "/amumal"


@pytest.fixture
def door():
    _gate, app = build_door(GateSettings(subpath=SUBPATH))
    return app


@pytest.mark.parametrize("prefix", [SUBPATH, ""], ids=["kept", "stripped"])
def test_both_kinds_of_proxy_reach_the_same_route(door, prefix):
    asking = client(door)
    first = asking.get(f"{prefix}/visit")
    assert first.status_code == 200
    assert f"Path={SUBPATH};" in first.headers["set-cookie"]
    token = first.headers["set-cookie"].partition(";")[0]
    again = asking.get(f"{prefix}/visit", headers={"cookie": token})
    assert again.json()["owner"] == first.json()["owner"]
    assert asking.get(f"{prefix}/gradio_api/file=/etc/passwd").status_code == 404
    assert "immutable" in asking.get(f"{prefix}/assets/index.js").headers["cache-control"]


def test_the_page_is_at_the_slash(door):
    answer = client(door).get(f"{SUBPATH}?__theme=dark")
    assert (answer.status_code, answer.headers["location"]) == (307, f"{SUBPATH}/?__theme=dark")


def test_a_name_that_only_begins_alike_is_another_path(door):
    answer = client(door).get(f"{SUBPATH}ian")
    assert answer.status_code == 200 and "set-cookie" not in answer.headers


def test_nobody_below_a_path_is_the_person_at_the_machine(door):
    """A proxy on this machine that says nothing of the visitor looks just like them."""
    assert client(door, LOCAL).get("/visit").json()["local"] is False
    assert client(build_door()[1], LOCAL).get("/visit").json()["local"] is True


@pytest.mark.parametrize("prefix", [SUBPATH, ""], ids=["kept", "stripped"])
def test_the_login_is_of_the_path_too(prefix):
    _gate, app = build_door(GateSettings(subpath=SUBPATH, credentials=(("kim", "비밀"),)))
    asking = client(app)
    page = asking.get(f"{prefix}/", headers={"accept": "text/html"})
    assert page.status_code == 401 and 'action="login"' in page.text
    form = {"username": "kim", "password": "비밀"}
    entered = asking.post(f"{prefix}/login", data=form, headers={"accept": "text/html"})
    assert (entered.status_code, entered.headers["location"]) == (303, "./")
    assert f"Path={SUBPATH};" in entered.headers["set-cookie"]
    token = entered.headers["set-cookie"].partition(";")[0]
    assert asking.get(f"{prefix}/", headers={"cookie": token}).status_code == 200


def test_only_the_names_it_was_told_are_the_page_behind_a_proxy():
    _gate, app = build_door(GateSettings(subpath=SUBPATH, hosts=("pics.example.org",)))
    asking = client(app, GUEST, host="pics.example.org")
    origin = {"origin": "https://pics.example.org"}
    assert asking.post("/amumal/jobs/1/cancel", headers=origin).status_code == 200
    assert client(app, GUEST, host="evil.example").get("/amumal/").status_code == 400
    foreign = {"origin": "https://evil.example"}
    assert asking.post("/amumal/jobs/1/cancel", headers=foreign).status_code == 403
