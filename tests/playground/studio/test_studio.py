"""playground/studio/studio.py: opening a folder that is full, locked, damaged or not there."""

from __future__ import annotations

import os
import subprocess
import threading
from pathlib import Path

import pytest

from models.errors import DiskFull
from playground.messages import Language, explain, text
from playground.studio.errors import (
    DatabaseTooNew,
    DataDirError,
    DataDirInUse,
    DataDirReadOnly,
)
from playground.studio.jobs.queue import JobQueue, JobState
from playground.studio.pictures.shelf import PictureShelf
from playground.studio.studio import Studio
from tests.fakes import FakePainter


def refuse(code: int):
    def fail(*_args, **_kwargs):
        raise OSError(code, os.strerror(code))

    return fail


def test_an_empty_folder_becomes_a_studio(tmp_path):
    with Studio.open(tmp_path / "new" / "data", FakePainter()) as studio:
        assert studio.notices == ()
        assert studio.data_dir == (tmp_path / "new" / "data").resolve()
        found = {path.name for path in studio.data_dir.iterdir() if path.is_dir()}
        assert found == {"outputs", "thumbnails", "partial"}


def test_the_painter_finds_init_images_before_the_queue_starts(tmp_path, monkeypatch):
    opener = []

    class Recording(FakePainter):
        def open_pictures_with(self, open_picture):
            opener.append(open_picture)

    start, known_at_start = JobQueue.start, []

    def watched(queue):
        known_at_start.extend(opener)
        start(queue)

    monkeypatch.setattr(JobQueue, "start", watched)
    with Studio.open(tmp_path, Recording()) as studio:
        assert known_at_start == [studio.inputs.open]


def test_a_closed_studio_can_be_opened_again(tmp_path, request_of):
    before = threading.enumerate()
    for _ in range(2):
        with Studio.open(tmp_path, FakePainter()) as studio:
            job = studio.jobs.submit(request_of(), "me")
            list(studio.jobs.watch(job.id, "me"))
    assert [thread for thread in threading.enumerate() if thread not in before] == []
    with Studio.open(tmp_path, FakePainter()) as studio:
        assert len(studio.pictures.latest("me")) == 2
        assert studio.notices == ()


def test_a_second_studio_is_refused(tmp_path):
    with Studio.open(tmp_path, FakePainter()) as studio:
        with pytest.raises(DataDirInUse) as caught:
            Studio.open(tmp_path, FakePainter())
        assert caught.value.key == "studio.in_use.starting"
        studio.set_where("http://127.0.0.1:7861")
        with pytest.raises(DataDirInUse) as caught:
            Studio.open(tmp_path, FakePainter())
    for language in Language:
        sentence = explain(caught.value, language)
        assert "http://127.0.0.1:7861" in sentence
        assert str(os.getpid()) in sentence


def test_leftovers_of_a_dead_process_are_swept(tmp_path):
    (tmp_path / "partial").mkdir()
    (tmp_path / "partial" / ".00001-5.png.00ff.tmp").touch()
    with Studio.open(tmp_path, FakePainter()):
        assert list((tmp_path / "partial").iterdir()) == []


# ---- repairs


def test_a_damaged_database_costs_no_picture(tmp_path, request_of):
    with Studio.open(tmp_path, FakePainter()) as studio:
        for seed in (1, 2):
            list(studio.jobs.watch(studio.jobs.submit(request_of(seed=seed), "me").id, "me"))
        paths = {kept.path for kept in studio.pictures.latest("me")}
    (tmp_path / "playground.db").write_bytes(b"garbage" * 1000)
    (tmp_path / "settings.json").write_text("{")
    with Studio.open(tmp_path, FakePainter()) as studio:
        keys = [key for key, _ in studio.notices]
        assert keys == ["database.repaired", "pictures.found", "settings.broken"]
        for key, values in studio.notices:
            for language in Language:
                assert text(key, language, **values)
        assert {kept.path for kept in studio.pictures.latest(None)} == paths
        assert studio.pictures.latest(None)[0].request == request_of(seed=2)
    with Studio.open(tmp_path, FakePainter()) as studio:
        assert studio.notices == ()


def test_a_newer_database_is_refused_and_the_folder_given_back(tmp_path):
    with Studio.open(tmp_path, FakePainter()) as studio, studio._database.reading() as connection:
        connection.execute("pragma user_version = 99")
    for _ in range(2):
        with pytest.raises(DatabaseTooNew):
            Studio.open(tmp_path, FakePainter())


# ---- what cannot be opened


def test_a_file_is_no_folder(tmp_path):
    (tmp_path / "data").touch()
    with pytest.raises(DataDirError) as caught:
        Studio.open(tmp_path / "data", FakePainter())
    assert caught.value.key == "studio.unusable"


@pytest.mark.parametrize(
    ("call", "code", "kind"),
    [
        ("open", 30, DataDirReadOnly),
        ("open", 13, DataDirReadOnly),
        ("open", 5, DataDirError),
        ("write", 28, DiskFull),
    ],
)
def test_a_folder_that_takes_no_lock(tmp_path, monkeypatch, call, code, kind):
    with monkeypatch.context() as patch:
        patch.setattr(os, call, refuse(code))
        with pytest.raises(kind):
            Studio.open(tmp_path, FakePainter())
    Studio.open(tmp_path, FakePainter()).close()


@pytest.mark.parametrize(("code", "kind"), [(30, DataDirReadOnly), (28, DiskFull)])
def test_a_folder_that_takes_no_folders(tmp_path, monkeypatch, code, kind):
    with monkeypatch.context() as patch:
        patch.setattr(Path, "mkdir", refuse(code))
        with pytest.raises(kind):
            Studio.open(tmp_path, FakePainter())
    Studio.open(tmp_path, FakePainter()).close()


def test_whatever_fails_while_opening_gives_the_folder_back(tmp_path, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(PictureShelf, "reindex", refuse(5))
        with pytest.raises(OSError, match="Input/output"):
            Studio.open(tmp_path, FakePainter())
    Studio.open(tmp_path, FakePainter()).close()


# ---- real disks


@pytest.fixture
def mount(tmp_path):
    """Mount a real filesystem for a test, or skip it where that is not allowed."""
    mounted = []

    def make(*arguments: str) -> Path:
        folder = tmp_path / "mounted"
        folder.mkdir(exist_ok=True)
        done = subprocess.run(["mount", *arguments, str(folder)], capture_output=True, check=False)
        if done.returncode:
            pytest.skip(f"mounting is not permitted here: {done.stderr.decode().strip()}")
        mounted.append(folder)
        return folder

    if os.name == "nt" or os.geteuid() != 0:
        pytest.skip("only root may mount a filesystem")
    yield make
    for folder in mounted:
        while folder.is_mount():
            subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_disk_that_is_read_only(mount):
    folder = mount("-t", "tmpfs", "-o", "ro,size=1m", "tmpfs")
    with pytest.raises(DataDirReadOnly) as caught:
        Studio.open(folder, FakePainter())
    assert str(folder) in explain(caught.value, Language.KO)
    with pytest.raises(DataDirReadOnly):
        Studio.open(folder / "below", FakePainter())


def test_a_disk_that_becomes_read_only(mount, request_of):
    folder = mount("-t", "tmpfs", "-o", "size=4m", "tmpfs")
    with Studio.open(folder, FakePainter()) as studio:
        studio.pictures.check_space = lambda: None
        mount("--bind", str(folder))
        subprocess.run(["mount", "-o", "remount,bind,ro", str(folder)], check=True)
        job = studio.jobs.submit(request_of(), "me")
        last = list(studio.jobs.watch(job.id, "me"))[-1].job
        assert last.state is JobState.FAILED
        assert last.error.key == "disk.not_writable"
        subprocess.run(["umount", "-l", str(folder)], check=True)
        again = studio.jobs.run_again(job.id, "me")
        assert list(studio.jobs.watch(again.id, "me"))[-1].job.state is JobState.DONE


def test_pictures_may_lie_on_another_disk(mount, tmp_path, request_of):
    folder = mount("-t", "tmpfs", "-o", "size=4m", "tmpfs")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "outputs").symlink_to(folder)
    with Studio.open(tmp_path / "data", FakePainter()) as studio:
        studio.pictures.check_space = lambda: None
        job = studio.jobs.submit(request_of(seed=5), "me")
        assert list(studio.jobs.watch(job.id, "me"))[-1].job.state is JobState.DONE
        (kept,) = studio.pictures.latest("me")
        assert [path.name for path in folder.rglob("*") if path.is_file()] == ["00001-5.png"]
        assert kept.path.is_relative_to(folder)


def fill_up(path: Path) -> None:
    """Write until nothing fits any more."""
    with path.open("wb", buffering=0) as file:
        for size in (65_536, 4_096, 1):
            try:
                while True:
                    file.write(b"0" * size)
            except OSError:
                continue


def test_a_disk_that_is_full(mount, request_of):
    folder = mount("-t", "tmpfs", "-o", "size=1m", "tmpfs")
    filler = folder / "filler"
    painter = FakePainter()
    with Studio.open(folder, painter) as studio:
        with pytest.raises(DiskFull) as caught:
            studio.jobs.submit(request_of(), "me")
        assert caught.value.key == "disk.low"
        assert "64" in explain(caught.value, Language.KO)

        studio.pictures.check_space = lambda: None
        painter.hold()
        first = studio.jobs.submit(request_of(), "me")
        painter.wait_until_drawing()
        fill_up(filler)
        painter.release()
        last = list(studio.jobs.watch(first.id, "me"))[-1].job
        assert (last.state, last.error.key) == (JobState.FAILED, "disk.full")
        assert studio.jobs.get(first.id, "me").state is JobState.FAILED

        filler.unlink()
        again = studio.jobs.run_again(first.id, "me")
        assert list(studio.jobs.watch(again.id, "me"))[-1].job.state is JobState.DONE
        assert studio.jobs._store.get(first.id, "me").state is JobState.FAILED
    fill_up(filler)
    with pytest.raises(DiskFull):
        Studio.open(folder, FakePainter())
    filler.unlink()
    with Studio.open(folder, FakePainter()) as studio:
        assert studio.notices == ()
        assert len(studio.pictures.latest("me")) == 1
