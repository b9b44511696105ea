"""The key is kept, for its owner alone; what lies there instead is not trusted."""

from __future__ import annotations

import os

import pytest

from models import disk
from models.errors import NotWritable
from playground.gate.owner_key import FILE, open_key


def test_the_key_is_made_once(tmp_path):
    token = open_key(tmp_path).make("cookie")
    assert open_key(tmp_path).age_seconds("cookie", token) is not None
    assert len((tmp_path / FILE).read_bytes()) == 32


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_nobody_else_may_read_the_key(tmp_path):
    open_key(tmp_path)
    assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o600


def _too_open(path):
    path.write_bytes(b"k" * 32)
    path.chmod(0o644)


def _too_long(path):
    path.write_bytes(b"k" * 33)
    path.chmod(0o600)


def _too_short(path):
    path.write_bytes(b"")
    path.chmod(0o600)


def _link(path):
    path.symlink_to("/dev/zero")


def _pipe(path):
    os.mkfifo(path, 0o600)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
@pytest.mark.parametrize("lay", [_too_open, _too_long, _too_short, _link, _pipe])
def test_what_cannot_be_trusted_is_replaced(tmp_path, lay):
    lay(tmp_path / FILE)
    token = open_key(tmp_path).make("link")
    assert (tmp_path / FILE).is_file() and not (tmp_path / FILE).is_symlink()
    assert open_key(tmp_path).age_seconds("link", token) is not None


def test_a_full_disk_leaves_a_key_of_this_process_alone(tmp_path, monkeypatch, caplog):
    def refuse(path, data):
        raise NotWritable("disk.not_writable", name=FILE)

    monkeypatch.setattr(disk, "write_atomically", refuse)
    key = open_key(tmp_path)
    assert key.age_seconds("link", key.make("link")) is not None
    assert "not kept" in caplog.text
