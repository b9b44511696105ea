"""The panel of the self-check: what to check, the verdict with its table, and the feedback loop.

Lays out controls and connects them; the answers are in check_events.py, their looks in
check_view.py. It may stand in any tab.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipelines.text.collapse.feedback import GENERATIONS_RANGE
from playground.studio.work.self_check import GRAMMAR
from playground.web.kit import forms
from playground.web.kit import upload_field as drop_field
from playground.web.kit.fast_import import import_gradio
from playground.web.kit.wording import bilingual

if TYPE_CHECKING:
    from collections.abc import Callable

    from playground.web.tabs.training.check_events import CheckHandlers

QUIET = {"show_progress": "hidden", "api_visibility": "private"}
DEFAULT_GENERATIONS = 8


def build(demo: Any, handlers: CheckHandlers, say: Callable[[str], Any]) -> None:
    """Lay the panel out inside the current gr.Blocks; `say` translates a label's key.

    Args:
        demo: whose `load` event fills the list of models: the page, or a tab (`select`).
    """
    gr = import_gradio()
    with gr.Column(elem_id="check"):
        gr.HTML(_heading("title", "about"), js_on_load=None)
        with gr.Row(elem_classes="check-row"):
            model = forms.unchecked(
                gr.Dropdown(
                    [GRAMMAR],
                    value=GRAMMAR,
                    label=say("check.model"),
                    elem_id="check-model",
                    scale=3,
                    min_width=220,
                    interactive=True,
                )
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
            generations = forms.unchecked(
                gr.Slider(
                    *GENERATIONS_RANGE,
                    DEFAULT_GENERATIONS,
                    step=1,
                    label=say("check.generations"),
                    elem_id="check-generations",
                    scale=3,
                    min_width=220,
                    interactive=True,
                )
            )
            loop = gr.Button(
                say("check.feedback.run"), elem_id="check-feedback", scale=1, min_width=130
            )
        curve = gr.HTML("", elem_id="check-curve", apply_default_css=False, js_on_load=None)
    run.click(handlers.check, [model, replies, learned], [report], **QUIET)
    loop.click(handlers.feedback, [generations, learned], [curve], **QUIET)
    stop.click(handlers.stop, None, None, queue=False, **QUIET)
    opened = getattr(demo, "load", None) or demo.select
    opened(handlers.names, None, [model], queue=False, **QUIET)


def _heading(title: str, about: str) -> str:
    return f"<h2>{bilingual(f'check.{title}')}</h2><p>{bilingual(f'check.{about}')}</p>"
