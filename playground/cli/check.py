"""`check`: has a model collapsed or only memorised? And the feedback loop with --feedback.

Knows the terminal and files. The table goes to standard output, progress beside it.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from models.disk import write_atomically
from models.errors import PlaygroundError
from models.library import Library
from pipelines.contract.errors import InvalidRequest
from pipelines.contract.validate import parse_int
from pipelines.text.collapse import CollapseReport, Generation, decay
from pipelines.text.corpus.corpus import read_text
from pipelines.text.markov import engine as markov
from pipelines.text.markov.language_model import MarkovLanguage
from playground.cli.terminal import OWNER, HelpText, add_places, note, why
from playground.messages import Language, text
from playground.messages.check import bounds, notes
from playground.plots.decay_curve import plot
from playground.studio.language.shelf import DEFAULT, LanguageShelf
from playground.studio.work.self_check import GRAMMAR, Check, Progress, check, first_text

NAME = "check"
NEURAL, MARKOV = "neural", "markov"
ENGINES = (GRAMMAR, NEURAL, MARKOV)


def add(command: argparse.ArgumentParser, help_text: HelpText) -> None:
    """Add the flags of the command."""
    command.add_argument("--engine", default=GRAMMAR, help=help_text("cli.check.engine"))
    command.add_argument("--model", default=DEFAULT, help=help_text("cli.check.model"))
    for flag in ("replies", "learned", "held-out", "plot"):
        key = f"cli.check.{flag.replace('-', '_')}"
        command.add_argument(f"--{flag}", type=Path, metavar="FILE", help=help_text(key))
    command.add_argument("--feedback", metavar="N", help=help_text("cli.check.feedback"))
    command.add_argument("--json", action="store_true", help=help_text("cli.json"))
    add_places(command, help_text)


def run(options: argparse.Namespace, language: Language) -> int:
    """Print the report or the generations; return the exit code."""
    if options.engine not in ENGINES:
        known = ", ".join(ENGINES)
        raise InvalidRequest("cli.check.engine.wrong", value=options.engine[:40], known=known)
    learned = _read(options.learned)
    if options.feedback is not None:
        return _feedback(options, learned, language)
    shelf = LanguageShelf(Library.open(options.data_dir, options.models_dir))
    model = {GRAMMAR: GRAMMAR, NEURAL: options.model, MARKOV: MARKOV}[options.engine]
    if options.engine == MARKOV and not options.replies:
        if not learned:
            raise PlaygroundError("cli.check.no_text")
        shelf.add_markov(OWNER, MARKOV, MarkovLanguage(markov.train(learned), MARKOV))
    wanted = Check(model, _read(options.replies), learned, _read(options.held_out))
    report = check(wanted, shelf, OWNER, on_progress=_meter(language))
    if options.json:
        print(json.dumps(asdict(report), ensure_ascii=False))
    else:
        _print(report, language)
    return 0


def _feedback(options: argparse.Namespace, learned: str, language: Language) -> int:
    wanted = parse_int(options.feedback, "generations")
    generations: list[Generation] = []
    for generation in decay(first_text(learned), wanted):
        generations.append(generation)
        if options.json:
            print(json.dumps(asdict(generation), ensure_ascii=False), flush=True)
        else:
            print(_generation(generation), flush=True)
    if generations[-1].number < wanted:
        note(text("check.feedback.early", language, number=generations[-1].number + 1))
    if options.plot is not None:
        write_atomically(options.plot, plot(generations, language, alone=True).encode())
    return 0


def _generation(generation: Generation) -> str:
    return (
        f"{generation.number}\t{generation.first:.3f}\t{generation.distinct_2:.3f}\t"
        f"{generation.self_bleu_3:.3f}\t{generation.first_bits:.2f}\t{generation.sample[0]}"
    )


def _print(report: CollapseReport, language: Language) -> None:
    print(text(f"check.{report.health}", language))
    for sentence in notes(report, language):
        print(sentence)
    for finding in report.findings:
        good, failed = bounds(finding)
        level = text(f"check.{finding.level}", language)
        name = text(f"check.{finding.detector}", language)
        print(f"{finding.value:.3f}\t{good}\t{failed}\t{level}\t{name}")
    for reply, count in report.commonest:
        print(f"{text('check.times', language, count=count)}\t{reply}")


def _meter(language: Language) -> Progress:
    is_person = sys.stderr.isatty()

    def show(done: int, whole: int) -> None:
        if is_person:
            line = text("check.asking", language, done=done, whole=whole)
            print(f"\r{line}", end="\n" if done == whole else "", file=sys.stderr, flush=True)

    return show


def _read(path: Path | None) -> str:
    if path is None:
        return ""
    try:
        return read_text(path.read_bytes())
    except OSError as error:
        raise PlaygroundError("cli.check.file", path=str(path), reason=why(error)) from error
