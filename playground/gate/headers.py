"""Headers that every answer carries. Knows nothing about who asks."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterable
from typing import Any

from playground.gate.subpath import route_path

# What is no page: pictures, data, scripts, and the login page, whose style stands in it. A browser
# gives a picture that is opened by itself a style, too.
PLAIN_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'unsafe-inline'",
        "img-src 'self' data:",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)


def page_policy(scripts: Iterable[str]) -> str:
    """Return the policy of a page of Gradio's: nothing comes from, or goes to, another machine.

    Gradio makes functions of texts in the browser ('unsafe-eval') and writes styles into the page.

    Args:
        scripts: the text of each script that stands in the page; no other is run.
    """
    hashes = [b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in scripts]
    return "; ".join(
        (
            "default-src 'self'",
            " ".join(("script-src 'self' 'unsafe-eval'", *(f"'sha256-{one}'" for one in hashes))),
            "script-src-attr 'none'",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "media-src 'none'",
            "font-src 'self'",
            "connect-src 'self'",
            "worker-src 'none'",
            "frame-src 'none'",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


# the machine's own parts that the page has no use for; it does write to the clipboard
PERMISSIONS = ", ".join(
    f"{part}=()"
    for part in (
        "accelerometer",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "hid",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "serial",
        "usb",
    )
)
HEADERS: tuple[tuple[bytes, bytes], ...] = (
    (b"x-content-type-options", b"nosniff"),
    # not "no-referrer": with that a browser sends its own forms as Origin: null
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"x-frame-options", b"DENY"),
    (b"permissions-policy", PERMISSIONS.encode()),
    (b"content-security-policy", PLAIN_POLICY.encode()),
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
