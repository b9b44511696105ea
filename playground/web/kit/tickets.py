"""Tickets: what a handler hands to the page's own scripts; here who asked, and what went wrong.

Knows visitors and errors; what else a ticket carries is up to its tab.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from models.errors import PlaygroundError
from playground.gate import visitor
from playground.messages import explain, text
from playground.web.kit.wording import language_of

if TYPE_CHECKING:
    import gradio as gr

log = logging.getLogger(__name__)

Ticket = dict[str, Any]


def owner_of(request: gr.Request) -> str:
    """Return who asked, as the studio knows them."""
    return visitor(request.request.scope).owner


def alert_ticket(error: Exception, request: gr.Request) -> Ticket:
    """Return the ticket that says what went wrong; log what nobody has foreseen."""
    language = language_of(request.request.scope)
    if isinstance(error, PlaygroundError):
        return {"alert": explain(error, language)}
    log.error("a handler of the page failed", exc_info=error)
    return {"alert": text("page.unexpected", language, kind=type(error).__name__)}
