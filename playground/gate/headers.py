"""Headers that every answer carries. Knows nothing about who asks."""

from __future__ import annotations

from typing import Any

from playground.gate.subpath import route_path

# Gradio compiles templates in the browser (unsafe-eval) and writes inline styles and scripts;
# the point of the policy is the rest: nothing may be loaded from, or sent to, another machine.
CONTENT_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "media-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' data: blob:",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
)
HEADERS: tuple[tuple[bytes, bytes], ...] = (
    (b"x-content-type-options", b"nosniff"),
    # not "no-referrer": with that a browser sends its own forms as Origin: null
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"x-frame-options", b"SAMEORIGIN"),
    (b"content-security-policy", CONTENT_POLICY.encode()),
)


HASHED = "/assets/"  # Gradio's scripts: 80 files with a digest in their names
FOR_EVER = (b"cache-control", b"public, max-age=31536000, immutable")


class SafeHeaders:
    """Add the headers above unless a route set its own."""

    def __init__(self, app: Any) -> None:
        self._app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        own = HEADERS
        if route_path(scope).startswith(HASHED):
            own = (*HEADERS, FOR_EVER)

        async def with_headers(message: Any) -> None:
            if message["type"] == "http.response.start":
                present = {key.lower() for key, _ in message.get("headers", ())}
                extra = [pair for pair in own if pair[0] not in present]
                message = {**message, "headers": [*message.get("headers", ()), *extra]}
            await send(message)

        await self._app(scope, receive, with_headers)
