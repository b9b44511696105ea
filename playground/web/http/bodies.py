"""Bodies have an end: how much of a request is read, and how long it may take to come.

Counts while the bytes come, so that a body without a length is bounded as well. What the bytes
mean is gradio_values.py's affair.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from typing import Any

from playground.gate.answers import refuse

MAX_BODY = 4_000_000  # bytes; the longest form of the page has 2 MB
IDLE_SECONDS = 15.0  # between two parts of a body
TOTAL_SECONDS = 60.0
UPLOADS = "/drops"  # has limits and sentences of its own: upload_routes.py


class BodyRefused(Exception):
    """The body is not read any further.

    Attributes:
        status: what is answered.
        key: the sentence that is answered.
    """

    def __init__(self, status: int, key: str) -> None:
        super().__init__(key)
        self.status = status
        self.key = key


class BoundedBodies:
    """Answer 413 to a body that is too large and 408 to one that does not come.

    Args:
        subpath: of the page, as in GateSettings.
        idle: seconds to wait for the next part.
        total: seconds for a whole body that is no upload.
    """

    def __init__(
        self,
        app: Any,
        *,
        subpath: str = "",
        idle: float = IDLE_SECONDS,
        total: float = TOTAL_SECONDS,
    ) -> None:
        self._app = app
        self._uploads = (UPLOADS, subpath + UPLOADS)  # a proxy takes the subpath away, or leaves it
        self._idle = idle
        self._total = total

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http" or scope["path"] in self._uploads:
            await self._app(scope, receive, send)
            return
        has_begun = False

        async def noting(message: Any) -> None:
            nonlocal has_begun
            has_begun = True
            await send(message)

        try:
            if _declared(scope) > MAX_BODY:
                raise BodyRefused(413, "body.large")
            await self._app(scope, self._bounded(receive), noting)
        except BodyRefused as refusal:
            if not has_begun:
                await refuse(scope, receive, _closing(send), refusal.status, refusal.key)

    def _bounded(self, receive: Any) -> Any:
        ends = time.monotonic() + self._total
        came = 0
        is_over = False

        async def bounded() -> Any:
            nonlocal came, is_over
            if is_over:  # what waits now waits for the visitor to leave
                return await receive()
            try:
                async with asyncio.timeout(min(self._idle, ends - time.monotonic())):
                    message = await receive()
            except TimeoutError:
                raise BodyRefused(408, "body.slow") from None
            came += len(message.get("body", b""))
            if came > MAX_BODY:
                raise BodyRefused(413, "body.large")
            is_over = not message.get("more_body", False)
            return message

        return bounded


def _declared(scope: Any) -> int:
    for name, value in scope["headers"]:
        if name.lower() == b"content-length":
            with contextlib.suppress(ValueError):
                return int(value[:18])
    return 0


def _closing(send: Any) -> Any:
    """Return a `send` that closes the connection: the rest of the body is still on its way."""

    async def closing(message: Any) -> None:
        if message["type"] == "http.response.start":
            headers = [*message["headers"], (b"connection", b"close")]
            message = {**message, "headers": headers}
        await send(message)

    return closing
