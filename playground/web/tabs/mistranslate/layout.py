"""The mistranslation game on the Draw tab: one phrase, one seed, three readings side by side.

Lays out controls and connects them; the answers are in events.py, the three pictures
as they come in mistranslate.js.
"""

from __future__ import annotations

from typing import Any

from pipelines.contract.requests import DEFAULT_MODEL
from playground.messages import table
from playground.web.kit.connect import connect
from playground.web.kit.fast_import import import_gradio
from playground.web.kit.wording import bilingual
from playground.web.tabs import TabContext
from playground.web.tabs.mistranslate.events import MistranslateHandlers

QUIET: dict[str, Any] = {"queue": False, "show_progress": "hidden", "api_visibility": "private"}
# Gradio runs this in a script of its own: a relative address would be looked for beside that
SHOW = """async (ticket) => {
  (await import(new URL('./ui/mistranslate.js', document.baseURI).href)).show(ticket);
  return [];
}"""
BOARD = '<div class="alert" role="alert" hidden></div><div class="readings"></div>'


def build(context: TabContext) -> None:
    """Lay the game out inside the Draw tab."""
    gr, say, handlers = import_gradio(), context.say, MistranslateHandlers(context.studio)
    with gr.Accordion(say("mistranslate.title"), open=False, elem_id="mistranslate"):
        gr.HTML(bilingual("mistranslate.about"), elem_id="mistranslate-about", js_on_load=None)
        phrase = gr.Textbox(
            table()["mistranslate.phrase.example"].ko,
            label=say("mistranslate.phrase"),
            elem_id="mistranslate-phrase",
            max_lines=3,
            interactive=True,
        )
        with gr.Row(elem_classes="draw-line"):
            model = gr.Dropdown(
                [DEFAULT_MODEL],
                value=DEFAULT_MODEL,
                label=say("mistranslate.model"),
                elem_id="mistranslate-model",
                min_width=180,
                interactive=True,
            )
            # A text box: a number box cannot hold 2^63, and rounds what it cannot hold.
            seed = gr.Textbox(
                "-1",
                label=say("mistranslate.seed"),
                elem_id="mistranslate-seed",
                min_width=120,
                max_lines=1,
                interactive=True,
            )
        go = gr.Button(say("mistranslate.go"), elem_id="mistranslate-go", variant="primary")
        gr.HTML(BOARD, elem_id="mistranslate-board", apply_default_css=False, js_on_load=None)
    ticket = gr.JSON(visible=False)
    form = {"phrase": phrase, "model": model, "seed": seed}
    connect(go.click, handlers.draw, form, [ticket], **QUIET).then(
        None, [ticket], None, js=SHOW, **QUIET
    )
    connect(context.tab.select, handlers.arrive, None, [model], **QUIET)
