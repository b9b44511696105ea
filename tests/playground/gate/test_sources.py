"""By what guests are counted: nothing that they can make up."""

from __future__ import annotations

import base64
import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.gate import GateSettings
from playground.gate.sources import source_of
from tests.playground.gate.door import GUEST, LOCAL, build_door, client

LOGINS = (("kim", "비밀1"), ("lee", "비밀2"))


def scope(address, *headers):
    return {"client": (address, 1) if address else None, "headers": list(headers)}


def via(value):
    return (b"x-forwarded-for", value)


@pytest.mark.parametrize(
    ("address", "headers", "trusted", "found"),
    [
        ("192.168.0.7", (), False, "192.168.0.7"),
        ("192.168.0.7", (via(b"1.1.1.1"),), True, "192.168.0.7 (forwarded)"),
        ("::ffff:192.168.0.7", (), False, "192.168.0.7"),
        ("2001:db8:1:2:3::4", (), False, "2001:db8:1:2::/64"),
        ("127.0.0.1", (via(b"203.0.113.7"),), True, "203.0.113.7"),
        ("127.0.0.1", (via(b"made-up, 1.1.1.1, 203.0.113.7"),), True, "203.0.113.7"),
        ("127.0.0.1", (via(b"203.0.113.7"),), False, "127.0.0.1 (forwarded)"),
        ("127.0.0.1", (via(b"unknown"),), True, "127.0.0.1 (forwarded)"),
        ("127.0.0.1", (), True, "127.0.0.1"),
        ("unix", (), False, "?"),
        (None, (via(b""),), True, "? (forwarded)"),
    ],
)
def test_what_is_counted_is_what_cannot_be_made_up(address, headers, trusted, found):
    assert source_of(scope(address, *headers), trusts_proxy=trusted) == found


@given(st.binary(max_size=60))
def test_a_direct_visitor_cannot_change_what_they_are_counted_by(made_up):
    assert source_of(scope("192.168.0.7", via(made_up)), trusts_proxy=True).startswith(
        "192.168.0.7"
    )


def who(door, address=GUEST, **headers):
    return client(door, address).get("/gradio_api/info", headers=headers).json()


def test_new_cookies_and_no_cookies_come_from_the_same_place():
    _, app = build_door(GateSettings(hosts=("127.0.0.1",)))
    made_up = [f"amumal-visitor={secrets.token_urlsafe(32)}" for _ in range(3)]
    guests = [who(app, cookie=cookie) for cookie in made_up]
    assert len({guest["person"] for guest in guests}) == 3
    assert {guest["source"] for guest in guests} == {GUEST[0]}
    bare = [who(app) for _ in range(3)]
    assert len({guest["person"] for guest in bare}) == 1
    assert len({guest["owner"] for guest in bare}) == 3  # and nobody sees what they made
    assert {guest["source"] for guest in bare} == {GUEST[0]}


def basic(user, password):
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


def test_where_everybody_has_a_login_that_is_counted_from_wherever():
    _, app = build_door(GateSettings(credentials=LOGINS))
    by_basic = who(app, authorization=basic(*LOGINS[0]))
    session = client(app, LOCAL)
    session.post("/login", data=dict(zip(("username", "password"), LOGINS[0], strict=True)))
    by_session = session.get("/gradio_api/info").json()
    assert by_basic["source"] == by_session["source"] == "login kim"
    assert who(app, authorization=basic(*LOGINS[1]))["source"] == "login lee"


def test_a_login_that_all_share_tells_nobody_apart():
    _, app = build_door(GateSettings(credentials=LOGINS[:1]))
    assert who(app, authorization=basic(*LOGINS[0]))["source"] == GUEST[0]
