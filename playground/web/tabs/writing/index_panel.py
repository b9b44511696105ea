"""The panel of the nonsense index: a box to type in, and the gauge.

Lays out controls and connects them; the answers are in index_events.py. It may stand in any tab.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from playground.web.kit.connect import any_of, connect
from playground.web.kit.fast_import import import_gradio
from playground.web.tabs.writing.index_events import IndexHandlers

if TYPE_CHECKING:
    from collections.abc import Callable

QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}


def build(say: Callable[[str], Any]) -> None:
    """Lay the panel out inside the current gr.Blocks; `say` translates a label's key."""
    gr, handlers = import_gradio(), IndexHandlers()
    with gr.Column(elem_id="index"):
        with gr.Row(elem_classes="index-row"):
            line = gr.Textbox(
                label=say("index.box"),
                placeholder=say("index.box.hint"),
                elem_id="index-text",
                lines=1,
                max_lines=4,
                scale=4,
                min_width=240,
                interactive=True,
            )
            run = gr.Button(say("index.run"), elem_id="index-run", scale=1, min_width=110)
        shown = gr.HTML("", elem_id="index-shown", apply_default_css=False, js_on_load=None)
    asked = any_of([run.click, line.submit])
    connect(asked, handlers.measure, {"line": line}, [shown], **QUIET)
