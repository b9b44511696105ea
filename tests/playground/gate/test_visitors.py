"""Every visitor has an id that only their browser knows."""

from __future__ import annotations

from tests.playground.gate.door import GUEST, LOCAL, build_door, client


def test_the_first_visit_gets_a_cookie_no_script_can_read():
    _, app = build_door()
    answer = client(app).get("/")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert "Secure" not in cookie
    token = cookie.split("=", 1)[1].split(";")[0]
    assert answer.json()["owner"] not in token  # the database never sees the cookie
    assert len(answer.json()["owner"]) == 32


def test_the_cookie_is_secure_where_the_connection_is():
    _, app = build_door()
    answer = client(app, GUEST).get("/", headers={"x-forwarded-proto": "https"})
    assert "; Secure" in answer.headers["set-cookie"]


def test_a_visitor_keeps_the_id_and_two_visitors_differ():
    _, app = build_door()
    one, two = client(app, GUEST), client(app, GUEST)
    first = one.get("/").json()["owner"]
    assert one.get("/jobs/1").json()["owner"] == first
    assert one.get("/gradio_api/info").json()["owner"] == first
    assert two.get("/").json()["owner"] != first


def test_only_the_person_at_the_machine_sees_everything():
    _, app = build_door()
    assert client(app, LOCAL).get("/").json()["sees"] is None
    guest = client(app, GUEST).get("/").json()
    assert guest["sees"] == guest["owner"]


def test_assets_make_no_visitors():
    _, app = build_door()
    assert "set-cookie" not in client(app, GUEST).get("/assets/index.js").headers
    assert "set-cookie" not in client(app, GUEST).get("/gradio_api/info").headers


def test_a_visit_through_a_foreign_link_does_not_replace_the_id():
    _, app = build_door()
    headers = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}
    guest = client(app, GUEST)
    assert "set-cookie" not in guest.get("/", headers=headers).headers
    assert "set-cookie" in guest.get("/visit", headers={"sec-fetch-site": "same-origin"}).headers


def test_programs_without_cookies_are_one_owner_here_and_nobody_elsewhere():
    _, app = build_door()
    path = "/gradio_api/run/draw"
    assert client(app, LOCAL).post(path).json()["owner"] == "local"
    assert client(app, GUEST).post(path).json() != client(app, GUEST).post(path).json()


def test_a_made_up_cookie_is_replaced():
    _, app = build_door()
    guest = client(app, GUEST)
    for made_up in ("local", "a" * 42, 'x"; Path=/', "가" * 43):
        headers = {b"cookie": f"amumal-visitor={made_up}".encode()}
        answer = guest.get("/", headers=headers)
        assert "set-cookie" in answer.headers
        assert answer.json()["owner"] != "local"
        guest.cookies.clear()
