"""How many answers a guest may have under way at once: event streams never end by themselves.

Who opens a thousand of them would have every connection that there is, and none of those keeps us
waiting, so that none may be dropped (bounded_protocol.py). Knows visitors; knows no routes.
"""

from __future__ import annotations

from typing import Any

from playground.gate import visitor
from playground.gate.answers import refuse
from playground.studio.jobs.guest import Guest
from playground.web.http.guest_places import GuestPlaces, guest_of

# a window needs two for itself, and a browser opens six connections for all its windows of HTTP/1.1
PLACES = GuestPlaces(of_person=48, of_source=240, of_all=480)


class OpenRequests:
    """Answer 429 to a guest who has too many requests open.

    Args:
        places: of requests that are not answered to their end.
    """

    def __init__(self, app: Any, *, places: GuestPlaces = PLACES) -> None:
        self._app = app
        self._places = places
        self._open: list[Guest] = []

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        guest = guest_of(visitor(scope)) if scope["type"] == "http" else None
        if guest is None:
            await self._app(scope, receive, send)
            return
        if not self._places.has_room(self._open, guest):
            await refuse(scope, receive, send, 429, "body.requests")
            return
        self._open.append(guest)
        try:
            await self._app(scope, receive, send)
        finally:
            self._open.remove(guest)
