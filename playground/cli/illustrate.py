"""`illustrate`: one phrase becomes one picture, over the same studio as the page."""

from __future__ import annotations

import argparse

from pipelines.contract.requests import PictureRequest
from pipelines.contract.validate import check_text
from pipelines.text.reading.typed import typed
from playground.cli.drawing import add_settings, add_shared, draw, settings_of
from playground.cli.terminal import Said
from playground.messages import Language
from playground.studio.studio import Studio

NAME = "illustrate"


def add(command: argparse.ArgumentParser, said: Said) -> None:
    """Add the flags of the command."""
    command.add_argument("text", help=said("cli.text"))
    command.add_argument("--seed", default="0", help=said("cli.seed.illustrate"))
    add_settings(command, said)
    add_shared(command, said)


def run(options: argparse.Namespace, language: Language) -> int:
    """Draw one picture; see drawing.py."""
    phrase = typed(check_text(options.text, "phrase"))

    def requests_in(studio: Studio) -> tuple[PictureRequest]:
        settings = settings_of(options, studio.painter.known(options.model))
        return (PictureRequest(phrase=phrase, **settings),)

    return draw(options, language, requests_in)
