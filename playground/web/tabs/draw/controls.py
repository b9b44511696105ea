"""The controls of the Draw tab: where each stands, what it is called, how it looks.

Makes widgets and connects none of them; what their values mean is in form.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipelines.contract.picture_settings import UPSCALERS, Fit, MaskContent, Tuning
from pipelines.contract.requests import DEFAULT_MODEL, GUIDANCE_RANGE, STEPS_RANGE
from pipelines.image.sampling.schedules import SCHEDULE_NAMES
from pipelines.image.sampling.table import NAMES
from playground.web.kit import upload_field as drop_field
from playground.web.kit.stage_skeleton import stage_skeleton
from playground.web.kit.wording import bilingual
from playground.web.tabs.draw.form import FIELDS, SHAPES, defaults

if TYPE_CHECKING:
    from collections.abc import Callable

PICTURES = "image/png,image/jpeg,image/webp,image/gif,image/bmp"
STAGE = stage_skeleton("drawing.welcome")
# page.js calls this when somebody sends a picture here.
SEND_JS = "window.amumal.events.send = (id, to) => trigger('submit', {id, to});"
SHOW_JS = "window.amumal.page.then((page) => page.draw.show());"
# draw.js calls this when a drawing has ended: only now is it known how the model works here.
PLAN_JS = "window.amumal.events.plan = () => trigger('submit', {});"
PARTS_JS = "window.amumal.page.then((page) => page.draw.parts.begin());"
START = f"""<p class="empty">{bilingual("drawing.start.empty")}</p><img alt="" hidden>"""
PARTS = f"""
<div class="parts-empty" hidden><p>{bilingual("parts.empty")}</p>
  <button type="button" class="chip">{bilingual("parts.open_models")}</button></div>
<div class="parts-full" hidden>
  <label class="parts-search">{bilingual("parts.search")} <input type="search"></label>
  <p class="parts-wrong" role="alert" hidden></p>
  <ul></ul>
  <p class="parts-none" hidden></p>
</div>
<p class="unseen" role="status"></p>
"""
MASK = f"""
<p class="empty">{bilingual("mask.empty")}</p>
<div class="painter" hidden>
  <p class="hint" id="mask-help">{bilingual("mask.help")}</p>
  <div class="tools" role="toolbar">
    <button type="button" class="chip" data-act="brush" aria-pressed="true">{bilingual("mask.brush")}</button>
    <button type="button" class="chip" data-act="erase" aria-pressed="false">{bilingual("mask.eraser")}</button>
    <label>{bilingual("mask.size")} <input type="range" min="2" max="128" value="36"></label>
    <button type="button" class="chip" data-act="undo">{bilingual("mask.undo")}</button>
    <button type="button" class="chip" data-act="invert">{bilingual("mask.invert")}</button>
    <button type="button" class="chip" data-act="clear">{bilingual("mask.clear")}</button>
  </div>
  <div class="paper"><img alt=""><canvas tabindex="0" role="application"
    aria-describedby="mask-help"></canvas></div>
  <p class="unseen" role="status"></p>
</div>
"""  # noqa: E501 - one button a line


class DrawControls:
    """Makes the controls and remembers them by the name of their field."""

    def __init__(self, gr: Any, say: Callable[[str], Any]) -> None:
        self._gr, self._say = gr, say
        self._first = defaults()
        self.part: dict[str, Any] = {}
        self.group: dict[str, Any] = {}
        self.button: dict[str, Any] = {}
        self.token: dict[str, Any] = {}

    def fields(self) -> dict[str, Any]:
        """Return the controls by name, in the order in which they are remembered."""
        return {name: self.part[name] for name in FIELDS}

    def some(self, *names: str) -> dict[str, Any]:
        """Return some controls by name."""
        return {name: self.part[name] for name in names}

    def preset(self) -> dict[str, Any]:
        """Return what presets set: see ChosenModel.pressed."""
        return self.some("steps", "guidance", "sampler", "schedule", "clip_skip")

    def about_model(self) -> dict[str, Any]:
        """Return what changes with the model: see ChosenModel.about."""
        lists = self.some("vae", "refiner", "upscaler")
        return {"about": self.about, **lists, "shelf": self.shelf}

    # ---- what everybody meets

    def words(self) -> None:
        """Lay out the phrase, the prompt and what is told about it."""
        with self._gr.Row(elem_id="draw-words", elem_classes="draw-line"):
            self._text("phrase", lines=1, hint=True, scale=4)
            self._press("from_phrase", scale=1)
        self._text("prompt", lines=3, hint=True)
        with self._gr.Row(elem_id="draw-about-line"):
            self.about = self._html("draw-about", bilingual("drawing.prompt.hint"))
            self.meter = self._html("draw-meter", "")
        self._text("negative_prompt", lines=1)

    def basics(self) -> None:
        """Lay out the model and the three settings a newcomer may want."""
        with self._gr.Row(elem_classes="draw-line"):
            self._list("model", [DEFAULT_MODEL], allow_custom_value=True)
            self._list("styles", [], multiselect=True, visible=False)
        self.plan = self._html("draw-plan", "")
        self.presets = self._gr.Radio(
            [],
            label=self._say("drawing.preset"),
            elem_id="draw-preset",
            visible=False,
            interactive=True,
        )
        self.why = self._html("draw-why", "")
        shapes = [(self._say(f"drawing.shape.{shape}"), shape) for shape in SHAPES]
        label = self._say("drawing.shape")
        self.shape = self._gr.Radio(
            shapes, value=SHAPES[0], label=label, elem_id="draw-shape", interactive=True
        )
        self._slider("steps", STEPS_RANGE, 1)
        with self._gr.Row(elem_classes="draw-line"):
            self._box("seed", scale=3)
            self._press("reroll", scale=1)

    def buttons(self) -> None:
        """Lay out start and stop."""
        with self._gr.Row(elem_id="draw-doing"):
            self._press("start", variant="primary", size="lg", scale=5)
            self._press("stop", size="lg", scale=2)
        self._html("draw-keys", bilingual("drawing.keys"))

    # ---- what an expert looks for

    def finer(self) -> None:
        """Lay out the groups."""
        with self._group("parts"):
            self._html("draw-parts", PARTS, js=PARTS_JS)
        with self._group("sampling"):
            with self._gr.Row(elem_classes="draw-line"):
                self._list("sampler", list(NAMES))
                self._list("schedule", list(SCHEDULE_NAMES))
            self.notes = self._html("draw-notes", "")
            self._boxes("width", "height")
            self._boxes("count", "batch_size")
            self._boxes("eta", "noise_scale", "rho")
            self._boxes("sigma_least", "sigma_most")
            self._boxes("churn", "churn_least", "churn_most")
        with self._group("guidance"):
            self._slider("guidance", GUIDANCE_RANGE, 0.1)
            self._slider("rescale", Tuning.RANGES["rescale"], 0.05)
            with self._gr.Row(elem_classes="draw-line"):
                self._slider("guidance_start", (0, 1), 0.05)
                self._slider("guidance_end", (0, 1), 0.05)
            self._slider("clip_skip", Tuning.RANGES["clip_skip"], 1)
        with self._group("model"):
            self._list("vae", [], allow_custom_value=True)
            with self._gr.Row(elem_classes="draw-line"):
                self._list("refiner", [], allow_custom_value=True)
                self._slider("switch_at", (0.01, 1), 0.01)
        with self._group("variation"):
            self._box("variation_seed")
            self._slider("variation_strength", (0, 1), 0.01)
        self._hires()
        self._source()
        self._mask()
        with self._group("exact"):
            self._tick("is_exact")
            self._slider("token_merging", Tuning.RANGES["token_merging"], 0.05)

    def _hires(self) -> None:
        with self._group("hires"):
            self._tick("hires")
            with self._gr.Row(elem_classes="draw-line"):
                self._slider("hires_scale", (1, 4), 0.05)
                self._list("upscaler", list(UPSCALERS), allow_custom_value=True)
            with self._gr.Row(elem_classes="draw-line"):
                self._slider("hires_steps", (0, 150), 1)
                self._slider("hires_strength", (0, 1), 0.01)

    def _source(self) -> None:
        with self._group("source"):
            self.token["image"] = self._drop_field("draw-image")
            self._html("draw-source", START, js=SHOW_JS)
            with self._gr.Row(elem_classes="draw-line"):
                self._press("read")
                self._press("remove")
                self._press("forget")
            self._radio("fit", tuple(Fit))
            self._slider("strength", (0, 1), 0.01)

    def _drop_field(self, key: str) -> Any:
        return drop_field.build(self._gr, self._say, key, PICTURES, hint="drop.hint.picture")

    def _mask(self) -> None:
        with self._group("mask", has_hint=False):
            self._html("draw-mask-board", MASK, js=SHOW_JS)
            self.token["mask"] = self._drop_field("draw-mask")
            self._radio("content", tuple(MaskContent))
            with self._gr.Row(elem_classes="draw-line"):
                self._slider("mask_blur", (0, 64), 1)
                self._slider("padding", (0, 256), 4)
            with self._gr.Row(elem_classes="draw-line"):
                self._tick("only_masked")
                self._tick("is_inverted")

    def unseen(self) -> None:
        """Make what holds the digests of pictures, and what scripts speak through."""
        for name in ("image", "mask"):
            self.part[name] = self._gr.Textbox(
                elem_id=f"draw-{name}",
                elem_classes="drop-token",
                visible="hidden",
                interactive=True,
            )
        self.ticket = self._gr.JSON(visible=False)
        self.shelf = self._gr.JSON(visible=False)
        self.plan_ask = self._html("draw-plan-ask", "", js=PLAN_JS)
        self.send = self._html("draw-send", "", js=SEND_JS)

    # ---- parts

    def _keep(self, name: str, component: Any) -> None:
        self.part[name] = component

    def _group(self, name: str, *, has_hint: bool = True) -> Any:
        made = self._gr.Accordion(
            self._say(f"drawing.group.{name}"),
            open=False,
            elem_id=f"draw-group-{name}",
            elem_classes="draw-group",
        )
        self.group[name] = made
        if has_hint:
            with made:
                self._html(f"draw-hint-{name}", bilingual(f"drawing.hint.{name}"))
        return made

    def _html(self, elem_id: str, html: str, js: str | None = None) -> Any:
        return self._gr.HTML(html, elem_id=elem_id, apply_default_css=False, js_on_load=js)

    def _press(self, name: str, **how: Any) -> None:
        elem_id = f"draw-{name.replace('_', '-')}"
        self.button[name] = self._gr.Button(
            self._say(f"drawing.{name}"), elem_id=elem_id, min_width=96, **how
        )

    def _text(self, name: str, *, lines: int, hint: bool = False, scale: int | None = None) -> None:
        self._keep(
            name,
            self._gr.Textbox(
                label=self._say(f"drawing.{name}"),
                placeholder=self._say(f"drawing.{name}.hint") if hint else None,
                elem_id=f"draw-{name.replace('_', '-')}",
                lines=lines,
                max_lines=12,
                scale=scale,
                interactive=True,
            ),
        )

    def _box(self, name: str, scale: int | None = None) -> None:
        # A text box: a number box cannot hold "abc" or 2^63, and rounds what it cannot hold.
        self._keep(
            name,
            self._gr.Textbox(
                f"{self._first[name]}",
                label=self._say(f"drawing.{name}"),
                elem_id=f"draw-{name}",
                min_width=110,
                max_lines=1,
                scale=scale,
                interactive=True,
            ),
        )

    def _boxes(self, *names: str) -> None:
        with self._gr.Row(elem_classes="draw-line"):
            for name in names:
                self._box(name)

    def _slider(self, name: str, limits: tuple[float, float], step: float) -> None:
        self._keep(
            name,
            self._gr.Slider(
                *limits,
                self._first[name],
                step=step,
                label=self._say(f"drawing.{name}"),
                elem_id=f"draw-{name}",
                min_width=200,
                interactive=True,
            ),
        )

    def _list(self, name: str, choices: list[str], **how: Any) -> None:
        self._keep(
            name,
            self._gr.Dropdown(
                choices,
                value=self._first[name],
                label=self._say(f"drawing.{name}"),
                elem_id=f"draw-{name}",
                min_width=180,
                interactive=True,
                **how,
            ),
        )

    def _radio(self, name: str, values: tuple[Any, ...]) -> None:
        self._keep(
            name,
            self._gr.Radio(
                [(self._say(f"drawing.{name}.{one.value}"), one.value) for one in values],
                value=self._first[name],
                label=self._say(f"drawing.{name}"),
                elem_id=f"draw-{name}",
                interactive=True,
            ),
        )

    def _tick(self, name: str) -> None:
        self._keep(
            name,
            self._gr.Checkbox(
                self._first[name],
                label=self._say(f"drawing.{name}"),
                elem_id=f"draw-{name}",
                min_width=180,
                interactive=True,
            ),
        )
