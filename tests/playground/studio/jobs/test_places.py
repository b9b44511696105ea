"""The places of the queue: no cookie adds to them, and the person at the machine has their own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.contract.requests import PictureRequest
from pipelines.text.reading.typed import typed
from playground.studio.errors import QueueFull
from playground.studio.jobs.guest import Guest
from playground.studio.jobs.live import LiveJob
from playground.studio.jobs.places import (
    MAX_QUEUED,
    MAX_QUEUED_OF_GUESTS,
    MAX_QUEUED_PER_OWNER,
    MAX_QUEUED_PER_SOURCE,
    QueuePlaces,
)
from playground.studio.jobs.store import Job, JobState


def live(owner, guest=None):
    request = PictureRequest(typed("파란 고양이"))
    return LiveJob(Job(1, owner, JobState.QUEUED, request, 0.0), guest)


def fill(asking):
    """Let everybody in `asking` (owner, guest) have a place in turn; return who got in."""
    lives, refusals = [], []
    for owner, guest in asking:
        try:
            QueuePlaces().check(lives, owner, guest, 1)
        except QueueFull as full:
            refusals.append(full.key)
        else:
            lives.append(live(owner, guest))
    return lives, refusals


def cookies(source, count):
    return [(f"{source} {n}", Guest(f"{source} {n}", source)) for n in range(count)]


def test_made_up_cookies_of_one_place_leave_room_for_others():
    lives, refusals = fill(cookies("203.0.113.7", 2 * MAX_QUEUED))
    assert len(lives) == MAX_QUEUED_PER_SOURCE < MAX_QUEUED
    assert set(refusals) == {"queue.full.source"}
    QueuePlaces().check(lives, "honest", Guest("honest", "203.0.113.8"), 1)


def test_guests_of_many_places_leave_room_for_the_person_at_the_machine():
    lives, refusals = fill([one for n in range(9) for one in cookies(f"203.0.113.{n}", 9)])
    assert len(lives) == MAX_QUEUED_OF_GUESTS < MAX_QUEUED
    assert set(refusals) == {"queue.full.guests"}
    QueuePlaces().check(lives, "local", None, MAX_QUEUED - MAX_QUEUED_OF_GUESTS)


def test_a_guest_without_a_cookie_is_one_person_however_often_they_ask():
    """The gate gives each such request another owner, so that nobody sees what they made."""
    nobody = Guest("no cookie, 203.0.113.7", "203.0.113.7")
    lives, refusals = fill([(f"random {n}", nobody) for n in range(40)])
    assert len(lives) == MAX_QUEUED_PER_OWNER
    assert set(refusals) == {"queue.full.owner"}


def test_the_person_at_the_machine_is_no_guest():
    lives, refusals = fill([("local", None)] * 40)
    assert len(lives) == MAX_QUEUED_PER_OWNER
    assert set(refusals) == {"queue.full.owner"}


def test_several_at_once_need_as_many_places():
    lives, _ = fill(cookies("here", MAX_QUEUED_PER_SOURCE - 2))
    guest = Guest("new", "here")
    QueuePlaces().check(lives, "new", guest, 2)
    with pytest.raises(QueueFull, match=r"queue\.full\.together") as full:
        QueuePlaces().check(lives, "new", guest, 3)
    assert full.value.values["room"] == 2


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 3), st.booleans()), max_size=120))
def test_no_limit_is_ever_passed(asking):
    lives, _ = fill([(f"{c}", None if home else Guest(f"{c}", f"{s}")) for c, s, home in asking])
    guests = [one.guest for one in lives if one.guest]
    assert len(lives) <= MAX_QUEUED and len(guests) <= MAX_QUEUED_OF_GUESTS
    for which, most in (("source", MAX_QUEUED_PER_SOURCE), ("person", MAX_QUEUED_PER_OWNER)):
        counted = [getattr(guest, which) for guest in guests]
        assert all(counted.count(one) <= most for one in counted)
