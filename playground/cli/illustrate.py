"""`illustrate`: one phrase becomes one picture, over the same studio as the page."""

from __future__ import annotations

import argparse

from pipelines.image.sampling.table import resolve
from pipelines.requests import PictureRequest, check_text, parse_float, parse_int
from pipelines.text.typed import typed
from playground.cli.drawing import add_settings, add_shared, draw
from playground.cli.terminal import Said
from playground.messages import Language

NAME = "illustrate"
SETTINGS = (
    *("steps", "guidance", "width", "height"),
    *("sampler", "schedule", "model", "negative_prompt"),
)


def add(command: argparse.ArgumentParser, said: Said) -> None:
    """Add the flags of the command."""
    command.add_argument("text", help=said("cli.text"))
    command.add_argument("--seed", default="0", help=said("cli.seed.illustrate"))
    add_settings(command, said, SETTINGS)
    add_shared(command, said)


def run(options: argparse.Namespace, language: Language) -> int:
    """Draw, show the progress, print where the picture lies; return the exit code."""
    request = _picture_request(options)
    return draw(options, language, lambda studio: request)


def _picture_request(options: argparse.Namespace) -> PictureRequest:
    resolve(options.sampler, options.schedule)
    return PictureRequest(
        phrase=typed(check_text(options.text, "phrase")),
        negative_prompt=options.negative_prompt,
        model=options.model,
        width=parse_int(options.width, "width"),
        height=parse_int(options.height, "height"),
        steps=parse_int(options.steps, "steps"),
        guidance=parse_float(options.guidance, "guidance"),
        sampler=options.sampler,
        schedule=options.schedule,
        seed=parse_int(options.seed, "seed"),
    )
