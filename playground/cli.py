"""The command line face: `say` and `illustrate`, over the same studio as the page.

Results go to standard output, everything else to standard error. Exit codes: 0 done, 2 a sentence
said why not (the same one as in the page), 130 stopped by Ctrl+C.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

from models.disk import write_atomically
from models.errors import PlaygroundError, Value
from models.library import Library
from pipelines.errors import InvalidRequest
from pipelines.image.device import DeviceOptions
from pipelines.image.samplers import find as find_sampler
from pipelines.painter import DiffusersPainter
from pipelines.requests import (
    PictureRequest,
    Stage,
    TextRequest,
    check_text,
    parse_float,
    parse_int,
)
from pipelines.text.engines import say
from pipelines.text.typed import typed
from pipelines.wishes import LENGTHS, Family, Mood, Rating, parse_syllables
from playground.launch import console
from playground.launch.environment import prepare_environment
from playground.messages import Language, explain, text
from playground.studio.errors import DataDirInUse
from playground.studio.jobs import JobEvent, JobState
from playground.studio.pictures import KeptPicture
from playground.studio.studio import Studio

OWNER = "command line"
DEFAULT_DATA_DIR = Path("data")


class _Parser(argparse.ArgumentParser):
    """An ArgumentParser whose mistakes are sentences in the person's language."""

    def error(self, message: str) -> NoReturn:
        raise InvalidRequest("cli.usage", reason=message)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return the exit code."""
    console.make_safe()
    prepare_environment()
    language = console.language()
    try:
        options = _parser(language).parse_args(arguments)
        return _say(options) if options.command == "say" else _illustrate(options, language)
    except PlaygroundError as error:
        _note(explain(error, language))
        return 2
    except KeyboardInterrupt:
        _note(text("cli.stopped", language))
        return 130


def _parser(language: Language) -> argparse.ArgumentParser:
    def said(key: str, **values: Value) -> str:
        return text(key, language, **values).replace("%", "%%")

    parser = _Parser(prog="python -m playground", description=said("cli.about"))
    commands = parser.add_subparsers(dest="command", required=True, parser_class=_Parser)
    say_command = commands.add_parser("say", help=said("cli.say"))
    say_command.add_argument("-n", "--count", default="5", help=said("cli.count"))
    say_command.add_argument("--seed", default="-1", help=said("cli.seed.say"))
    say_command.add_argument("--surprise", default="1", help=said("cli.surprise"))
    say_command.add_argument("--engine", default="grammar", help=said("field.engine"))
    for flag, field, known in (
        ("--family", "families", " | ".join(Family)),
        ("--length", "syllables", f"{' | '.join(LENGTHS)} | 6-14"),
        ("--mood", "mood", " | ".join(Mood)),
        ("--topic", "topics", said("cli.topic")),
        ("--rating", "rating", " | ".join(Rating)),
    ):
        note = f"{said(f'field.{field}')}: {known}"
        action = "append" if field in ("families", "topics") else "store"
        say_command.add_argument(flag, dest=field, action=action, help=note)
    say_command.add_argument("--english", action="store_true", help=said("cli.english"))
    say_command.add_argument("--json", action="store_true", help=said("cli.json"))

    draw = commands.add_parser("illustrate", help=said("cli.illustrate"))
    draw.add_argument("text", help=said("cli.text"))
    draw.add_argument("-o", "--output", type=Path, help=said("cli.output"))
    draw.add_argument("--seed", default="0", help=said("cli.seed.illustrate"))
    for field in ("steps", "guidance", "width", "height", "sampler", "model", "negative_prompt"):
        default = PictureRequest.__dataclass_fields__[field].default
        names = [f"--{field.replace('_', '-')}"] + (["--cfg"] if field == "guidance" else [])
        note = f"{said(f'field.{field}')}; {said('cli.setting', value=str(default))}"
        draw.add_argument(*names, dest=field, default=str(default), help=note)
    draw.add_argument("--data-dir", type=Path, default=DEFAULT_DATA_DIR, help=said("cli.data_dir"))
    draw.add_argument(
        "--models-dir", type=Path, action="append", default=[], help=said("cli.models_dir")
    )
    draw.add_argument("--use-cpu", action="store_true", help=said("cli.cpu"))
    return parser


def _say(options: argparse.Namespace) -> int:
    request = TextRequest(
        count=parse_int(options.count, "count"),
        seed=parse_int(options.seed, "seed"),
        surprise=parse_float(options.surprise, "surprise"),
        engine=options.engine,
        **_wishes(options),
    )
    for phrase in say(request):
        if options.json:
            print(json.dumps(phrase.to_json(), ensure_ascii=False))
        else:
            print(f"{phrase.ko}\t{phrase.en}" if options.english else phrase.ko)
    return 0


def _wishes(options: argparse.Namespace) -> dict[str, Any]:
    """Return the wishes that were made; TextRequest checks them."""
    given = {name: getattr(options, name) for name in ("families", "mood", "topics", "rating")}
    wishes = {name: value for name, value in given.items() if value is not None}
    if options.syllables is not None:
        wishes["syllables"] = parse_syllables(options.syllables)
    return wishes


def _illustrate(options: argparse.Namespace, language: Language) -> int:
    request = _picture_request(options)
    _check_output(options.output)
    painter = DiffusersPainter(
        Library.open(options.data_dir, options.models_dir), DeviceOptions(use_cpu=options.use_cpu)
    )
    with _open_studio(options, painter, language) as studio:
        job = studio.jobs.submit(request, OWNER)
        try:
            last = _follow(studio.jobs.watch(job.id, OWNER), language)
        except KeyboardInterrupt:
            studio.jobs.cancel(job.id, OWNER)
            raise
        if last.job.error is not None:
            raise last.job.error
        if last.job.state is not JobState.DONE or last.job.picture_id is None:
            _note(text("cli.stopped", language))
            return 130
        picture = studio.pictures.get(last.job.picture_id, None)
        _hand_over(picture, last, options.output, language)
    return 0


def _picture_request(options: argparse.Namespace) -> PictureRequest:
    find_sampler(options.sampler)
    return PictureRequest(
        phrase=typed(check_text(options.text, "phrase")),
        negative_prompt=options.negative_prompt,
        model=options.model,
        width=parse_int(options.width, "width"),
        height=parse_int(options.height, "height"),
        steps=parse_int(options.steps, "steps"),
        guidance=parse_float(options.guidance, "guidance"),
        sampler=options.sampler,
        seed=parse_int(options.seed, "seed"),
    )


def _check_output(output: Path | None) -> None:
    """Refuse a place that cannot work before a picture is drawn for it."""
    if output is None:
        return
    if output.is_dir():
        raise InvalidRequest("cli.output.failed", path=str(output), reason="is a folder")
    if not output.absolute().parent.is_dir():
        raise InvalidRequest("cli.output.failed", path=str(output), reason="no such folder")


@contextmanager
def _open_studio(
    options: argparse.Namespace, painter: DiffusersPainter, language: Language
) -> Iterator[Studio]:
    """Open the studio; beside a running page, one that lasts only for this picture."""
    try:
        with Studio.open(options.data_dir, painter, where="command line") as studio:
            yield studio
            return
    except DataDirInUse as error:
        if options.output is None:
            raise
        _note(text("cli.apart", language, where=str(error.values.get("where", ""))))
    with (
        tempfile.TemporaryDirectory(prefix="amumal-") as folder,
        Studio.open(Path(folder), painter, where="command line") as studio,
    ):
        yield studio


def _follow(events: Iterator[JobEvent], language: Language) -> JobEvent:
    """Show the progress on a terminal; return the final event."""
    is_terminal = sys.stderr.isatty()
    last: JobEvent | None = None
    for event in events:
        last = event
        progress = event.progress
        if not is_terminal or progress is None or event.job.state.is_final:
            continue
        if progress.stage is Stage.DRAWING:
            line = text("cli.drawing", language, step=progress.step, steps=progress.steps)
        else:
            line = text("cli.loading", language)
        print(f"\r{line}   ", end="", file=sys.stderr, flush=True)
    if is_terminal:
        print(file=sys.stderr)
    if last is None:
        raise RuntimeError("a job ended without an event")
    return last


def _hand_over(
    picture: KeptPicture, last: JobEvent, output: Path | None, language: Language
) -> None:
    place = picture.path
    if output is not None:
        place = output
        try:
            write_atomically(output, picture.path.read_bytes())
        except (OSError, PlaygroundError) as error:
            raise InvalidRequest(
                "cli.output.failed", path=str(output), reason=str(error)[:200]
            ) from error
    _note(text("cli.read", language, prompt=picture.prompt))
    _note(
        text(
            "cli.done",
            language,
            seconds=round(picture.seconds, 2),
            seed=str(last.job.request.seed),
            path=str(place),
        )
    )
    print(place)


def _note(line: str) -> None:
    print(line, file=sys.stderr)
