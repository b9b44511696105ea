"""Files handed over: bounded, owned, forgotten."""

from __future__ import annotations

from contextlib import ExitStack

import pytest

from playground.studio import uploads
from playground.studio.errors import StudioError
from playground.studio.jobs.guest import Guest
from playground.studio.uploads import (
    COMING_PER_OWNER,
    COMING_PER_SOURCE,
    KEPT_PER_OWNER,
    KEPT_SECONDS,
    MAX_BYTES,
    MAX_COMING_BYTES,
    MAX_COMING_BYTES_PER_SOURCE,
    Uploads,
    clean_name,
)


def test_a_file_comes_back_to_its_owner_and_to_nobody_else():
    drops = Uploads()
    token = drops.put("me", "말.txt", b"hello")
    assert drops.get("me", token).data == b"hello"
    with pytest.raises(StudioError) as caught:
        drops.get("you", token)
    assert caught.value.key == "drop.gone"
    drops.forget("you", token)
    assert drops.get("me", token).name == "말.txt"
    drops.forget("me", token)
    with pytest.raises(StudioError):
        drops.get("me", token)


def test_only_the_newest_files_of_an_owner_are_kept():
    drops = Uploads()
    others = drops.put("you", "b", b"b")
    tokens = [drops.put("me", f"{n}", b"a") for n in range(KEPT_PER_OWNER + 2)]
    kept = []
    for token in tokens:
        try:
            kept.append(drops.get("me", token).name)
        except StudioError:
            continue
    assert kept == ["2", "3", "4"]
    assert drops.get("you", others).data == b"b"


def test_a_file_is_forgotten_after_an_hour():
    now = [0.0]
    drops = Uploads(clock=lambda: now[0])
    token = drops.put("me", "a", b"a")
    now[0] = KEPT_SECONDS + 1
    with pytest.raises(StudioError):
        drops.get("me", token)


def test_memory_has_an_end(monkeypatch):
    monkeypatch.setattr("playground.studio.uploads.MAX_KEPT_BYTES", 10)
    drops = Uploads()
    first = drops.put("a", "a", b"123456")
    second = drops.put("b", "b", b"123456")
    assert drops.get("b", second)
    with pytest.raises(StudioError):
        drops.get("a", first)


@pytest.mark.parametrize(
    ("data", "key"), [(b"", "drop.empty"), (bytes(MAX_BYTES + 1), "drop.large")]
)
def test_empty_and_huge_files_are_refused(data, key):
    with pytest.raises(StudioError) as caught:
        Uploads().put("me", "a", data)
    assert caught.value.key == key


def test_only_a_few_files_of_one_visitor_come_at_once():
    drops = Uploads()
    with ExitStack() as held:
        for _ in range(COMING_PER_OWNER):
            held.enter_context(drops.receiving("me"))
        with pytest.raises(StudioError) as caught, drops.receiving("me"):
            pass
        assert caught.value.key == "drop.busy.own"
    with drops.receiving("me"):
        pass
    assert not drops._coming


def test_files_that_are_stuck_take_no_place_of_other_visitors():
    drops = Uploads()
    with ExitStack() as held:
        for number in range(200):
            held.enter_context(drops.receiving(f"stuck {number}"))(3)
        with drops.receiving("me") as count:
            count(MAX_BYTES)


def test_what_comes_in_at_once_is_bounded_by_its_bytes():
    drops = Uploads()
    with ExitStack() as held:
        for number in range(MAX_COMING_BYTES // MAX_BYTES):
            held.enter_context(drops.receiving(f"{number}"))(MAX_BYTES)
        with pytest.raises(StudioError) as caught, drops.receiving("me") as count:
            count(1)
        assert caught.value.key == "drop.busy"
    with drops.receiving("me") as count:
        count(1)
    assert not drops._coming


def test_new_cookies_take_no_more_places_nor_bytes_than_one_source_has():
    drops = Uploads()
    with ExitStack() as held:
        for number in range(COMING_PER_SOURCE):
            held.enter_context(drops.receiving(f"{number}", Guest(f"{number}", "10.0.0.7")))
        with pytest.raises(StudioError) as caught, drops.receiving("x", Guest("x", "10.0.0.7")):
            pass
        assert caught.value.key == "drop.busy.source"
        with drops.receiving("you", Guest("you", "10.0.0.8")) as count:
            count(MAX_BYTES)
    with ExitStack() as held:
        for number in range(MAX_COMING_BYTES_PER_SOURCE // MAX_BYTES):
            guest = Guest(f"{number}", "10.0.0.7")
            held.enter_context(drops.receiving(guest.person, guest))(MAX_BYTES)
        with drops.receiving("x", Guest("x", "10.0.0.7")) as count:
            with pytest.raises(StudioError) as caught:
                count(1)
        assert caught.value.key == "drop.busy.source"
        with drops.receiving("at the machine") as count:
            count(MAX_BYTES)


def test_who_keeps_no_cookie_is_one_person():
    drops = Uploads()
    with ExitStack() as held:
        for number in range(COMING_PER_OWNER):  # another owner each time: nobody
            held.enter_context(drops.receiving(f"{number}", Guest("no cookie", "10.0.0.7")))
        with pytest.raises(StudioError) as caught:
            held.enter_context(drops.receiving("x", Guest("no cookie", "10.0.0.7")))
    assert caught.value.key == "drop.busy.own"


def test_who_makes_up_cookies_pushes_out_their_own_files_only(monkeypatch):
    monkeypatch.setattr(uploads, "MAX_KEPT_BYTES", 20)
    drops = Uploads()
    mine = drops.put("at the machine", "a", b"12345")
    yours = drops.put("you", "b", b"12345", Guest("you", "10.0.0.8"))
    for number in range(50):
        drops.put(f"{number}", "c", b"12345", Guest(f"{number}", "10.0.0.7"))
    assert drops.get("at the machine", mine) and drops.get("you", yours)
    assert len(drops._kept) == 4


def test_names_are_harmless():
    assert clean_name("../../etc/passwd") == "passwd"
    assert clean_name("가나") == "가나"
    assert clean_name("\ud800x\x1b[2J") == "?x [2J"
    assert len(clean_name("가" * 500)) == 120


def test_an_old_file_goes_though_nobody_asks_for_anything():
    now = [0.0]
    drops = Uploads(clock=lambda: now[0])
    drops.put("me", "a.txt", b"...")
    now[0] = KEPT_SECONDS
    drops.tidy()
    assert len(drops._kept) == 1
    now[0] += 1
    drops.tidy()
    assert drops._kept == {}
