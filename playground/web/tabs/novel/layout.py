"""The Novel tab: openings, what makes a good sentence, the story and ten candidates at a time.

Lays out controls and connects them; the answers are in events.py, their looks in
view.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipelines.text.language.model import TEMPERATURE_RANGE
from pipelines.text.novel.rank import WEIGHT_RANGE, RankWeights
from pipelines.text.novel.rounds import SearchMethod, Wishes
from pipelines.text.novel.story import MAX_OPENINGS
from playground.web.kit.connect import connect
from playground.web.kit.fast_import import import_gradio
from playground.web.kit.model_choice import attach, model_box
from playground.web.kit.wording import bilingual
from playground.web.tabs import TabContext
from playground.web.tabs.novel.events import TOOL, NovelHandlers

if TYPE_CHECKING:
    from collections.abc import Callable

QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
MOST_AT_ONCE = 4  # rounds of different visitors; more would only slow each other down


def build(context: TabContext) -> None:
    """Lay the tab out inside its gr.Tab."""
    gr, handlers = import_gradio(), NovelHandlers(context.studio)
    with gr.Row(equal_height=False, elem_classes="candidate-controls"):
        with gr.Column(scale=4, min_width=320):
            form, stop = _controls(gr, context.say)
        with gr.Column(scale=7, min_width=320):
            shown = gr.HTML(
                f'<p class="invite">{bilingual("novel.empty")}</p>',
                elem_id=TOOL,
                elem_classes="candidates-tool",
                apply_default_css=False,
                js_on_load=attach(TOOL),
            )
    connect(
        shown.submit,
        handlers.act,
        form,
        [shown],
        queue=True,
        concurrency_limit=MOST_AT_ONCE,
        **QUIET,
    )
    connect(stop.click, handlers.stop, queue=False, **QUIET)
    connect(context.tab.select, handlers.names, None, [form["model"]], queue=False, **QUIET)


def _controls(gr: Any, say: Callable[[str], Any]) -> tuple[dict[str, Any], Any]:
    """Lay out the left column; return what travels with a click by name, and the stop button."""
    gr.Textbox(
        label=say("novel.openings"),
        placeholder=say("novel.openings.hint"),
        elem_id="novel-text",
        lines=MAX_OPENINGS,
        max_lines=MAX_OPENINGS + 3,
        interactive=True,
    )
    model = model_box(say("novel.model"), "novel-model")
    with gr.Row():
        # candidates.js hears it: what it sends needs the state that the browser keeps
        gr.Button(
            say("novel.start"), elem_id="novel-do-start", variant="primary", scale=3, min_width=140
        )
        stop = gr.Button(say("novel.stop"), elem_id="novel-stop", scale=1, min_width=80)
    with gr.Accordion(say("novel.settings"), open=False, elem_id="novel-settings"):
        sliders = {
            name: gr.Slider(
                low,
                high,
                value,
                step=step,
                label=say(f"novel.{name}"),
                elem_id=f"novel-{name}",
                interactive=True,
            )
            for name, (low, high), value, step in (
                ("novelty", WEIGHT_RANGE, RankWeights().novelty, 0.05),
                ("likelihood", WEIGHT_RANGE, RankWeights().likelihood, 0.05),
                ("temperature", TEMPERATURE_RANGE, Wishes().temperature, 0.1),
            )
        }
        method = gr.Radio(
            [(say(f"novel.method.{one}"), one.value) for one in SearchMethod],
            value=SearchMethod.SAMPLING.value,
            label=say("novel.method"),
            elem_id="novel-method",
            interactive=True,
        )
    return {"model": model, **sliders, "method": method}, stop
