"""What somebody wants drawn, as it came from a form, a command line or a client: unchecked.

Every face fills in this one record by name; `parse_picture` is the one place that turns it into a
checked request. What is left out (None) is as usual, or as it suits the chosen model. Knows no
widgets, no queue and no files.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Self

from pipelines.contract.errors import InvalidRequest
from pipelines.contract.painter import KnownModel
from pipelines.contract.phrase import Phrase
from pipelines.contract.picture_settings import (
    Fit,
    Hires,
    ImageToImage,
    MaskContent,
    Refiner,
    Tuning,
)
from pipelines.contract.prompt_language import PromptLanguage
from pipelines.contract.requests import DEFAULT_MODEL, PictureRequest
from pipelines.contract.text_options import check_choice
from pipelines.contract.validate import check_text
from pipelines.image.families import Suited, suited_to
from pipelines.image.sampling import table as samplers
from pipelines.image.sampling.schedules import AUTOMATIC
from playground.studio.prompts import title_of
from playground.studio.titles import is_about
from playground.studio.values import fraction, paste, seed, whole

Typed = str | int | float | bool | None  # a value as somebody typed it; None for nothing given
WHOLE = ("clip_skip", "variation_seed")  # of the tuning
FRACTIONS = tuple(
    entry.name for entry in dataclasses.fields(Tuning) if entry.name not in (*WHOLE, "is_exact")
)
MAX_NAME = 1_000  # characters of a name of a file
MAX_CHOICE = 80  # characters of a name on a closed list
MOST_STYLES = 20


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that has just come: its token among the uploads of whoever asks."""

    token: str


StartPicture = str | bytes | Upload  # the sha256 of a kept picture, a file's bytes, or an upload


@dataclass(frozen=True, slots=True)
class WantedPicture:
    """One picture or several, by the names that the settings have everywhere.

    Attributes:
        phrase: to illustrate: text as it was typed, or a phrase that is known already.
        prompt: what the model is to read instead of what the bridge makes of the phrase; None
            where a face has no such field.
        styles: names of styles to put around the prompt.
        count: how many pictures, one seed after the other.
        image, mask: "" for none.
        hires: whether there is a second, larger pass.
    """

    phrase: Typed | Phrase = ""
    prompt: Typed = None
    negative_prompt: Typed = None
    styles: tuple[str, ...] = ()
    model: Typed = None
    width: Typed = None
    height: Typed = None
    steps: Typed = None
    guidance: Typed = None
    sampler: Typed = None
    schedule: Typed = None
    seed: Typed = None
    count: Typed = None
    batch_size: Typed = None
    vae: Typed = None
    refiner: Typed = None
    switch_at: Typed = None
    eta: Typed = None
    churn: Typed = None
    churn_least: Typed = None
    churn_most: Typed = None
    noise_scale: Typed = None
    sigma_least: Typed = None
    sigma_most: Typed = None
    rho: Typed = None
    clip_skip: Typed = None
    rescale: Typed = None
    guidance_start: Typed = None
    guidance_end: Typed = None
    variation_seed: Typed = None
    variation_strength: Typed = None
    token_merging: Typed = None
    is_exact: Typed = None
    hires: Typed = None
    hires_scale: Typed = None
    upscaler: Typed = None
    hires_steps: Typed = None
    hires_strength: Typed = None
    image: StartPicture = ""
    mask: StartPicture = ""
    fit: Typed = None
    strength: Typed = None
    mask_blur: Typed = None
    content: Typed = None
    only_masked: Typed = None
    padding: Typed = None
    is_inverted: Typed = None

    @classmethod
    def from_values(cls, values: Mapping[str, Any]) -> Self:
        """Build the record of plain data by field name.

        Raises:
            InvalidRequest: there is no such field.
        """
        known = {entry.name for entry in dataclasses.fields(cls)}
        for name in values:
            if name not in known:
                raise InvalidRequest(
                    "request.choice",
                    field="field",
                    value=str(name)[:40],
                    known=", ".join(sorted(known)),
                )
        given = {name: value for name, value in values.items() if value is not None}
        if "styles" in given:
            given["styles"] = _names(given["styles"])
        return cls(**given)


@dataclass(frozen=True, slots=True)
class ParsedPicture:
    """A checked request, and what takes the studio to finish it.

    Attributes:
        request: of the first picture; it has no start picture yet.
        start: the settings of image to image, checked, for when the picture is kept; None
            without one.
        count: checked by whoever knows how many may be queued.
    """

    request: PictureRequest
    styles: tuple[str, ...]
    count: int
    start: Mapping[str, Any] | None


def usual(kind: type[Any], name: str) -> Any:
    """Return the default of a dataclass's field.

    >>> usual(PictureRequest, "sampler"), usual(ImageToImage, "strength")
    ('DDIM', 0.6)
    """
    return next(entry.default for entry in dataclasses.fields(kind) if entry.name == name)


def parse_picture(
    wanted: WantedPicture,
    known: Callable[[str], KnownModel | None],
    read_phrase: Callable[[str], Phrase],
) -> ParsedPicture:
    """Check a wanted picture; raise InvalidRequest naming the field that is wrong.

    Args:
        known: what is known of the model that a name means.
        read_phrase: finds the words of a typed sentence; raises InvalidRequest for an empty one.
    """
    prompt = check_text(paste(wanted.prompt, "picture_prompt"), "picture_prompt", may_be_empty=True)
    model = _name(wanted.model, "model") or DEFAULT_MODEL
    told = known(model)
    phrase = _phrase(
        wanted, prompt, PromptLanguage.ENGLISH if told is None else told.reads, read_phrase
    )
    suited = suited_to(told)
    start = _start(wanted) if wanted.image else None
    request = PictureRequest(
        phrase=phrase,
        prompt=prompt,
        negative_prompt=paste(wanted.negative_prompt, "negative_prompt"),
        model=model,
        **_sampling(wanted, suited),
        vae=_name(wanted.vae, "vae"),
        refiner=_refiner(wanted),
        batch_size=_whole(wanted.batch_size, "batch_size", usual(PictureRequest, "batch_size")),
        tuning=_tuning(wanted, suited),
        hires=_hires(wanted) if wanted.hires is True else None,
    )
    count = _whole(wanted.count, "count", 1)
    return ParsedPicture(request, _names(wanted.styles), count, start)


def _phrase(
    wanted: WantedPicture,
    prompt: str,
    reads: PromptLanguage,
    read_phrase: Callable[[str], Phrase],
) -> Phrase:
    """Return what the picture is called; its prompt, where that says something else or all."""
    if isinstance(wanted.phrase, Phrase):
        return wanted.phrase
    written = paste(wanted.phrase)
    if not written.strip() and not prompt:
        field = "phrase" if wanted.prompt is None else "picture_prompt"
        raise InvalidRequest("request.text.empty", field=field)
    if not prompt:
        return read_phrase(written)
    phrase = Phrase(written, "", (), "typed") if written.strip() else None
    if phrase is not None and is_about(prompt, read_phrase(check_text(written, "phrase")), reads):
        return phrase
    return Phrase(title_of(prompt), "", (), "typed")


def _sampling(wanted: WantedPicture, suited: Suited) -> dict[str, Any]:
    sampler = suited.sampler
    if wanted.sampler is not None:
        sampler = paste(wanted.sampler, "sampler")[:MAX_CHOICE]
    schedule = paste(wanted.schedule, "schedule")[:MAX_CHOICE]
    if wanted.schedule is None:  # another sampler's would not suit
        schedule = suited.schedule if wanted.sampler is None else AUTOMATIC
    samplers.resolve(sampler, schedule)
    return {
        "sampler": sampler,
        "schedule": schedule,
        "steps": _whole(wanted.steps, "steps", suited.steps),
        "guidance": _fraction(wanted.guidance, "guidance", suited.guidance),
        "width": _whole(wanted.width, "width", suited.width),
        "height": _whole(wanted.height, "height", suited.height),
        "seed": seed(wanted.seed),
    }


def _refiner(wanted: WantedPicture) -> Refiner | None:
    model = _name(wanted.refiner, "refiner")
    switch_at = _fraction(wanted.switch_at, "switch_at", usual(Refiner, "switch_at"))
    return Refiner(model, switch_at) if model else None


def _tuning(wanted: WantedPicture, suited: Suited) -> Tuning:
    values: dict[str, Any] = {
        name: _fraction(getattr(wanted, name), name, usual(Tuning, name)) for name in FRACTIONS
    }
    return Tuning(
        **values,
        clip_skip=_whole(wanted.clip_skip, "clip_skip", suited.clip_skip),
        variation_seed=_whole(wanted.variation_seed, "variation_seed", 0),
        is_exact=wanted.is_exact is True,
    )


def _hires(wanted: WantedPicture) -> Hires:
    upscaler = usual(Hires, "upscaler")
    if wanted.upscaler is not None:
        upscaler = _name(wanted.upscaler, "upscaler")
    return Hires(
        scale=_fraction(wanted.hires_scale, "hires_scale", usual(Hires, "scale")),
        upscaler=upscaler,
        steps=_whole(wanted.hires_steps, "hires_steps", usual(Hires, "steps")),
        strength=_fraction(wanted.hires_strength, "strength", usual(Hires, "strength")),
    )


def _start(wanted: WantedPicture) -> dict[str, Any]:
    """Return the checked settings of image to image, all but the pictures."""
    kind = ImageToImage
    values = {
        "strength": _fraction(wanted.strength, "strength", usual(kind, "strength")),
        "fit": _choice(wanted.fit, "fit", Fit, usual(kind, "fit")),
        "mask_blur": _whole(wanted.mask_blur, "mask_blur", usual(kind, "mask_blur")),
        "content": _choice(wanted.content, "content", MaskContent, usual(kind, "content")),
        "only_masked": wanted.only_masked is True,
        "padding": _whole(wanted.padding, "padding", usual(kind, "padding")),
        "is_inverted": wanted.is_inverted is True,
    }
    ImageToImage.check_values(values)  # before a picture is decoded for it
    return values


def _name(value: Typed, field: str) -> str:
    """Return the name of a file; "" for none."""
    return paste(value, field).strip()[:MAX_NAME]


def _names(styles: object) -> tuple[str, ...]:
    """Return the names of a list; what is none names nothing."""
    listed = styles if isinstance(styles, list | tuple) else ()
    return tuple(str(name) for name in listed)[:MOST_STYLES]


def _choice(value: Typed, field: str, kind: type[Any], default: Any) -> Any:
    return default if value is None else check_choice(paste(value)[:40], field, kind)


def _whole(value: Typed, field: str, default: int) -> int:
    return default if value is None else whole(value, field)


def _fraction(value: Typed, field: str, default: float) -> float:
    return default if value is None else fraction(value, field)
