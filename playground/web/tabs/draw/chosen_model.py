"""What the Draw tab tells and offers about the chosen model: language, presets, parts, its plan.

Knows the painter and the styles; lays nothing out and draws nothing.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from models.nearest import near
from pipelines.contract.picture_settings import UPSCALERS
from pipelines.contract.requests import DEFAULT_MODEL
from pipelines.image.families import (
    Preset,
    PromptLanguage,
    presets_of,
    settings_of,
    sizes_of,
    suggested_preset,
)
from pipelines.image.sampling.schedules import SCHEDULE_NAMES
from pipelines.image.sampling.table import NAMES
from playground.messages import Language, table, text
from playground.studio.prompts import PromptDesk
from playground.web.kit.border import Visit
from playground.web.kit.connect import Form
from playground.web.kit.fast_import import import_gradio
from playground.web.tabs.draw.form import SHAPES

if TYPE_CHECKING:
    from pipelines.contract.painter import AddonFile, KnownModel
    from playground.studio.studio import Studio

gr = import_gradio()

SHELVED = ("lora", "embedding")  # what stands in a prompt
MOST_PARTS = 2_000  # nobody scrolls further; a search looks through these
MOST_WORDS = 12  # of one LoRA; the most frequent ones come first
LCM = "lcm"  # the variant that is told by tensors, not by a name
USUAL = "usual"  # the preset that no word of a name stands for
PRESET = ("steps", "guidance", "sampler", "schedule", "clip_skip")  # what a preset sets
Answer = dict[str, Any]  # by the names of the outputs
Choice = tuple[str, str]  # what a list shows, and its value


class ChosenModel:
    """The answers to whatever changes with the model."""

    def __init__(self, studio: Studio, desk: PromptDesk) -> None:
        self._painter = studio.painter
        self._desk = desk

    def known(self, model: Any) -> KnownModel | None:
        """Return what is known of a model; None of one that is not there."""
        return self._painter.known(_asked(model))

    def family(self, model: Any) -> str:
        """Return the family of a model; "" of one that is not there."""
        known = self.known(model)
        return "" if known is None else known.family

    def language(self, model: Any) -> PromptLanguage:
        """Return the language that a model reads."""
        known = self.known(model)
        return PromptLanguage.ENGLISH if known is None else known.reads

    # ---- when the tab is opened

    def arrive(self, visit: Visit, form: Form) -> Answer:
        """Return models, styles, the plan, a ticket, and what `about` and `pressed` return."""
        names: list[str] = []
        with visit.border() as border:
            sheet = self._desk.styles()
            names = [style.name for style in sheet.styles]
            if sheet.mistakes:  # what can be read is offered all the same
                raise sheet.mistakes[0]
        # without styles.csv there is nothing to choose; a name that was kept can be taken out
        offered = gr.update(choices=names, visible=bool(names or form["styles"]))
        return {
            "model": gr.update(choices=list(self._painter.families())),
            "styles": offered,
            "plan": self.plan(visit, form),
            "ticket": border.ticket,
            **self.about(visit, form),
            **self.pressed(visit, form),
        }

    def about(self, visit: Visit, form: Form) -> Answer:
        """Return what the model reads as HTML, VAEs, refiners, upscalers, the shelf of parts."""
        language, model = visit.language, form["model"]
        known = self.known(model)
        name, family = (known.name, known.family) if known else (_asked(model)[:80], "")
        close = near(name, self._painter.families())
        missing = "unknown" if close else "far"
        key = f"drawing.reads.{known.reads.value if known else missing}"
        reads = text(key, language, model=name, nearest=close)
        return {
            "about": escape(reads),
            "vae": gr.update(choices=self._vaes(family, language)),
            "refiner": gr.update(choices=self._refiners(name, family, language)),
            "upscaler": gr.update(choices=[*UPSCALERS, *self.parts("upscaler")]),
            "shelf": self.shelf(family, language),
        }

    def parts(self, kind: str) -> dict[str, str]:
        """Return the parts of a kind: name -> family."""
        return {one.name: one.family for one in self._painter.parts() if one.kind == kind}

    def _vaes(self, family: str, language: Language) -> list[Choice]:
        parts = list(self.parts("vae").items())
        return [(text("drawing.vae.own", language), ""), *_suited(parts, family, language)]

    def _refiners(self, model: str, family: str, language: Language) -> list[Choice]:
        others = [(name, of) for name, of in self._painter.families().items() if name != model]
        return [(text("drawing.refiner.none", language), ""), *_suited(others, family, language)]

    def shelf(self, family: str, language: Language) -> dict[str, Any]:
        """Return LoRAs and embeddings as parts.js shows them, those that suit first."""
        found = [part for part in self._painter.parts() if part.kind in SHELVED][:MOST_PARTS]
        rows = [_row(part, family, language) for part in found]
        return {"parts": sorted(rows, key=lambda row: (not row["suits"], row["kind"] != "lora"))}

    def plan(self, visit: Visit, form: Form) -> str:
        """Return a line about how a loaded model works here, as HTML; "" of others."""
        plan = self._painter.plan(str(form["model"]))
        said = [visit.text(one.key, **one.values) for one in plan]
        return _small(" ".join(said)) if said else ""

    # ---- presets

    def choose(self, visit: Visit, form: Form) -> Answer:
        """Return what suits a model that was just chosen; see `_settings`."""
        known = self.known(form["model"])
        if known is None:  # a slip of the pen must not change what has been set
            return {}
        return _settings(_suggested(known), known.family, form["shape"])

    def press(self, visit: Visit, form: Form) -> Answer:
        """Return what suits the preset that was pressed; see `_settings`."""
        family = self.family(form["model"])
        for one in _offered(self.known(form["model"])):
            if one.name == form["presets"]:
                return _settings(one, family, form["shape"])
        return {}

    def pressed(self, visit: Visit, form: Form) -> Answer:
        """Return the model's presets, pressed the one that the settings are; and why it is."""
        language = visit.language
        known = self.known(form["model"])
        family = "" if known is None else known.family
        offered = _offered(known)
        best = offered[0] if known is None else _suggested(known)
        now = {name: _number(form[name]) for name in PRESET}
        alike = [one for one in offered if now == _values(one)]
        found = best if best in alike else next(iter(alike), None)
        update = gr.update(
            choices=[(_label(one, language), one.name) for one in offered],
            value=found.name if found else None,
            visible=bool(family) and len(offered) > 1,
        )
        if best.name == USUAL or not family:
            return {"presets": update, "why": ""}
        key = "chosen" if found == best else "better"
        by = ".kind" if known is not None and known.variant == LCM else ""
        label = _label(best, language)
        why = _small(text(f"drawing.preset.{key}{by}", language, preset=label))
        return {"presets": update, "why": why}

    def shape(self, visit: Visit, form: Form) -> Answer:
        """Return width and height of a shape."""
        return _size(self.family(form["model"]), form["shape"])

    # ---- samplers

    def notes(self, visit: Visit, form: Form) -> str:
        """Return a line about each of the two."""
        found = []
        for name, names in (("sampler", NAMES), ("schedule", SCHEDULE_NAMES)):
            if form[name] in names:
                found.append((form[name], visit.text(f"drawing.{name}.{form[name]}")))
        return " · ".join(f"<b>{escape(name)}</b> {escape(note)}" for name, note in found)


def _small(line: str) -> str:
    return f"<small>{escape(line)}</small>"


def _row(part: AddonFile, family: str, language: Language) -> dict[str, Any]:
    return {
        "kind": part.kind,
        "name": part.name,
        "family": _family(part.family, language),
        "suits": _suits(part.family, family),
        "words": list(part.words[:MOST_WORDS]),
    }


def _suits(of: str, family: str) -> bool:
    """Tell whether it may be used with a family; what is not known is left to the drawing."""
    return of == family or not of or not family


def _suited(named: list[tuple[str, str]], family: str, language: Language) -> list[tuple[str, str]]:
    """Return names with their families; what suits comes first, what does not says for what."""
    ours = [(name, name) for name, of in named if _suits(of, family)]
    others = [
        (text("drawing.part.other", language, name=name, family=_family(of, language)), name)
        for name, of in named
        if not _suits(of, family)
    ]
    return [*ours, *others]


def _family(name: str, language: Language) -> str:
    key = f"drawing.family.{name}"
    return text(key, language) if key in table() else name


def _label(preset: Preset, language: Language) -> str:
    return text("drawing.preset.usual", language) if preset.name == USUAL else preset.name


def _settings(preset: Preset, family: str, shape: Any) -> Answer:
    """Return shape, width, height, and what `_values` returns."""
    shown = shape if shape in SHAPES else SHAPES[0]
    suited = settings_of(preset, family, SHAPES.index(shown))
    sizes = {"width": str(suited.width), "height": str(suited.height)}
    return {"shape": shown, **sizes, **_values(preset)}


def _asked(model: Any) -> str:
    return str(model or DEFAULT_MODEL)


def _offered(model: KnownModel | None) -> tuple[Preset, ...]:
    """Return the presets of a model's family, the one that suits it as it suits it."""
    if model is None:
        return presets_of("")
    best = _suggested(model)
    return tuple(best if one.name == best.name else one for one in presets_of(model.family))


def _suggested(model: KnownModel) -> Preset:
    return suggested_preset(model.name, model.family, model.variant)


def _size(family: str, shape: Any) -> Answer:
    width, height = sizes_of(family)[SHAPES.index(shape) if shape in SHAPES else 0]
    return {"width": str(width), "height": str(height)}


def _values(preset: Preset) -> Answer:
    """Return what a preset sets, by name."""
    return {name: getattr(preset, name) for name in PRESET}


def _number(value: Any) -> Any:
    """Return a number that was typed as one; anything else as it is."""
    try:
        return float(value)
    except (TypeError, ValueError, OverflowError):
        return value
