"""models/disk.py: a file is whole or not there; a folder belongs to one process."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import IO, NoReturn

import pytest

from models import disk
from models.errors import DirectoryInUse, DiskError, DiskFull, NotWritable


def refuse(code: int):
    """Return a function that fails as the system does."""

    def fail(*_args: object, **_kwargs: object) -> NoReturn:
        raise OSError(code, os.strerror(code))

    return fail


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_bytes_arrive(tmp_path):
    disk.write_atomically(tmp_path / "a", b"one")
    disk.write_atomically(tmp_path / "a", b"two")
    assert (tmp_path / "a").read_bytes() == b"two"
    assert names(tmp_path) == ["a"]


def test_a_function_may_write(tmp_path):
    def fill(file: IO[bytes]) -> None:
        file.write(b"12")
        file.write(b"34")

    disk.write_atomically(tmp_path / "a", fill)
    assert (tmp_path / "a").read_bytes() == b"1234"


def test_a_function_that_fails_leaves_the_old_file(tmp_path):
    def fill(file: IO[bytes]) -> None:
        file.write(b"half")
        raise KeyError("no more")

    disk.write_atomically(tmp_path / "a", b"old")
    with pytest.raises(KeyError):
        disk.write_atomically(tmp_path / "a", fill)
    assert (tmp_path / "a").read_bytes() == b"old"
    assert names(tmp_path) == ["a"]


def test_the_unfinished_file_lies_in_temp_dir(tmp_path):
    partial = tmp_path / "partial"
    partial.mkdir()
    seen = []
    disk.write_new(tmp_path / "a", lambda file: seen.extend(names(partial)), temp_dir=partial)
    assert len(seen) == 1
    assert names(partial) == []


def test_a_new_file_never_replaces_another(tmp_path):
    disk.write_new(tmp_path / "a", b"first")
    with pytest.raises(FileExistsError):
        disk.write_new(tmp_path / "a", b"second")
    assert (tmp_path / "a").read_bytes() == b"first"
    assert names(tmp_path) == ["a"]


@pytest.mark.parametrize("code", [errno.EPERM, errno.ENOTSUP, errno.EINVAL])
def test_a_disk_without_hard_links_works_too(tmp_path, monkeypatch, code):
    monkeypatch.setattr(os, "link", refuse(code))
    disk.write_new(tmp_path / "a", b"first")
    with pytest.raises(FileExistsError):
        disk.write_new(tmp_path / "a", b"second")
    assert (tmp_path / "a").read_bytes() == b"first"
    assert names(tmp_path) == ["a"]


@pytest.mark.parametrize("write", [disk.write_atomically, disk.write_new])
def test_temp_dir_on_another_disk_falls_back_to_the_folder(tmp_path, monkeypatch, write):
    partial = tmp_path / "partial"
    partial.mkdir()
    link, replace = os.link, os.replace

    def across(real):
        def move(source: Path, target: Path) -> None:
            if Path(source).parent == partial:
                raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))
            real(source, target)

        return move

    monkeypatch.setattr(os, "link", across(link))
    monkeypatch.setattr(os, "replace", across(replace))
    write(tmp_path / "a", b"1", temp_dir=partial)
    assert (tmp_path / "a").read_bytes() == b"1"
    assert names(partial) == []
    assert names(tmp_path) == ["a", "partial"]


def test_another_disk_without_a_way_round_is_an_error(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "replace", refuse(errno.EXDEV))
    with pytest.raises(DiskError):
        disk.write_atomically(tmp_path / "a", b"1")


@pytest.mark.parametrize(
    ("code", "kind", "key"),
    [
        (errno.ENOSPC, DiskFull, "disk.full"),
        (errno.EDQUOT, DiskFull, "disk.full"),
        (errno.EROFS, NotWritable, "disk.not_writable"),
        (errno.EACCES, NotWritable, "disk.not_writable"),
        (errno.EPERM, NotWritable, "disk.not_writable"),
        (errno.EIO, DiskError, "disk.failed"),
    ],
)
def test_every_refusal_has_a_key_and_leaves_the_old_file(tmp_path, monkeypatch, code, kind, key):
    disk.write_atomically(tmp_path / "a", b"old")
    monkeypatch.setattr(os, "fsync", refuse(code))
    with pytest.raises(kind) as caught:
        disk.write_atomically(tmp_path / "a", b"new")
    assert caught.value.key == key
    assert caught.value.values["name"].endswith("/a")
    assert (tmp_path / "a").read_bytes() == b"old"
    assert names(tmp_path) == ["a"]


def test_an_error_names_no_more_than_the_last_two_parts(tmp_path):
    error = disk.disk_error(OSError(errno.EIO, "x"), Path("/home/somebody/data/outputs/1.png"))
    assert error.values == {"name": "outputs/1.png", "reason": "EIO"}  # no words of the system
    assert disk.disk_error(OSError(errno.ENOENT, "x"), Path("/a")).key == "disk.missing"


def test_full_disk_that_cannot_even_be_asked():
    error = disk.disk_error(OSError(errno.ENOSPC, "x"), Path("/no/such/folder/1.png"))
    assert error.values["free_mb"] == 0


def test_a_folder_that_cannot_be_synced_is_fine(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "fsync", refuse(errno.EINVAL))
    disk.sync_folder(tmp_path)
    monkeypatch.setattr(os, "fsync", refuse(errno.EIO))
    with pytest.raises(OSError, match=os.strerror(errno.EIO)):
        disk.sync_folder(tmp_path)


def test_windows_needs_no_folder_sync(tmp_path, monkeypatch):
    monkeypatch.setattr(disk, "IS_WINDOWS", True)
    monkeypatch.setattr(os, "fsync", refuse(errno.EIO))
    disk.sync_folder(tmp_path)


def test_folders_are_made(tmp_path):
    disk.make_folder(tmp_path / "a" / "b")
    disk.make_folder(tmp_path / "a" / "b")
    assert (tmp_path / "a" / "b").is_dir()
    (tmp_path / "file").touch()
    with pytest.raises(DiskError):
        disk.make_folder(tmp_path / "file")
    with pytest.raises(DiskError):
        disk.make_folder(tmp_path / "file" / "below")


def test_sweep_takes_temp_files_only(tmp_path):
    for name in (".a.png.0011.tmp", "mine.tmp", ".hidden", "a.png"):
        (tmp_path / name).touch()
    (tmp_path / ".folder.tmp").mkdir()
    assert disk.sweep(tmp_path) == 1
    assert names(tmp_path) == [".folder.tmp", ".hidden", "a.png", "mine.tmp"]


def test_free_space_is_a_number_or_an_error(tmp_path):
    assert disk.free_bytes(tmp_path) > 0
    disk.need_free(tmp_path, 1)
    with pytest.raises(DiskError):
        disk.free_bytes(tmp_path / "missing")


def test_too_little_space_says_how_much(tmp_path, monkeypatch):
    monkeypatch.setattr(disk, "free_bytes", lambda path: 12_800_000)
    with pytest.raises(DiskFull) as caught:
        disk.need_free(tmp_path, 64 * 2**20)
    assert caught.value.values == {"free_mb": 12.2, "need_mb": 64.0}


# ---- the lock


def test_second_lock_is_refused_and_told_where(tmp_path):
    first, second = (disk.DirectoryLock(tmp_path / "lock") for _ in range(2))
    first.acquire("http://127.0.0.1:7860")
    with pytest.raises(DirectoryInUse) as caught:
        second.acquire()
    assert caught.value.values == {"pid": os.getpid(), "where": "http://127.0.0.1:7860"}
    first.set_where("http://127.0.0.1:7861")
    assert disk.read_lock(tmp_path / "lock") == (os.getpid(), "http://127.0.0.1:7861")
    first.release()
    first.release()
    second.acquire("again")
    second.release()


def test_stale_text_is_ignored(tmp_path):
    (tmp_path / "lock").write_text(json.dumps({"pid": 1, "where": "long gone" * 100}))
    lock = disk.DirectoryLock(tmp_path / "lock")
    lock.acquire("here")
    assert disk.read_lock(tmp_path / "lock") == (os.getpid(), "here")
    lock.release()


@pytest.mark.parametrize("text", [b"", b"[1]", b'{"pid": "x"}', b"\xff\xfe", b"[" * 4000])
def test_odd_text_in_the_lock_file_is_no_answer(tmp_path, text):
    (tmp_path / "lock").write_bytes(text)
    assert disk.read_lock(tmp_path / "lock") == (0, "")


def test_missing_lock_file_is_no_answer(tmp_path):
    assert disk.read_lock(tmp_path / "lock") == (0, "")


def test_the_lock_of_a_killed_process_is_free(tmp_path):
    script = (
        "import sys, time; from pathlib import Path; from models.disk import DirectoryLock;"
        "DirectoryLock(Path(sys.argv[1])).acquire('there'); print('held', flush=True);"
        "time.sleep(60)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path / "lock")],
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        lock = disk.DirectoryLock(tmp_path / "lock")
        with pytest.raises(DirectoryInUse) as caught:
            lock.acquire()
        process.kill()
    assert caught.value.values == {"pid": process.pid, "where": "there"}
    lock.acquire()
    lock.release()


def test_a_lock_needs_a_folder(tmp_path):
    with pytest.raises(DiskError):
        disk.DirectoryLock(tmp_path / "missing" / "lock").acquire()


def test_a_disk_without_locks_is_an_error(tmp_path, monkeypatch):
    monkeypatch.setattr(disk, "_lock", refuse(errno.ENOLCK))
    with pytest.raises(DiskError) as caught:
        disk.DirectoryLock(tmp_path / "lock").acquire()
    assert caught.value.key == "disk.failed"


def test_a_full_disk_gives_the_lock_back(tmp_path, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", refuse(errno.ENOSPC))
        with pytest.raises(DiskFull):
            disk.DirectoryLock(tmp_path / "lock").acquire()
    lock = disk.DirectoryLock(tmp_path / "lock")
    lock.acquire()
    lock.release()


def test_where_needs_the_lock(tmp_path):
    with pytest.raises(RuntimeError):
        disk.DirectoryLock(tmp_path / "lock").set_where("x")
