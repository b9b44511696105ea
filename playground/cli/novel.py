"""`novel`: a story sentence by sentence; the person picks, or --auto takes the best candidate.

Knows the terminal. The story goes to standard output, or to the file of -o; the rest beside it.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from datetime import date
from pathlib import Path

from models.disk import write_atomically
from models.errors import PlaygroundError
from pipelines.contract.errors import InvalidRequest
from pipelines.contract.requests import MAX_SEED, fresh_seed
from pipelines.contract.validate import check_range, parse_float, parse_int
from pipelines.text.language.model import LanguageModel
from pipelines.text.novel.export import as_markdown, as_text
from pipelines.text.novel.rank import RankWeights
from pipelines.text.novel.rounds import SearchMethod, Wishes, propose_now
from pipelines.text.novel.story import Story
from playground.cli.language_choice import add_language, open_language, read_file
from playground.cli.terminal import HelpText, fault_of, note, tell, typed_line
from playground.messages import Language, explain, text

NAME = "novel"
ROUNDS_RANGE = (1, 200)
MARKDOWN = (".md", ".markdown")
TITLE = 40


def add(command: argparse.ArgumentParser, help_text: HelpText) -> None:
    """Add the flags of the command."""
    command.add_argument("--openings", type=Path, help=help_text("cli.novel.openings"))
    command.add_argument("--rounds", default="5", help=help_text("cli.novel.rounds"))
    command.add_argument("--auto", action="store_true", help=help_text("cli.novel.auto"))
    for name, value in (
        ("novelty", RankWeights().novelty),
        ("likelihood", RankWeights().likelihood),
    ):
        command.add_argument(f"--{name}", default=str(value), help=help_text(f"field.{name}"))
    known = " | ".join(SearchMethod)
    command.add_argument(
        "--method", default="sampling", help=f"{help_text('novel.method')}: {known}"
    )
    command.add_argument("-o", "--output", type=Path, help=help_text("cli.novel.output"))
    command.add_argument("--json", action="store_true", help=help_text("cli.json"))
    add_language(command, help_text, Wishes().temperature)


def run(options: argparse.Namespace, language: Language) -> int:
    """Write the story; return the exit code. What there is is kept when the person stops."""
    rounds = parse_int(options.rounds, "count")
    check_range(rounds, "count", *ROUNDS_RANGE)
    _check_output(options.output, language)
    opening = read_file(options.openings) if options.openings else ""
    desk = _TerminalStory(language, Story().opened(opening), _wishes(options))
    model = open_language(options)
    try:
        desk.write(model, rounds, is_auto=options.auto)
    finally:
        _keep(desk.story, options.output, language, is_json=options.json)
    return 0


def _wishes(options: argparse.Namespace) -> Wishes:
    if options.method not in tuple(SearchMethod):
        known = ", ".join(SearchMethod)
        raise InvalidRequest("novel.method.unknown", value=options.method[:40], known=known)
    seed = parse_int(options.seed, "seed")
    return Wishes(
        weights=RankWeights(
            parse_float(options.novelty, "novelty"), parse_float(options.likelihood, "likelihood")
        ),
        temperature=parse_float(options.temperature, "temperature"),
        method=SearchMethod(options.method),
        seed=fresh_seed() if seed == -1 else seed,
    )


class _TerminalStory:
    """One story in a terminal."""

    def __init__(self, language: Language, story: Story, wishes: Wishes) -> None:
        self.language, self.story, self.wishes = language, story, wishes
        self.turn = 0

    def write(self, model: LanguageModel, rounds: int, *, is_auto: bool) -> None:
        """Add sentences until there are enough or the person has had enough."""
        wanted = len(self.story.sentences) + rounds
        for sentence in self.story.sentences:
            note(f"» {sentence}")
        while len(self.story.sentences) < wanted:
            if not self.story.proposals:
                self._propose(model)
            if is_auto:
                self._pick("1")
            elif not self._ask(model):
                return

    def _propose(self, model: LanguageModel) -> None:
        wishes = replace(self.wishes, seed=(self.wishes.seed + 100 * self.turn) % (MAX_SEED + 1))
        self.turn += 1
        self.story = self.story.proposed(propose_now(model, self.story, wishes))

    def _ask(self, model: LanguageModel) -> bool:
        """Show the candidates and do what the person says; return whether to go on."""
        for number, one in enumerate(self.story.proposals, start=1):
            shares = f"{one.novelty:4.0%} {one.likelihood:4.0%}"
            note(f"{number:3}  {shares}  {one.text}")
        note(text("cli.novel.ask", self.language))
        answer = typed_line(self.language)
        if not answer or answer.strip() == "q":
            return False
        try:
            self._obey(answer.strip(), model)
        except PlaygroundError as error:
            note(explain(error, self.language))
        return True

    def _obey(self, answer: str, model: LanguageModel) -> None:
        if answer == "r":
            self._propose(model)
        elif answer == "u":
            self._undo()
        elif answer:
            self._pick(answer)

    def _undo(self) -> None:
        """Take the last sentence back; its candidates come again."""
        count = len(self.story.sentences)
        while len(self.story.moves) > 1 and len(self.story.sentences) == count:
            self.story = self.story.undone()

    def _pick(self, answer: str) -> None:
        """Take the candidate of a number, or the person's own sentence."""
        if answer.isascii() and answer.isdigit():
            number, count = parse_int(answer, "count"), len(self.story.proposals)
            if not 1 <= number <= count:
                raise PlaygroundError("cli.next.number", value=answer[:20], count=count)
            answer = self.story.proposals[number - 1].text
        self.story = self.story.picked(answer)
        note(f"» {answer}")


def _check_output(output: Path | None, language: Language) -> None:
    """Refuse a place that cannot work before a story is written for it."""
    wrong = None if output is None else fault_of(output, language)
    if wrong:
        raise InvalidRequest("cli.novel.place", path=str(output), reason=wrong)


def _keep(story: Story, output: Path | None, language: Language, *, is_json: bool) -> None:
    if is_json:
        path = None if output is None or not story.sentences else str(output)
        tell({"sentences": list(story.sentences), "path": path})
    if not story.sentences or (is_json and output is None):
        return
    if output is None:
        print(as_text(story.sentences), end="")
        return
    content = as_text(story.sentences)
    if output.suffix.lower() in MARKDOWN:
        count, day = len(story.sentences), date.today().isoformat()
        remark = text("novel.note", language, count=count, date=day)
        content = as_markdown(story.sentences, story.sentences[0][:TITLE], remark)
    write_atomically(output, content.encode("utf-8"))
    note(text("cli.novel.saved", language, path=str(output)))
