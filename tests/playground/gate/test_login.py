"""The wall: a form, Basic, sessions and patience."""

from __future__ import annotations

import base64
import unicodedata

import pytest

from playground.gate import GateSettings
from playground.gate.login import MAX_FAILURES, MAX_SESSIONS_PER_SOURCE, Sessions
from tests.playground.gate.door import GUEST, LOCAL, build_door, client

LOCKED = GateSettings(credentials=(("kim", "비밀번호 1!"), ("박", "b")))
PAGE = {"accept": "text/html,*/*", "sec-fetch-mode": "navigate"}
EVERY_ROUTE = ["/", "/config", "/theme.css", "/gradio_api/info", "/gradio_api/queue/data"]
EVERY_ROUTE += ["/pictures", "/pictures/1.png", "/visit", "/jobs/1/events", "/ui/style.css"]
EVERY_ROUTE += ["/sdapi/v1/txt2img", "/favicon.ico"]


def basic(user: str, password: str) -> dict[str, str]:
    return {"authorization": "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()}


@pytest.mark.parametrize("path", EVERY_ROUTE)
@pytest.mark.parametrize("address", [LOCAL, GUEST])
def test_no_route_answers_without_a_password(path, address):
    _, app = build_door(LOCKED)
    for method in ("GET", "POST", "OPTIONS"):
        answer = client(app, address).request(method, path)
        assert answer.status_code == 401
        assert "owner" not in answer.text


def test_a_browser_logs_in_with_the_form():
    _, app = build_door(LOCKED)
    browser = client(app, GUEST)
    asked = browser.get("/", headers={**PAGE, "accept-language": "ko-KR"})
    assert asked.status_code == 401
    assert "비밀번호" in asked.text
    assert 'lang="ko"' in asked.text
    form = {"username": "kim", "password": "비밀번호 1!"}
    entered = browser.post("/login", data=form, headers=PAGE)
    assert entered.status_code == 303
    assert "HttpOnly" in entered.headers["set-cookie"]
    assert browser.get("/").status_code == 200
    assert browser.get("/pictures/1.png").status_code == 200


def test_gradio_client_logs_in_with_the_same_form():
    _, app = build_door(LOCKED)
    program = client(app, GUEST)
    answer = program.post("/login", data={"username": "박", "password": "b"})
    assert answer.json() == {"success": True}
    assert program.get("/config").status_code == 200


def test_basic_opens_every_route_and_asks_only_programs():
    _, app = build_door(LOCKED)
    program = client(app, GUEST)
    assert program.get("/pictures", headers=basic("kim", "비밀번호 1!")).status_code == 200
    assert "www-authenticate" in program.get("/pictures").headers
    assert (
        "www-authenticate" not in program.get("/visit", headers={"sec-fetch-mode": "cors"}).headers
    )


@pytest.mark.parametrize(
    ("user", "password"),
    [("kim", ""), ("kim", "b"), ("", ""), ("박", "비밀번호 1!"), ("kim\x00", "비밀번호 1!")],
)
def test_a_wrong_pair_is_refused_with_a_sentence(user, password):
    _, app = build_door(LOCKED)
    form = {"username": user, "password": password}
    answer = client(app).post("/login", data=form, headers={"accept-language": "en"})
    assert answer.status_code == 401
    assert "wrong" in answer.json()["detail"]
    assert client(app).get("/", headers=basic(user, password)).status_code == 401


def test_passwords_are_the_same_however_the_keyboard_composes_them():
    _, app = build_door(LOCKED)
    decomposed = unicodedata.normalize("NFD", "비밀번호 1!")
    assert client(app).get("/", headers=basic("kim", decomposed)).status_code == 200


@pytest.mark.parametrize("header", ["Basic", "Basic !!!", "Basic /w==", "Bearer x", "Basic a2lt"])
def test_a_broken_header_is_no_password(header):
    _, app = build_door(LOCKED)
    assert client(app).get("/", headers={"authorization": header}).status_code == 401


def test_guessing_is_slowed_down_per_address():
    _, app = build_door(LOCKED)
    guesser = client(app, GUEST)
    right = {"username": "kim", "password": "비밀번호 1!"}
    for _ in range(MAX_FAILURES):
        assert guesser.post("/login", data={**right, "password": "x"}).status_code == 401
    waiting = guesser.post("/login", data=right)
    assert waiting.status_code == 429
    assert 0 < int(waiting.headers["retry-after"]) <= 61
    assert client(app, LOCAL).post("/login", data=right).status_code == 200


def test_the_addresses_of_one_household_guess_together():
    """An IPv6 line has 2^64 of them."""
    _, app = build_door(LOCKED)
    wrong = {"username": "kim", "password": "x"}
    answers = [
        client(app, (f"2001:db8::{number:x}", 1)).post("/login", data=wrong).status_code
        for number in range(MAX_FAILURES + 1)
    ]
    assert answers == [401] * MAX_FAILURES + [429]
    assert client(app, ("2001:db8:0:1::1", 1)).post("/login", data=wrong).status_code == 401


def test_patience_returns():
    now = [0.0]
    keeper = Sessions((("a", "b"),), clock=lambda: now[0])
    for _ in range(MAX_FAILURES):
        keeper.note_failure("x")
    assert keeper.seconds_to_wait("x") == 60
    now[0] = 61
    assert keeper.seconds_to_wait("x") == 0


def test_sessions_end():
    now = [0.0]
    keeper = Sessions((("a", "b"),), clock=lambda: now[0])
    token = keeper.open_session()
    assert keeper.knows_session(token)
    assert not keeper.knows_session("")
    now[0] = 31 * 24 * 3600
    assert not keeper.knows_session(token)


def test_a_huge_form_is_not_read():
    _, app = build_door(LOCKED)
    answer = client(app).post("/login", content=b"username=" + b"a" * 1_000_000)
    assert answer.status_code == 401


def test_the_note_on_the_login_page_is_escaped():
    from playground.gate.login_page import login_page
    from playground.messages import Language

    assert "<script>" not in login_page(Language.EN, "<script>alert(1)</script>")


def test_credentials_do_not_show_in_logs():
    assert "비밀번호 1!" not in repr(LOCKED)


def test_who_logs_in_again_and_again_logs_nobody_else_out():
    sessions = Sessions((("kim", "말"),))
    other = sessions.open_session("kim", "10.0.0.8")
    first = sessions.open_session("kim", "10.0.0.7")
    kept = [sessions.open_session("kim", "10.0.0.7") for _ in range(MAX_SESSIONS_PER_SOURCE)]
    assert sessions.knows_session(other)
    assert not sessions.knows_session(first) and all(map(sessions.knows_session, kept))
