"""The Models tab: which model files there are, what is known about them, and getting more.

Lays out controls and connects them; the answers are in events.py. For the person at the
machine only: everybody else sees one sentence, and the handlers refuse them too.
"""

from __future__ import annotations

from typing import Any

from playground.web.kit.connect import connect
from playground.web.kit.fast_import import import_gradio
from playground.web.tabs import TabContext
from playground.web.tabs.models.events import ModelHandlers

LOOK_SECONDS = 0.7  # how often the page looks while something is being done
QUIET: dict[str, Any] = {"queue": False, "show_progress": "hidden", "api_visibility": "private"}


def build(context: TabContext) -> None:
    """Lay the tab out inside its gr.Tab."""
    assert context.models is not None  # noqa: S101 - else the page has no such tab
    gr, say, handlers = import_gradio(), context.say, ModelHandlers(context.models)
    shelf = gr.HTML("", elem_id="models", apply_default_css=False, js_on_load=None)
    with gr.Column(visible=False, elem_id="model-tools") as tools:
        name = gr.Dropdown([], label=say("models.name"), elem_id="model-name", interactive=True)
        with gr.Row():
            one = {
                action: gr.Button(say(f"models.{action}"), elem_id=f"models-{action}", min_width=90)
                for action in ("verify", "pin", "quarantine")
            }
        with gr.Row():
            whole = {
                action: gr.Button(say(f"models.{action}"), elem_id=f"models-{action}", min_width=90)
                for action in ("verify_all", "rescan", "open")
            }
        source = gr.Textbox(
            label=say("models.source"),
            placeholder=say("models.source.hint"),
            elem_id="model-source",
            max_lines=1,
            interactive=True,
        )
        with gr.Row():
            fetch = gr.Button(say("models.get"), elem_id="models-get", variant="primary")
            stop = gr.Button(say("models.stop"), elem_id="models-stop")
        status = gr.HTML("", elem_id="models-status", apply_default_css=False, js_on_load=None)
    timer = gr.Timer(LOOK_SECONDS, active=False)
    outputs = {
        "shelf": shelf,
        "tools": tools,
        "name": name,
        "status": status,
        "timer": timer,
    }
    for action, button in one.items():
        connect(button.click, getattr(handlers, action), {"name": name}, outputs, **QUIET)
    for action, button in whole.items():
        connect(button.click, getattr(handlers, action), None, outputs, **QUIET)
    connect(fetch.click, handlers.get, {"source": source}, outputs, **QUIET)
    connect(stop.click, handlers.stop, None, outputs, **QUIET)
    connect(timer.tick, handlers.look, None, outputs, **QUIET)
    connect(context.page.load, handlers.look, None, outputs, **QUIET)
