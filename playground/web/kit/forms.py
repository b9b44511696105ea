"""Control values <-> requests: the only place that knows in which order a form's values travel.

Gradio would refuse a value by itself, in English and without saying which setting it belongs to.
So no control checks anything (`unchecked`), and every value is parsed here. Defaults and limits
come from pipelines.contract.requests. Knows no widgets' looks and no jobs.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

from pipelines.contract.errors import InvalidRequest
from pipelines.contract.phrase import Phrase
from pipelines.contract.requests import DEFAULT_MODEL, RANDOM_SEED, PictureRequest, TextRequest
from pipelines.contract.validate import parse_float, parse_int
from pipelines.image.sampling import table as samplers

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


def default(request: type[PictureRequest] | type[TextRequest], field: str) -> Any:
    """Return a request's own default value.

    >>> default(PictureRequest, "sampler")
    'DDIM'
    """
    return next(entry.default for entry in dataclasses.fields(request) if entry.name == field)


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


def picture_request(phrase: Phrase, values: Sequence[Any]) -> PictureRequest:
    """Return the request of the drawing controls (DRAW_FIELDS)."""
    form = dict(zip(DRAW_FIELDS, values, strict=True))
    return PictureRequest(
        phrase=phrase,
        negative_prompt=str(_plain(form["negative_prompt"])),
        model=str(_plain(form["model"])).strip()[:1000] or DEFAULT_MODEL,
        width=parse_int(_plain(form["width"]), "width"),
        height=parse_int(_plain(form["height"]), "height"),
        steps=parse_int(_plain(form["steps"]), "steps"),
        guidance=parse_float(_plain(form["guidance"]), "guidance"),
        sampler=samplers.resolve(str(_plain(form["sampler"])), "Automatic")[0].name,
        seed=_seed(_plain(form["seed"])),
    )


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


def _seed(value: str | int | float) -> int:
    if isinstance(value, str) and not value.strip():
        return RANDOM_SEED
    return parse_int(value, "seed")


def _plain(value: Any) -> str | int | float:
    """Return the value, or the text of something no control can hold."""
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return str(value)[:40]
    if isinstance(value, str) and len(value) > 1_000_000:
        raise InvalidRequest("request.text.long", field="phrase", length=len(value), limit=2000)
    return value
