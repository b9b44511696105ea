"""How Gradio's events call the page's own scripts.

The names of the values travel along, so that no script counts positions. Knows no tab.
"""

from __future__ import annotations

import json
from collections.abc import Iterable


def call_page(function: str, names: Iterable[str] = ()) -> str:
    """Return a Gradio js= function that calls a function of the Page of static/page.js.

    Args:
        function: e.g. "take", or "draw.take" of its DrawTab.
        names: of the values that Gradio hands over; without them they have no names.

    >>> call_page("take")
    'async (...values) => (await window.amumal.page).take(...values) ?? []'
    """
    listed = list(names)
    first = f"{json.dumps(listed)}, " if listed else ""
    return f"async (...values) => (await window.amumal.page).{function}({first}...values) ?? []"
