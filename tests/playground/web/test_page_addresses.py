"""Addresses in the page are relative, so that it can live below a path."""

from __future__ import annotations

import re

from playground.launch.flags import OWN_PATHS


def test_no_address_in_the_page_begins_at_the_root(visit):
    page = visit().get("/").text
    assert 'href="./manifest.json"' in page  # Gradio's template has it at the root
    assert re.findall(r"""<[^>]*\b(?:href|src|action)=["']?/[^"'>]*""", page) == []


def test_no_address_of_the_page_itself_can_be_its_subpath(app):
    """Of "/ui/page.js" nobody could tell whether a proxy has taken "/ui" away."""
    waiting, firsts = list(app.routes), set()
    while waiting:
        route = waiting.pop()
        waiting.extend(getattr(getattr(route, "app", None), "routes", []))
        waiting.extend(getattr(getattr(route, "original_router", None), "routes", []))
        firsts.add(f"{getattr(route, 'path', '')}/".split("/")[1])
    assert {"visit", "gradio_api", "ui"} <= firsts  # the routers inside were found
    closed = {"monitoring", "dev", "logout", "svelte", "pwa_icon"}  # by the gate
    plain = {first for first in firsts if first and "{" not in first}
    assert plain - closed <= OWN_PATHS
