"""kill -9 at any moment: no half file, a database that opens, and the job can be run again.

PLAYGROUND_KILLS says how many times for each kind; a few by default.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from models.errors import DirectoryInUse
from playground.studio.errors import DataDirInUse
from playground.studio.jobs.queue import JobState
from playground.studio.pictures.shelf import open_png
from playground.studio.studio import Studio
from tests.fakes import FakePainter, draw_fake
from tests.playground.studio.jobs.victim import REQUEST, SAVE_POINTS

ROOT = Path(__file__).parents[4]
KILLS = int(os.environ.get("PLAYGROUND_KILLS", "0"))
DRAWING_POINTS = [f"drawing:{1 + number * 7 % 20}" for number in range(KILLS or 3)]
SAVING_POINTS = [SAVE_POINTS[number % len(SAVE_POINTS)] for number in range(KILLS or 5)]

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows has no kill -9")


def victim(data_dir: Path, point: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.playground.studio.jobs.victim", str(data_dir), point],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )


def kill_at(data_dir: Path, point: str) -> None:
    with victim(data_dir, point) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if line == "now\n":
                process.kill()
        assert process.wait(20) == -signal.SIGKILL


def files_below(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def check_whole(data_dir: Path) -> None:
    """Check every file under outputs before anything had a chance to tidy up."""
    for path in files_below(data_dir / "outputs"):
        assert path.suffix == ".png"
        assert open_png(path).tobytes() == draw_fake(REQUEST).tobytes()


@pytest.mark.parametrize("point", DRAWING_POINTS)
def test_killed_while_drawing(tmp_path, point):
    kill_at(tmp_path, point)
    assert files_below(tmp_path / "outputs") == []
    with Studio.open(tmp_path, FakePainter()) as studio:
        assert studio.notices == ()
        check_run_again(studio)


@pytest.mark.parametrize("point", SAVING_POINTS)
def test_killed_while_saving(tmp_path, point):
    kill_at(tmp_path, point)
    check_whole(tmp_path)
    is_there = len(files_below(tmp_path / "outputs"))
    assert is_there == (point not in ("half a temp file", "temp file"))
    with Studio.open(tmp_path, FakePainter()) as studio:
        assert files_below(tmp_path / "partial") == []
        kept = studio.pictures.latest("me")
        assert len(kept) == is_there
        assert all(picture.request == REQUEST for picture in kept)
        if point == "committed":
            assert studio.notices == ()
            assert studio.jobs.get(1, "me").state is JobState.DONE
            assert studio.jobs.get(1, "me").picture_id == kept[0].id
        else:
            assert [key for key, _ in studio.notices] == ["pictures.found"] * is_there
            check_run_again(studio)


def check_run_again(studio: Studio) -> None:
    """Check that both jobs, the running and the queued one, can be had after all."""
    waiting = studio.jobs.interrupted("me")
    assert [(job.id, job.state) for job in waiting] == [
        (2, JobState.INTERRUPTED),
        (1, JobState.INTERRUPTED),
    ]
    again = studio.jobs.run_again(1, "me")
    last = list(studio.jobs.watch(again.id, "me"))[-1].job
    assert last.state is JobState.DONE
    assert last.picture_id is not None
    kept = studio.pictures.get(last.picture_id, "me")
    assert kept.request == REQUEST
    assert open_png(kept.path).tobytes() == draw_fake(REQUEST).tobytes()
    assert [job.id for job in studio.jobs.interrupted("me")] == [2]


def test_a_second_studio_is_told_where_the_first_one_is(tmp_path):
    with victim(tmp_path, "drawing:1") as process:
        assert process.stdout is not None
        assert process.stdout.readline()
        before = sorted(path.name for path in tmp_path.iterdir())
        with pytest.raises(DataDirInUse) as caught:
            Studio.open(tmp_path, FakePainter())
        assert sorted(path.name for path in tmp_path.iterdir()) == before
        process.kill()
    assert caught.value.key == "studio.in_use"
    assert caught.value.values["pid"] == process.pid
    assert caught.value.values["where"] == "http://127.0.0.1:7860"
    assert isinstance(caught.value.__cause__, DirectoryInUse)
    Studio.open(tmp_path, FakePainter()).close()
