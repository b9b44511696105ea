"""What another program wrote into a picture (`parameters`), as values of the Draw tab.

What this page has no control for, or no file of that name, is named and never swapped for something
else. Values are handed on as they stand: the form parses them when somebody draws.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any

from pipelines.contract.picture_settings import UPSCALERS
from pipelines.image.sampling import table as samplers
from pipelines.image.sampling.schedules import AUTOMATIC, SCHEDULE_NAMES
from playground.studio.pictures.infotext import TUNED, Infotext
from playground.web.tabs.draw.form import defaults

NUMBERS = {
    **{key: name for key, name, _usual in TUNED},
    "Steps": "steps",
    "CFG scale": "guidance",
    "Seed": "seed",
    "Clip skip": "clip_skip",
    "Variation seed": "variation_seed",
    "Variation seed strength": "variation_strength",
    "Token merging ratio": "token_merging",
    "Hires upscale": "hires_scale",
    "Hires steps": "hires_steps",
    "Refiner switch at": "switch_at",
}
# what follows from the rest, or says nothing about how to draw it again
NEEDLESS = {
    *("Size", "Model hash", "VAE hash", "Lora hashes", "TI hashes", "Version", "User", "RNG"),
    *("Phrase", "Template", "Civitai resources", "Civitai metadata", "Emphasis"),
}
SUFFIX = re.compile(r"\.(safetensors|ckpt|pt|vae\.pt)$")
HASH = re.compile(r"\s*\[[0-9a-f]{6,64}\]$")
NUMBER = re.compile(r"-?\d{1,20}(\.\d{1,20})?")
MOST_NAMED = 8


@dataclass(slots=True)
class PastedSettings:
    """What a text told.

    Attributes:
        values: of the form's fields, by name; the model only where it is here.
        left_out: what has no place here, as the text has it.
    """

    values: dict[str, Any]
    left_out: list[str] = field(default_factory=list)


def told_by(
    infotext: Infotext,
    models: Collection[str],
    vaes: Collection[str],
    upscalers: Collection[str],
) -> PastedSettings:
    """Return the form's values for what a text tells; what it does not tell is as usual."""
    usual = {name: value for name, value in defaults().items() if name != "model"}
    told = PastedSettings(
        {**usual, "prompt": infotext.prompt, "negative_prompt": infotext.negative_prompt}
    )
    if infotext.size is not None:
        told.values |= dict(zip(("width", "height"), map(str, infotext.size), strict=True))
    named: dict[str, tuple[str, Callable[[str], str | None]]] = {
        "Model": ("model", lambda value: _among(value, models)),
        "Refiner": ("refiner", lambda value: _among(value, models)),
        "VAE": ("vae", lambda value: _among(value, vaes)),
        "Hires upscaler": ("upscaler", lambda value: _among(value, (*UPSCALERS, *upscalers))),
        "Schedule type": ("schedule", lambda value: value if value in SCHEDULE_NAMES else None),
    }
    for key, value in infotext.settings:
        if key in NUMBERS and NUMBER.fullmatch(value):
            told.values[NUMBERS[key]] = _number(value)
        elif key == "Sampler":
            _take_sampler(told, value)
        elif key == "Denoising strength":
            _take_strength(told, infotext, value)
        elif key in named and (found := named[key][1](value)) is not None:
            told.values[named[key][0]] = found
        elif key not in NEEDLESS:
            told.left_out.append(f"{key}: {value}"[:60])
    told.values["hires"] = infotext.get("Hires upscale") is not None
    del told.left_out[MOST_NAMED:]
    return told


def _take_sampler(told: PastedSettings, value: str) -> None:
    """Names before A1111 1.9 carry the schedule."""
    name, schedule = samplers.split_name(value)
    if name not in samplers.NAMES:
        told.left_out.append(f"Sampler: {value}"[:60])
        return
    told.values["sampler"] = name
    if schedule != AUTOMATIC:
        told.values["schedule"] = schedule


def _take_strength(told: PastedSettings, infotext: Infotext, value: str) -> None:
    """One name for two things: of the second pass where there is one, else of a start picture."""
    name = "hires_strength" if infotext.get("Hires upscale") is not None else "strength"
    if NUMBER.fullmatch(value):
        told.values[name] = float(value)


def _among(value: str, names: Collection[str]) -> str | None:
    plain = SUFFIX.sub("", HASH.sub("", value.strip()))
    return plain if plain in names else None


def _number(value: str) -> Any:
    # seeds and sides stand in boxes of text, the others in sliders
    return int(value) if "." not in value else float(value)
