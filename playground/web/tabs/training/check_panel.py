"""The panel of the self-check: what to check, the verdict with its table, and the feedback loop.

Lays out controls and connects them; the answers are in check_events.py, their looks in
check_view.py. It may stand in any tab.
"""

from __future__ import annotations

from typing import Any

from pipelines.text.collapse.feedback import GENERATIONS_RANGE
from playground.studio.work.self_check import GRAMMAR
from playground.web.kit import upload_field as drop_field
from playground.web.kit.connect import connect
from playground.web.kit.fast_import import import_gradio
from playground.web.kit.wording import bilingual
from playground.web.tabs import TabContext
from playground.web.tabs.training.check_events import CheckHandlers

QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
DEFAULT_GENERATIONS = 8


def build(context: TabContext) -> None:
    """Lay the panel out inside a gr.Tab."""
    gr, say, handlers = import_gradio(), context.say, CheckHandlers(context.studio)
    with gr.Column(elem_id="check"):
        gr.HTML(_heading("title", "about"), js_on_load=None)
        with gr.Row(elem_classes="check-row"):
            model = gr.Dropdown(
                [GRAMMAR],
                value=GRAMMAR,
                label=say("check.model"),
                elem_id="check-model",
                scale=3,
                min_width=220,
                interactive=True,
            )
            run = gr.Button(
                say("check.run_it"), elem_id="check-run", variant="primary", scale=1, min_width=110
            )
            stop = gr.Button(say("check.stop"), elem_id="check-stop", scale=1, min_width=90)
        with gr.Accordion(say("check.more"), open=False, elem_id="check-more"):
            replies = drop_field.build(gr, say, "check")
            learned = drop_field.build(gr, say, "learned")
        empty = f"<p>{bilingual('check.empty')}</p>"
        report = gr.HTML(empty, elem_id="check-report", apply_default_css=False, js_on_load=None)
        gr.HTML(_heading("feedback", "feedback.about"), js_on_load=None)
        with gr.Row(elem_classes="check-row"):
            generations = gr.Slider(
                *GENERATIONS_RANGE,
                DEFAULT_GENERATIONS,
                step=1,
                label=say("check.generations"),
                elem_id="check-generations",
                scale=3,
                min_width=220,
                interactive=True,
            )
            loop = gr.Button(
                say("check.feedback.run"), elem_id="check-feedback", scale=1, min_width=130
            )
        curve = gr.HTML("", elem_id="check-curve", apply_default_css=False, js_on_load=None)
    checked = {"model": model, "replies": replies, "learned": learned}
    connect(run.click, handlers.check, checked, [report], **QUIET)
    fed_back = {"generations": generations, "learned": learned}
    connect(loop.click, handlers.feedback, fed_back, [curve], **QUIET)
    connect(stop.click, handlers.stop, queue=False, **QUIET)
    connect(context.tab.select, handlers.names, None, [model], queue=False, **QUIET)


def _heading(title: str, about: str) -> str:
    return f"<h2>{bilingual(f'check.{title}')}</h2><p>{bilingual(f'check.{about}')}</p>"
