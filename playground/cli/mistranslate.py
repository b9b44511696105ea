"""`mistranslate`: one phrase, read three ways with one seed: raw, literal and fluent."""

from __future__ import annotations

import argparse
from pathlib import Path

from models.disk import make_folder
from models.library import Library
from pipelines.bridge import ReadingKind
from pipelines.contract.requests import PictureRequest
from pipelines.contract.validate import check_text
from pipelines.text.reading.typed import typed
from playground.cli.drawing import add_settings, draw, settings_of
from playground.cli.machine import add_machine
from playground.cli.terminal import Said, add_places
from playground.messages import Language, text
from playground.studio.language.translators import TranslatorShelf
from playground.studio.misreading import misread
from playground.studio.studio import Studio

NAME = "mistranslate"
FILE = "mistranslation.png"


def add(command: argparse.ArgumentParser, said: Said) -> None:
    """Add the flags of the command."""
    command.add_argument("text", help=said("cli.text"))
    command.add_argument("--seed", default="0", help=said("cli.seed.illustrate"))
    add_settings(command, said)
    add_places(command, said)
    add_machine(command, said)
    command.add_argument(
        "-o", "--output", type=Path, metavar="DIR", help=said("cli.mistranslate.output")
    )


def run(options: argparse.Namespace, language: Language) -> int:
    """Draw the three pictures, print the three prompts; return the exit code."""
    phrase = typed(check_text(options.text, "phrase"))
    if options.output is not None:
        make_folder(options.output)
        options.output = options.output / FILE

    def requests_in(studio: Studio) -> tuple[PictureRequest, ...]:
        model = studio.painter.known(options.model)
        translators = TranslatorShelf(Library.open(options.data_dir, options.models_dir))
        plain = PictureRequest(phrase=phrase, **settings_of(options, model)).settled()
        found = misread(phrase, plain, model, translators.get())
        for one in found:
            print(f"{_name(one.reading.kind, language)}\t{one.reading.prompt}", flush=True)
        return tuple(one.request for one in found)

    return draw(options, language, requests_in)


def _name(kind: ReadingKind, language: Language) -> str:
    return text(f"mistranslate.{kind.value}", language)
