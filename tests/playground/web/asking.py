"""A pretended event: who asks and in which language, without a page or a gate."""

from __future__ import annotations

from playground.messages import Language
from playground.web.kit.border import Visit


def visit(language="ko", *, owner="someone", is_local=True, detail=None):
    """Return what a handler gets to know of an event."""
    sees = None if is_local else owner
    return Visit(
        owner, sees, is_local, Language(language), detail if isinstance(detail, dict) else {}
    )
