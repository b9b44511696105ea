"""`next`: what may come after some words, with honest percentages; with -i eojeol by eojeol.

Knows the terminal. The table and the finished sentence go to standard output, questions beside it.
"""

from __future__ import annotations

import argparse
import random
from dataclasses import asdict
from typing import Any

from models.errors import PlaygroundError
from pipelines.contract.requests import fresh_seed
from pipelines.contract.validate import check_range, parse_float, parse_int
from pipelines.text.language.explorer import END, Trail, fit_to_show, roll
from pipelines.text.language.model import LanguageModel, NextEojeols
from playground.cli.language_choice import add_language, open_language
from playground.cli.terminal import HelpText, note, tell, typed_line
from playground.messages import Language, explain, text

NAME = "next"
TOP = 10
TOP_RANGE = (1, 100)
ROLLED = 40  # candidates among which the dice fall


def add(command: argparse.ArgumentParser, help_text: HelpText) -> None:
    """Add the flags of the command."""
    command.add_argument("text", nargs="?", default="", help=help_text("cli.next.text"))
    command.add_argument("--top", default=str(TOP), help=help_text("cli.top"))
    command.add_argument(
        "-i", "--interactive", action="store_true", help=help_text("cli.interactive")
    )
    command.add_argument("--json", action="store_true", help=help_text("cli.json"))
    add_language(command, help_text, 1.0)


def run(options: argparse.Namespace, language: Language) -> int:
    """Print the table once, or walk on with the person; return the exit code."""
    top = parse_int(options.top, "count")
    check_range(top, "count", *TOP_RANGE)
    seed = parse_int(options.seed, "seed")
    walk = _TerminalWalk(
        language,
        top,
        parse_float(options.temperature, "temperature"),
        random.Random(fresh_seed() if seed < 0 else seed),
        Trail().started(options.text),
    )
    model = open_language(options)
    if options.interactive:
        walk.on(model)
        print(walk.trail.now.text)
    elif options.json:
        nexts = walk.nexts(model, top)
        tell(_row(nexts))
    else:
        print(walk.table(walk.nexts(model, top)))
    return 0


def _row(nexts: NextEojeols) -> dict[str, Any]:
    """Return the candidates as JSON; the end of the sentence has no text and says so."""
    row = asdict(nexts)
    row["candidates"] = [
        {**one, "text": one["text"] or None, "ended": not one["text"]} for one in row["candidates"]
    ]
    return row


class _TerminalWalk:
    """One sentence in a terminal."""

    def __init__(
        self, language: Language, top: int, temperature: float, dice: random.Random, trail: Trail
    ) -> None:
        self.language, self.top, self.temperature = language, top, temperature
        self.dice, self.trail = dice, trail

    def nexts(self, model: LanguageModel, limit: int) -> NextEojeols:
        """Ask what may come next."""
        words = self.trail.now.text
        return fit_to_show(model.next_eojeols(words, limit, self.temperature), words)

    def table(self, nexts: NextEojeols) -> str:
        """Return the candidates with their percentages; percentages first, as they line up."""
        rows = [
            f"{number:3} {_percent(one.probability)}{self._tempered(one.tempered)}"
            f"  {one.text or text('explorer.end', self.language)}"
            for number, one in enumerate(nexts.candidates, start=1)
        ]
        blank = " " * len(self._tempered(0))
        rows.append(f"    {_percent(nexts.rest)}{blank}  {text('explorer.rest', self.language)}")
        return "\n".join(rows)

    def on(self, model: LanguageModel) -> None:
        """Ask what comes next until the person has had enough."""
        nexts: NextEojeols | None = None
        while True:
            if nexts is None and not self.trail.now.is_finished:
                nexts = self.nexts(model, self.top)
                note(self.table(nexts))
            end = f" {text('explorer.end', self.language)}" if self.trail.now.is_finished else ""
            note(f"» {self.trail.now.text}{end}")
            note(text("cli.next.ask", self.language))
            answer = typed_line(self.language)
            if not answer or answer.strip() == "q":
                return
            try:
                self._obey(answer.strip(), model, nexts)
                nexts = None
            except PlaygroundError as error:
                note(explain(error, self.language))

    def _obey(self, answer: str, model: LanguageModel, nexts: NextEojeols | None) -> None:
        """Take one step; raise PlaygroundError when it cannot be."""
        if answer == "u":
            self.trail = self.trail.undone()
        elif answer == "r":
            self.trail = self.trail.appended(roll(self.nexts(model, ROLLED), self.dice))
        elif answer.isascii() and answer.isdigit():
            candidates = nexts.candidates if nexts is not None else ()
            number = parse_int(answer, "count")
            if not 1 <= number <= len(candidates):
                raise PlaygroundError("cli.next.number", value=answer[:20], count=len(candidates))
            self.trail = self.trail.appended(candidates[number - 1].text or END)
        elif answer:
            self.trail = self.trail.appended(answer)

    def _tempered(self, share: float) -> str:
        return "" if self.temperature == 1.0 else f" →{_percent(share)}"


def _percent(share: float) -> str:
    return f"{share * 100:6.2f} %"
