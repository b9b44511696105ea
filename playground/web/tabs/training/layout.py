"""The Train tab: a text, its consent, a base model; then the curve, the log and the verdict.

Lays out controls and connects them; the answers are in events.py. For the person at the
machine only, because a training takes the machine for long: everybody else sees one sentence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipelines.training.finetune.consent import MAX_ANSWER, Basis
from pipelines.training.finetune.settings import FinetuneMethod, TrainingSettings
from playground.web.kit import upload_field as drop_field
from playground.web.kit.connect import connect
from playground.web.kit.fast_import import import_gradio
from playground.web.kit.wording import bilingual
from playground.web.tabs import TabContext
from playground.web.tabs.training import check_panel
from playground.web.tabs.training.events import TrainingHandlers
from playground.web.tabs.training.form import SETTING_FIELDS

if TYPE_CHECKING:
    from collections.abc import Callable

LOOK_SECONDS = 1.0  # how often the page looks while something is being learned
QUIET: dict[str, Any] = {"queue": False, "show_progress": "hidden", "api_visibility": "private"}
ALWAYS_SEEN = SETTING_FIELDS[:3]
LABELS = {"learning_rate": "training.rate"}


def build(context: TabContext) -> None:
    """Lay out the training, where there is one, and the self-check below it."""
    if context.training is not None:
        _training(context, TrainingHandlers(context.training, context.studio.drops))
    check_panel.build(context)


def _training(context: TabContext, handlers: TrainingHandlers) -> None:
    gr, say = import_gradio(), context.say
    gr.HTML(f"<p>{bilingual('training.about')}</p>", elem_id="training-about", js_on_load=None)
    closed = gr.HTML("", elem_id="training-closed", js_on_load=None)
    with gr.Row(visible=False, elem_id="training", equal_height=False) as tools:
        with gr.Column(scale=5, min_width=320):
            form, look, preview, start, stop = _form(gr, say)
        with gr.Column(scale=6, min_width=320):
            gr.HTML(_heading("run"), js_on_load=None)
            board = gr.HTML("", elem_id="training-board", js_on_load=None)
            waiting, waits, resume, forget = _unfinished(gr, say)
            history = gr.HTML("", elem_id="training-history", js_on_load=None)
    timer = gr.Timer(LOOK_SECONDS, active=False)
    texts = {name: form[name] for name in ("drop", "paste")}
    connect(look.click, handlers.read, texts, [preview], **QUIET)
    connect(form["drop"].change, handlers.read, texts, [preview], **QUIET)
    answer = {
        "closed": closed,
        "tools": tools,
        "board": board,
        "timer": timer,
        "base": form["base"],
        "waits": waits,
        "waiting": waiting,
        "history": history,
    }
    connect(start.click, handlers.start, form, answer, **QUIET)
    connect(stop.click, handlers.stop, None, answer, **QUIET)
    connect(resume.click, handlers.resume, {"waiting": waiting}, answer, **QUIET)
    connect(forget.click, handlers.forget, {"waiting": waiting}, answer, **QUIET)
    connect(timer.tick, handlers.look, None, answer, **QUIET)
    connect(context.page.load, handlers.arrive, None, answer, **QUIET)


def _heading(step: str) -> str:
    return f"<h2>{bilingual(f'training.step.{step}')}</h2>"


def _form(gr: Any, say: Callable[[str], Any]) -> tuple[dict[str, Any], Any, Any, Any, Any]:
    gr.HTML(_heading("data"), js_on_load=None)
    form = {"drop": drop_field.build(gr, say, "training")}
    form["paste"] = gr.Textbox(
        label=say("training.paste"),
        placeholder=say("training.paste.hint"),
        elem_id="training-paste",
        lines=3,
        max_lines=10,
        interactive=True,
    )
    look = gr.Button(say("training.look"), elem_id="training-look")
    empty = f"<p>{bilingual('training.preview.empty')}</p>"
    preview = gr.HTML(empty, elem_id="training-preview", js_on_load=None)
    gr.HTML(_heading("consent"), js_on_load=None)
    form |= _consent(gr, say)
    gr.HTML(_heading("how"), js_on_load=None)
    form |= _settings(gr, say)
    with gr.Row():
        start = gr.Button(say("training.start"), elem_id="training-start", variant="primary")
        stop = gr.Button(say("training.stop"), elem_id="training-stop")
    return form, look, preview, start, stop


def _consent(gr: Any, say: Callable[[str], Any]) -> dict[str, Any]:
    source = gr.Textbox(
        label=say("training.source.label"),
        placeholder=say("training.source.hint"),
        elem_id="training-source",
        max_length=MAX_ANSWER,
        max_lines=1,
        interactive=True,
    )
    basis = gr.Radio(
        [(say(f"training.basis.{basis}"), basis.value) for basis in Basis],
        label=say("training.basis.label"),
        elem_id="training-basis",
        interactive=True,
    )
    note = gr.Textbox(
        label=say("training.note.label"),
        elem_id="training-note",
        max_length=MAX_ANSWER,
        max_lines=1,
        interactive=True,
    )
    parts = {"source": source, "basis": basis, "note": note}
    return parts


def _settings(gr: Any, say: Callable[[str], Any]) -> dict[str, Any]:
    own = TrainingSettings()
    base = gr.Dropdown([], label=say("training.base"), elem_id="training-base", interactive=True)
    name = gr.Textbox(
        label=say("training.name.label"), elem_id="training-name", max_lines=1, interactive=True
    )
    method = gr.Radio(
        [(say(f"training.method.{method}"), method.value) for method in FinetuneMethod],
        value=own.method.value,
        label=say("training.method"),
        elem_id="training-method",
        interactive=True,
    )
    parts = {"base": base, "name": name, "method": method}
    # text fields, because a number field would refuse what is wrong by itself, and in English
    with gr.Row():
        parts |= {field: _number(gr, say, field, own) for field in ALWAYS_SEEN}
    with gr.Accordion(say("training.more"), open=False, elem_id="training-more"), gr.Row():
        rest = (field for field in SETTING_FIELDS if field not in ALWAYS_SEEN)
        parts |= {field: _number(gr, say, field, own) for field in rest}
    return parts


def _number(gr: Any, say: Callable[[str], Any], field: str, own: TrainingSettings) -> Any:
    return gr.Textbox(
        f"{getattr(own, field):g}",
        label=say(LABELS.get(field, f"training.{field}")),
        elem_id=f"training-{field.replace('_', '-')}",
        max_lines=1,
        min_width=110,
        interactive=True,
    )


def _unfinished(gr: Any, say: Callable[[str], Any]) -> tuple[Any, Any, Any, Any]:
    with gr.Column(visible=False, elem_id="training-waits") as waits:
        gr.HTML(f"<p>{bilingual('training.offer')}</p>", js_on_load=None)
        waiting = gr.Dropdown(
            [], label=say("training.unfinished"), elem_id="training-waiting", interactive=True
        )
        with gr.Row():
            resume = gr.Button(say("training.resume"), elem_id="training-resume")
            forget = gr.Button(say("training.forget"), elem_id="training-forget")
    return waiting, waits, resume, forget
