"""The Draw tab (그리기): one prompt and every setting of a picture, a newcomer's three first.

Connects the controls, which controls.py makes; the answers are in events.py and, about the
chosen model, chosen_model.py; what the values mean is in form.py; what the page does by itself
in draw.js, parts.js and mask.js.
"""

from __future__ import annotations

from typing import Any

from playground.web.kit.connect import any_of, changes, connect
from playground.web.kit.fast_import import import_gradio
from playground.web.kit.page_script import call_page
from playground.web.tabs import TabContext
from playground.web.tabs.draw.controls import STAGE, DrawControls
from playground.web.tabs.draw.events import GROUPS, DrawHandlers, group_name

QUIET: dict[str, Any] = {"queue": False, "show_progress": "hidden", "api_visibility": "private"}


def build(context: TabContext) -> None:
    """Lay the tab out inside its gr.Tab."""
    gr, handlers = import_gradio(), DrawHandlers(context.studio)
    lay = DrawControls(gr, context.say)
    with gr.Row(elem_id="draw", equal_height=False):
        with gr.Column(scale=5, min_width=320):
            lay.words()
            lay.basics()
            lay.buttons()
            lay.finer()
        with gr.Column(scale=6, min_width=320):
            gr.HTML(STAGE, elem_id="draw-stage", apply_default_css=False, js_on_load=None)
    lay.unseen()
    _connect(lay, handlers)
    _remember(context.page, lay)
    arrived = {
        **lay.some("model", "styles"),
        "plan": lay.plan,
        "ticket": lay.ticket,
        **lay.about_model(),
        "presets": lay.presets,
        "why": lay.why,
    }
    asked = {**lay.some("styles", "model"), **lay.preset()}
    connect(context.tab.select, handlers.chosen.arrive, asked, arrived, **QUIET).then(
        None, [lay.ticket, lay.shelf], None, js=call_page("draw.arrived"), **QUIET
    )


def _connect(lay: DrawControls, handlers: DrawHandlers) -> None:
    part, fields = lay.part, lay.fields()
    take = {"js": call_page("draw.take"), **QUIET}
    connect(
        lay.button["start"].click,
        handlers.draw,
        fields,
        [lay.ticket],
        js=call_page("draw.meant", fields),
        **QUIET,
    ).then(None, [lay.ticket], None, **take)
    connect(
        lay.button["from_phrase"].click,
        handlers.from_phrase,
        lay.some("phrase", "model"),
        {"prompt": part["prompt"], "ticket": lay.ticket},
        **QUIET,
    ).then(None, [lay.ticket], None, **take)
    lay.button["reroll"].click(None, None, [part["seed"]], js="() => ['-1']", **QUIET)
    lay.button["remove"].click(
        None, None, [part["image"], part["mask"]], js="() => ['', '']", **QUIET
    )
    digests = [part["image"], part["mask"]]
    forget = "(...digests) => window.amumal.page.then((page) => page.draw.forget(...digests))"
    lay.button["forget"].click(None, digests, digests, js=forget, **QUIET)
    for name, token in lay.token.items():
        taken = [part[name], lay.ticket]
        keep = handlers.take_mask if name == "mask" else handlers.take
        connect(token.change, keep, {"token": token}, taken, **QUIET).then(
            None, [lay.ticket], None, **take
        )
    _connect_pictures(lay, handlers)
    _connect_model(lay, handlers)
    both = lay.some("sampler", "schedule")
    connect(changes(both), handlers.chosen.notes, both, [lay.notes], **QUIET)
    connect(
        changes(lay.some("prompt", "model")),
        handlers.measure,
        lay.some("prompt", "model", "steps"),
        [lay.meter],
        trigger_mode="always_last",
        **QUIET,
    )


def _connect_pictures(lay: DrawControls, handlers: DrawHandlers) -> None:
    """Let a picture's file, or an old picture, set the controls."""
    fields, shown = lay.fields(), [lay.ticket, *lay.fields().values()]
    connect(
        lay.button["read"].click,
        handlers.read,
        {"token": lay.token["image"]},
        {**fields, "ticket": lay.ticket},
        **QUIET,
    ).then(None, shown, None, js=call_page("draw.read", fields), **QUIET)
    groups = {group_name(name): lay.group[name] for name in GROUPS}
    sent = {**fields, **groups, "ticket": lay.ticket}
    connect(lay.send.submit, handlers.send, fields, sent, **QUIET).then(
        None, shown, None, js=call_page("draw.sent", fields), **QUIET
    )


def _connect_model(lay: DrawControls, handlers: DrawHandlers) -> None:
    """Let model, preset and shape set what hangs on them."""
    chosen, model = handlers.chosen, lay.some("model")
    shaped = {"shape": lay.shape, **model}
    sizes = lay.some("width", "height")
    suited = {"shape": lay.shape, **sizes, **lay.preset()}
    connect(lay.shape.input, chosen.shape, shaped, sizes, **QUIET)
    connect(model["model"].input, chosen.choose, shaped, suited, **QUIET)
    pressed = {"presets": lay.presets, **shaped}
    connect(lay.presets.input, chosen.press, pressed, suited, **QUIET)
    asked = {**model, **lay.preset()}
    connect(
        changes(asked),
        chosen.pressed,
        asked,
        {"presets": lay.presets, "why": lay.why},
        trigger_mode="always_last",
        **QUIET,
    )
    connect(model["model"].change, chosen.about, model, lay.about_model(), **QUIET).then(
        None, [lay.shelf], None, js=call_page("draw.shelve"), **QUIET
    )
    plan = any_of([lay.plan_ask.submit, model["model"].change])
    connect(plan, chosen.plan, model, [lay.plan], **QUIET)


def _remember(page: Any, lay: DrawControls) -> None:
    """Keep what stands in the controls in this browser, and put it back when the page loads."""
    saved = lay.fields()
    parts = list(saved.values())
    changes(saved)(None, parts, None, js=call_page("draw.save", saved), **QUIET)
    page.load(None, None, parts, js=call_page("draw.restore", saved), **QUIET)
