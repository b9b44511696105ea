"""A new owner's link for the page that runs on a data folder."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, urlsplit

import pytest

from models import disk
from playground import cli
from playground.gate.owner_key import open_key
from playground.studio.studio import LOCK


@pytest.fixture
def ask(tmp_path, capsys):
    def run(*more):
        code = cli.main(["owner", "--data-dir", str(tmp_path), *more])
        return code, capsys.readouterr()

    return run


def test_the_link_is_one_that_the_page_takes(ask, tmp_path):
    lock = disk.DirectoryLock(tmp_path / LOCK)
    lock.acquire("http://127.0.0.1:7860/amumal/")
    code, said = ask()
    assert list(json.loads(ask("--json")[1].out)) == ["link"]
    lock.release()
    assert code == 0
    link = urlsplit(said.out.strip())
    assert (link.netloc, link.path) == ("127.0.0.1:7860", "/amumal/owner")
    assert open_key(tmp_path).age_seconds("link", parse_qs(link.query)["code"][0]) is not None


@pytest.mark.parametrize("where", [None, "", "starting", "command line"])
def test_without_a_page_there_is_a_sentence(ask, tmp_path, where):
    lock = disk.DirectoryLock(tmp_path / LOCK)
    if where is not None:
        lock.acquire(where)
    code, said = ask()
    lock.release()
    assert code == 2 and said.out == ""
    assert "./webui.sh" in said.err


def test_the_text_of_a_page_that_died_is_not_believed(ask, tmp_path):
    (tmp_path / LOCK).write_text('{"pid": 1, "where": "http://127.0.0.1:7860"}')
    assert ask()[0] == 2
