"""The command line face: one file per command, over the same studio as the page.

A command is a module with NAME, add(parser, help_text) and run(options, language) -> exit code;
its help is the row "cli.<NAME>". Exit codes: 0 done, 2 an error, with the same sentence as in the
page, 130 stopped by Ctrl+C.
"""

from __future__ import annotations

from collections.abc import Sequence

from models.errors import PlaygroundError, Value
from playground.cli import (
    chat,
    check,
    draw,
    illustrate,
    index,
    mistranslate,
    next,
    novel,
    owner,
    say,
    train,
)
from playground.cli.terminal import Command, Parser, note
from playground.launch import console
from playground.launch.environment import prepare_environment
from playground.messages import Language, explain, text

ALL: tuple[Command, ...] = (
    say,
    illustrate,
    draw,
    mistranslate,
    index,
    check,
    chat,
    train,
    next,
    novel,
    owner,
)
COMMANDS = {command.NAME: command for command in ALL}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return the exit code."""
    console.make_safe()
    prepare_environment()
    language = console.language()
    try:
        options = _parser(language).parse_args(arguments)
        return COMMANDS[options.command].run(options, language)
    except PlaygroundError as error:
        note(explain(error, language))
        return 2
    except KeyboardInterrupt:
        note(text("cli.stopped", language))
        return 130


def _parser(language: Language) -> Parser:
    def help_text(key: str, **values: Value) -> str:
        return text(key, language, **values).replace("%", "%%")

    parser = Parser(prog="python -m playground", description=help_text("cli.about"))
    commands = parser.add_subparsers(dest="command", required=True, parser_class=Parser)
    for name, command in COMMANDS.items():
        command.add(commands.add_parser(name, help=help_text(f"cli.{name}")), help_text)
    return parser
