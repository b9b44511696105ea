"""Files over HTTP: whose they are, how large they may be, and that nothing touches the disk."""

from __future__ import annotations

import itertools
from contextlib import ExitStack
from urllib.parse import quote

from playground.gate.visitors import COOKIE, _visitor
from playground.studio.jobs.guest import Guest
from playground.studio.uploads import COMING_PER_SOURCE, MAX_BYTES
from playground.web.http import upload_routes
from tests.playground.gate.door import GUEST


def send(page, data, name="대화.txt", **headers):
    return page.post("/drops", content=data, headers={"x-file-name": quote(name), **headers})


def test_a_file_is_kept_for_the_visitor_who_sent_it(visit, studio):
    page = visit()
    answer = send(page, "안녕".encode()).json()
    assert (answer["name"], answer["size"]) == ("대화.txt", 6)
    owner = _visitor(page.cookies[COOKIE], local=True).owner
    assert studio.drops.get(owner, answer["token"]).data.decode() == "안녕"
    assert visit().delete(f"/drops/{answer['token']}").status_code == 200  # somebody else
    assert studio.drops.get(owner, answer["token"])
    page.delete(f"/drops/{answer['token']}")
    assert not studio.drops._kept.get(answer["token"])
    assert not [
        p for p in studio.data_dir.rglob("*") if p.is_file() and b"\xec\x95\x88" in p.read_bytes()
    ]


def test_guests_may_hand_over_files_too(visit):
    assert send(visit(GUEST), b"x").status_code == 200


def test_a_large_file_is_refused_before_it_has_come(visit):
    page = visit()
    came = 0

    def endless():
        nonlocal came
        while came < 4 * MAX_BYTES:
            came += 1_000_000
            yield bytes(1_000_000)

    said = send(page, b"x", **{"content-length": str(MAX_BYTES + 1)})
    assert said.status_code == 413 and "50 MB" in said.json()["alert"]
    answer = page.post("/drops", content=endless(), headers={"x-file-name": "a"})
    assert answer.status_code == 413 and "나누어" in answer.json()["alert"]


def test_an_empty_file_is_refused_with_a_sentence(visit):
    answer = send(visit(language="en-US"), b"")
    assert answer.status_code == 409 and "empty file" in answer.json()["alert"]


def test_other_sites_cannot_send_files(visit):
    answer = send(visit(), b"x", origin="http://evil.example")
    assert answer.status_code == 403


def test_a_file_that_drips_is_given_up(visit, monkeypatch, studio):
    ticks = itertools.count(0, 20)
    monkeypatch.setattr(upload_routes, "monotonic", lambda: float(next(ticks)))
    answer = visit().post("/drops", content=iter([b"a"] * 9), headers={"x-file-name": "a"})
    assert answer.status_code == 408 and "천천히" in answer.json()["alert"]
    assert not studio.drops._coming


def test_new_cookies_do_not_add_files_on_their_way(visit, studio):
    with ExitStack() as held:
        for number in range(COMING_PER_SOURCE):  # of as many cookies of the same address
            held.enter_context(studio.drops.receiving("x", Guest(f"{number}", GUEST[0])))
        said = send(visit(GUEST), b"x")
        assert said.status_code == 409 and "같은 곳" in said.json()["alert"]
        assert send(visit(("192.168.0.10", 1)), b"x").status_code == 200
        assert send(visit(), b"x").status_code == 200
