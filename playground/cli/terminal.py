"""What every command shares: the parser whose mistakes are sentences, and notes beside the result.

Knows no command. Results go to standard output, everything else to standard error.
"""

from __future__ import annotations

import argparse
import errno
import io
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol, TextIO

from models.errors import Value
from pipelines.contract.errors import InvalidRequest
from playground.arguments import SentenceParser
from playground.launch import console
from playground.messages import Language, table, text

OWNER = "command line"
HEADINGS = (  # argparse's own words
    (re.compile(r"\Ausage:"), "cli.help.usage"),
    (re.compile(r"^positional arguments:", re.MULTILINE), "cli.help.arguments"),
    (re.compile(r"^options:", re.MULTILINE), "cli.help.options"),
)
MISTAKES = (  # the sentences of argparse that a person may meet
    (re.compile(r"arguments are required: (?P<names>.+)"), "cli.mistake.missing"),
    (re.compile(r"unrecognized arguments: (?P<names>.+)"), "cli.mistake.unknown"),
    (re.compile(r"argument (?P<name>\S+): expected .*argument"), "cli.mistake.value"),
    (re.compile(r"invalid choice: (?P<name>.+?) \(choose"), "cli.mistake.choice"),
    (re.compile(r"argument (?P<a>\S+): not allowed with argument (?P<b>\S+)"), "cli.mistake.both"),
    (re.compile(r"ambiguous option: (?P<name>\S+) could match (?P<names>.+)"), "cli.mistake.short"),
)
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
    """The parser of one command, or of them all, whose help speaks the person's language."""

    def __init__(self, *, language: Language, **settings: Any) -> None:
        shape = argparse.RawDescriptionHelpFormatter
        super().__init__(**settings, add_help=False, formatter_class=shape)
        self.color = False  # of Python 3.14: colours would stand between words to translate
        self.language = language
        meaning = text("cli.help.help", language)
        self.add_argument("-h", "--help", action="help", help=meaning)

    def format_help(self) -> str:
        """Return the help with argparse's own words in the person's language."""
        written = super().format_help()
        for pattern, key in HEADINGS:
            written = pattern.sub(text(key, self.language), written, count=1)
        return written

    def refusal(self, message: str) -> InvalidRequest:
        return InvalidRequest("cli.usage", reason=_reason(message, self.language))


def _reason(message: str, language: Language) -> str:
    """Return what argparse says of a mistake in the person's language, as far as it is known."""
    for pattern, key in MISTAKES:
        found = pattern.search(message)
        if found:
            return text(key, language, **found.groupdict())
    return message


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


def fault_of(output: Path, language: Language) -> str:
    """Return why no file can be written at a place, as far as that shows; "" where it can."""
    if output.is_dir():
        return text("cli.place.folder", language)
    if not output.absolute().parent.is_dir():
        return text("cli.place.none", language)
    return ""


def why(error: Exception) -> str:
    """Return why a file cannot be read or written, in the language of the terminal."""
    name = errno.errorcode.get(getattr(error, "errno", None) or 0, "")
    key = f"cli.reason.{name.lower()}"
    if key in table():
        return text(key, console.language())
    return name or type(error).__name__


def tell(row: dict[str, Any]) -> None:
    """Write one JSON object of a result on a line of its own, at once."""
    print(json.dumps(row, ensure_ascii=False), flush=True)


def typed_lines(language: Language) -> Iterator[str]:
    """Yield the lines that come in, whatever their encoding: UTF-8, else cp949, else with marks.

    A line that is neither is read with marks for the lost letters, and that is said.
    """
    while True:
        line = typed_line(language)
        if not line:
            return
        yield line


def typed_line(language: Language) -> str:
    """Return the next line that comes in, with its end; "" at the end. See `typed_lines`."""
    stream: TextIO | None = sys.stdin
    if not isinstance(stream, io.TextIOWrapper):  # a stream of a test, or none at all
        return "" if stream is None else str(stream.readline())
    data: bytes = stream.buffer.readline()
    for encoding in ("utf-8-sig", "cp949"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    note(text("cli.encoding", language))
    return data.decode("utf-8", "replace")
