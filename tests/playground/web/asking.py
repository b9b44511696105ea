"""A pretended gr.Request: who asks and in which language, without a page or a gate."""

from __future__ import annotations

from types import SimpleNamespace

from playground.gate.visitors import Visitor


def request(language="ko", *, owner="someone", is_local=True):
    """Return what Gradio hands to a handler."""
    scope = {
        "amumal.visitor": Visitor(owner, is_local),
        "headers": [(b"accept-language", language.encode())],
    }
    return SimpleNamespace(request=SimpleNamespace(scope=scope))
