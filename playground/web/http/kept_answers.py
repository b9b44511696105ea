"""Answers that say the same to everybody are made once: the page and what Gradio tells of itself.

Making one takes 20 ms, and anybody may ask for it as often as they like. It depends on the language
and on the address it was asked for at, which Gradio writes into it, and on nobody; so the last few
are kept, and who asks for one that is being made waits for it.
"""

from __future__ import annotations

import asyncio
from typing import Any

from models.lru import Lru
from playground.gate import route_path
from playground.web.kit.wording import language_of

PATHS = frozenset({"/", "/config", "/config/", "/gradio_api/info", "/gradio_api/openapi.json"})
KEPT = 24  # a few paths in two languages, under the names that this server goes by
ADDRESS = frozenset({b"host", b"x-forwarded-host", b"x-forwarded-proto"})
MAX_KEY = 500  # bytes of these; longer ones are nothing that a browser or a proxy sends

MESSAGES = ("http.response.start", "http.response.body")

Key = tuple[object, ...]
Answer = tuple[dict[str, Any], ...]  # ASGI messages


class KeptAnswers:
    """Hand kept answers out; hand everything else on. Lives on the loop of one server."""

    def __init__(self, app: Any) -> None:
        self._app = app
        self._kept: Lru[Key, Answer] = Lru(KEPT)
        self._making: dict[Key, asyncio.Event] = {}

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        key = _key(scope)
        if key is None:
            await self._app(scope, receive, send)
            return
        while self._kept.peek(key) is None and key in self._making:
            await self._making[key].wait()
        known = self._kept.get(key)
        if known is None:
            known = await self._make(key, scope, receive)
        for message in known:
            await send(message)

    async def _make(self, key: Key, scope: Any, receive: Any) -> Answer:
        self._making[key] = made = asyncio.Event()
        said: list[dict[str, Any]] = []

        async def note(message: dict[str, Any]) -> None:
            if message["type"] in MESSAGES:  # and no extension, e.g. of a test client
                said.append(message)

        # Compressed HTML could not be rewritten by FrontPage, and each browser has its own way.
        headers = [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]
        try:
            await self._app({**scope, "headers": headers}, receive, note)
            if _is_for_all(said):
                self._kept.put(key, tuple(said))
        finally:
            del self._making[key]
            made.set()
        return tuple(said)


def _key(scope: Any) -> Key | None:
    """Return what an answer depends on; None for one that is not kept."""
    is_asked = scope["type"] == "http" and scope["method"] == "GET" and route_path(scope) in PATHS
    if not is_asked or scope.get("query_string"):
        return None
    named = sorted((name.lower(), value) for name, value in scope["headers"] if name in ADDRESS)
    if sum(len(value) for _, value in named) > MAX_KEY:
        return None
    language = language_of(scope)
    return language, scope.get("scheme"), scope.get("root_path"), scope["path"], *named


def _is_for_all(said: list[dict[str, Any]]) -> bool:
    if not said or said[-1].get("more_body"):  # who asked has left
        return False
    is_personal = any(name.lower() == b"set-cookie" for name, _ in said[0].get("headers", ()))
    return not is_personal and said[0].get("status") == 200
