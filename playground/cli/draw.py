"""`draw`: a prompt and every setting of a picture become one picture, or several."""

from __future__ import annotations

import argparse
from dataclasses import fields
from pathlib import Path

from pipelines.contract.errors import InvalidRequest
from pipelines.contract.picture_settings import (
    UPSCALERS,
    Fit,
    ImageToImage,
    MaskContent,
    Refiner,
    Tuning,
)
from pipelines.contract.validate import parse_float
from playground.cli.drawing import add_settings, add_shared, draw, settings_of
from playground.cli.terminal import OWNER, HelpText, why
from playground.messages import Language
from playground.studio.jobs.store import Job
from playground.studio.pictures.inputs import MAX_BYTES
from playground.studio.studio import Studio
from playground.studio.wanted import WantedPicture

NAME = "draw"
TUNING = tuple(entry.name for entry in fields(Tuning) if entry.name != "is_exact")
STARTS = ("fit", "strength", "mask_blur", "content", "only_masked", "padding")
HIRES = ("hires_scale", "upscaler", "hires_steps", "hires_strength")


def add(command: argparse.ArgumentParser, help_text: HelpText) -> None:
    """Add the flags of the command."""
    command.add_argument("prompt", help=help_text("cli.prompt"))
    command.add_argument("--seed", default="0", help=help_text("cli.seed.illustrate"))
    command.add_argument("--style", action="append", default=[], help=help_text("cli.style"))
    add_settings(command, help_text)
    for name, default in (("count", 1), ("batch_size", 1), ("vae", ""), ("refiner", "")):
        _add(command, help_text, name, default)
    _add(command, help_text, "switch_at", Refiner.__dataclass_fields__["switch_at"].default)
    for name in TUNING:
        _add(command, help_text, name, Tuning.__dataclass_fields__[name].default)
    command.add_argument("--exact", action="store_true", help=help_text("field.is_exact"))
    command.add_argument("--image", type=Path, help=help_text("field.image"))
    command.add_argument("--mask", type=Path, help=help_text("field.mask"))
    for name in ("strength", "mask_blur", "padding"):
        _add(command, help_text, name, ImageToImage.__dataclass_fields__[name].default)
    for name, values in (("fit", tuple(Fit)), ("content", tuple(MaskContent))):
        _add(command, help_text, name, values[0].value, known=tuple(one.value for one in values))
    command.add_argument("--only-masked", action="store_true", help=help_text("field.only_masked"))
    command.add_argument("--invert-mask", action="store_true", help=help_text("field.is_inverted"))
    _add(command, help_text, "hires_scale", 1)
    _add(command, help_text, "upscaler", UPSCALERS[0], known=UPSCALERS)
    _add(command, help_text, "hires_steps", 0)
    command.add_argument("--hires-strength", default="0.6", help=help_text("field.strength"))
    add_shared(command, help_text)


def _add(
    command: argparse.ArgumentParser,
    help_text: HelpText,
    name: str,
    default: object,
    known: tuple[str, ...] = (),
) -> None:
    meaning = help_text(f"field.{name}")
    if default != "":
        meaning += f"; {help_text('cli.setting', value=str(default))}"
    if known:
        meaning += f" ({', '.join(known)})"
    flag = f"--{name.replace('_', '-')}"
    command.add_argument(flag, dest=name, default=str(default), help=meaning)


def run(options: argparse.Namespace, language: Language) -> int:
    """Draw one picture or several; see drawing.py."""
    wanted = wanted_of(options)

    def submit(studio: Studio) -> tuple[Job, ...]:
        return studio.orders.order(wanted, OWNER)

    return draw(options, language, submit)


def wanted_of(options: argparse.Namespace) -> WantedPicture:
    """Return what the flags ask for; a file that cannot be read fails first."""
    names = (*TUNING, *("count", "batch_size", "vae", "refiner", "switch_at"), *STARTS)
    return WantedPicture.from_values(
        {
            **settings_of(options),
            **{name: getattr(options, name) for name in (*names, *HIRES)},
            "prompt": options.prompt,
            "styles": options.style,
            "is_exact": options.exact,
            "is_inverted": options.invert_mask,
            "hires": parse_float(options.hires_scale, "hires_scale") != 1,
            "image": _read(options.image, "image") if options.image else "",
            "mask": _read(options.mask, "mask") if options.mask else "",
        }
    )


def _read(path: Path, field: str) -> bytes:
    """Return a picture file's bytes; what it shows is looked at when it is kept."""
    try:
        if path.stat().st_size > MAX_BYTES:
            size = f"{path.stat().st_size / 1e6:.0f} MB"
            raise InvalidRequest("input.bytes", size=size, limit=f"{MAX_BYTES / 1e6:.0f} MB")
        return path.read_bytes()
    except OSError as error:
        raise InvalidRequest("cli.input", field=field, path=str(path), reason=why(error)) from error
