"""A process that a test kills: it opens a studio, asks for one drawing, and dies at a given point.

    python -m tests.playground.studio.jobs.victim <data folder> <point>

`drawing:<n>` waits to be killed after step n; every other point kills the process itself, at the
very instruction, as `kill -9` would.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

from models import disk
from pipelines.contract.phrase import Phrase
from pipelines.contract.requests import PictureRequest
from playground.studio.pictures import store as picture_store
from playground.studio.studio import Studio
from tests.fakes import FakePainter

REQUEST = PictureRequest(
    Phrase("파란 냄새", "a blue smell", (), "typed"), width=512, height=512, steps=20, seed=77
)
SAVE_POINTS = ("half a temp file", "temp file", "linked", "row", "committed")


def die(*_args: object, **_kwargs: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def die_after(owner: Any, name: str) -> None:
    real = getattr(owner, name)

    def act(*args: Any, **kwargs: Any) -> None:
        real(*args, **kwargs)
        die()

    setattr(owner, name, act)


def half(path: Path, data: bytes, *, temp_dir: Path) -> None:
    def write(file: Any) -> None:
        file.write(data[: len(data) // 2])
        file.flush()
        die()

    disk.write_atomically(path, write, temp_dir=temp_dir)


def arm(point: str) -> None:
    """Prepare the death at `point` of the saving of a picture."""
    if point == "half a temp file":
        disk.write_new = half  # type: ignore[assignment]
    elif point == "temp file":
        disk.place_new = die
    elif point == "linked":
        die_after(os, "link")
    elif point == "row":
        die_after(picture_store, "_insert")
    elif point == "committed":
        die_after(picture_store.PictureStore, "add")


def tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main(data_dir: str, point: str) -> None:
    arm(point)
    is_slow = point.startswith("drawing")
    with Studio.open(Path(data_dir), FakePainter(step_seconds=0.01 if is_slow else 0.0)) as studio:
        studio.set_where("http://127.0.0.1:7860")
        job = studio.jobs.submit(REQUEST, "me")
        studio.jobs.submit(REQUEST, "me")
        for event in studio.jobs.watch(job.id, "me"):
            if event.progress is not None:
                tell(str(event.progress.step))
            if is_slow and event.progress and event.progress.step == int(point.split(":")[1]):
                tell("now")
        time.sleep(60)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
