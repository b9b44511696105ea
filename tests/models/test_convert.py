"""Pickles become safetensors in another process, or do not; nothing of them runs in ours."""

from __future__ import annotations

import json
import os
import pickle
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from models import convert as convert_module
from models import convert_worker
from models.bounded import without_network
from models.convert import convert
from models.digest import sha256_of
from models.errors import CannotConvert, DiskError
from models.header import read_header
from models.leftovers import sweep_unfinished, unfinished
from models.places import walk
from models.probe import probe
from tests.models.hostile import Bomb

SHARED = torch.arange(6.0)


def save(path, data):
    torch.save(data, path)
    return path


def named_tensors(data):
    return convert_worker.named_tensors(data, torch.Tensor)


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


VECTORS = torch.randn(2, 768)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({"string_to_token": {"*": 265}, "string_to_param": {"*": VECTORS}, "step": 3}, VECTORS),
        (
            {"string_to_param": torch.nn.ParameterDict({"*": torch.nn.Parameter(VECTORS)})},
            VECTORS,
        ),
        ({"emb_params": VECTORS}, VECTORS),
        ({"<cat>": VECTORS[0]}, VECTORS[:1]),
        ({"<cat>": VECTORS[0], "<cat_1>": VECTORS[1]}, VECTORS),
        ({"string_to_param": {"*": VECTORS[0], "*1": VECTORS[1]}}, VECTORS),
        ({"state_dict": {"emb_params": VECTORS}}, VECTORS),
    ],
)
def test_embeddings_of_every_layout_become_one(tmp_path, data, expected):
    converted = convert(save(tmp_path / "cat.pt", data))
    tensors = load_file(converted.path)
    assert set(tensors) == {"emb_params"} and torch.equal(tensors["emb_params"], expected)
    assert probe(read_header(converted.path)).kind == "embedding"
    assert torch.equal(named_tensors(data)["emb_params"], expected)  # here as in the child


@pytest.mark.parametrize(
    "data", [{"string_to_param": {"*": VECTORS, "*1": torch.ones(3)}}, {"string_to_param": 5}]
)
def test_what_is_no_embedding_does_not_become_one(data):
    assert named_tensors(data) == {}


@pytest.mark.parametrize(
    "data", [[], [SHARED], [torch.ones(2, 2), 5], [torch.ones(3), torch.ones(3)], (1, 2)]
)
def test_list_that_is_no_first_lora_has_no_tensors(data):
    assert named_tensors(data) == {}


def test_embedding_of_two_text_encoders_keeps_its_names(tmp_path):
    data = {"clip_l": VECTORS, "clip_g": torch.randn(2, 1280)}
    found = probe(read_header(convert(save(tmp_path / "xl.pt", data)).path))
    assert (found.kind, found.family) == ("embedding", "sdxl")


def test_list_of_a_first_lora_gets_names(tmp_path):
    up, down = torch.randn(320, 4), torch.randn(4, 320)
    tensors = load_file(convert(save(tmp_path / "early.pt", [up, down] * 2)).path)
    assert set(tensors) == {f"unet:{n}:{role}" for n in (0, 1) for role in ("up", "down")}
    assert torch.equal(tensors["unet:1:up"], up) and torch.equal(tensors["unet:0:down"], down)
    swapped = load_file(convert(save(tmp_path / "swapped.pt", [down, up])).path)
    assert torch.equal(swapped["unet:0:up"], up)
    text = convert(save(tmp_path / "text.pt", [torch.randn(768, 4), torch.randn(4, 768)] * 4))
    assert set(load_file(text.path)) >= {"text_encoder:3:up"}
    here = named_tensors([down, up] * 2)
    assert torch.equal(here["unet:1:up"], up) and torch.equal(here["unet:0:down"], down)
    wide = named_tensors([torch.ones(4, 320), torch.ones(320, 4)])  # down stands first
    assert wide["unet:0:up"].shape == (320, 4)


def test_reason_of_a_refusal_names_what_was_asked_for_and_nothing_else(tmp_path):
    source = tmp_path / "m.pt"
    source.write_bytes(pickle.dumps({"a": Bomb(tmp_path / "mark")}, protocol=2))
    with pytest.raises(CannotConvert) as caught:
        convert(source)
    reason = str(caught.value.values["reason"])
    assert reason and len(reason) < 80 and "\x1b" not in reason and "trust" not in reason


def test_reason_that_torch_did_not_give_names_nothing():
    assert convert_worker.foreign_name("unpickling stack underflow") == ""
    assert convert_worker.foreign_name("Weights only load failed: nobody knows why") == "?"


@pytest.mark.parametrize("data", [b"", b"\x80\x02", b"hello", b"PK\x03\x04abc"])
def test_file_that_ends_too_early_is_not_said_to_run_code(tmp_path, data):
    (tmp_path / "m.pth").write_bytes(data)
    assert refusal(tmp_path / "m.pth") == "convert.cut_off"


def test_worker_ends_with_the_process_that_asked_for_it(tmp_path):
    source = save(tmp_path / "m.pt", {"a": SHARED})
    worker = tmp_path / "worker.py"
    worker.write_text(
        "import os, sys, time\n"
        f"open({str(tmp_path / 'pid')!r}, 'w').write(str(os.getpid()))\n"
        "open(sys.argv[1], 'wb').write(b'half')\n"
        f"os.rename({str(tmp_path / 'pid')!r}, {str(tmp_path / 'ready')!r})\n"
        "time.sleep(600)\n"
    )
    script = (
        "from models import convert; from pathlib import Path; import sys\n"
        "convert.WORKER = Path(sys.argv[1]); convert.convert(Path(sys.argv[2]))"
    )
    command = [sys.executable, "-c", script, str(worker), str(source)]
    with subprocess.Popen(command, cwd=Path(__file__).resolve().parents[2]) as parent:
        wait_for((tmp_path / "ready").exists)
        parent.kill()
    pid = int((tmp_path / "ready").read_text())
    wait_for(lambda: not is_running(pid))
    (left,) = tmp_path.glob(".m.safetensors.*")
    assert [found.path for found in walk(tmp_path)] == [source]  # a scan takes it away
    assert not left.exists()


def test_unfinished_file_of_a_living_conversion_stays(tmp_path):
    mine = unfinished(tmp_path / "m.safetensors")
    mine.write_bytes(b"half")
    foreign = tmp_path / ".m.safetensors.bak.tmp"
    foreign.write_bytes(b"somebody's")
    dead = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"],
                          capture_output=True, text=True, check=True).stdout.strip()  # fmt: skip
    (tmp_path / f".n.safetensors.{dead}-0123abcd.tmp").write_bytes(b"half")
    assert sweep_unfinished(tmp_path) == 1
    assert mine.exists() and foreign.exists()


def wait_for(condition):
    for _ in range(600):
        if condition():
            return
        time.sleep(0.05)
    raise AssertionError("it did not happen")


def is_running(pid):
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1][0]
    except OSError:
        return Path("/proc/self").exists() is False and _answers(pid)
    return state != "Z"


def _answers(pid):
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    return True


def test_what_is_no_pickle_or_has_a_twin_is_told(tmp_path):
    (tmp_path / "m.safetensors").write_bytes(b"x")
    with pytest.raises(CannotConvert) as caught:
        convert(tmp_path / "m.safetensors")
    assert caught.value.key == "convert.not_pickle"
    with pytest.raises(CannotConvert) as caught:
        convert(save(tmp_path / "m.ckpt", {"a": SHARED}))
    assert caught.value.key == "convert.exists"
    for name in ("gone.ckpt", "gone"):
        with pytest.raises(DiskError) as gone:
            convert(tmp_path / name)
        assert gone.value.key == "disk.missing"


def test_slow_process_is_ended(tmp_path):
    source = save(tmp_path / "m.pt", {"a": SHARED})
    assert refusal(source, timeout_seconds=0.05) == "convert.slow"


def test_crash_is_told(tmp_path, monkeypatch):
    worker = tmp_path / "worker.py"
    worker.write_text("import os; os.abort()")
    monkeypatch.setattr(convert_module, "WORKER", worker)
    source = save(tmp_path / "m.pt", {"a": SHARED})
    assert refusal(source) == "convert.crashed"


def test_answer_that_says_nothing_is_a_crash(tmp_path, monkeypatch):
    worker = tmp_path / "worker.py"
    worker.write_text("print('{}')")
    monkeypatch.setattr(convert_module, "WORKER", worker)
    assert refusal(save(tmp_path / "m.pt", {"a": SHARED})) == "convert.crashed"


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


@pytest.mark.skipif(not without_network(), reason="the system has no namespaces")
def test_process_has_no_network(tmp_path):
    script = "import socket; socket.create_connection(('127.0.0.1', 9), 1)"
    command = [*without_network(), sys.executable, "-c", script]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "unreachable" in result.stderr


def test_without_namespaces_it_still_converts(tmp_path, monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert convert(save(tmp_path / "m.pt", {"a": SHARED})).path.is_file()
    monkeypatch.setattr(shutil, "which", lambda name: str(tmp_path / "gone"))
    assert without_network() == []
    monkeypatch.setattr(shutil, "which", lambda name: shutil.__file__)
    assert without_network() == []


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
    (tmp_path / "nothing.pt").write_bytes(b"")
    cut_off = worker_answer(capsys, monkeypatch, tmp_path, tmp_path / "nothing.pt")
    assert cut_off == (1, "convert.cut_off")
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
