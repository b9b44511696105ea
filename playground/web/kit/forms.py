"""Control values <-> requests: the only place that knows in which order a form's values travel.

Gradio would refuse a value by itself, in English and without saying which setting it belongs to.
So no control checks anything (`unchecked`), and every value is parsed here. Defaults and limits
come from pipelines.contract.requests. Knows no widgets' looks and no jobs.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pipelines.contract.errors import InvalidRequest
from pipelines.contract.phrase import Phrase
from pipelines.contract.requests import PictureRequest, TextRequest
from pipelines.contract.validate import parse_float, parse_int
from playground.studio.wanted import WantedPicture

# The order of the controls in every event of the Play tab.
SAY_FIELDS = ("count", "surprise")
DRAW_FIELDS = (
    "card",
    "own_text",
    "sampler",
    "steps",
    "guidance",
    "width",
    "height",
    "seed",
    "negative_prompt",
    "model",
)
SETTING_FIELDS = DRAW_FIELDS[2:]
SAVED_FIELDS = (*SAY_FIELDS, *DRAW_FIELDS)


def unchecked(component: Any) -> Any:
    """Return the Gradio component after telling it to hand on whatever comes from outside."""
    component.preprocess = _as_it_came
    return component


def _as_it_came(payload: Any) -> Any:
    return payload


def text_request(values: Sequence[Any]) -> TextRequest:
    """Return the request of the phrase controls (SAY_FIELDS)."""
    form = dict(zip(SAY_FIELDS, values, strict=True))
    return TextRequest(
        count=parse_int(_plain(form["count"]), "count"),
        surprise=parse_float(_plain(form["surprise"]), "surprise"),
    )


def chosen_text(values: Sequence[Any]) -> str:
    """Return what is to be illustrated: the card, or the typed text when no card is picked."""
    form = dict(zip(DRAW_FIELDS, values, strict=True))
    return str(_plain(form["card"]) or _plain(form["own_text"]))


def wanted_picture(phrase: Phrase, values: Sequence[Any]) -> WantedPicture:
    """Return what the drawing controls (DRAW_FIELDS) ask for; nothing is checked here."""
    form = dict(zip(DRAW_FIELDS, values, strict=True))
    settings = {name: _plain(form[name]) for name in SETTING_FIELDS}
    return WantedPicture.from_values({**settings, "phrase": phrase})


def setting_values(request: PictureRequest) -> tuple[Any, ...]:
    """Return the values of SETTING_FIELDS that ask for `request` again."""
    return (
        request.sampler,
        request.steps,
        request.guidance,
        str(request.width),
        str(request.height),
        str(request.seed),
        request.negative_prompt,
        request.model,
    )


def _plain(value: Any) -> str | int | float:
    """Return the value, or the text of something no control can hold."""
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return str(value)[:40]
    if isinstance(value, str) and len(value) > 1_000_000:
        raise InvalidRequest("request.text.long", field="phrase", length=len(value), limit=2000)
    return value
