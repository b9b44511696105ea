"""Which of Gradio's own routes exist for whom.

Gradio serves files, uploads, a proxy, monitoring, recordings and code editing beside the page.
The page needs none of these, so what is not listed here does not exist, and what touches the disk
exists only for the person at the machine. Checked against the route table of Gradio 6.31 by
tests/playground/web/http/test_page_fence.py.
"""

from __future__ import annotations

import re
from typing import Any

from playground.gate.answers import refuse
from playground.gate.subpath import route_path
from playground.gate.visitors import visitor

PREFIX = "/gradio_api/"
# What the page and gradio_client call while they run.
FOR_EVERYONE = re.compile(
    r"^/gradio_api/(?:"
    r"info|openapi\.json|app_id|theme\.css|startup-events|login_check|reset"
    r"|heartbeat/[A-Za-z0-9]+"
    r"|queue/(?:join|data)"
    r"|(?:run|api)/[A-Za-z0-9_]+"
    r"|call/(?!v2/)[A-Za-z0-9_]+(?:/[A-Za-z0-9]+)?"
    r"|cancel"
    r")/?\Z"
)
# Reads and writes files of this machine; tabs that take a file need it.
FOR_THE_MACHINE = re.compile(
    r"^/gradio_api/(?:upload|upload_progress|file=.*|file/.*)\Z", re.DOTALL
)
# Gradio's own pages at the root that show more than the page.
CLOSED_AT_ROOT = re.compile(r"^/(?:monitoring|dev|logout|svelte|pwa_icon)(?:/|$)")


def may_enter(path: str, *, is_local: bool) -> bool:
    """Return whether Gradio may answer this path at all."""
    if CLOSED_AT_ROOT.match(path):
        return False
    if not path.startswith(PREFIX):
        return True
    if FOR_EVERYONE.match(path):
        return True
    return is_local and FOR_THE_MACHINE.match(path) is not None


class Fence:
    """Answer 404 for every route of Gradio that is not for this visitor."""

    def __init__(self, app: Any) -> None:
        self._app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] in ("http", "websocket") and not may_enter(
            route_path(scope), is_local=visitor(scope).is_local
        ):
            await refuse(scope, receive, send, 404, "gate.not_here")
            return
        await self._app(scope, receive, send)
