"""The Play tab: phrases as cards, the stage, the fine tuning, the album.

Lays out controls and connects them; the answers are in events.py. Watching a job, stopping it
and the album go through http/job_routes.py and http/files.py, because a page that was reloaded
needs them too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipelines.contract.requests import (
    GUIDANCE_RANGE,
    STEPS_RANGE,
    SURPRISE_RANGE,
    PictureRequest,
    TextRequest,
)
from pipelines.image.sampling import table as samplers
from playground.studio.wanted import usual
from playground.web.kit import examples
from playground.web.kit.connect import changes, connect
from playground.web.kit.fast_import import import_gradio
from playground.web.kit.page_script import call_page
from playground.web.kit.stage_skeleton import stage_skeleton
from playground.web.kit.wording import bilingual
from playground.web.tabs import TabContext
from playground.web.tabs.play import form as forms
from playground.web.tabs.play.events import PlayHandlers

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_CARDS = 10  # more would not fit on a screen; the command line takes up to 50
# page.js calls this when somebody wants the settings of an old picture.
REUSE_JS = "window.amumal.events.reuse = (id) => trigger('submit', {id});"
# page.js calls this when somebody presses "draw this" beside a phrase of another tab.
DRAW_THIS_JS = "window.amumal.events.drawThis = (text) => trigger('submit', {text});"
QUIET: dict[str, Any] = {"queue": False, "show_progress": "hidden"}
PRIVATE: dict[str, Any] = {**QUIET, "api_visibility": "private"}
ALBUM = f"""<h2>{bilingual("album.title")}</h2>
<p class="empty">{bilingual("album.empty")}</p><ul></ul><div class="more"></div>"""


@dataclass(frozen=True, slots=True)
class PlayControls:
    """The components of the tab by name."""

    say: Any
    draw: Any
    by_field: dict[str, Any]
    gloss: Any
    ticket: Any
    album: Any
    draw_this: Any
    settings: Any

    def fields(self, names: tuple[str, ...]) -> dict[str, Any]:
        """Return the components of `names`, in that order."""
        return {name: self.by_field[name] for name in names}


def build(context: TabContext) -> None:
    """Lay the tab out inside its gr.Tab."""
    gr, say, handlers = import_gradio(), context.say, PlayHandlers(context.studio)
    with gr.Row(elem_id="play", equal_height=False):
        with gr.Column(scale=5, min_width=320):
            controls = _phrases(gr, say)
            settings = _settings(gr, say)
        with gr.Column(scale=6, min_width=320):
            stage = stage_skeleton("stage.welcome.more")
            gr.HTML(stage, elem_id="stage", apply_default_css=False, js_on_load=None)
    album = gr.HTML(ALBUM, elem_id="gallery", apply_default_css=False, js_on_load=REUSE_JS)
    draw_this = gr.HTML("", elem_id="draw-this", js_on_load=DRAW_THIS_JS)
    ticket = gr.JSON(visible=False)
    whole = PlayControls(
        album=album, draw_this=draw_this, ticket=ticket, **_join(controls, settings)
    )
    _connect(whole, handlers)
    _remember(context.page, whole)


def _join(controls: dict[str, Any], settings: dict[str, Any]) -> dict[str, Any]:
    names = ("say", "draw", "gloss", "settings")
    every = controls | settings
    by_field = {name: part for name, part in every.items() if name not in names}
    return {name: every[name] for name in names} | {"by_field": by_field}


def _phrases(gr: Any, say: Callable[[str], Any]) -> dict[str, Any]:
    with gr.Row(elem_id="dials"):
        count = gr.Slider(
            1,
            MOST_CARDS,
            usual(TextRequest, "count"),
            step=1,
            label=say("page.count"),
            elem_id="count",
            min_width=150,
            interactive=True,
        )
        surprise = gr.Slider(
            *SURPRISE_RANGE,
            usual(TextRequest, "surprise"),
            step=0.1,
            label=say("page.surprise"),
            elem_id="surprise",
            min_width=150,
            interactive=True,
        )
    button = gr.Button(say("page.say"), elem_id="draw-phrases", variant="secondary", size="lg")
    with gr.Column(elem_id="cards"):
        cards = gr.Radio([], label=say("page.phrases"), elem_id="phrases", interactive=True)
        gr.HTML(bilingual("page.phrases.empty"), elem_id="invite", js_on_load=None)
        gloss = gr.HTML("", elem_id="gloss", js_on_load=None)
    own = gr.Textbox(
        label=say("page.own"),
        placeholder=say("page.own.hint"),
        elem_id="own-text",
        lines=1,
        max_lines=6,
        interactive=True,
    )
    draw = _doing(gr, say)
    gr.HTML(bilingual("page.keys"), elem_id="keys", js_on_load=None)
    gr.HTML(examples.html(), elem_id="examples", apply_default_css=False, js_on_load=None)
    return {
        "say": button,
        "draw": draw,
        "gloss": gloss,
        "count": count,
        "surprise": surprise,
        "card": cards,
        "own_text": own,
    }


def _doing(gr: Any, say: Callable[[str], Any]) -> Any:
    """Lay out the two buttons; return the one that draws (page.js listens to the other)."""
    with gr.Row(elem_id="doing"):
        draw = gr.Button(
            say("page.draw"),
            elem_id="illustrate",
            variant="primary",
            size="lg",
            scale=5,
            min_width=120,
        )
        gr.Button(
            say("page.stop"),
            elem_id="stop",
            variant="secondary",
            size="lg",
            scale=2,
            min_width=90,
        )
    return draw


def _settings(gr: Any, say: Callable[[str], Any]) -> dict[str, Any]:
    def default(field: str) -> Any:
        return usual(PictureRequest, field)

    with gr.Accordion(say("page.settings"), open=False, elem_id="settings") as settings:
        model = gr.Dropdown(
            [default("model")],
            value=default("model"),
            label=say("page.model"),
            info=say("page.model.hint"),
            elem_id="model",
            allow_custom_value=True,
            interactive=True,
        )
        with gr.Row():
            sampler = gr.Dropdown(
                list(samplers.NAMES),
                value=default("sampler"),
                label=say("page.sampler"),
                elem_id="sampler",
                min_width=200,
                interactive=True,
            )
            steps = gr.Slider(
                *STEPS_RANGE,
                default("steps"),
                step=1,
                label=say("page.steps"),
                elem_id="steps",
                min_width=200,
                interactive=True,
            )
        with gr.Row():
            guidance = gr.Slider(
                *GUIDANCE_RANGE,
                default("guidance"),
                step=0.1,
                label=say("page.guidance"),
                elem_id="guidance",
                min_width=200,
                interactive=True,
            )
            seed = _box(gr, say("page.seed"), "seed", default("seed"))
        with gr.Row():
            width = _box(gr, say("page.width"), "width", default("width"))
            height = _box(gr, say("page.height"), "height", default("height"))
        negative = gr.Textbox(
            label=say("page.negative"),
            placeholder=say("page.negative.hint"),
            elem_id="negative",
            lines=2,
            max_lines=4,
            interactive=True,
        )
    parts = (sampler, steps, guidance, width, height, seed, negative, model)
    by_field = dict(zip(forms.SETTING_FIELDS, parts, strict=True))
    return {**by_field, "settings": settings}


def _box(gr: Any, label: Any, name: str, value: int) -> Any:
    # A text box: a number box cannot hold "abc" or 2^63, and rounds what it cannot hold.
    return gr.Textbox(
        str(value), label=label, elem_id=name, min_width=120, max_lines=1, interactive=True
    )


def _connect(controls: PlayControls, handlers: PlayHandlers) -> None:
    part, ticket = controls.by_field, controls.ticket
    card, own_text, model = part["card"], part["own_text"], part["model"]
    take = {"js": call_page("take"), **PRIVATE}
    connect(
        controls.say.click,
        handlers.say,
        controls.fields(forms.SAY_FIELDS),
        {"card": card, "ticket": ticket},
        api_name="say",
        **QUIET,
    ).then(None, [ticket], None, **take)
    connect(
        controls.draw.click,
        handlers.draw,
        controls.fields(forms.DRAW_FIELDS),
        [ticket],
        js=call_page("meant", forms.DRAW_FIELDS),
        api_name="draw",
        **QUIET,
    ).then(None, [ticket], None, **take)
    settings = controls.fields(forms.SETTING_FIELDS)
    connect(controls.draw_this.submit, handlers.draw_this, settings, [ticket], **PRIVATE).then(
        None, [ticket], None, **take
    )
    glossed = controls.fields(("card", "model"))
    for one in glossed.values():  # what will not show depends on who draws
        connect(one.change, handlers.gloss, glossed, [controls.gloss], **PRIVATE)
    # Whoever types means the typed text: the card is let go. Not by Gradio's input event, which
    # does not hear a paste.
    own_text.change(None, None, [card], js=call_page("letGo"), **PRIVATE)
    every = controls.fields(forms.DRAW_FIELDS)
    connect(controls.album.submit, handlers.reuse, None, every, **PRIVATE)
    # pressed by frozen_seed.js: the box of the seed is not in the page while its group is closed
    import_gradio().Button(visible="hidden", elem_id="seed-again").click(
        None, None, [part["seed"]], js="() => ['-1']", **PRIVATE
    )
    # models come and go: they are looked up when somebody comes to choose one
    connect(controls.settings.expand, handlers.models, None, [model], **PRIVATE)
    suited = controls.fields(("sampler", "steps", "guidance", "width", "height"))
    connect(model.input, handlers.choose, {"model": model}, suited, **PRIVATE)


def _remember(page: Any, controls: PlayControls) -> None:
    """Keep what stands in the controls in this browser, and put it back when the page loads."""
    saved = controls.fields(forms.SAVED_FIELDS)
    parts = list(saved.values())
    changes(saved)(None, parts, None, js=call_page("save", saved), **PRIVATE)
    page.load(None, None, parts, js=call_page("restore", saved), **PRIVATE)
