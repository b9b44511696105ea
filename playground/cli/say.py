"""`say`: phrases from a text engine, one a line, as they come."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.contract.errors import CorpusError, LexiconError
from pipelines.contract.phrase import Phrase
from pipelines.contract.requests import TextRequest
from pipelines.contract.text_options import (
    LENGTHS,
    Mood,
    Rating,
    SentenceFamily,
    check_choice,
    parse_syllables,
)
from pipelines.contract.validate import parse_float, parse_int
from pipelines.text.engines import ENGINES, NAMES, Engine, SayHooks, say
from playground.cli.terminal import OWNER, HelpText, add_places, note, why
from playground.messages import Language, explain, text

if TYPE_CHECKING:
    from pipelines.text.language.model import Sampling
    from pipelines.text.markov.engine import MarkovModel

NAME = "say"
WHOLE = ("top_k", "no_repeat_ngram", "max_tokens")
BROKEN = ("temperature", "top_p", "repetition_penalty")


def add(command: argparse.ArgumentParser, help_text: HelpText) -> None:
    """Add the flags of the command."""
    command.add_argument("-n", "--count", default="5", help=help_text("cli.count"))
    command.add_argument("--seed", default="-1", help=help_text("cli.seed.say"))
    command.add_argument("--surprise", default="1", help=help_text("cli.surprise"))
    names = f"{help_text('field.engine')}: {' | '.join(NAMES)}"
    command.add_argument("--engine", default="grammar", help=names)
    for flag, field, known in (
        ("--family", "families", " | ".join(SentenceFamily)),
        ("--length", "syllables", f"{' | '.join(LENGTHS)} | 6-14"),
        ("--mood", "mood", " | ".join(Mood)),
        ("--topic", "topics", help_text("cli.topic")),
        ("--rating", "rating", " | ".join(Rating)),
    ):
        explained = f"{help_text(f'field.{field}')}: {known}"
        action = "append" if field in ("families", "topics") else "store"
        command.add_argument(flag, dest=field, action=action, help=explained)
    command.add_argument("--words-dir", type=Path, metavar="DIR", help=help_text("cli.words_dir"))
    command.add_argument("--english", action="store_true", help=help_text("cli.english"))
    command.add_argument("--json", action="store_true", help=help_text("cli.json"))
    _add_markov(command, help_text)
    _add_neural(command, help_text)
    add_places(command, help_text)


def _add_markov(command: argparse.ArgumentParser, help_text: HelpText) -> None:
    group = command.add_argument_group("markov")
    group.add_argument("--text", type=Path, metavar="FILE", help=help_text("cli.say.text"))
    group.add_argument("--order", default="2", help=f"{help_text('field.order')} (1-3)")
    group.add_argument("--unit", default="eojeol", help=help_text("cli.say.unit"))
    group.add_argument("--stitches", action="store_true", help=help_text("cli.say.stitches"))


def _add_neural(command: argparse.ArgumentParser, help_text: HelpText) -> None:
    group = command.add_argument_group("neural")
    group.add_argument("--model", default="", help=help_text("cli.say.model"))
    group.add_argument("--ban", action="append", default=[], help=help_text("field.bad_words"))
    group.add_argument("--use-cpu", action="store_true", help=help_text("cli.cpu"))
    for name in (*BROKEN, *WHOLE):
        flag = f"--{name.replace('_', '-')}"
        group.add_argument(flag, dest=name, help=help_text(f"field.{name}"))


def run(options: argparse.Namespace, language: Language) -> int:
    """Print the phrases; return the exit code."""
    request = TextRequest(
        count=parse_int(options.count, "count"),
        seed=parse_int(options.seed, "seed"),
        surprise=parse_float(options.surprise, "surprise"),
        engine=options.engine,
        **_wishes(options),
    )
    engines: dict[str, Engine] = dict(ENGINES)
    shown: Callable[[Phrase], None] = lambda phrase: _show(phrase, options)  # noqa: E731
    if options.words_dir is not None:
        engines["grammar"] = _with_own_words(options.words_dir, language)
    if request.engine == "markov" and options.text is not None:
        model = _learned(options, language)
        temperature = _temperature(options)
        engines["markov"] = lambda wanted: model.phrases(wanted, temperature)
        rungs: set[object] = set()

        def shown(phrase: Phrase) -> None:
            _note_rung(phrase, rungs, language)
            if options.stitches:
                _show_stitches(phrase, model, options)
            else:
                _show(phrase, options)

    elif request.engine == "neural":
        engines["neural"] = _opened(options)
    say(request, engines, SayHooks(on_phrase=shown))
    return 0


def _show(phrase: Phrase, options: argparse.Namespace) -> None:
    if options.json:
        print(json.dumps(phrase.to_json(), ensure_ascii=False), flush=True)
    else:
        print(f"{phrase.ko}\t{phrase.en}" if options.english else phrase.ko, flush=True)


def _show_stitches(phrase: Phrase, model: MarkovModel, options: argparse.Namespace) -> None:
    """Print the phrase, and below it each piece with the line it was taken from."""
    _show(phrase, options)
    for piece, line in model.stitches(phrase):
        note(f"  {line or '-'}\t{piece}")


def _note_rung(phrase: Phrase, told: set[object], language: Language) -> None:
    """Say once how far the text had to be read more loosely (pipelines/text/markov/ladder.py)."""
    rung = dict(phrase.settings).get("rung")
    if rung is not None and rung not in told:
        told.add(rung)
        note(text(f"markov.rung.{rung}", language))


def _with_own_words(folder: Path, language: Language) -> Engine:
    from pipelines.text import lexicon
    from pipelines.text.grammar.grammar import Grammar
    from pipelines.text.lexicon.own import merge_right

    words, wrong = merge_right(lexicon.builtin(), folder)
    mistakes: tuple[LexiconError, ...] = wrong
    for mistake in mistakes:
        note(explain(mistake, language))
    return Grammar(words).phrases


def _learned(options: argparse.Namespace, language: Language) -> MarkovModel:
    """Learn the text; say what there is to know about it."""
    from pipelines.text.corpus.corpus import read_text
    from pipelines.text.markov import engine as markov
    from pipelines.text.markov.tokens import Unit

    try:
        data = options.text.read_bytes()
    except OSError as error:
        raise CorpusError("corpus.file", file=str(options.text), reason=why(error)) from error
    unit = check_choice(options.unit, "unit", Unit)
    model = markov.train(
        read_text(data), markov.MarkovSettings(parse_int(options.order, "order"), unit)
    )
    for notice in model.notices:
        note(text(notice.key, language, **notice.values))
    return model


def _temperature(options: argparse.Namespace) -> float:
    from pipelines.text.markov.engine import DEFAULT_TEMPERATURE

    if options.temperature is None:
        return DEFAULT_TEMPERATURE
    return parse_float(options.temperature, "temperature")


def _opened(options: argparse.Namespace) -> Engine:
    """Open the language model: one of the library's, or any folder."""
    from models.library import Library
    from pipelines.text.language import drafted
    from pipelines.text.language.model import WritingHooks
    from playground.studio.language.shelf import LanguageShelf

    sampling = _sampling(options)
    folder = Path(options.model)
    if options.model and folder.is_dir():
        shelf = LanguageShelf(Library([folder]), use_cpu=options.use_cpu)
        model = shelf.get(folder.resolve().name)
    else:
        library = Library.open(options.data_dir, options.models_dir)
        model = LanguageShelf(library, use_cpu=options.use_cpu).get(options.model, OWNER)
    return drafted.engine(model, sampling, WritingHooks())


def _sampling(options: argparse.Namespace) -> Sampling:
    from pipelines.text.language.model import Sampling

    given: dict[str, Any] = {"bad_words": tuple(options.ban)}
    for names, parse in ((WHOLE, parse_int), (BROKEN, parse_float)):
        for name in names:
            value = getattr(options, name)
            if value is not None:
                given[name] = parse(value, name)
    return Sampling(**given)


def _wishes(options: argparse.Namespace) -> dict[str, Any]:
    """Return the wishes that were made; TextRequest checks them."""
    given = {name: getattr(options, name) for name in ("families", "mood", "topics", "rating")}
    wishes = {name: value for name, value in given.items() if value is not None}
    if options.syllables is not None:
        wishes["syllables"] = parse_syllables(options.syllables)
    return wishes
