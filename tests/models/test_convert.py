"""Pickles become safetensors in another process, or do not; nothing of them runs in ours."""

from __future__ import annotations

import json
import os
import pickle
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from models import convert as convert_module
from models import convert_worker
from models.convert import convert
from models.digest import sha256_of
from models.errors import CannotConvert, DiskError
from models.header import read_header
from tests.models.hostile import Bomb

SHARED = torch.arange(6.0)


def save(path, data):
    torch.save(data, path)
    return path


def refusal(path, **options):
    with pytest.raises(CannotConvert) as caught:
        convert(path, **options)
    assert not path.with_suffix(".safetensors").exists()
    assert not [item for item in path.parent.iterdir() if item.name.endswith(".tmp")]
    return caught.value.key


def test_checkpoint_becomes_safetensors_with_a_record_of_its_source(tmp_path):
    data = {"state_dict": {"a": SHARED, "b": SHARED.view(2, 3), "step": 3}, "epoch": 1}
    source = save(tmp_path / "m.ckpt", data)
    converted = convert(source)
    tensors = load_file(converted.path)
    assert torch.equal(tensors["a"], SHARED) and torch.equal(tensors["b"], SHARED.view(2, 3))
    assert set(tensors) == {"a", "b"}
    assert converted.source_sha256 == sha256_of(source)
    assert converted.sha256 == sha256_of(converted.path)
    recorded = dict(read_header(converted.path).metadata)["converted_from_sha256"]
    assert recorded == converted.source_sha256
    assert "pickle" not in sys.modules or not (tmp_path / "mark").exists()


def test_pickle_with_code_is_refused_and_runs_nothing(tmp_path):
    mark = tmp_path / "mark"
    source = tmp_path / "m.pt"
    source.write_bytes(pickle.dumps({"a": Bomb(mark)}, protocol=2))
    assert refusal(source) == "convert.refused"
    save(source, {"state_dict": Bomb(mark)})
    assert refusal(source) == "convert.refused"
    assert not mark.exists()


@pytest.mark.parametrize("data", [[1, 2], {"a": 1}, {"state_dict": {}}])
def test_file_without_weights_is_told(tmp_path, data):
    assert refusal(save(tmp_path / "m.bin", data)) == "convert.empty"


def test_what_is_no_pickle_or_has_a_twin_is_told(tmp_path):
    (tmp_path / "m.safetensors").write_bytes(b"x")
    with pytest.raises(CannotConvert) as caught:
        convert(tmp_path / "m.safetensors")
    assert caught.value.key == "convert.not_pickle"
    with pytest.raises(CannotConvert) as caught:
        convert(tmp_path / "m.ckpt")
    assert caught.value.key == "convert.exists"
    with pytest.raises(DiskError):
        convert(tmp_path / "gone.ckpt")


def test_slow_process_is_ended(tmp_path):
    source = save(tmp_path / "m.pt", {"a": SHARED})
    assert refusal(source, timeout_seconds=0.05) == "convert.slow"


def test_crash_is_told(tmp_path, monkeypatch):
    worker = tmp_path / "worker.py"
    worker.write_text("import os; os.abort()")
    monkeypatch.setattr(convert_module, "WORKER", worker)
    source = save(tmp_path / "m.pt", {"a": SHARED})
    assert refusal(source) == "convert.crashed"


def test_file_that_appears_meanwhile_is_not_replaced(tmp_path, monkeypatch):
    source = save(tmp_path / "m.pt", {"a": SHARED})
    real = convert_module.read_header  # type: ignore[attr-defined]

    def appear(path):
        (tmp_path / "m.safetensors").write_bytes(b"mine")
        return real(path)

    monkeypatch.setattr(convert_module, "read_header", appear)
    with pytest.raises(CannotConvert) as caught:
        convert(source)
    assert caught.value.key == "convert.exists"
    assert (tmp_path / "m.safetensors").read_bytes() == b"mine"


@pytest.mark.skipif(not convert_module._no_network(), reason="the system has no namespaces")
def test_process_has_no_network(tmp_path):
    script = "import socket; socket.create_connection(('127.0.0.1', 9), 1)"
    command = [*convert_module._no_network(), sys.executable, "-c", script]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "unreachable" in result.stderr


def test_without_namespaces_it_still_converts(tmp_path, monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert convert(save(tmp_path / "m.pt", {"a": SHARED})).path.is_file()
    monkeypatch.setattr(shutil, "which", lambda name: str(tmp_path / "gone"))
    assert convert_module._no_network() == []
    monkeypatch.setattr(shutil, "which", lambda name: shutil.__file__)
    assert convert_module._no_network() == []


@pytest.mark.parametrize(
    ("event", "arguments", "is_refused"),
    [
        ("socket.connect", (None, ("8.8.8.8", 80)), True),
        ("subprocess.Popen", ("sh",), True),
        ("os.system", (b"true",), True),
        ("open", ("/etc/passwd", "w", 0), True),
        ("open", ("/etc/hostname", "r", 0), False),
        ("open", ("/target", "wb", 0), False),
        ("open", ("/target", None, 0), False),
        ("import", ("os",), False),
    ],
)
def test_guard_refuses_what_a_conversion_does_not_do(event, arguments, is_refused):
    guard = convert_worker.guard("/target")
    if is_refused:
        with pytest.raises(PermissionError):
            guard(event, arguments)
    else:
        guard(event, arguments)


def worker_answer(capsys, monkeypatch, tmp_path, source):
    """Run the worker in this process, for its lines; the real ones run outside."""
    monkeypatch.setattr(sys, "addaudithook", lambda hook: None)
    with source.open("rb") as file:
        monkeypatch.setattr(sys, "stdin", type("In", (), {"buffer": file}))
        code = convert_worker.main(str(tmp_path / "out.safetensors"), "ab")
    return code, json.loads(capsys.readouterr().out)["error"]


def test_worker_answers_in_one_line(capsys, monkeypatch, tmp_path):
    good = save(tmp_path / "m.pt", {"params": {"a": SHARED}})
    assert worker_answer(capsys, monkeypatch, tmp_path, good) == (0, "")
    empty = save(tmp_path / "e.pt", {"state_dict": {"state_dict": {"state_dict": {"x": {}}}}})
    assert worker_answer(capsys, monkeypatch, tmp_path, empty) == (1, "convert.empty")
    rows = save(tmp_path / "r.pt", [1, 2])
    assert worker_answer(capsys, monkeypatch, tmp_path, rows) == (1, "convert.empty")
    bad = tmp_path / "b.pt"
    bad.write_bytes(pickle.dumps({"a": Bomb(tmp_path / "mark")}, protocol=2))
    assert worker_answer(capsys, monkeypatch, tmp_path, bad) == (1, "convert.refused")
    monkeypatch.setattr(torch, "__version__", "2.5.1")
    assert worker_answer(capsys, monkeypatch, tmp_path, good) == (1, "convert.old_torch")
    monkeypatch.setitem(sys.modules, "torch", None)
    assert worker_answer(capsys, monkeypatch, tmp_path, good) == (1, "convert.no_torch")


def test_worker_knows_no_tokens(tmp_path, monkeypatch):
    monkeypatch.setenv("HF_TOKEN", "secret")
    worker = tmp_path / "worker.py"
    worker.write_text(
        "import json, os; print(json.dumps({'error': 'convert.empty',"
        " 'reason': ' '.join(sorted(os.environ))}))"
    )
    monkeypatch.setattr(convert_module, "WORKER", worker)
    with pytest.raises(CannotConvert) as caught:
        convert(save(tmp_path / "m.pt", {"a": SHARED}))
    assert "HF_TOKEN" not in str(caught.value.values["reason"])
    assert Path(os.devnull).exists()
