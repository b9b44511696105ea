"""What the buttons of the Draw tab do. Knows the studio and the tab's form; lays nothing out.

A handler never raises: what went wrong travels to the page as the alert of a ticket, in the
visitor's language.
"""

from __future__ import annotations

import io
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
from playground.gate import visitor
from playground.messages import explain, text
from playground.studio.pictures.metadata import told_by
from playground.studio.pictures.png import parse_text
from playground.web.kit.fast_import import import_gradio
from playground.web.kit.tickets import Ticket, alert_ticket, owner_of
from playground.web.kit.wording import language_of
from playground.web.tabs.draw import form as forms
from playground.web.tabs.draw import infotext as draw_infotext
from playground.web.tabs.draw.chosen_model import ChosenModel
from playground.web.tabs.draw.left_out import left_out

if TYPE_CHECKING:
    import gradio as gr

    from playground.studio.pictures.shelf import KeptPicture
    from playground.studio.studio import Studio
else:
    gr = import_gradio()  # Gradio looks the annotations below up in this module

METERED = 4_000  # characters; nobody counts the tokens of more while they type
GROUPS = ("source", "mask", "hires")  # what a picture may be sent to; else its settings
OPENED = {"mask": ("source", "mask"), "enlarge": ("source", "hires")}


class DrawHandlers:
    """The answers to the events of the tab."""

    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        self._desk = studio.prompts
        self.chosen = ChosenModel(studio, self._desk)

    # ---- drawing

    def draw(self, request: gr.Request, *values: Any) -> Ticket:
        """Submit the drawings; return the ticket: the jobs' ids or an alert."""
        try:
            wanted = forms.wanted(dict(zip(forms.FIELDS, values, strict=True)))
            jobs = self._studio.orders.order(wanted, owner_of(request))
        except Exception as error:  # the border to the person
            return {"jobs": [], **alert_ticket(error, request)}
        return {"jobs": [job.id for job in jobs]}

    def _keep(self, token: str, owner: str) -> str:
        return self._studio.inputs.keep(self._studio.drops.get(owner, token).data)

    def from_phrase(self, request: gr.Request, phrase: Any, model: Any) -> tuple[Any, Ticket]:
        """Return what the chosen model would get for the phrase."""
        try:
            checked = check_text(str(phrase or ""), "phrase")
            found = self._studio.typed(checked)
            language = self.chosen.language(str(model or DEFAULT_MODEL))
            if language is not PromptLanguage.ENGLISH:
                return prompt_for(found, language), {"alert": ""}
            told = tell(found, self._studio.translators.get())
            note = left_out(told, language_of(request.request.scope))
            return told.prompt, {"alert": note}
        except Exception as error:  # the border to the person
            return gr.skip(), alert_ticket(error, request)

    # ---- what the controls tell

    def measure(self, request: gr.Request, prompt: Any, model: Any, steps: Any) -> str:
        """Return as HTML what the model will read of the prompt, and its token meter."""
        language = language_of(request.request.scope)
        typed, painter = str(prompt or "")[:METERED], self._studio.painter
        try:
            count = parse_int(steps, "steps") if isinstance(steps, int | float | str) else 1
            said = self._desk.worded(typed, str(model), painter)
            meter = painter.measure(said, str(model), max(1, min(count, 150)))
        except PlaygroundError as error:
            return f'<small class="cut">{escape(explain(error, language))}</small>'
        lines = []
        if said != typed:
            lines.append(_told("said", escape(text("drawing.said", language)), said))
        if meter is not None:
            count_line = text("drawing.meter", language, used=meter.used, limit=meter.limit)
            lines.append(escape(count_line))
            if meter.cut_text:
                label = escape(text("drawing.meter.cut", language))
                lines.append(_told("cut", label, meter.cut_text))
        return f"<small>{' '.join(lines)}</small>" if lines else ""

    # ---- pictures to start from

    def take(self, request: gr.Request, token: Any) -> tuple[Any, Ticket]:
        """Keep a picture or a mask that has just come; return its digest."""
        if not isinstance(token, str) or not token:
            return "", {"alert": ""}
        try:
            return self._keep(token[:100], owner_of(request)), {"alert": ""}
        except Exception as error:  # the border to the person
            return "", alert_ticket(error, request)

    def read(self, request: gr.Request, token: Any) -> list[Any]:
        """Put the settings that a picture file tells into the controls, and a ticket behind."""
        try:
            changed, left_out = self._told(str(token or "")[:100], owner_of(request))
        except Exception as error:  # the border to the person
            return [gr.skip()] * len(forms.FIELDS) + [alert_ticket(error, request)]
        parts = [
            gr.update(value=changed[name]) if name in changed else gr.skip()
            for name in forms.FIELDS
        ]
        language = language_of(request.request.scope)
        said = text("drawing.read.left_out", language, names=" · ".join(left_out))
        return [*parts, {"alert": said if left_out else ""}]

    def _told(self, token: str, owner: str) -> tuple[dict[str, Any], list[str]]:
        """Return the values that a dropped file tells, and what of it has no place here."""
        if not token:
            raise InvalidRequest("drawing.read.no_file")
        try:
            metadata = told_by(parse_text(io.BytesIO(self._studio.drops.get(owner, token).data)))
        except ValueError:  # no PNG, or a damaged one
            metadata = None
        if metadata is not None and metadata.request is not None:
            return self._asked_again(metadata.request, metadata.prompt)
        if metadata is None or metadata.infotext is None:
            raise InvalidRequest("drawing.read.nothing")
        names = {kind: self.chosen.parts(kind) for kind in ("vae", "upscaler")}
        models = self._studio.painter.families()
        told = draw_infotext.told_by(metadata.infotext, models, names["vae"], names["upscaler"])
        return told.values, told.left_out

    def _asked_again(
        self, request: PictureRequest, prompt: str
    ) -> tuple[dict[str, Any], list[str]]:
        """Return the values of a picture of ours; what it started from may be long gone."""
        values = forms.values_of(self._spelt_out(request, prompt))
        lost = [
            name
            for name in ("image", "mask")
            if values[name] and self._studio.inputs.path_of(values[name]) is None
        ]
        return values | dict.fromkeys(lost, ""), lost

    def send(self, request: gr.Request, event: gr.EventData, *values: Any) -> list[Any]:
        """Put an old picture or its settings into the controls, groups and ticket behind them."""
        try:
            who = visitor(request.request.scope)
            to = str(event._data.get("to"))
            kept = self._studio.pictures.get(int(event._data["id"]), who.sees)
            changed = self._sent(kept, to, dict(zip(forms.FIELDS, values, strict=True)))
        except (KeyError, TypeError, ValueError):
            return [gr.skip()] * (len(forms.FIELDS) + len(GROUPS) + 1)
        except Exception as error:  # the border to the person
            return [gr.skip()] * (len(forms.FIELDS) + len(GROUPS)) + [alert_ticket(error, request)]
        parts = [
            gr.update(value=changed[name]) if name in changed else gr.skip()
            for name in forms.FIELDS
        ]
        opened = OPENED.get(to, (to,))
        groups = [gr.update(open=True) if name in opened else gr.skip() for name in GROUPS]
        return [*parts, *groups, {"alert": ""}]

    def _sent(self, kept: KeptPicture, to: str, form: dict[str, Any]) -> dict[str, Any]:
        """Return the values that change when a picture is sent somewhere."""
        if to in ("source", "mask", "enlarge"):
            sha256 = self._studio.inputs.keep(kept.path.read_bytes())
            changed = {"image": sha256, "mask": ""}
            changed |= {"width": str(kept.width), "height": str(kept.height)}
            if not str(form["prompt"] or "").strip() and not str(form["phrase"] or "").strip():
                changed |= {"prompt": kept.prompt, "phrase": kept.phrase}
            return changed | (_as_it_is(form) if to == "enlarge" else {})
        if kept.request is None:
            return {"phrase": kept.phrase, "prompt": kept.prompt}
        changed = forms.values_of(self._spelt_out(kept.request, kept.prompt))
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


def _as_it_is(form: dict[str, Any]) -> dict[str, Any]:
    """Return the values that make a picture larger and draw nothing."""
    is_latent = form["upscaler"] in LATENT_UPSCALERS
    changed = {"strength": 0, "hires": True, "hires_strength": 0}
    return changed | ({"upscaler": "Lanczos"} if is_latent else {})


def _told(kind: str, label: str, quoted: str) -> str:
    """Return a label and what it is about, which somebody has typed."""
    return f'<span class="{kind}">{label} <q lang="und">{escape(quoted[:300])}</q></span>'
