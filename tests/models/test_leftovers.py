"""Which unfinished files are nobody's any more."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from models import leftovers
from models.leftovers import OLD_SECONDS, remove_if_left, unfinished


def aged(path: Path, seconds: float = OLD_SECONDS + 60) -> Path:
    path.write_bytes(b"half")
    then = time.time() - seconds
    os.utime(path, (then, then))
    return path


@pytest.mark.parametrize("seconds", [60, OLD_SECONDS + 60])
def test_file_without_a_process_in_its_name_goes_when_it_is_old(tmp_path, seconds):
    path = aged(tmp_path / ".m.safetensors.0123abcd.tmp", seconds)
    assert remove_if_left(path) is (seconds > OLD_SECONDS)
    assert path.exists() is (seconds < OLD_SECONDS)


def test_file_that_has_gone_is_no_leftover(tmp_path):
    assert not remove_if_left(tmp_path / ".m.safetensors.0123abcd.tmp")


@pytest.mark.parametrize("error", [PermissionError, OverflowError])
def test_process_that_cannot_be_asked_is_alive(tmp_path, monkeypatch, error):
    def kill(pid: int, signal: int) -> None:
        assert signal == 0
        raise error

    monkeypatch.setattr(leftovers, "IS_WINDOWS", False)
    monkeypatch.setattr("models.leftovers.os.kill", kill)
    path = aged(unfinished(tmp_path / "m.safetensors"))
    assert not remove_if_left(path) and path.exists()


def test_leftover_that_cannot_be_removed_is_not_counted(tmp_path, monkeypatch):
    def refuse(self: Path, missing_ok: bool = False) -> None:
        raise PermissionError

    path = aged(tmp_path / ".m.safetensors.0123abcd.tmp")
    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", refuse)
        assert not remove_if_left(path)
    assert path.exists()
