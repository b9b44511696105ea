"""The language model that a command names: one of the shelf, or a text file to learn from.

Knows flags. Loads nothing before the first use.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from models.errors import PlaygroundError
from models.library import Library
from pipelines.text.corpus.corpus import read_text
from pipelines.text.language.model import LanguageModel
from pipelines.text.markov import engine as markov
from pipelines.text.markov.language_model import MarkovLanguage
from playground.cli.terminal import OWNER, HelpText, add_places, why
from playground.studio.language.shelf import DEFAULT, LanguageShelf

TEXT_FILE = ".txt"


def add_language(command: argparse.ArgumentParser, help_text: HelpText, temperature: float) -> None:
    """Add the flags that say which model speaks, and how warm its dice are."""
    command.add_argument(
        "--model", default=DEFAULT, help=help_text("cli.language", default=DEFAULT)
    )
    command.add_argument(
        "--temperature", default=str(temperature), help=help_text("cli.temperature")
    )
    command.add_argument("--seed", default="-1", help=help_text("cli.seed.say"))
    add_places(command, help_text)
    command.add_argument("--use-cpu", action="store_true", help=help_text("cli.cpu"))


def open_language(options: argparse.Namespace) -> LanguageModel:
    """Return the model that the flags name."""
    path = Path(options.model)
    if path.suffix.lower() == TEXT_FILE:
        return MarkovLanguage(markov.train(read_file(path)), path.stem)
    library = Library.open(options.data_dir, options.models_dir)
    return LanguageShelf(library, use_cpu=options.use_cpu).get(options.model, OWNER)


def read_file(path: Path) -> str:
    """Return the text of a file that a person named."""
    try:
        return read_text(path.read_bytes())
    except (OSError, ValueError) as error:  # a name with a null byte is a ValueError
        raise PlaygroundError("cli.language.file", path=str(path), reason=why(error)) from error
