"""The layer that finds out who is at the machine, and takes the owner's link.

In front of the login: whoever has the console has more than a password. Behind the guard, so that
no other web site and no foreign name gets this far.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs

from starlette.responses import RedirectResponse

from playground.gate.answers import refuse
from playground.gate.cookies import read_cookie, set_cookie
from playground.gate.hosts import header, is_forwarded, is_local, was_renamed
from playground.gate.owner import COOKIE_SECONDS, PATH, OwnerProof
from playground.gate.subpath import route_path

COOKIE = "amumal-owner"


def has_proof(scope: Any) -> bool:
    """Return whether the request came with the owner's cookie."""
    return bool(scope.get("amumal.has_proof"))


def is_at_machine(scope: Any) -> bool:
    """Return whether the request is of the person at the machine; no unless this layer said so."""
    return bool(scope.get("amumal.at_machine"))


class OwnerDoor:
    """Mark the requests of the person at the machine; exchange the link for a cookie."""

    def __init__(self, app: Any, *, proof: OwnerProof) -> None:
        self._app = app
        self._proof = proof

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        if is_forwarded(scope) or was_renamed(scope):  # a proxy is in play that no flag told of
            self._proof.need()
        if scope["type"] == "http" and route_path(scope).rstrip("/") == PATH:
            await self._take_link(scope, receive, send)
            return
        proved = self._proof.is_proof(read_cookie(scope, COOKIE))
        scope["amumal.has_proof"] = proved
        scope["amumal.at_machine"] = proved or (not self._proof.is_needed and is_local(scope))
        await self._app(scope, receive, send)

    async def _take_link(self, scope: Any, receive: Any, send: Any) -> None:
        # A browser that only guesses what will be opened next must not use the link up.
        guessed = header(scope, b"sec-purpose") or header(scope, b"purpose")
        code = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("code", [""])[0]
        is_opened = scope.get("method") == "GET" and not guessed
        cookie = self._proof.exchange(code) if is_opened else ""
        if not cookie:
            await refuse(scope, receive, send, 403, "gate.owner.refused")
            return
        response = RedirectResponse("./", 303, {"Cache-Control": "no-store"})
        kept = set_cookie(scope, COOKIE, cookie, COOKIE_SECONDS, "Strict")
        response.raw_headers.append((b"set-cookie", kept))
        await response(scope, receive, send)
