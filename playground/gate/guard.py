"""Refuse foreign names (DNS rebinding) and requests that another web site caused.

Knows headers only. Browsers always send Origin with a write and with a cross-origin read, and all
current ones send Sec-Fetch-Site; a program sends neither and is stopped by the login instead.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from playground.gate.answers import refuse
from playground.gate.hosts import HostList, header

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class Guard:
    """Let only requests through that our own page, a link or a program made."""

    def __init__(self, app: Any, *, hosts: HostList) -> None:
        self._app = app
        self._hosts = hosts

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
        elif header(scope, b"host") not in self._hosts:
            await refuse(scope, receive, send, 400, "gate.foreign_host")
        elif not self._is_same_site(scope):
            await refuse(scope, receive, send, 403, "gate.cross_site")
        else:
            await self._app(scope, receive, send)

    def _is_same_site(self, scope: Any) -> bool:
        origin = header(scope, b"origin")
        if origin:
            return self._is_ours(scope, origin)
        site = header(scope, b"sec-fetch-site")
        if site in ("", "same-origin", "none"):
            return True
        # Another site may link to the page, but not embed or fetch what lies behind it.
        return (
            scope.get("method") in SAFE_METHODS
            and header(scope, b"sec-fetch-mode") == "navigate"
            and header(scope, b"sec-fetch-dest") in ("", "document")
        )

    def _is_ours(self, scope: Any, origin: str) -> bool:
        try:
            netloc = urlsplit(origin).netloc.lower()
        except ValueError:  # e.g. "http://["
            return False
        if not netloc:  # "null": a sandboxed frame, a file, a redirect across sites
            return False
        if netloc == header(scope, b"host").lower():
            return True
        # A proxy may replace Host and put the visitor's one here; no web page can set this header.
        forwarded = header(scope, b"x-forwarded-host").split(",")[0].strip().lower()
        return netloc == forwarded and forwarded in self._hosts
