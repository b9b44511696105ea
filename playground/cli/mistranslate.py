"""`mistranslate`: one phrase, read three ways with one seed: raw, literal and fluent."""

from __future__ import annotations

import argparse
from pathlib import Path

from models.disk import make_folder
from models.library import Library
from pipelines.bridge import ReadingKind
from playground.cli.drawing import add_settings, draw, settings_of
from playground.cli.machine import add_machine
from playground.cli.terminal import OWNER, HelpText, add_places
from playground.messages import Language, text
from playground.studio.jobs.store import Job
from playground.studio.language.translators import TranslatorShelf
from playground.studio.studio import Studio
from playground.studio.wanted import WantedPicture

NAME = "mistranslate"


def add(command: argparse.ArgumentParser, help_text: HelpText) -> None:
    """Add the flags of the command."""
    command.add_argument("text", help=help_text("cli.text"))
    command.add_argument("--seed", default="0", help=help_text("cli.seed.illustrate"))
    add_settings(command, help_text)
    command.add_argument("--json", action="store_true", help=help_text("cli.json"))
    add_places(command, help_text)
    add_machine(command, help_text)
    command.add_argument(
        "-o", "--output", type=Path, metavar="DIR", help=help_text("cli.mistranslate.output")
    )


def run(options: argparse.Namespace, language: Language) -> int:
    """Draw the three pictures, print the three prompts; return the exit code."""
    wanted = WantedPicture.from_values({**settings_of(options), "phrase": options.text})
    if options.output is not None:
        make_folder(options.output)

    def submit(studio: Studio) -> tuple[Job, ...]:
        translators = TranslatorShelf(Library.open(options.data_dir, options.models_dir))
        found = studio.orders.misread(wanted, translators.get())
        for one in found if not options.json else ():
            print(f"{_name(one.reading.kind, language)}\t{one.reading.prompt}", flush=True)
        return studio.orders.submit(found, OWNER)

    # as JSON the kinds have one name in every language
    names = [kind.value if options.json else _name(kind, language) for kind in ReadingKind]
    return draw(options, language, submit, tuple(names))


def _name(kind: ReadingKind, language: Language) -> str:
    return text(f"mistranslate.{kind.value}", language)
