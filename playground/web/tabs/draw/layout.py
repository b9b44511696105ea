"""The Draw tab (그리기): one prompt and every setting of a picture, a newcomer's three first.

Connects the controls, which controls.py makes; the answers are in events.py and, about the
chosen model, chosen_model.py; what the values mean is in form.py; what the page does by itself
in static/draw.js, parts.js and mask.js.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from playground.web.kit.fast_import import import_gradio
from playground.web.tabs.draw.controls import STAGE, DrawControls
from playground.web.tabs.draw.events import GROUPS
from playground.web.tabs.draw.form import FIELDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from playground.web.tabs.draw.events import DrawHandlers

QUIET = {"queue": False, "show_progress": "hidden", "api_visibility": "private"}


def build(demo: Any, tab: Any, handlers: DrawHandlers, say: Callable[[str], Any]) -> None:
    """Lay the tab out inside its gr.Tab; `say` translates a label's key."""
    gr = import_gradio()
    lay = DrawControls(gr, say)
    with gr.Row(elem_id="draw", equal_height=False):
        with gr.Column(scale=5, min_width=320):
            lay.words()
            lay.basics()
            lay.buttons()
            lay.finer()
        with gr.Column(scale=6, min_width=320):
            gr.HTML(STAGE, elem_id="draw-stage", apply_default_css=False, js_on_load=None)
    lay.unseen()
    _connect(gr, lay, handlers)
    _remember(gr, demo, lay)
    part = lay.part
    arrived = [part["model"], part["styles"], lay.plan, lay.ticket, *lay.told()]
    tab.select(
        handlers.chosen.arrive,
        [part["styles"], *lay.asked()],
        [*arrived, lay.presets, lay.why],
        **QUIET,
    ).then(None, [lay.ticket, lay.shelf], None, js=_script("arrived"), **QUIET)


def _connect(gr: Any, lay: DrawControls, handlers: DrawHandlers) -> None:
    part, told = lay.part, {"js": _script("take"), **QUIET}
    lay.button["start"].click(
        handlers.draw, lay.fields(), [lay.ticket], js=_script("meant", FIELDS), **QUIET
    ).then(None, [lay.ticket], None, **told)
    lay.button["from_phrase"].click(
        handlers.from_phrase, [part["phrase"], part["model"]], [part["prompt"], lay.ticket], **QUIET
    ).then(None, [lay.ticket], None, **told)
    lay.button["reroll"].click(None, None, [part["seed"]], js="() => ['-1']", **QUIET)
    lay.button["remove"].click(
        None, None, [part["image"], part["mask"]], js="() => ['', '']", **QUIET
    )
    lay.button["read"].click(
        handlers.read, [lay.token["image"]], [*lay.fields(), lay.ticket], **QUIET
    ).then(None, [lay.ticket, *lay.fields()], None, js=_script("read", FIELDS), **QUIET)
    for name, token in lay.token.items():
        token.change(handlers.take, [token], [part[name], lay.ticket], **QUIET).then(
            None, [lay.ticket], None, **told
        )
    _connect_model(gr, lay, handlers)
    both = [part["sampler"], part["schedule"]]
    gr.on([one.change for one in both], handlers.chosen.notes, both, [lay.notes], **QUIET)
    gr.on(
        [part["prompt"].change, part["model"].change],
        handlers.measure,
        [part["prompt"], part["model"], part["steps"]],
        [lay.meter],
        trigger_mode="always_last",
        **QUIET,
    )
    groups = [lay.group[name] for name in GROUPS]
    lay.send.submit(
        handlers.send, lay.fields(), [*lay.fields(), *groups, lay.ticket], **QUIET
    ).then(None, [lay.ticket, *lay.fields()], None, js=_script("sent", FIELDS), **QUIET)


def _connect_model(gr: Any, lay: DrawControls, handlers: DrawHandlers) -> None:
    """Let model, preset and shape set what hangs on them."""
    part, chosen, model = lay.part, handlers.chosen, lay.part["model"]
    sizes = [part["width"], part["height"]]
    suited = [lay.shape, *sizes, *lay.asked()[1:]]
    lay.shape.input(chosen.shape, [lay.shape, model], sizes, **QUIET)
    model.input(chosen.choose, [model, lay.shape], suited, **QUIET)
    lay.presets.input(chosen.press, [lay.presets, model, lay.shape], suited, **QUIET)
    gr.on(
        [one.change for one in lay.asked()],
        chosen.pressed,
        lay.asked(),
        [lay.presets, lay.why],
        trigger_mode="always_last",
        **QUIET,
    )
    model.change(chosen.about, [model], lay.told(), **QUIET).then(
        None, [lay.shelf], None, js=_script("shelve"), **QUIET
    )
    gr.on([lay.plan_ask.submit, model.change], chosen.plan, [model], [lay.plan], **QUIET)


def _remember(gr: Any, demo: Any, lay: DrawControls) -> None:
    """Keep what stands in the controls in this browser, and put it back when the page loads."""
    saved = lay.fields()
    gr.on([one.change for one in saved], None, saved, None, js=_script("save", FIELDS), **QUIET)
    demo.load(None, None, saved, js=_script("restore", FIELDS), **QUIET)


def _script(name: str, fields: tuple[str, ...] = ()) -> str:
    """Return a Gradio js= function that calls `name` of static/draw.js's DrawTab.

    Args:
        fields: the names of the values that Gradio hands over; without them they have no names.
    """
    first = f"{json.dumps(fields)}, " if fields else ""
    return f"async (...values) => (await window.amumal.page).draw.{name}({first}...values) ?? []"
