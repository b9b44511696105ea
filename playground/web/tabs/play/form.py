"""The controls of the Play tab by name, and what their values ask for.

Knows no widgets' looks and no jobs.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipelines.contract.phrase import Phrase
from pipelines.contract.requests import PictureRequest, TextRequest
from playground.studio.values import fraction, paste, plain, whole
from playground.studio.wanted import WantedPicture

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


def text_request(form: Mapping[str, Any]) -> TextRequest:
    """Return the request of the phrase controls (SAY_FIELDS)."""
    return TextRequest(
        count=whole(form["count"], "count"), surprise=fraction(form["surprise"], "surprise")
    )


def chosen_text(form: Mapping[str, Any]) -> str:
    """Return what is to be illustrated: the card, or the typed text when no card is picked."""
    return paste(form["card"]) or paste(form["own_text"])


def wanted_picture(phrase: Phrase, form: Mapping[str, Any]) -> WantedPicture:
    """Return what the drawing controls (DRAW_FIELDS) ask for; nothing is checked here."""
    settings = {name: plain(form[name]) for name in SETTING_FIELDS}
    return WantedPicture.from_values({**settings, "phrase": phrase})


def setting_values(request: PictureRequest) -> dict[str, Any]:
    """Return the values of SETTING_FIELDS that ask for `request` again."""
    return {
        "sampler": request.sampler,
        "steps": request.steps,
        "guidance": request.guidance,
        "width": str(request.width),
        "height": str(request.height),
        "seed": str(request.seed),
        "negative_prompt": request.negative_prompt,
        "model": request.model,
    }
