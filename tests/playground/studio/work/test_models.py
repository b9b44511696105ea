"""Long work on model files: one thing at a time, stoppable, with errors as data."""

from __future__ import annotations

import threading

import pytest

from models import shelves
from models.connection import HttpsClient
from models.errors import ModelFileError
from models.library import Library
from playground.studio.work import models as model_work
from playground.studio.work.models import ModelWork
from tests.models.golden import file_of

LORA = {"lora_unet_x.lora_down.weight": (4, 768)}


@pytest.fixture
def work(tmp_path, monkeypatch):
    monkeypatch.setattr(shelves, "BUILTIN", tmp_path / "builtin")
    (tmp_path / "models").mkdir()
    for name in ("a", "b"):
        data = file_of(LORA, fill=name.encode())
        (tmp_path / "models" / f"{name}.safetensors").write_bytes(data)
    return ModelWork(Library.open(tmp_path), tmp_path, connect=HttpsClient)


def end(work):
    work.join(10)
    assert work.now is not None and not work.now.is_running
    return work.now


def test_one_model_is_hashed_with_progress(work):
    work.verify("a")
    now = end(work)
    assert now.error is None and now.done == now.total > 0
    assert work.library.find("a").sha256


def test_all_are_hashed_even_when_one_fails(work):
    path = work.data_dir / "models" / "a.safetensors"
    work.library.pin("a")
    path.write_bytes(file_of(LORA, fill=b"other"))
    work.verify_all()
    assert end(work).error.key == "model.conflict"
    assert work.library.find("b").sha256
    work.verify_all()  # nothing is left to do but what is in conflict
    end(work)


def test_one_thing_at_a_time_and_stop_stops_it(work, monkeypatch):
    started, go = threading.Event(), threading.Event()

    def slow(shelf, data_dir, source, client, on_progress):
        started.set()
        go.wait(5)
        on_progress(1, 2)

    monkeypatch.setattr(model_work, "get", slow)
    work.get(" hf:a/b:m.safetensors ")
    assert started.wait(5)
    assert work.now.name == "hf:a/b:m.safetensors"
    for call in (lambda: work.verify("a"), lambda: work.pin("a"), lambda: work.quarantine("a")):
        with pytest.raises(ModelFileError) as caught:
            call()
        assert caught.value.key == "models.busy"
    work.stop()
    go.set()
    assert end(work).error.key == "models.work.stopped"


def test_refused_source_and_a_bug_are_errors_not_crashes(work, monkeypatch, caplog):
    work.get("ftp://x")
    assert end(work).error.key == "download.source"

    def bug(*_args):
        raise ZeroDivisionError

    monkeypatch.setattr(model_work, "get", bug)
    work.get("x")
    assert end(work).error.values == {"kind": "ZeroDivisionError"}
    assert "ZeroDivisionError" in caplog.text


def test_pin_and_quarantine_are_done_at_once(work):
    work.pin("a")
    assert work.library.find("a").trust == "pinned"
    work.quarantine("b")
    assert len(list((work.data_dir / "quarantine").iterdir())) == 1
