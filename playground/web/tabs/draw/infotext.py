"""What another program wrote into a picture (`parameters`), as values of the Draw tab.

What this page has no control for, or no file of that name, is named and never swapped for something
else. Values are handed on as they stand: the form parses them when somebody draws.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from pipelines.contract.painter import AddonFile
from pipelines.contract.picture_settings import UPSCALERS
from pipelines.image.sampling import table as samplers
from pipelines.image.sampling.schedules import AUTOMATIC, SCHEDULE_NAMES
from playground.studio.pictures.infotext import MASKED_CONTENT, TUNED, Infotext
from playground.web.tabs.draw.form import defaults
from playground.web.tabs.draw.renamed import with_local_names

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
    "Mask blur": "mask_blur",
    "Masked area padding": "padding",
    "First pass denoising strength": "strength",
}
CHOICES: dict[str, tuple[str, dict[str, Any]]] = {
    "Mask mode": ("is_inverted", {"Inpaint masked": False, "Inpaint not masked": True}),
    "Inpaint area": ("only_masked", {"Whole picture": False, "Only masked": True}),
    "Masked content": (
        "content",
        {"original": "original", **{name: kind.value for kind, name in MASKED_CONTENT.items()}},
    ),
}
# what follows from the rest, or says nothing about how to draw it again
NEEDLESS = {
    *("Size", "Model hash", "VAE hash", "Lora hashes", "TI hashes", "Version", "User", "RNG"),
    *("Phrase", "Template", "Civitai resources", "Civitai metadata", "Emphasis"),
    *("Batch size", "Batch pos"),  # every picture of a batch has the noise of its own seed
}
SUFFIX = re.compile(r"\.(safetensors|ckpt|pt|vae\.pt)$")
HASH = re.compile(r"\s*\[[0-9a-f]{6,64}\]$")
NUMBER = re.compile(r"-?\d{1,20}(\.\d{1,20})?")
MOST_LETTERS = 60  # of one that is left out


@dataclass(slots=True)
class PastedSettings:
    """What a text told.

    Attributes:
        values: of the form's fields, by name; the model only where it is here.
        left_out: what has no place here, as the text has it, all of it.
    """

    values: dict[str, Any]
    left_out: list[str] = field(default_factory=list)


def told_by(
    infotext: Infotext,
    models: Collection[str],
    vaes: Collection[str],
    upscalers: Collection[str],
    by_hash: Callable[[str], str | None] = lambda _hash: None,
    loras: Sequence[AddonFile] = (),
) -> PastedSettings:
    """Return the form's values for what a text tells; what it does not tell is as usual.

    Args:
        by_hash: finds the model that has a hash, whatever it is called here.
        loras: those that are here, for prompts that call them otherwise.
    """
    usual = {name: value for name, value in defaults().items() if name != "model"}
    prompt = with_local_names(infotext.prompt, infotext.get("Lora hashes"), loras)
    told = PastedSettings({**usual, "prompt": prompt, "negative_prompt": infotext.negative_prompt})
    if infotext.size is not None:
        told.values |= dict(zip(("width", "height"), map(str, infotext.size), strict=True))
    named: dict[str, tuple[str, Callable[[str], str | None]]] = {
        "Model": (
            "model",
            lambda value: _model(value, infotext.get("Model hash"), models, by_hash),
        ),
        "Refiner": ("refiner", lambda value: _model(value, None, models, by_hash)),
        "VAE": ("vae", lambda value: _among(value, vaes)),
        "Hires upscaler": ("upscaler", lambda value: _among(value, (*UPSCALERS, *upscalers))),
        "Schedule type": ("schedule", lambda value: value if value in SCHEDULE_NAMES else None),
    }
    for key, value in infotext.settings:
        if key in NUMBERS and NUMBER.fullmatch(value):
            told.values[NUMBERS[key]] = _number(value)
        elif key in CHOICES and value in CHOICES[key][1]:
            told.values[CHOICES[key][0]] = CHOICES[key][1][value]
        elif key == "Sampler":
            _take_sampler(told, value)
        elif key == "Denoising strength":
            _take_strength(told, infotext, value)
        elif key in named and (found := named[key][1](value)) is not None:
            told.values[named[key][0]] = found
        elif key not in NEEDLESS:
            told.left_out.append(f"{key}: {value}"[:MOST_LETTERS])
    if infotext.get("Model") is None:
        _take_hash(told, infotext.get("Model hash"), by_hash)
    _take_hires(told, infotext, named["Hires upscaler"][1])
    return told


def _model(
    value: str,
    hashed: str | None,
    models: Collection[str],
    by_hash: Callable[[str], str | None],
) -> str | None:
    """Return what a model is called here: by its name, or a renamed one by its hash."""
    told = HASH.search(value)
    hashed = told[0].strip(" []") if told else hashed
    return _among(value, models) or (by_hash(hashed) if hashed else None)


def _take_hash(
    told: PastedSettings, hashed: str | None, by_hash: Callable[[str], str | None]
) -> None:
    """A model may be named by its hash alone."""
    if not hashed:
        return
    found = by_hash(hashed)
    if found is None:
        told.left_out.append(f"Model hash: {hashed}"[:MOST_LETTERS])
    else:
        told.values["model"] = found


def _take_hires(
    told: PastedSettings, infotext: Infotext, upscaler: Callable[[str], str | None]
) -> None:
    """A second pass by an upscaler that is not here would be another picture: it stays off."""
    scale, name = infotext.get("Hires upscale"), infotext.get("Hires upscaler")
    is_here = name is None or upscaler(name) is not None
    told.values["hires"] = scale is not None and is_here
    if scale is not None and not is_here:
        told.left_out.append(f"Hires upscale: {scale}"[:MOST_LETTERS])


def _take_sampler(told: PastedSettings, value: str) -> None:
    """Names before A1111 1.9 carry the schedule."""
    name, schedule = samplers.split_name(value)
    if name not in samplers.NAMES:
        told.left_out.append(f"Sampler: {value}"[:MOST_LETTERS])
        return
    told.values["sampler"] = name
    if schedule != AUTOMATIC:
        told.values["schedule"] = schedule


def _take_strength(told: PastedSettings, infotext: Infotext, value: str) -> None:
    """One name for two things: of the second pass where there is one, else of a start picture."""
    name = "hires_strength" if infotext.get("Hires upscale") is not None else "strength"
    if NUMBER.fullmatch(value):
        told.values[name] = float(value)
    else:
        told.left_out.append(f"Denoising strength: {value}"[:MOST_LETTERS])


def _among(value: str, names: Collection[str]) -> str | None:
    plain = SUFFIX.sub("", HASH.sub("", value.strip()))
    return plain if plain in names else None


def _number(value: str) -> Any:
    # seeds and sides stand in boxes of text, the others in sliders
    return int(value) if "." not in value else float(value)
