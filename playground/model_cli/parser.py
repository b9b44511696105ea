"""The words that `python -m models` understands, and its help in the person's language."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from models.errors import PlaygroundError
from playground.arguments import SentenceParser
from playground.messages import Language, text
from playground.version import VERSION

PROGRAM = "python -m models"
DATA_DIR = Path("data")
USAGE = "usage: "  # argparse's own word


class NotUnderstood(PlaygroundError):
    """The words on the command line make no sense."""


class ModelParser(SentenceParser):
    """A parser whose mistakes are sentences and whose help has no word of argparse in it."""

    def __init__(self, *, language: Language, **settings: Any) -> None:
        super().__init__(
            add_help=False, formatter_class=argparse.RawDescriptionHelpFormatter, **settings
        )
        self._language = language
        self.options = self.add_argument_group(self._say("options"))
        self.options.add_argument("-h", "--help", action="help", help=self._say("help"))

    def refusal(self, message: str) -> NotUnderstood:
        return NotUnderstood("models.cli.usage", reason=message)

    def format_help(self) -> str:
        """Return the help with the first word in the person's language."""
        helped = super().format_help()
        return helped.replace(USAGE, f"{self._say('usage_word')}: ", 1)

    def _say(self, key: str) -> str:
        return text(f"models.cli.{key}", self._language).replace("%", "%%")


def model_parser(language: Language) -> ModelParser:
    """Return the parser of all commands."""

    def say(key: str) -> str:
        return text(f"models.cli.{key}", language).replace("%", "%%")

    parser = ModelParser(prog=PROGRAM, description=say("about"), language=language)
    parser.options.add_argument(
        "--version", action="version", version=f"{PROGRAM} {VERSION}", help=say("version")
    )
    commands = parser.add_subparsers(
        dest="command", required=True, title=say("commands"), metavar=say("command"),
        parser_class=ModelParser,
    )  # fmt: skip
    for name in ("scan", "verify", "show", "pin", "get", "convert"):
        command = commands.add_parser(
            name, help=say(name), description=say(name), language=language
        )
        _add_given(command, name, say)
        command.options.add_argument("--json", action="store_true", help=say("json"))
        command.options.add_argument(
            "--data-dir", type=Path, default=DATA_DIR, metavar="DIR", help=say("data_dir")
        )
        command.options.add_argument(
            "--models-dir", type=Path, action="append", default=[], metavar="DIR",
            help=say("models_dir"),
        )  # fmt: skip
    return parser


def _add_given(command: ModelParser, name: str, say: Any) -> None:
    """Add what is given without a flag."""
    if name == "scan":
        return
    given = command.add_argument_group(say("given"))
    if name == "verify":
        given.add_argument("name", nargs="*", help=say("names"))
    elif name == "convert":
        given.add_argument("file", type=Path, help=say("file"))
        given.add_argument("to", type=Path, nargs="?", help=say("to"))
    else:
        given.add_argument("name", help=say("address" if name == "get" else "name"))
