"""Sessions of the page: whose they are, and which give way when there are too many.

A session is a name that a page makes up for itself, and anybody can make up as many as they like.
So each visitor has a few, and where all together are too many, whoever has most of them gives way.
Knows names and visitors; what is kept of a session is forgotten by whoever made this.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

from playground.studio.fair_share import Held, who_goes
from playground.studio.jobs.guest import Guest

MAX_SESSIONS = 200
MAX_SESSIONS_EACH = 20  # windows of one browser


@dataclass(frozen=True, slots=True)
class _Session:
    person: str
    source: str | None


class PageSessions:
    """The sessions that are known, the latest used last; may be used from any thread.

    Args:
        forget: lets go of a session; returns whether it could, or will be asked again.
    """

    def __init__(self, forget: Callable[[str], bool] = lambda _name: True) -> None:
        self._forget = forget
        self._lock = threading.Lock()  # taken alone
        self._sessions: dict[str, _Session] = {}
        self._leaving: set[str] = set()

    def __contains__(self, name: str) -> bool:
        return name in self._sessions

    def __len__(self) -> int:
        return len(self._sessions)

    def use(self, name: str, owner: str, guest: Guest | None) -> None:
        """Note that a visitor uses a session, and let those go that are too many."""
        person, source = (guest.person, guest.source) if guest else (owner, None)
        with self._lock:
            self._leaving.discard(name)
            self._sessions.pop(name, None)
            self._sessions[name] = _Session(person, source)
            own = [key for key, one in self._sessions.items() if one.person == person]
            held = [Held(key, one.source) for key, one in self._sessions.items()]
            for key in {*own[:-MAX_SESSIONS_EACH], *who_goes(held, MAX_SESSIONS)}:
                del self._sessions[key]
                self._leaving.add(key)
            self._leaving = {key for key in self._leaving if not self._forget(key)}
