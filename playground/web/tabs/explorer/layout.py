"""The Next word tab: a sentence that grows one eojeol at a time, with honest percentages.

Lays out controls and connects them; the answers are in events.py, their looks in
view.py.
"""

from __future__ import annotations

from typing import Any

from pipelines.text.language.model import TEMPERATURE_RANGE
from playground.web.kit.connect import changes, connect
from playground.web.kit.fast_import import import_gradio
from playground.web.kit.model_choice import attach, look_again, model_box
from playground.web.kit.wording import bilingual
from playground.web.tabs import TabContext
from playground.web.tabs.explorer.events import DEFAULT_TEMPERATURE, TOOL, ExplorerHandlers

QUIET: dict[str, Any] = {"queue": False, "show_progress": "hidden", "api_visibility": "private"}


def build(context: TabContext) -> None:
    """Lay the tab out inside its gr.Tab."""
    gr, say, handlers = import_gradio(), context.say, ExplorerHandlers(context.studio)
    with gr.Row(elem_classes="candidate-controls"):
        model = model_box(say("explorer.model"), "explorer-model")
        temperature = gr.Slider(
            *TEMPERATURE_RANGE,
            DEFAULT_TEMPERATURE,
            step=0.1,
            label=say("explorer.temperature"),
            elem_id="explorer-temperature",
            min_width=220,
            interactive=True,
        )
    with gr.Row(elem_classes=["candidate-controls", "words"]):
        gr.Textbox(
            label=say("explorer.text"),
            placeholder=say("explorer.text.hint"),
            elem_id="explorer-text",
            max_lines=3,
            scale=4,
            min_width=260,
            interactive=True,
        )
        # candidates.js hears these two: what they send needs the state that the browser keeps
        for act, look in (("start", "primary"), ("add", "secondary")):
            gr.Button(
                say(f"explorer.{act}"),
                elem_id=f"explorer-do-{act}",
                variant=look,
                scale=1,
                min_width=110,
            )
        stop = gr.Button(say("explorer.stop"), elem_id="explorer-stop", scale=1, min_width=80)
    shown = gr.HTML(
        f'<p class="invite">{bilingual("explorer.empty")}</p>',
        elem_id=TOOL,
        elem_classes="candidates-tool",
        apply_default_css=False,
        js_on_load=attach(TOOL),
    )
    form = {"model": model, "temperature": temperature}
    connect(shown.submit, handlers.act, form, [shown], **QUIET)
    changes(form)(None, None, None, js=look_again(TOOL), **QUIET)
    connect(stop.click, handlers.stop, **QUIET)
    connect(context.tab.select, handlers.names, None, [model], **QUIET)
