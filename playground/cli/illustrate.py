"""`illustrate`: one phrase becomes one picture, over the same studio as the page."""

from __future__ import annotations

import argparse

from playground.cli.drawing import add_settings, add_shared, draw, settings_of
from playground.cli.terminal import OWNER, HelpText
from playground.messages import Language
from playground.studio.jobs.store import Job
from playground.studio.studio import Studio
from playground.studio.wanted import WantedPicture

NAME = "illustrate"


def add(command: argparse.ArgumentParser, help_text: HelpText) -> None:
    """Add the flags of the command."""
    command.add_argument("text", help=help_text("cli.text"))
    command.add_argument("--seed", default="0", help=help_text("cli.seed.illustrate"))
    add_settings(command, help_text)
    add_shared(command, help_text)


def run(options: argparse.Namespace, language: Language) -> int:
    """Draw one picture; see drawing.py."""
    wanted = WantedPicture.from_values({**settings_of(options), "phrase": options.text})

    def submit(studio: Studio) -> tuple[Job, ...]:
        return studio.orders.order(wanted, OWNER)

    return draw(options, language, submit)
