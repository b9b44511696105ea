"""`illustrate`: one phrase becomes one picture, over the same studio as the page."""

from __future__ import annotations

import argparse

from pipelines.requests import PictureRequest, check_text
from pipelines.text.typed import typed
from playground.cli.drawing import add_settings, add_shared, draw, settings_of
from playground.cli.terminal import Said
from playground.messages import Language

NAME = "illustrate"


def add(command: argparse.ArgumentParser, said: Said) -> None:
    """Add the flags of the command."""
    command.add_argument("text", help=said("cli.text"))
    command.add_argument("--seed", default="0", help=said("cli.seed.illustrate"))
    add_settings(command, said)
    add_shared(command, said)


def run(options: argparse.Namespace, language: Language) -> int:
    """Draw, show the progress, print where the picture lies; return the exit code."""
    phrase = typed(check_text(options.text, "phrase"))
    request = PictureRequest(phrase=phrase, **settings_of(options))
    return draw(options, language, lambda studio: request)
