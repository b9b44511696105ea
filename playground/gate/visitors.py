"""Every visitor has an id: a random cookie that only the browser and this server know.

The id that jobs and pictures are filed under is a digest of the cookie, so the database holds
nothing that would let its reader pose as a visitor. Knows no passwords.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass
from typing import Any

from playground.gate.cookies import read_cookie, set_cookie
from playground.gate.hosts import header
from playground.gate.login import login_of
from playground.gate.owner_door import is_at_machine
from playground.gate.sources import source_of
from playground.gate.subpath import route_path

COOKIE = "amumal-visitor"
MAX_AGE_SECONDS = 400 * 24 * 3600  # the longest a browser keeps a cookie
LOCAL_OWNER = "local"  # programs on this machine that keep no cookies (curl, gradio_client)
# Only the page and our own routes hand out ids. The assets that the page loads in parallel must
# not, or every one of them would make another visitor out of the same browser.
_ISSUING = re.compile(r"^/(?:$|visit$|jobs(?:/|$)|pictures(?:/|$))")
_VALID = re.compile(r"^[A-Za-z0-9_-]{43}\Z")


@dataclass(frozen=True, slots=True)
class Visitor:
    """Whose request it is.

    Attributes:
        owner: what their jobs and pictures are filed under.
        is_local: the person at the machine.
        source: the address or the login that they are counted by; no cookie changes it.
        has_cookie: whether `owner` will be the same the next time.
    """

    owner: str
    is_local: bool
    source: str = ""
    has_cookie: bool = True

    @property
    def sees(self) -> str | None:
        """Whose pictures they may see; None is everybody's."""
        return None if self.is_local else self.owner

    @property
    def person(self) -> str:
        """One browser; all programs without a cookie that come from one place are one person."""
        return self.owner if self.has_cookie else f"no cookie, {self.source}"


def visitor(scope: Any) -> Visitor:
    """Return the visitor that the `Visitors` layer found for this request."""
    found = scope["amumal.visitor"]
    assert isinstance(found, Visitor)  # noqa: S101
    return found


class Visitors:
    """Find the visitor of a request; give new ones an id."""

    def __init__(self, app: Any, *, trusts_proxy: bool = False) -> None:
        self._app = app
        self._trusts_proxy = trusts_proxy

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        known = read_cookie(scope, COOKIE)
        token = known if _VALID.match(known) else ""
        fresh = "" if token or not self._may_issue(scope) else secrets.token_urlsafe(32)
        scope["amumal.visitor"] = _visitor(
            token or fresh,
            is_at_machine(scope),
            login_of(scope) or source_of(scope, trusts_proxy=self._trusts_proxy),
        )
        if not fresh:
            await self._app(scope, receive, send)
            return
        cookie = set_cookie(scope, COOKIE, fresh, MAX_AGE_SECONDS, "Strict")

        async def with_cookie(message: Any) -> None:
            if message["type"] == "http.response.start":
                headers = [*message.get("headers", ()), (b"set-cookie", cookie)]
                message = {**message, "headers": headers}
            await send(message)

        await self._app(scope, receive, with_cookie)

    def _may_issue(self, scope: Any) -> bool:
        # A visit through a link on another site comes without the Strict cookie even when there is
        # one; the page's own first request ("/visit") brings it or gets one then.
        return (
            scope["type"] == "http"
            and _ISSUING.match(route_path(scope)) is not None
            and header(scope, b"sec-fetch-site") != "cross-site"
        )


def _visitor(token: str, local: bool, source: str = "") -> Visitor:
    if token:
        return Visitor(hashlib.sha256(token.encode()).hexdigest()[:32], local, source)
    if local:
        return Visitor(LOCAL_OWNER, local, source)
    # nobody: sees nothing, now or later
    return Visitor(secrets.token_hex(16), local, source, has_cookie=False)
