"""The command line face: one file per command, over the same studio as the page.

A command is a module with NAME, add(parser, help_text) and run(options, language) -> exit code;
its help is the row "cli.<NAME>". Exit codes: 0 done, 2 an error, with the same sentence as in the
page, 130 stopped by Ctrl+C, 141 when whoever read the result has gone.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

from models.errors import PlaygroundError, Value
from playground import stopping
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
    pictures,
    say,
    train,
)
from playground.cli.terminal import Command, Parser, note
from playground.launch import console
from playground.launch.environment import prepare_environment
from playground.messages import Language, explain, table, text
from playground.version import VERSION

PROGRAM = "python -m playground"
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
    pictures,
)
COMMANDS = {command.NAME: command for command in ALL}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return the exit code."""
    console.make_safe()
    prepare_environment()
    language = console.language()
    stopping.prepare(text("cli.stopped", language))
    try:
        code = _run(arguments, language)
        sys.stdout.flush()
    except BrokenPipeError:
        return stopping.end_without_reader()
    return code


def _run(arguments: Sequence[str] | None, language: Language) -> int:
    try:
        try:
            options = _parser(language).parse_args(arguments)
        except SystemExit:  # --help and --version
            sys.stdout.flush()
            raise
        return COMMANDS[options.command].run(options, language)
    except PlaygroundError as error:
        note(explain(error, language))
        return 2
    except KeyboardInterrupt:
        note(text("cli.stopped", language))
        stopping.told()
        return stopping.STOPPED


def _parser(language: Language) -> Parser:
    def help_text(key: str, **values: Value) -> str:
        return text(key, language, **values).replace("%", "%%")

    def words(name: str) -> dict[str, Any]:
        found: dict[str, Any] = {"language": language, "description": help_text(f"cli.{name}")}
        example = f"cli.example.{name}"
        if example in table():  # without one a command works all the same
            found["epilog"] = f"{text('cli.examples', language)}\n{help_text(example)}"
        return found

    parser = Parser(prog=PROGRAM, **words("about"))
    parser.add_argument(
        "--version", action="version", version=VERSION, help=help_text("cli.version")
    )
    commands = parser.add_subparsers(
        dest="command",
        required=True,
        title=text("cli.commands", language),
        metavar=text("cli.command", language),
    )
    for name, command in COMMANDS.items():
        known = commands.add_parser(name, help=help_text(f"cli.{name}"), **words(name))
        command.add(known, help_text)
    return parser
