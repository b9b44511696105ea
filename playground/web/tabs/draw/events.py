"""What the buttons of the Draw tab do. Knows the studio and the tab's form; lays nothing out.

A handler never raises: what went wrong travels to the page as the alert of a ticket, in the
visitor's language.
"""

from __future__ import annotations

import re
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING, Any

from models.errors import PlaygroundError
from pipelines.bridge import noise_seed_for, prompt_for, tell
from pipelines.contract.errors import InvalidRequest
from pipelines.contract.picture_settings import LATENT_UPSCALERS
from pipelines.contract.requests import DEFAULT_MODEL, MAX_SEED, PictureRequest
from pipelines.contract.validate import check_text, parse_int
from pipelines.image.families import PromptLanguage
from playground.messages import explain
from playground.studio.pictures.metadata import read_any
from playground.studio.values import picture_number
from playground.web.kit.border import Ticket, Visit
from playground.web.kit.connect import Form
from playground.web.kit.fast_import import import_gradio
from playground.web.tabs.draw import form as forms
from playground.web.tabs.draw import infotext as draw_infotext
from playground.web.tabs.draw.chosen_model import ChosenModel
from playground.web.tabs.draw.left_out import left_out

if TYPE_CHECKING:
    from playground.studio.pictures.shelf import KeptPicture
    from playground.studio.studio import Studio

gr = import_gradio()

METERED = 4_000  # characters; nobody counts the tokens of more while they type
GROUPS = ("source", "mask", "hires")  # what a picture may be sent to; else its settings
HASHED = re.compile(r"[0-9a-fA-F]{8,64}")
MOST_NAMED = 8  # settings that have no place here, by name
OPENED = {"mask": ("source", "mask"), "enlarge": ("source", "hires")}


class DrawHandlers:
    """The answers to the events of the tab."""

    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        self._desk = studio.prompts
        self.chosen = ChosenModel(studio, self._desk)

    # ---- drawing

    def draw(self, visit: Visit, form: Form) -> Ticket:
        """Submit the drawings; return the ticket: the jobs' ids or an alert."""
        with visit.border() as border:
            jobs = self._studio.orders.order(forms.wanted(form), visit.owner, visit.guest)
            return {"jobs": [job.id for job in jobs]}
        return {"jobs": [], **border.ticket}

    def _keep(self, token: str, owner: str, *, is_mask: bool) -> str:
        data = self._studio.drops.get(owner, token).data
        return self._studio.inputs.keep(data, owner, is_mask=is_mask)

    def from_phrase(self, visit: Visit, form: Form) -> dict[str, Any]:
        """Return what the chosen model would get for the phrase."""
        with visit.border() as border:
            checked = check_text(str(form["phrase"] or ""), "phrase")
            found = self._studio.typed(checked)
            language = self.chosen.language(str(form["model"] or DEFAULT_MODEL))
            if language is not PromptLanguage.ENGLISH:
                return {"prompt": prompt_for(found, language), "ticket": {"alert": ""}}
            english = tell(found, self._studio.translators.get())
            note = left_out(english, visit.language)
            return {"prompt": english.prompt, "ticket": {"alert": note}}
        return {"ticket": border.ticket}

    # ---- what the controls tell

    def measure(self, visit: Visit, form: Form) -> str:
        """Return as HTML what the model will read of the prompt, and its token meter."""
        typed, painter = str(form["prompt"] or "")[:METERED], self._studio.painter
        typed = typed.encode("utf-8", "replace").decode()  # half an emoji is none for a tokenizer
        model, steps = str(form["model"]), form["steps"]
        try:
            count = parse_int(steps, "steps") if isinstance(steps, int | float | str) else 1
            said = self._desk.worded(typed, model, painter)
            meter = painter.measure(said, model, max(1, min(count, 150)))
        except PlaygroundError as error:
            return f'<small class="cut">{escape(explain(error, visit.language))}</small>'
        lines = []
        if said != typed:
            lines.append(_told("said", escape(visit.text("drawing.said")), said))
        if meter is not None:
            count_line = visit.text("drawing.meter", used=meter.used, limit=meter.limit)
            lines.append(escape(count_line))
            if meter.cut_text:
                label = escape(visit.text("drawing.meter.cut"))
                lines.append(_told("cut", label, meter.cut_text))
        return f"<small>{' '.join(lines)}</small>" if lines else ""

    # ---- pictures to start from

    def take(self, visit: Visit, form: Form) -> tuple[Any, Ticket]:
        """Keep a picture that has just come; return its digest."""
        return self._taken(visit, form["token"], is_mask=False)

    def take_mask(self, visit: Visit, form: Form) -> tuple[Any, Ticket]:
        """Keep a mask that has just come; return its digest."""
        return self._taken(visit, form["token"], is_mask=True)

    def _taken(self, visit: Visit, token: object, *, is_mask: bool) -> tuple[Any, Ticket]:
        if not isinstance(token, str) or not token:
            return "", {"alert": ""}
        with visit.border() as border:
            return self._keep(token[:100], visit.owner, is_mask=is_mask), {"alert": ""}
        return "", border.ticket

    def read(self, visit: Visit, form: Form) -> dict[str, Any]:
        """Put the settings that a picture file tells into the controls, and a ticket behind."""
        with visit.border() as border:
            changed, unplaced = self._told(str(form["token"] or "")[:100], visit)
            return {**_updates(changed), "ticket": {"alert": _unplaced(visit, unplaced)}}
        return {"ticket": border.ticket}

    def _told(self, token: str, visit: Visit) -> tuple[dict[str, Any], list[str]]:
        """Return the values that a dropped file tells, and what of it has no place here."""
        if not token:
            raise InvalidRequest("drawing.read.no_file")
        try:
            metadata = read_any(self._studio.drops.get(visit.owner, token).data)
        except ValueError:  # no picture, or a damaged one
            metadata = None
        if metadata is not None and metadata.request is not None:
            return self._asked_again(metadata.request, metadata.prompt, visit)
        if metadata is None or metadata.infotext is None:
            raise InvalidRequest("drawing.read.nothing")
        if metadata.infotext.program:
            raise InvalidRequest("drawing.read.foreign", program=metadata.infotext.program)
        names = {kind: self.chosen.parts(kind) for kind in ("vae", "upscaler")}
        models = self._studio.painter.families()
        loras = [part for part in self._studio.painter.parts() if part.kind == "lora"]
        told = draw_infotext.told_by(
            metadata.infotext, models, names["vae"], names["upscaler"], self._by_hash, loras
        )
        return told.values, told.left_out

    def _by_hash(self, hashed: str) -> str | None:
        """Return the model that has a hash, if it has been hashed."""
        found = self._studio.painter.known(hashed) if HASHED.fullmatch(hashed) else None
        return None if found is None else found.name

    def _asked_again(
        self, request: PictureRequest, prompt: str, visit: Visit
    ) -> tuple[dict[str, Any], list[str]]:
        """Return the values of a picture of ours.

        What it started from may be long gone, or somebody else's: the file says its digest only.
        """
        values = forms.values_of(self._spelt_out(request, prompt))
        inputs = self._studio.inputs
        lost = [
            name
            for name in ("image", "mask")
            if values[name] and not inputs.take_over(values[name], visit.owner, visit.sees)
        ]
        return values | dict.fromkeys(lost, ""), lost

    def send(self, visit: Visit, form: Form) -> dict[str, Any]:
        """Put an old picture or its settings into the controls, groups and ticket behind them."""
        number, to = picture_number(visit.detail), str(visit.detail.get("to"))
        if number is None:
            return {}
        with visit.border() as border:
            changed = self._sent(self._studio.pictures.get(number, visit.sees), to, form, visit)
            opened = [name for name in OPENED.get(to, (to,)) if name in GROUPS]
            groups = {group_name(name): gr.update(open=True) for name in opened}
            return {**_updates(changed), **groups, "ticket": {"alert": ""}}
        return {"ticket": border.ticket}

    def _sent(self, kept: KeptPicture, to: str, form: Form, visit: Visit) -> dict[str, Any]:
        """Return the values that change when a picture is sent somewhere."""
        if to in ("source", "mask", "enlarge"):
            sha256 = self._studio.inputs.keep(kept.path.read_bytes(), visit.owner)
            changed = {"image": sha256, "mask": ""}
            changed |= {"width": str(kept.width), "height": str(kept.height)}
            if not str(form["prompt"] or "").strip() and not str(form["phrase"] or "").strip():
                changed |= {"prompt": kept.prompt, "phrase": kept.phrase}
            return changed | (_as_it_is(form) if to == "enlarge" else {})
        if kept.request is None:
            return {"phrase": kept.phrase, "prompt": kept.prompt}
        changed, _lost = self._asked_again(kept.request, kept.prompt, visit)
        return changed | {"hires": True} if to == "hires" else changed

    def _spelt_out(self, request: PictureRequest, prompt: str) -> PictureRequest:
        """Return a request that gives the same picture with the prompt that the model got."""
        if request.prompt:
            return request
        language = self.chosen.language(request.model)
        seed = min(noise_seed_for(request.phrase, language, request.seed), MAX_SEED)
        try:
            return replace(request, prompt=prompt, seed=seed)
        except InvalidRequest:  # a prompt of another time, longer than may be typed today
            return request


def group_name(name: str) -> str:
    """Return what a group is called among the outputs; a field may be called as its group."""
    return f"group.{name}"


def _unplaced(visit: Visit, names: list[str]) -> str:
    """Return which settings of a file have no place here; the first by name, all by number."""
    if not names:
        return ""
    listed, more = " · ".join(names[:MOST_NAMED]), len(names) - MOST_NAMED
    if more <= 0:
        return visit.text("drawing.read.left_out", names=listed)
    return visit.text("drawing.read.left_out_more", names=listed, more=more)


def _updates(changed: dict[str, Any]) -> dict[str, Any]:
    return {name: gr.update(value=value) for name, value in changed.items()}


def _as_it_is(form: Form) -> dict[str, Any]:
    """Return the values that make a picture larger and draw nothing."""
    is_latent = form["upscaler"] in LATENT_UPSCALERS
    changed = {"strength": 0, "hires": True, "hires_strength": 0}
    return changed | ({"upscaler": "Lanczos"} if is_latent else {})


def _told(kind: str, label: str, quoted: str) -> str:
    """Return a label and what it is about, which somebody has typed."""
    return f'<span class="{kind}">{label} <q lang="und">{escape(quoted[:300])}</q></span>'
