"""The controls of the Draw tab by name and order, and what their values ask for.

Values are parsed by playground/studio/wanted.py. Knows no widgets.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipelines.contract.picture_settings import Hires, ImageToImage, Refiner, Tuning
from pipelines.contract.requests import PictureRequest
from pipelines.image.sampling import table as samplers
from pipelines.image.sampling.schedules import AUTOMATIC
from playground.studio.jobs.queue import MAX_QUEUED_PER_OWNER
from playground.studio.prompts import title_of
from playground.studio.wanted import FRACTIONS, WHOLE, StartPicture, Upload, WantedPicture, usual

TEXTS = ("phrase", "prompt", "negative_prompt")
BASICS = ("styles", "model", "steps", "seed", "width", "height", "count", "batch_size")
SAMPLING = ("sampler", "schedule")
PARTS = ("vae", "refiner", "switch_at")
HIRES = ("hires", "hires_scale", "upscaler", "hires_steps", "hires_strength")
SOURCE = ("image", "fit", "strength")
MASK = ("mask", "mask_blur", "content", "only_masked", "padding", "is_inverted")
FIELDS = (
    *(*TEXTS, *BASICS, *SAMPLING, "guidance", *FRACTIONS, *WHOLE, *PARTS),
    *(*HIRES, *SOURCE, *MASK, "is_exact"),
)
MOST_AT_ONCE = MAX_QUEUED_PER_OWNER
DROP = "drop:"  # what draw.js writes before the token of a file that has just come
PLAIN = (  # called as a request's own fields
    *("negative_prompt", "model", "steps", "seed", "width", "height", "batch_size"),
    *("sampler", "schedule", "guidance", "vae"),
)
BOXES = ("seed", "width", "height", "variation_seed")  # numbers that stand in boxes of text
STARTS = ("fit", "strength", "mask_blur", "content", "only_masked", "padding", "is_inverted")
SHAPES = ("square", "upright", "wide")


def wanted(form: Mapping[str, Any]) -> WantedPicture:
    """Return what the controls ask for, by FIELDS; nothing is checked here.

    An empty box is a value as well: it is not what was left out.
    """
    values = {name: "" if value is None else value for name, value in form.items()}
    image = _chosen(form["image"])
    return WantedPicture.from_values(
        {**values, "image": image, "mask": _chosen(form["mask"]) if image else ""}
    )


def _chosen(value: Any) -> StartPicture:
    """Return a picture to start from: kept before, or just come."""
    chosen = value.strip() if isinstance(value, str) else ""
    if chosen.startswith(DROP):
        return Upload(chosen.removeprefix(DROP)[:100])
    return chosen[:100]


def values_of(request: PictureRequest) -> dict[str, Any]:
    """Return the values of FIELDS that ask for `request` again."""
    tuning, refiner = request.tuning, request.refiner
    typed = {request.prompt, request.template}  # without a phrase, the prompt stands for it
    typed |= {title_of(prompt) for prompt in typed}
    values = _plain_values(request)
    values["phrase"] = "" if request.phrase.ko in typed else request.phrase.ko
    row, schedule = samplers.split_name(request.sampler)
    if request.schedule == AUTOMATIC:
        values |= {"sampler": row, "schedule": schedule}
    values |= {name: getattr(tuning, name) for name in (*FRACTIONS, "clip_skip", "is_exact")}
    values["variation_seed"] = str(tuning.variation_seed)
    if refiner is not None:
        values |= {"refiner": refiner.model, "switch_at": refiner.switch_at}
    if request.hires is not None:
        values |= {"hires": True, **_hires_values(request.hires)}
    source = request.source
    if source is not None:
        values |= {name: getattr(source, name) for name in ("image", "mask", *STARTS)}
    return defaults() | values


def defaults() -> dict[str, Any]:
    """Return what stands in the controls at first, in the order of FIELDS."""
    values: dict[str, Any] = {
        **dict.fromkeys(("phrase", "prompt", "refiner", "image", "mask"), ""),
        **{name: usual(PictureRequest, name) for name in PLAIN},
        **{name: usual(Tuning, name) for name in (*FRACTIONS, *WHOLE, "is_exact")},
        **{name: usual(ImageToImage, name) for name in STARTS},
        **_hires_values(Hires()),
        "styles": [],  # what they added to an old picture stands in its prompt
        "count": 1,
        "switch_at": usual(Refiner, "switch_at"),
        "hires": False,
    }
    values |= {name: str(values[name]) for name in BOXES}
    return {name: values[name] for name in FIELDS}


def _plain_values(request: PictureRequest) -> dict[str, Any]:
    """Return the values of the controls that are called as the request's own fields."""
    values = {name: getattr(request, name) for name in ("prompt", *PLAIN)}
    return values | {name: str(values[name]) for name in BOXES if name in values}


def _hires_values(hires: Hires) -> dict[str, Any]:
    return {
        "hires_scale": hires.scale,
        "upscaler": hires.upscaler,
        "hires_steps": hires.steps,
        "hires_strength": hires.strength,
    }
