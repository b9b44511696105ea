"""Sessions are few, and who makes many up loses their own."""

from __future__ import annotations

from playground.studio.jobs.guest import Guest
from playground.web.kit.page_sessions import MAX_SESSIONS, MAX_SESSIONS_EACH, PageSessions

ADDRESS = "10.0.0.7"


def test_a_visitor_has_a_few_sessions_the_latest_used():
    sessions = PageSessions()
    for number in range(MAX_SESSIONS_EACH):
        sessions.use(f"{number}", "me", None)
    sessions.use("0", "me", None)
    sessions.use("new", "me", None)
    assert "0" in sessions and "new" in sessions and "1" not in sessions
    assert len(sessions) == MAX_SESSIONS_EACH


def test_two_hundred_made_up_sessions_push_nobody_out():
    gone: list[str] = []
    sessions = PageSessions(lambda name: gone.append(name) is None)
    sessions.use("owner's", "owner", None)
    sessions.use("neighbour's", "you", Guest("you", "10.0.0.8"))
    for number in range(1000):
        sessions.use(f"one cookie {number}", "me", Guest("me", ADDRESS))
    for number in range(1000):
        sessions.use(f"cookie {number}", f"{number}", Guest(f"{number}", ADDRESS))
    assert "owner's" in sessions and "neighbour's" in sessions
    assert len(sessions) == MAX_SESSIONS
    assert len(gone) == 2002 - MAX_SESSIONS


def test_what_is_still_in_use_is_let_go_of_later():
    busy, asked = {"0"}, []

    def forget(name):
        asked.append(name)
        return name not in busy

    sessions = PageSessions(forget)
    for number in range(MAX_SESSIONS_EACH + 1):
        sessions.use(f"{number}", "me", None)
    assert "0" not in sessions and asked == ["0"]
    busy.clear()
    sessions.use("1", "me", None)
    sessions.use("1", "me", None)
    assert asked == ["0", "0"]


def test_a_session_that_comes_back_is_not_let_go_of():
    sessions = PageSessions(lambda name: False)
    for number in range(MAX_SESSIONS_EACH + 1):
        sessions.use(f"{number}", "me", None)
    sessions.use("0", "me", None)
    assert "0" in sessions and sessions._leaving == {"1"}
