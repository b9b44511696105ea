"""The controls of the Draw tab by name and order, and what their values ask for.

Every value is parsed here; limits are those of the requests. Knows no widgets.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipelines.contract.errors import InvalidRequest
from pipelines.contract.phrase import Phrase
from pipelines.contract.picture_settings import (
    Fit,
    Hires,
    ImageToImage,
    MaskContent,
    Refiner,
    Tuning,
)
from pipelines.contract.requests import DEFAULT_MODEL, RANDOM_SEED, PictureRequest
from pipelines.contract.text_options import check_choice
from pipelines.contract.validate import check_range, check_text, parse_float, parse_int
from pipelines.image.sampling import table as samplers
from playground.studio.jobs.queue import MAX_QUEUED_PER_OWNER
from playground.studio.prompts import title_of

TEXTS = ("phrase", "prompt", "negative_prompt")
BASICS = ("styles", "model", "steps", "seed", "width", "height", "count", "batch_size")
SAMPLING = ("sampler", "schedule")
FRACTIONS = (  # of the tuning
    *("eta", "sigma_least", "sigma_most", "rho", "churn", "churn_least", "churn_most"),
    *("noise_scale", "rescale", "guidance_start", "guidance_end", "variation_strength"),
    "token_merging",
)
WHOLE = ("clip_skip", "variation_seed")  # of the tuning
PARTS = ("vae", "refiner", "switch_at")
HIRES = ("hires", "hires_scale", "upscaler", "hires_steps", "hires_strength")
SOURCE = ("image", "fit", "strength")
MASK = ("mask", "mask_blur", "content", "only_masked", "padding", "is_inverted")
FIELDS = (
    *(*TEXTS, *BASICS, *SAMPLING, "guidance", *FRACTIONS, *WHOLE, *PARTS),
    *(*HIRES, *SOURCE, *MASK, "is_exact"),
)
MOST_AT_ONCE = MAX_QUEUED_PER_OWNER
MAX_LINE = 2_000_000  # characters; longer is no form but an attack
NOWHERE = "0" * 64  # the sha256 of a picture that is still to be kept


SHAPES = ("square", "upright", "wide")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What one press of the button asks for.

    Attributes:
        request: of the first picture; its prompt is as it was typed.
        styles: names of the styles to put around it.
        count: how many pictures, one seed after the other.
        image, mask: what was chosen: the sha256 of a kept picture, "drop:" and the token of a file
            that has just come, or "".
    """

    request: PictureRequest
    styles: tuple[str, ...]
    count: int
    image: str
    mask: str


def wanted(values: Sequence[Any]) -> Wanted:
    """Return what the controls ask for (FIELDS)."""
    form = dict(zip(FIELDS, values, strict=True))
    phrase = _text(form["phrase"])
    prompt = check_text(_text(form["prompt"]), "picture_prompt", may_be_empty=True)
    if not phrase.strip() and not prompt:
        raise InvalidRequest("request.text.empty", field="picture_prompt")
    image = _text(form["image"]).strip()
    mask = _text(form["mask"]).strip() if image else ""
    request = PictureRequest(
        phrase=Phrase(phrase if phrase.strip() else title_of(prompt), "", (), "typed"),
        prompt=prompt,
        negative_prompt=_text(form["negative_prompt"]),
        model=_text(form["model"]).strip()[:1000] or DEFAULT_MODEL,
        **_sampling(form),
        **_parts(form),
        tuning=_tuning(form),
        source=_source(form, has_mask=bool(mask)) if image else None,
        hires=_hires(form) if form["hires"] is True else None,
    )
    styles = form["styles"]
    names = tuple(str(name) for name in styles) if isinstance(styles, list) else ()
    count = parse_int(_number(form["count"]), "count")
    check_range(count, "count", 1, MOST_AT_ONCE)
    return Wanted(request, names[:20], count, image, mask)


def _sampling(form: Mapping[str, Any]) -> dict[str, Any]:
    sampler, schedule = _text(form["sampler"])[:80], _text(form["schedule"])[:80]
    samplers.resolve(sampler, schedule)
    seed = _number(form["seed"])
    return {
        "sampler": sampler,
        "schedule": schedule,
        "steps": parse_int(_number(form["steps"]), "steps"),
        "guidance": parse_float(_number(form["guidance"]), "guidance"),
        "width": parse_int(_number(form["width"]), "width"),
        "height": parse_int(_number(form["height"]), "height"),
        "seed": parse_int(seed, "seed") if str(seed).strip() else RANDOM_SEED,
    }


def _parts(form: Mapping[str, Any]) -> dict[str, Any]:
    model = _text(form["refiner"]).strip()[:1000]
    switch_at = parse_float(_number(form["switch_at"]), "switch_at")
    return {
        "vae": _text(form["vae"]).strip()[:1000],
        "refiner": Refiner(model, switch_at) if model else None,
        "batch_size": parse_int(_number(form["batch_size"]), "batch_size"),
    }


def _tuning(form: Mapping[str, Any]) -> Tuning:
    values: dict[str, Any] = {name: parse_float(_number(form[name]), name) for name in FRACTIONS}
    values |= {name: parse_int(_number(form[name]), name) for name in WHOLE}
    return Tuning(**values, is_exact=form["is_exact"] is True)


def _hires(form: Mapping[str, Any]) -> Hires:
    return Hires(
        scale=parse_float(_number(form["hires_scale"]), "hires_scale"),
        upscaler=_text(form["upscaler"]).strip()[:1000],
        steps=parse_int(_number(form["hires_steps"]), "hires_steps"),
        strength=parse_float(_number(form["hires_strength"]), "strength"),
    )


def _source(form: Mapping[str, Any], *, has_mask: bool) -> ImageToImage:
    return ImageToImage(
        image=NOWHERE,
        mask=NOWHERE if has_mask else "",
        strength=parse_float(_number(form["strength"]), "strength"),
        fit=check_choice(_text(form["fit"])[:40], "fit", Fit),
        mask_blur=parse_int(_number(form["mask_blur"]), "mask_blur"),
        content=check_choice(_text(form["content"])[:40], "content", MaskContent),
        only_masked=form["only_masked"] is True,
        padding=parse_int(_number(form["padding"]), "padding"),
        is_inverted=form["is_inverted"] is True,
    )


def values_of(request: PictureRequest) -> dict[str, Any]:
    """Return the values of FIELDS that ask for `request` again."""
    tuning, source, hires = request.tuning, request.source, request.hires
    typed = {request.prompt, request.template}  # without a phrase, the prompt stands for it
    typed |= {title_of(prompt) for prompt in typed}
    values: dict[str, Any] = {
        "phrase": "" if request.phrase.ko in typed else request.phrase.ko,
        "prompt": request.prompt,
        "negative_prompt": request.negative_prompt,
        "styles": [],  # what they added stands in the prompt
        "model": request.model,
        "steps": request.steps,
        "seed": str(request.seed),
        "width": str(request.width),
        "height": str(request.height),
        "count": 1,
        "batch_size": request.batch_size,
        "guidance": request.guidance,
        "is_exact": tuning.is_exact,
        **{name: getattr(tuning, name) for name in FRACTIONS},
        "clip_skip": tuning.clip_skip,
        "variation_seed": str(tuning.variation_seed),
        "vae": request.vae,
        "refiner": request.refiner.model if request.refiner else "",
        "switch_at": (request.refiner or Refiner("-")).switch_at,
    }
    row, schedule = samplers.split_name(request.sampler)
    is_split = request.schedule == "Automatic"
    values["sampler"] = row if is_split else request.sampler
    values["schedule"] = schedule if is_split else request.schedule
    shown = hires or Hires()
    values |= {
        "hires": hires is not None,
        "hires_scale": shown.scale,
        "upscaler": shown.upscaler,
        "hires_steps": shown.steps,
        "hires_strength": shown.strength,
    }
    begun = source or ImageToImage(NOWHERE)
    values |= {
        "image": source.image if source else "",
        "mask": source.mask if source else "",
        "fit": begun.fit.value,
        "content": begun.content.value,
        **{name: getattr(begun, name) for name in ("strength", "mask_blur", "padding")},
        **{name: getattr(begun, name) for name in ("only_masked", "is_inverted")},
    }
    return {name: values[name] for name in FIELDS}


def defaults() -> dict[str, Any]:
    """Return what stands in the controls at first."""
    values = values_of(PictureRequest(Phrase("-", "", (), "typed")))
    return {**values, "phrase": ""}


def _text(value: Any) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        return str(value)[:40]
    if len(value) > MAX_LINE:
        length = len(value)
        raise InvalidRequest("request.text.long", field="picture_prompt", length=length, limit=2000)
    return value


def _number(value: Any) -> str | int | float:
    """Return what may be a number, or the text of something that is none."""
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return str(value)[:40]
    return value
