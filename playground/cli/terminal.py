"""What every command shares: the parser whose mistakes are sentences, and notes beside the result.

Knows no command. Results go to standard output, everything else to standard error.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Protocol

from models.errors import Value
from pipelines.contract.errors import InvalidRequest
from playground.arguments import SentenceParser
from playground.messages import Language

OWNER = "command line"
DEFAULT_DATA_DIR = Path("data")


class HelpText(Protocol):
    """Looks up a row of the message table in the person's language, escaped for argparse's help."""

    def __call__(self, key: str, **values: Value) -> str: ...


class Command(Protocol):
    """A module of this folder that is a command."""

    NAME: str

    def add(self, command: argparse.ArgumentParser, help_text: HelpText) -> None:
        """Add its flags."""

    def run(self, options: argparse.Namespace, language: Language) -> int:
        """Do it; return the exit code."""


class Parser(SentenceParser):
    """The parser of one command, or of them all."""

    def refusal(self, message: str) -> InvalidRequest:
        return InvalidRequest("cli.usage", reason=message)


def add_places(command: argparse.ArgumentParser, help_text: HelpText) -> None:
    """Add the flags that say where data and models lie."""
    command.add_argument(
        "--data-dir", type=Path, default=DEFAULT_DATA_DIR, help=help_text("cli.data_dir")
    )
    command.add_argument(
        "--models-dir", type=Path, action="append", default=[], help=help_text("cli.models_dir")
    )


def note(line: str) -> None:
    """Write a line beside the result."""
    print(line, file=sys.stderr)
