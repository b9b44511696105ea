"""What Gradio has no public name for: an upgrade breaks it here and nowhere else.

Seen in Gradio 6.31; tests/playground/web/kit/test_private_gradio.py asks whether it is still there.
"""

from __future__ import annotations

from typing import Any


def detail_of(event: Any) -> Any:
    """Return what the page's script sent with an event; None for nothing.

    gr.EventData hands its detail on as attributes, which hides the details called `target`.
    """
    return event._data
