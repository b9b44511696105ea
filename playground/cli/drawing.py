"""What the commands that draw share: settings, jobs, their progress, and where pictures go.

Knows no flags but the shared ones. Beside a running page the picture goes to a file only.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from models.disk import write_atomically
from models.errors import PlaygroundError
from models.library import Library
from pipelines.contract.errors import InvalidRequest
from pipelines.contract.painter import PainterStage
from pipelines.contract.requests import PictureRequest
from pipelines.image.memory.oom_history import FILE as PLANS_FILE
from pipelines.image.memory.oom_history import OomHistory
from pipelines.painter.diffusers_painter import DiffusersPainter
from playground.cli.machine import add_machine, device_options
from playground.cli.terminal import OWNER, HelpText, add_places, fault_of, note, tell
from playground.messages import Language, text
from playground.studio.errors import DataDirInUse
from playground.studio.jobs.queue import JobEvent, JobState
from playground.studio.jobs.store import Job
from playground.studio.pictures.shelf import KeptPicture
from playground.studio.studio import Studio

SUITED = ("steps", "guidance", "width", "height", "sampler", "schedule")  # to the chosen model
SETTINGS = (*SUITED, "model", "negative_prompt")  # fields of a PictureRequest


def add_shared(command: argparse.ArgumentParser, help_text: HelpText) -> None:
    """Add the flags that say where things lie and what draws."""
    add_places(command, help_text)
    add_machine(command, help_text)
    command.add_argument("-o", "--output", type=Path, help=help_text("cli.output"))
    command.add_argument("--json", action="store_true", help=help_text("cli.json"))


def add_settings(command: argparse.ArgumentParser, help_text: HelpText) -> None:
    """Add a flag for each of SETTINGS, with its default."""
    for field in SETTINGS:
        usual = str(PictureRequest.__dataclass_fields__[field].default)
        names = [f"--{field.replace('_', '-')}"] + (["--cfg"] if field == "guidance" else [])
        row = "cli.setting.suited" if field in SUITED else "cli.setting"
        meaning = help_text(f"field.{field}")
        if usual:
            meaning += f"; {help_text(row, value=usual)}"
        default = None if field in SUITED else usual
        command.add_argument(*names, dest=field, default=default, help=meaning)


def settings_of(options: argparse.Namespace) -> dict[str, Any]:
    """Return what SETTINGS and the seed say, by name; what was not given is left out."""
    return {name: getattr(options, name) for name in (*SETTINGS, "seed")}


def draw(
    options: argparse.Namespace,
    language: Language,
    submit: Callable[[Studio], tuple[Job, ...]],
    names: tuple[str, ...] = (),
) -> int:
    """Draw, show the progress, print where each picture lies; return the exit code.

    Args:
        submit: orders the pictures once the studio is open.
        names: what the pictures are called where `-o` is a folder, and in JSON; () for numbers.
    """
    if not names:
        _check_output(options.output, language)
    library = Library.open(options.data_dir, options.models_dir)
    memory = OomHistory(options.data_dir / PLANS_FILE)
    painter = DiffusersPainter(library, device_options(options), memory=memory)
    with _open_studio(options, painter, language) as studio:
        jobs = submit(studio)
        try:
            for number, job in enumerate(jobs, start=1):
                last = _follow(studio.jobs.watch(job.id, OWNER), language)
                if last.job.error is not None:
                    raise last.job.error
                if last.job.state is not JobState.DONE or last.job.picture_id is None:
                    note(text("cli.stopped", language))
                    return 130
                picture = studio.pictures.get(last.job.picture_id, None)
                name = names[number - 1] if names else ""
                output = _place(options.output, number, name)
                _hand_over(picture, last, output, language)
                _tell(picture, last, output or picture.path, name, options.json)
        finally:
            for job in jobs:  # what is over stays as it is
                studio.jobs.cancel(job.id, OWNER)
    return 0


def _place(output: Path | None, number: int, name: str) -> Path | None:
    """Return where the n-th picture goes: cat.png, cat-2.png; by its name in a folder."""
    if output is not None and name:
        return output / f"{name}.png"
    if output is None or number == 1:
        return output
    return output.with_name(f"{output.stem}-{number}{output.suffix}")


def _check_output(output: Path | None, language: Language) -> None:
    """Refuse a place that cannot work before a picture is drawn for it."""
    wrong = None if output is None else fault_of(output, language)
    if wrong:
        raise InvalidRequest("cli.output.failed", path=str(output), reason=wrong)


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
        note(text("cli.apart", language, where=str(error.values.get("where", ""))))
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
        if progress.stage is PainterStage.DRAWING:
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
    if output is not None:
        try:
            write_atomically(output, picture.path.read_bytes())
        except (OSError, PlaygroundError) as error:
            raise InvalidRequest(
                "cli.output.failed", path=str(output), reason=str(error)[:200]
            ) from error
    note(text("cli.read", language, prompt=picture.prompt))
    note(
        text(
            "cli.done",
            language,
            seconds=round(picture.seconds, 2),
            seed=str(last.job.request.seed),
        )
    )


def _tell(picture: KeptPicture, last: JobEvent, place: Path, name: str, is_json: bool) -> None:
    """Write where a picture lies, and as JSON how it came to be."""
    if not is_json:
        print(place, flush=True)
        return
    request = last.job.request
    row = {
        "path": str(place),
        "prompt": picture.prompt,
        "phrase": picture.phrase or None,
        "model": request.model,
        "seed": request.seed,
        "width": picture.width,
        "height": picture.height,
        "seconds": round(picture.seconds, 2),
    }
    tell({"reading": name, **row} if name else row)
