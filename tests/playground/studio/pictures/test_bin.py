"""playground/studio/pictures/bin.py: what was thrown away is gone, whatever happens in between."""

from __future__ import annotations

import io
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from PIL import Image

from models import disk
from pipelines.contract.picture_settings import ImageToImage
from playground.studio.errors import JobNotFound, PictureNotFound
from playground.studio.pictures.bin import UNDO_SECONDS
from playground.studio.studio import Studio
from tests.fakes import FakePainter

SECRET = "아무도 모르는 낱말"  # noqa: S105


def png(colour):
    buffer = io.BytesIO()
    Image.new("RGB", (64, 64), colour).save(buffer, "PNG")
    return buffer.getvalue()


class Clock:
    def __init__(self):
        self.now = 1_700_000_000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def studio(tmp_path, clock):
    with Studio.open(tmp_path / "data", FakePainter(), clock=clock) as studio:
        studio._housekeeper.close()  # the bin is emptied when a test says so
        yield studio


@pytest.fixture
def draw(studio, request_of):
    """Draw a picture of this owner's; return it."""

    def drawn(owner="me", image=None, mask="", **changes):
        source = ImageToImage(image, mask) if image else None
        job = studio.jobs.submit(request_of(source=source, **changes), owner)
        last = list(studio.jobs.watch(job.id, owner))[-1]
        return studio.pictures.get(last.job.picture_id, owner)

    return drawn


def files(studio):
    return [path for path in studio.data_dir.rglob("*") if path.suffix in (".png", ".webp")]


def rows(studio, table):
    with closing(sqlite3.connect(studio.data_dir / "playground.db")) as connection:
        return connection.execute(f"select count(*) from {table}").fetchone()[0]  # noqa: S608


def test_a_picture_in_the_bin_is_not_seen_and_can_be_had_back(studio, draw, clock):
    kept = draw()
    studio.bin.put(kept.id, "me")
    assert studio.pictures.latest("me") == studio.pictures.latest(None) == ()
    with pytest.raises(PictureNotFound):
        studio.pictures.get(kept.id, "me")
    clock.now += UNDO_SECONDS - 1
    assert studio.bin.empty() == 0
    assert studio.bin.take_back(kept.id, "me") == kept
    assert studio.pictures.latest("me") == (kept,)


def test_what_was_thrown_away_is_gone_from_the_disk_and_from_memory(studio, draw, clock):
    kept = draw(prompt=SECRET)
    job = studio.jobs.get(1, "me").id
    assert len(files(studio)) == 2  # with its thumbnail
    studio.bin.put(kept.id, "me")
    clock.now += UNDO_SECONDS
    assert studio.bin.empty() == 1
    assert files(studio) == []
    assert rows(studio, "picture") == rows(studio, "job") == 0
    with pytest.raises(JobNotFound):
        studio.jobs.watch(job, "me", from_start=True)
    assert studio.jobs._ended.size_bytes == 0
    with pytest.raises(PictureNotFound):
        studio.bin.take_back(kept.id, "me")
    for path in studio.data_dir.glob("playground.db*"):  # not in free pages nor in the journal
        assert SECRET.encode() not in path.read_bytes()


def test_others_throw_nothing_away_and_the_person_at_the_machine_may(studio, draw):
    kept = draw()
    for who in ("you", ""):
        with pytest.raises(PictureNotFound):
            studio.bin.put(kept.id, who)
    studio.bin.put(kept.id, None)
    with pytest.raises(PictureNotFound):
        studio.bin.put(kept.id, None)  # once is enough
    with pytest.raises(PictureNotFound):
        studio.bin.take_back(kept.id, "you")
    studio.bin.take_back(kept.id, "me")


def test_its_start_picture_goes_with_the_last_that_needs_it(studio, draw):
    image, mask = studio.inputs.keep(png("red"), "me"), studio.inputs.keep(png("white"), "me")
    first, second = draw(image=image, mask=mask), draw(image=image, seed=12)
    studio.bin.put(first.id, "me")
    studio.bin.empty(at_once=True)
    assert studio.inputs.path_of(mask, None) is None
    assert studio.inputs.path_of(image, "me") is not None
    studio.inputs.keep(png("red"), "you")  # somebody else brought the very same picture
    studio.bin.put(second.id, "me")
    studio.bin.empty(at_once=True)
    assert studio.inputs.path_of(image, "me") is None
    assert studio.inputs.path_of(image, "you") is not None


def test_its_copy_among_the_start_pictures_goes_too(studio, draw):
    first, second = draw(), draw(seed=12)
    copies = [studio.inputs.keep(kept.path.read_bytes(), "me") for kept in (first, second)]
    draw(image=copies[1], seed=13)  # needs it
    for kept in (first, second):
        studio.bin.put(kept.id, "me")
    studio.bin.empty(at_once=True)
    assert studio.inputs.path_of(copies[0], None) is None
    assert studio.inputs.path_of(copies[1], "me") is not None


def test_the_interrupted_job_that_was_run_again_goes_too(studio, draw, request_of):
    first = studio.jobs.submit(request_of(), "me")
    list(studio.jobs.watch(first.id, "me"))
    again = studio.jobs.run_again(first.id, "me")
    last = list(studio.jobs.watch(again.id, "me"))[-1]
    studio.bin.put(last.job.picture_id, "me")
    studio.bin.empty(at_once=True)
    assert rows(studio, "job") == 0


class Killed(BaseException):
    """Stands for a process that ends here."""


@pytest.mark.parametrize("step", ["files", "rows", "inputs"])
def test_a_process_that_dies_in_between_leaves_nothing(
    tmp_path, studio, draw, clock, monkeypatch, step
):
    image = studio.inputs.keep(png("red"), "me")
    kept = draw(image=image)
    studio.bin.put(kept.id, "me")

    def die(*_):
        raise Killed

    with monkeypatch.context() as patch:
        if step == "files":
            patch.setattr(disk, "sync_folder", die)
        elif step == "rows":
            patch.setattr(studio.bin._store, "forget", die)
        else:
            patch.setattr(studio.inputs, "tidy", die)
        with pytest.raises(Killed):
            studio.bin.empty(at_once=True)
        studio._is_closed = True  # nothing is tidied on the way out
        studio.close()
    with Studio.open(tmp_path / "data", FakePainter(), clock=clock) as opened:
        assert files(opened) == []
        assert rows(opened, "picture") == rows(opened, "input") == 0
        assert opened.notices == ()  # nothing was found anew


def test_a_file_that_cannot_go_now_goes_later(studio, draw, monkeypatch):
    kept = draw()
    studio.bin.put(kept.id, "me")

    real = Path.unlink

    def refuse(path, **how):
        if path == kept.path:
            raise PermissionError(13, "in use")
        real(path, **how)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", refuse)
        assert studio.bin.empty(at_once=True) == 0
    assert kept.path.is_file()
    assert studio.bin.empty(at_once=True) == 1
    assert files(studio) == []


def test_a_restart_empties_the_bin(tmp_path, studio, draw, clock):
    studio.bin.put(draw().id, "me")
    studio.close()
    assert files(studio) == []
