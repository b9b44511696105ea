"""`chat`: talk with 두억시니, line by line; from a pipe one reply for every line.

Knows the terminal. Replies go to standard output, everything else beside it.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field

from models.errors import PlaygroundError
from models.library import Library
from pipelines.contract.errors import InvalidRequest
from pipelines.contract.validate import parse_float, parse_int
from pipelines.text.chat.conversation import Conversation, check_label
from pipelines.text.chat.replying import Manner, another, reply
from pipelines.text.language.model import LanguageModel, Sampling
from playground import stopping
from playground.cli.terminal import OWNER, HelpText, add_places, note, tell, typed_lines
from playground.messages import Language, explain, text
from playground.studio.language.shelf import DEFAULT, LanguageShelf

NAME = "chat"
LEAVE = ("quit", "exit", "끝", "/quit")


def add(command: argparse.ArgumentParser, help_text: HelpText) -> None:
    """Add the flags of the command."""
    default = Manner()
    command.add_argument("--model", default=DEFAULT, help=help_text("cli.chat.model"))
    command.add_argument("--label", default="0", help=help_text("cli.chat.label"))
    command.add_argument("--seed", default="-1", help=help_text("cli.seed.say"))
    for name, value in (
        ("temperature", default.sampling.temperature),
        ("drafts", default.drafts),
        ("turns_back", default.turns_back),
    ):
        meaning = f"{help_text(f'field.{name}')}; {help_text('cli.setting', value=str(value))}"
        command.add_argument(f"--{name.replace('_', '-')}", default=str(value), help=meaning)
    command.add_argument("--json", action="store_true", help=help_text("cli.json"))
    add_places(command, help_text)
    command.add_argument("--use-cpu", action="store_true", help=help_text("cli.cpu"))


def run(options: argparse.Namespace, language: Language) -> int:
    """Talk until the person leaves; return the exit code."""
    talk = _Talk(_manner(options), check_label(parse_int(options.label, "mood")), language)
    library = Library.open(options.data_dir, options.models_dir)
    shelf = LanguageShelf(library, use_cpu=options.use_cpu)
    model = shelf.get(options.model, OWNER)
    is_person = sys.stdin.isatty()
    if is_person:
        note(text("cli.chat.welcome", language))
    for line in _lines(is_person, language):
        if line.strip() in LEAVE:
            break
        try:
            answer = talk.enter(line, model)
        except PlaygroundError as error:
            note(explain(error, language))
        except KeyboardInterrupt:  # of one reply; at the prompt it leaves
            stopping.go_on()
            note(text("cli.stopped", language))
        else:
            if answer and options.json:
                tell({"question": line.strip(), "reply": answer})
            elif answer:
                print(answer, flush=True)
    if is_person:
        note(text("cli.chat.bye", language))
    return 0


def _manner(options: argparse.Namespace) -> Manner:
    sampling = Sampling(
        temperature=parse_float(options.temperature, "temperature"),
        seed=parse_int(options.seed, "seed"),
    )
    return Manner(
        sampling,
        drafts=parse_int(options.drafts, "drafts"),
        turns_back=parse_int(options.turns_back, "turns_back"),
    )


def _lines(is_person: bool, language: Language) -> Iterator[str]:
    """Yield what is typed, or what comes from a pipe, without blank lines."""
    if not is_person:
        yield from (line for line in typed_lines(language) if line.strip())
        return
    mark = f"{text('chat.person', language)}> "
    while True:
        try:
            line = input(mark)
        except EOFError:  # Ctrl+D
            print(file=sys.stderr)
            return
        if line.strip():
            yield line


@dataclass(slots=True)
class _Talk:
    """The conversation of one terminal."""

    manner: Manner
    label: int
    language: Language
    conversation: Conversation = field(default_factory=Conversation)

    def enter(self, line: str, model: LanguageModel) -> str:
        """Return the reply to a line or to /retry; "" for a command that only notes what it did."""
        words = line.split()
        if words[0].startswith("/"):
            return self._obey(words[0], words[1:], model)
        talk = self.conversation
        self.conversation = talk.said(reply(model, talk, line, self.label, self.manner))
        return self.conversation.last().reply.text

    def _obey(self, command: str, rest: list[str], model: LanguageModel) -> str:
        talk = self.conversation
        if command == "/retry":
            self.conversation = talk.with_last(another(model, talk, self.manner))
            return self.conversation.last().reply.text
        if command == "/undo":
            question = talk.last().question
            self.conversation = talk.undone()
            note(text("cli.chat.undone", self.language, question=question))
            return ""
        if command == "/label":
            self.label = check_label(parse_int(" ".join(rest), "mood"))
            mood = text(f"chat.mood.{self.label}", self.language)
            note(text("cli.chat.label.now", self.language, mood=mood))
            return ""
        raise InvalidRequest("cli.chat.command", value=command[:40])
