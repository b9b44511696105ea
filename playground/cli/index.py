"""`index`: how much nonsense a text is, and why; one line of the result for each text."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator

from pipelines.text.korean import kiwi
from pipelines.text.nonsense import IndexVerdict, TextKind, index
from playground.cli.terminal import HelpText, note, typed_lines
from playground.messages import Language, text
from playground.messages.nonsense import reason_text

NAME = "index"
INSTALL = "python -m pip install -r requirements-korean.txt"


def add(command: argparse.ArgumentParser, help_text: HelpText) -> None:
    """Add the flags of the command."""
    command.add_argument("text", nargs="*", help=help_text("cli.index.text"))
    command.add_argument("--json", action="store_true", help=help_text("cli.json"))


def run(options: argparse.Namespace, language: Language) -> int:
    """Print score, kind and reasons of each text; return the exit code."""
    if not kiwi.holder().is_installed:
        note(text("index.estimate", language, command=INSTALL))
    elif not kiwi.holder().is_loaded:
        note(text("index.loading", language))
    for line in _texts(options.text, language):
        verdict = index(line)
        if options.json:
            print(json.dumps(_row(line, verdict, language), ensure_ascii=False), flush=True)
        else:
            print(_line(line, verdict, language), flush=True)
    return 0


def _texts(given: list[str], language: Language) -> Iterator[str]:
    if given:
        yield from given
    else:
        yield from (line for line in typed_lines(language) if line.strip())


def _line(line: str, verdict: IndexVerdict, language: Language) -> str:
    score = "-" if verdict.score is None else str(verdict.score)
    reasons = "; ".join(reason_text(reason, language) for reason in verdict.reasons)
    return f"{score}\t{_name(verdict.kind, language)}\t{line.strip()}\t{reasons}"


def _row(line: str, verdict: IndexVerdict, language: Language) -> dict[str, object]:
    return {
        "text": line.strip(),
        "score": verdict.score,
        "kind": verdict.kind.value,
        "is_estimate": verdict.is_estimate,
        "reasons": [reason_text(reason, language) for reason in verdict.reasons],
    }


def _name(kind: TextKind, language: Language) -> str:
    return text("index.short.name" if kind is TextKind.SHORT else f"index.{kind}", language)
