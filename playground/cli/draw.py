"""`draw`: a prompt and every setting of a picture become one picture, or several."""

from __future__ import annotations

import argparse
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from pipelines.contract.errors import InvalidRequest
from pipelines.contract.painter import KnownModel
from pipelines.contract.phrase import Phrase
from pipelines.contract.picture_settings import (
    UPSCALERS,
    Fit,
    Hires,
    ImageToImage,
    MaskContent,
    Refiner,
    Tuning,
)
from pipelines.contract.requests import PictureRequest
from pipelines.contract.text_options import check_choice
from pipelines.contract.validate import check_range, check_text, parse_float, parse_int
from playground.cli.drawing import add_settings, add_shared, draw, settings_of
from playground.cli.terminal import Said
from playground.messages import Language
from playground.studio.jobs.queue import MAX_QUEUED_PER_OWNER
from playground.studio.pictures.inputs import MAX_BYTES
from playground.studio.prompts import PromptDesk, title_of
from playground.studio.series import nth
from playground.studio.studio import Studio

NAME = "draw"
WHOLE = ("clip_skip", "variation_seed")  # of the tuning; the others are fractions
TUNING = tuple(entry.name for entry in fields(Tuning) if entry.name != "is_exact")
NOWHERE = "0" * 64  # the sha256 of a picture that is still to be kept


def add(command: argparse.ArgumentParser, said: Said) -> None:
    """Add the flags of the command."""
    command.add_argument("prompt", help=said("cli.prompt"))
    command.add_argument("--seed", default="0", help=said("cli.seed.illustrate"))
    command.add_argument("--style", action="append", default=[], help=said("cli.style"))
    add_settings(command, said)
    for name, default in (("count", 1), ("batch_size", 1), ("vae", ""), ("refiner", "")):
        _add(command, said, name, default)
    _add(command, said, "switch_at", Refiner.__dataclass_fields__["switch_at"].default)
    for name in TUNING:
        _add(command, said, name, Tuning.__dataclass_fields__[name].default)
    command.add_argument("--exact", action="store_true", help=said("field.is_exact"))
    command.add_argument("--image", type=Path, help=said("field.image"))
    command.add_argument("--mask", type=Path, help=said("field.mask"))
    for name in ("strength", "mask_blur", "padding"):
        _add(command, said, name, ImageToImage.__dataclass_fields__[name].default)
    for name, values in (("fit", tuple(Fit)), ("content", tuple(MaskContent))):
        _add(command, said, name, values[0].value, known=tuple(one.value for one in values))
    command.add_argument("--only-masked", action="store_true", help=said("field.only_masked"))
    command.add_argument("--invert-mask", action="store_true", help=said("field.is_inverted"))
    _add(command, said, "hires_scale", 1)
    _add(command, said, "upscaler", UPSCALERS[0], known=UPSCALERS)
    _add(command, said, "hires_steps", 0)
    command.add_argument("--hires-strength", default="0.6", help=said("field.strength"))
    add_shared(command, said)


def _add(
    command: argparse.ArgumentParser,
    said: Said,
    name: str,
    default: object,
    known: tuple[str, ...] = (),
) -> None:
    meaning = said(f"field.{name}")
    if default != "":
        meaning += f"; {said('cli.setting', value=str(default))}"
    if known:
        meaning += f" ({', '.join(known)})"
    flag = f"--{name.replace('_', '-')}"
    command.add_argument(flag, dest=name, default=str(default), help=meaning)


def run(options: argparse.Namespace, language: Language) -> int:
    """Draw one picture or several; see drawing.py."""
    prompt = check_text(options.prompt, "picture_prompt")
    count = parse_int(options.count, "count")
    check_range(count, "count", 1, MAX_QUEUED_PER_OWNER)
    image = _read(options.image, "image") if options.image else b""
    mask = _read(options.mask, "mask") if options.mask else b""
    desk = PromptDesk(options.data_dir)

    def requests_in(studio: Studio) -> list[PictureRequest]:
        known = studio.painter.known(options.model)
        request = _picture_request(options, prompt, known).settled()
        if request.source is not None:
            kept = studio.inputs.keep(image)
            masked = studio.inputs.keep(mask) if mask else ""
            request = replace(request, source=replace(request.source, image=kept, mask=masked))
        painter, numbers = studio.painter, range(count)
        return [desk.ready(nth(request, number), painter, options.style) for number in numbers]

    return draw(options, language, requests_in)


def _picture_request(
    options: argparse.Namespace, prompt: str, model: KnownModel | None
) -> PictureRequest:
    return PictureRequest(
        phrase=Phrase(title_of(prompt), "", (), "typed"),
        prompt=prompt,
        **settings_of(options, model),
        batch_size=parse_int(options.batch_size, "batch_size"),
        vae=options.vae,
        refiner=_refiner(options),
        tuning=_tuning(options),
        source=_source(options) if options.image else None,
        hires=_hires(options),
    )


def _refiner(options: argparse.Namespace) -> Refiner | None:
    switch_at = parse_float(options.switch_at, "switch_at")
    return Refiner(options.refiner, switch_at) if options.refiner else None


def _tuning(options: argparse.Namespace) -> Tuning:
    values: dict[str, Any] = {name: getattr(options, name) for name in TUNING}
    for name, value in values.items():
        values[name] = (parse_int if name in WHOLE else parse_float)(value, name)
    return Tuning(is_exact=options.exact, **values)


def _source(options: argparse.Namespace) -> ImageToImage:
    return ImageToImage(
        image=NOWHERE,
        mask=NOWHERE if options.mask else "",
        strength=parse_float(options.strength, "strength"),
        fit=check_choice(options.fit, "fit", Fit),
        mask_blur=parse_int(options.mask_blur, "mask_blur"),
        content=check_choice(options.content, "content", MaskContent),
        only_masked=options.only_masked,
        padding=parse_int(options.padding, "padding"),
        is_inverted=options.invert_mask,
    )


def _hires(options: argparse.Namespace) -> Hires | None:
    scale = parse_float(options.hires_scale, "hires_scale")
    if scale == 1:
        return None
    return Hires(
        scale=scale,
        upscaler=options.upscaler,
        steps=parse_int(options.hires_steps, "hires_steps"),
        strength=parse_float(options.hires_strength, "strength"),
    )


def _read(path: Path, field: str) -> bytes:
    """Return a picture file's bytes; what it shows is looked at when it is kept."""
    try:
        if path.stat().st_size > MAX_BYTES:
            size = f"{path.stat().st_size / 1e6:.0f} MB"
            raise InvalidRequest("input.bytes", size=size, limit=f"{MAX_BYTES / 1e6:.0f} MB")
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise InvalidRequest("cli.input", field=field, path=str(path), reason=reason) from error
