"""The Next word tab: a sentence that grows one eojeol at a time, with honest percentages.

Lays out controls and connects them; the answers are in events.py, their looks in
view.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipelines.text.language.model import TEMPERATURE_RANGE
from playground.web.kit import forms
from playground.web.kit.fast_import import import_gradio
from playground.web.kit.model_choice import attach, look_again, model_box
from playground.web.kit.wording import bilingual
from playground.web.tabs.explorer.events import DEFAULT_TEMPERATURE, TOOL

if TYPE_CHECKING:
    from collections.abc import Callable

    from playground.web.tabs.explorer.events import ExplorerHandlers

QUIET = {"show_progress": "hidden", "api_visibility": "private"}


def build(tab: Any, handlers: ExplorerHandlers, say: Callable[[str], Any]) -> None:
    """Lay the tab out inside its gr.Tab; `say` translates a label's key."""
    gr = import_gradio()
    with gr.Row(elem_classes="candidate-controls"):
        model = model_box(say("explorer.model"), "explorer-model")
        temperature = forms.unchecked(
            gr.Slider(
                *TEMPERATURE_RANGE,
                DEFAULT_TEMPERATURE,
                step=0.1,
                label=say("explorer.temperature"),
                elem_id="explorer-temperature",
                min_width=220,
                interactive=True,
            )
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
    shown.submit(handlers.act, [model, temperature], [shown], queue=False, **QUIET)
    changes = [model.change, temperature.change]
    gr.on(changes, None, None, None, js=look_again(TOOL), queue=False, **QUIET)
    stop.click(handlers.stop, None, None, queue=False, **QUIET)
    tab.select(handlers.names, None, [model], queue=False, **QUIET)
