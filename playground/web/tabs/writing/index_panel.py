"""The panel of the nonsense index: a box to type in, and the gauge.

Lays out controls and connects them; the answers are in index_events.py. It may stand in any tab.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from playground.web.kit import forms
from playground.web.kit.fast_import import import_gradio

if TYPE_CHECKING:
    from collections.abc import Callable

    from playground.web.tabs.writing.index_events import IndexHandlers

QUIET = {"show_progress": "hidden", "api_visibility": "private"}


def build(handlers: IndexHandlers, say: Callable[[str], Any]) -> None:
    """Lay the panel out inside the current gr.Blocks; `say` translates a label's key."""
    gr = import_gradio()
    with gr.Column(elem_id="index"):
        with gr.Row(elem_classes="index-row"):
            line = forms.unchecked(
                gr.Textbox(
                    label=say("index.box"),
                    placeholder=say("index.box.hint"),
                    elem_id="index-text",
                    lines=1,
                    max_lines=4,
                    scale=4,
                    min_width=240,
                    interactive=True,
                )
            )
            run = gr.Button(say("index.run"), elem_id="index-run", scale=1, min_width=110)
        shown = gr.HTML("", elem_id="index-shown", apply_default_css=False, js_on_load=None)
    gr.on([run.click, line.submit], handlers.measure, [line], [shown], **QUIET)
