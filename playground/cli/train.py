"""`train`: a language model learns from a file, with the log lines on standard output."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from models.library import Library
from pipelines.contract.errors import InvalidRequest
from pipelines.contract.validate import parse_float, parse_int
from pipelines.image.memory.device import DeviceOptions
from pipelines.painter.diffusers_painter import DiffusersPainter
from pipelines.training.finetune.consent import Consent
from pipelines.training.finetune.dataset import DataSet, read_data
from pipelines.training.finetune.run import TrainingReport
from pipelines.training.finetune.settings import FinetuneMethod, TrainingSettings
from playground import stopping
from playground.cli.terminal import HelpText, add_places, note, tell, why
from playground.messages import Language, text
from playground.messages.training_board import verdict_key
from playground.studio.studio import Studio
from playground.studio.work.training import TrainingWork

NAME = "train"
LOOK_SECONDS = 0.3
WHOLE = ("epochs", "batch", "patience", "max_tokens", "rank", "seed")
SHARES = ("holdout", "dropout", "label_dropout")
REQUIRED = ("data", "name", "source", "consent")


def add(command: argparse.ArgumentParser, help_text: HelpText) -> None:
    """Add the flags of the command."""
    command.add_argument("data", type=Path, nargs="?", help=help_text("cli.train.data"))
    command.add_argument("--base", default="ongari", help=help_text("cli.train.base"))
    command.add_argument("--name", default="", help=help_text("cli.train.name"))
    command.add_argument("--source", help=help_text("cli.train.source"))
    command.add_argument("--consent", help=help_text("cli.train.consent"))
    command.add_argument("--lora", action="store_true", help=help_text("cli.train.lora"))
    command.add_argument("--resume", action="store_true", help=help_text("cli.train.resume"))
    command.add_argument("--json", action="store_true", help=help_text("cli.json"))
    command.add_argument("--lr", dest="learning_rate", help=help_text("field.learning_rate"))
    for field in (*WHOLE, *SHARES):
        command.add_argument(f"--{field.replace('_', '-')}", help=help_text(f"field.{field}"))
    add_places(command, help_text)


def run(options: argparse.Namespace, language: Language) -> int:
    """Learn until it is over or Ctrl+C; return the exit code."""
    library = Library.open(options.data_dir, options.models_dir)
    painter = DiffusersPainter(library, DeviceOptions())  # opened with the studio, never used
    with Studio.open(options.data_dir, painter, where="command line") as studio:
        work = TrainingWork(library, studio.data_dir, studio.consents)
        if options.resume:
            _require(options, ("name",))
            work.resume(options.name)
        else:
            _start(work, options, language)
        try:
            _follow(work, is_json=options.json)
        except KeyboardInterrupt:
            note(text("cli.train.stopped", language))
            stopping.told()
            work.close()
            return 130
        now = work.now
        if now is None or now.report is None:
            failed = None if now is None else now.error
            raise failed or RuntimeError("a training ended without an end")
        _tell(now.report, language)
        path = str(work.models_folder / now.name)
        if options.json:
            tell({"event": "done", "path": path, **now.report.to_json()})
        else:
            print(path)
    return 0


def _start(work: TrainingWork, options: argparse.Namespace, language: Language) -> None:
    if options.data:  # a file that is not there is said before what else is missing
        _check_file(options.data)
    _require(options, REQUIRED)
    basis, _, remark = options.consent.partition(":")
    consent = Consent.parse(options.source, basis.strip(), remark)
    settings = _settings(options)
    data = _read(options.data)
    _tell_data(data, language)
    work.start(data, options.name, options.base, consent, settings)


def _settings(options: argparse.Namespace) -> TrainingSettings:
    given: dict[str, Any] = {}
    for field in (*WHOLE, *SHARES, "learning_rate"):
        value = getattr(options, field)
        if value is not None:
            given[field] = parse_int(value, field) if field in WHOLE else parse_float(value, field)
    return TrainingSettings(
        method=FinetuneMethod.LORA if options.lora else FinetuneMethod.FULL, **given
    )


def _require(options: argparse.Namespace, names: tuple[str, ...]) -> None:
    missing = [
        name if name == "data" else f"--{name}" for name in names if not getattr(options, name)
    ]
    if missing:
        raise InvalidRequest("cli.train.missing", flags=", ".join(missing).replace("data", "DATA"))


def _check_file(path: Path) -> None:
    try:
        with path.open("rb"):
            pass
    except OSError as error:
        raise InvalidRequest("cli.train.file", path=str(path), reason=why(error)) from error


def _read(path: Path) -> DataSet:
    try:
        return read_data(path.read_bytes(), path.name)
    except OSError as error:
        raise InvalidRequest("cli.train.file", path=str(path), reason=why(error)) from error


def _tell_data(data: DataSet, language: Language) -> None:
    """Say what was read, what is wrong in it and what was masked."""
    note(text(f"training.preview.{data.kind}", language, count=len(data.rows)))
    if data.dropped:
        note(text("training.preview.dropped", language, count=data.dropped))
    for problem in data.problems:
        note("  " + text(problem.key, language, line=problem.line, shown=problem.shown))
    for masked in data.masked:
        times = text("training.preview.times", language, count=masked.count)
        note(f"  {masked.kind} {times}: {' · '.join(masked.examples)}")


def _follow(work: TrainingWork, *, is_json: bool) -> None:
    """Print the points of the curve as they come."""
    shown = 0
    while True:
        now = work.now
        if now is None:
            return
        for point in now.points[shown:]:
            if is_json:
                tell({"event": "point", **asdict(point)})
            else:
                print(point.line, flush=True)
        shown = len(now.points)
        if not now.is_running:
            return
        if sys.stderr.isatty() and now.steps:
            print(f"\r{now.done}/{now.steps}  ", end="", file=sys.stderr, flush=True)
        work.join(LOOK_SECONDS)


def _tell(report: TrainingReport, language: Language) -> None:
    """Say what came of it."""
    facts = {"untuned": f"{report.untuned_ppl:.2f}", "val": f"{report.val_ppl:.2f}"}
    note(text("training.done", language, name=report.name, epoch=report.best_epoch, **facts))
    if not report.has_improved:
        note(text("training.no_better", language))
    if not report.hears_questions:
        other = f"{report.other_ppl:.2f}"
        note(text("training.deaf", language, val=facts["val"], other=other))
    if report.stopped_early:
        note(text("training.early", language))
    note(text(verdict_key(report.verdict.label, has_complaint=report.has_complaint), language))
    for figure in report.verdict.figures:
        name = text(f"training.figure.{figure.name}", language)
        level = text(f"training.level.{figure.level}", language)
        note(f"  {name}: {figure.value:.2f} ({level})")
    note(text("training.replies", language))
    for reply in report.verdict.replies:
        note(f"  {reply}")
    if report.licence:
        note(text("training.licence", language, licence=report.licence))
