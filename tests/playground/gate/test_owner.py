"""Who is at the machine: proved by the link from the console wherever an address proves nothing."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.gate import GateSettings
from playground.gate.owner import COOKIE_SECONDS, LINK_SECONDS, OwnerKey, OwnerProof, owner_link
from tests.playground.gate.door import GUEST, LOCAL, build_door, client

KEY = b"k" * 32
LOGIN = (("kim", "비밀"),)
BASIC = {"authorization": "Basic a2ltOuu5hOuwgA=="}  # of LOGIN
SETTINGS = {
    "login": GateSettings(credentials=LOGIN),
    "path": GateSettings(subpath="/amumal"),
    "name": GateSettings(hosts=("pics.example.org",)),
    "share": GateSettings(is_shared=True),
    "listen": GateSettings(listens_beyond_loopback=True),
    "address": GateSettings(hosts=("127.0.0.2",)),
}
WHO = "/jobs/1"


class Clock:
    """A time of day that stands still until it is set."""

    def __init__(self):
        self.now = 1_000_000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def proof(clock):
    return OwnerProof(OwnerKey(KEY, clock=clock), is_needed=True, clock=clock)


def code_of(link):
    return urlsplit(link).query.partition("=")[2]


def path_of(gate):
    parts = urlsplit(gate.owner.link("http://127.0.0.1:7860"))
    return f"{parts.path}?{parts.query}"


@pytest.mark.parametrize("settings", SETTINGS.values(), ids=SETTINGS)
def test_looking_like_the_machine_is_no_proof_where_others_may_come_in(settings):
    """This is what nginx sends unless it is told to send more: Host 127.0.0.1 and nothing else."""
    gate, app = build_door(settings)
    visitor = client(app, LOCAL)
    who = settings.subpath + WHO
    said = visitor.get(who, headers=BASIC).json()
    assert (said["local"], said["sees"]) == (False, said["owner"])
    entered = visitor.get(path_of(gate))
    assert (entered.status_code, entered.headers["location"]) == (303, "./")
    assert visitor.get(who).json()["local"] is True  # and needs no password any more
    assert client(app, LOCAL).get(who, headers=BASIC).json()["local"] is False


@pytest.mark.parametrize("settings", [GateSettings(), GateSettings(hosts=("localhost",))])
def test_nothing_is_asked_at_home(settings):
    gate, app = build_door(settings)
    assert not gate.owner.is_needed
    assert client(app, LOCAL).get(WHO).json()["local"] is True
    assert client(app, GUEST, host="localhost").get(WHO).json()["local"] is False


def test_the_owners_cookie_is_for_no_script_and_for_no_other_site():
    gate, app = build_door(SETTINGS["path"])
    answer = client(app, LOCAL).get(path_of(gate), headers={"x-forwarded-proto": "https"})
    cookie = answer.headers["set-cookie"]
    for part in ("HttpOnly", "SameSite=Strict", "Secure", "Path=/amumal;"):
        assert part in cookie
    assert answer.headers["cache-control"] == "no-store"


def test_a_link_is_good_once(proof):
    code = code_of(proof.link("http://x"))
    assert proof.is_proof(proof.exchange(code))
    assert proof.exchange(code) == ""
    assert proof.exchange(code_of(proof.link("http://x")))  # another one is


def test_neither_looking_ahead_nor_asking_for_the_head_uses_the_link_up():
    gate, app = build_door(SETTINGS["name"])
    path = path_of(gate)
    visitor = client(app, LOCAL)
    assert visitor.get(path, headers={"sec-purpose": "prefetch;prerender"}).status_code == 403
    assert visitor.head(path).status_code == 403
    assert visitor.post(path).status_code == 403
    assert visitor.get(path).status_code == 303


def test_another_site_cannot_open_the_door():
    gate, app = build_door(SETTINGS["name"])
    embedded = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"}
    assert client(app, LOCAL).get(path_of(gate), headers=embedded).status_code == 403
    assert client(app, LOCAL, host="evil.example").get(path_of(gate)).status_code == 400


def test_a_link_ends_and_so_does_the_cookie(proof, clock):
    old, cookie = code_of(proof.link("http://x")), proof.exchange(code_of(proof.link("http://x")))
    clock.now += LINK_SECONDS + 1
    assert proof.exchange(old) == ""
    assert proof.is_proof(cookie)
    clock.now += COOKIE_SECONDS
    assert not proof.is_proof(cookie)


def test_another_start_knows_the_cookie_but_no_link_of_before(clock):
    before = OwnerProof(OwnerKey(KEY, clock=clock), is_needed=True, clock=clock)
    cookie = before.exchange(code_of(before.link("http://x")))
    link = before.link("http://x")
    clock.now += 1
    after = OwnerProof(OwnerKey(KEY, clock=clock), is_needed=True, clock=clock)
    assert after.is_proof(cookie)
    assert after.exchange(code_of(link)) == ""
    assert after.exchange(code_of(owner_link("http://x", OwnerKey(KEY, clock=clock))))


def test_a_code_is_no_cookie_and_a_foreign_key_signs_nothing(proof, clock):
    link = code_of(proof.link("http://x"))
    assert not proof.is_proof(link)
    assert proof.exchange(proof.exchange(link)) == ""
    foreign = OwnerKey(b"f" * 32, clock=clock)
    assert proof.exchange(foreign.make("link")) == ""
    assert not proof.is_proof(foreign.make("cookie"))


@given(st.text(max_size=300) | st.from_regex(r"\A\d{1,30}\.[0-9a-f]{32}\.[0-9a-f]{64}\Z"))
def test_nothing_made_up_is_proof(made_up):
    proof = OwnerProof(OwnerKey(KEY), is_needed=True)
    assert proof.exchange(made_up) == ""
    assert not proof.is_proof(made_up)


def test_a_refused_link_says_where_to_get_one():
    _, app = build_door(SETTINGS["share"])
    answer = client(app, LOCAL).get("/owner?code=1.2.3")
    assert answer.status_code == 403 and "set-cookie" not in answer.headers
    assert "python -m playground owner" in answer.text


def test_a_proxy_that_nobody_told_of_makes_proof_needed_once():
    gate, app = build_door()
    said = []
    gate.owner.on_needed = lambda: said.append(gate.owner.is_needed)
    assert client(app, LOCAL).get(WHO).json()["local"] is True
    for _ in range(2):
        through = client(app, LOCAL).get(WHO, headers={"x-forwarded-for": "203.0.113.7"})
        assert through.json()["local"] is False
    assert said == [True]
    assert client(app, LOCAL).get(WHO).json()["local"] is False  # may be that proxy, saying less


SAME_ORIGIN = {"sec-fetch-site": "same-origin"}


@pytest.mark.parametrize(
    "headers",
    [
        {},
        SAME_ORIGIN,
        {**SAME_ORIGIN, "referer": "http://127.0.0.1:7860/"},
        {"referer": "https://blog.example/"},  # a link, in a browser that says no more
        {"sec-fetch-site": "none", "referer": ""},
        {**SAME_ORIGIN, "referer": "http://[oops/"},
    ],
)
def test_what_a_browser_at_home_says_asks_for_nothing(headers):
    _, app = build_door()
    assert client(app, LOCAL).get(WHO, headers=headers).json()["local"] is True


def test_a_proxy_that_is_silent_is_noticed_by_the_name_the_browser_uses():
    gate, app = build_door()
    headers = {**SAME_ORIGIN, "referer": "https://pics.example.org/"}
    assert client(app, LOCAL).get(WHO, headers=headers).json()["local"] is False
    assert gate.owner.is_needed


def test_a_request_that_is_refused_for_its_name_changes_nothing():
    gate, app = build_door()
    client(app, LOCAL, host="evil.example").get("/", headers={"via": "1.1 x"})
    assert not gate.owner.is_needed


def test_a_share_link_makes_proof_needed():
    gate, app = build_door()
    gate.allow_host("abc.gradio.live")
    assert client(app, LOCAL).get(WHO).json()["local"] is False
