"""The short refusals of the gate, in both languages at once: who is refused has no page yet.

Knows no rules; only how a refusal is sent, over HTTP and over a websocket.
"""

from __future__ import annotations

from typing import Any

from starlette.responses import PlainTextResponse

from playground.messages import Language, text


def sentence(key: str) -> str:
    """Return the Korean and the English sentence of `key`, one a line."""
    return f"{text(key, Language.KO)}\n{text(key, Language.EN)}\n"


async def refuse(scope: Any, receive: Any, send: Any, status: int, key: str) -> None:
    """Answer with `status` and the sentence of `key`; a websocket is closed before it opens."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
        return
    response = PlainTextResponse(sentence(key), status, headers={"Cache-Control": "no-store"})
    await response(scope, receive, send)
