"""`python -m models`: tables for people, JSON for scripts, exit codes for both."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from models import __main__ as command_line
from models import shelves
from models.digest import sha256_of
from models.download import Arrived
from models.trust import read_pins
from tests.models.golden import checkpoint, file_of, write_sparse

ROOT = Path(__file__).resolve().parents[2]
LORA = {"lora_unet_x.lora_down.weight": (4, 768)}


@pytest.fixture
def data_dir(tmp_path):
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "cat.safetensors").write_bytes(file_of(LORA))
    return tmp_path


def run(capsys, data_dir, *arguments):
    code = command_line.main([*arguments, "--data-dir", str(data_dir)])
    return code, capsys.readouterr()


def rows(output):
    return [json.loads(line) for line in output.out.splitlines()]


def test_scan_lists_models(capsys, data_dir):
    code, output = run(capsys, data_dir, "scan")
    assert code == 0
    assert "cat\tlora kohya" in output.out
    code, output = run(capsys, data_dir, "scan", "--json")
    (row,) = (row for row in rows(output) if row["name"] == "cat")
    assert (row["kind"], row["integrity"], row["trust"]) == ("lora", "readable", "unknown")


def test_broken_file_is_told_by_the_exit_code(capsys, data_dir):
    (data_dir / "models" / "page.safetensors").write_bytes(b"<html>")
    code, output = run(capsys, data_dir, "scan")
    assert code == 1 and "model.html" in output.out
    code, output = run(capsys, data_dir, "verify", "--json")
    assert code == 1 and "model.html" in output.err
    code, output = run(capsys, data_dir, "verify", "page")
    assert code == 1 and "page\tREFUSED" in output.err


def test_pickle_in_a_tree_is_no_failure(capsys, data_dir):
    (data_dir / "models" / "old.ckpt").write_bytes(b"\x80\x04.")
    assert run(capsys, data_dir, "scan")[0] == 0


def test_verify_hashes_and_pin_vouches(capsys, data_dir):
    code, output = run(capsys, data_dir, "verify", "cat", "--json")
    assert code == 0 and rows(output)[0]["integrity"] == "hashed"
    code, output = run(capsys, data_dir, "pin", "cat", "--json")
    assert code == 0 and rows(output)[0]["trust"] == "pinned"
    (data_dir / "models" / "cat.safetensors").write_bytes(file_of(LORA, fill=b"\1"))
    code, output = run(capsys, data_dir, "verify", "cat")
    assert code == 1 and "model.conflict" in output.err


def test_show_tells_everything(capsys, data_dir):
    write_sparse(data_dir / "models" / "sd.safetensors", checkpoint("sd15"))
    code, output = run(capsys, data_dir, "show", "sd", "--json")
    facts = json.loads(output.out)
    assert code == 0
    assert facts["structure"] == {"missing": [], "unexpected": [], "wrong_shape": []}
    assert len(facts["legacy_hash"]) == 8 and facts["reasons"]
    code, output = run(capsys, data_dir, "show", "cat")
    assert json.loads(output.out)["lora"]["format"] == "kohya"


@pytest.mark.parametrize("command", ["show", "verify", "pin"])
def test_unknown_name_is_exit_code_2(capsys, data_dir, command):
    code, output = run(capsys, data_dir, command, "cta", "--json")
    assert code == 2
    assert json.loads(output.err)["values"]["nearest"] == "cat"


def test_show_of_a_broken_folder_and_file(capsys, data_dir):
    (data_dir / "models" / "page.safetensors").write_bytes(b"<html>")
    code, output = run(capsys, data_dir, "show", "page", "--json")
    assert code == 1 and json.loads(output.out)["flaw"] == "model.html"


def test_builtin_is_pinned_in_the_repository(capsys, tiny_models, tmp_path, monkeypatch):
    shutil.copytree(tiny_models, tmp_path / "builtin")
    pins = tmp_path / "pins.json"
    pins.write_text('{"files": {"tiny/old": {"sha256": "x"}}, "known": {}}')
    monkeypatch.setattr(shelves, "BUILTIN", tmp_path / "builtin")
    monkeypatch.setattr(command_line, "PINS_FILE", pins)
    assert run(capsys, tmp_path / "data", "pin", "tiny")[0] == 0
    assert sorted(read_pins(pins)) == sorted(
        f"tiny/{part}/{name}"
        for part, name in (
            ("text_encoder", "model.safetensors"),
            ("unet", "diffusion_pytorch_model.safetensors"),
            ("vae", "diffusion_pytorch_model.safetensors"),
        )
    )


def test_get_downloads_and_pins(capsys, data_dir, monkeypatch):
    path = data_dir / "models" / "got.safetensors"

    def arrive(wanted, folder, quarantine, client, on_progress):
        assert client.tokens == {"huggingface.co": "hf_x"}
        assert quarantine == data_dir / "quarantine"
        path.write_bytes(file_of(LORA, fill=b"\2"))
        on_progress(1, 2)
        return Arrived(folder / wanted.file_name, sha256_of(path), True, "hf:a/b@c:got.safetensors")

    monkeypatch.setenv("HF_TOKEN", "hf_x")
    monkeypatch.delenv("CIVITAI_TOKEN", raising=False)
    monkeypatch.setattr("models.get.download", arrive)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    code, output = run(capsys, data_dir, "get", "hf:a/b:got.safetensors", "--json")
    assert code == 0 and rows(output)[0]["is_published"]
    assert "MB" in output.err and "hf_x" not in output.out + output.err
    code, output = run(capsys, data_dir, "verify", "got", "--json")
    assert rows(output)[0]["trust"] == "pinned"
    assert rows(output)[0]["source"] == "hf:a/b@c:got.safetensors"


def test_stopped_or_refused_get_is_told_by_the_exit_code(capsys, data_dir, monkeypatch):
    assert run(capsys, data_dir, "get", "ftp://x")[0] == 1

    def stop(*_args):
        raise KeyboardInterrupt

    monkeypatch.setattr("models.get.download", stop)
    assert run(capsys, data_dir, "get", "civitai:1")[0] == 130


def test_convert_tells_both_digests(capsys, data_dir):
    import torch

    source = data_dir / "models" / "old.ckpt"
    torch.save({"a": torch.zeros(3)}, source)
    code, output = run(capsys, data_dir, "convert", str(source), "--json")
    assert code == 0
    assert rows(output)[0]["source_sha256"] == sha256_of(source)
    code, output = run(capsys, data_dir, "convert", str(source), str(data_dir / "b.safetensors"))
    assert code == 0 and "from " in output.out


def test_it_runs_without_an_ml_library(data_dir):
    script = (
        "import sys; from models.__main__ import main; main(['scan']);"
        "assert not {'torch', 'numpy', 'diffusers'} & sys.modules.keys()"
    )
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True, capture_output=True)


def test_failure_of_the_library_itself_is_told(capsys, data_dir):
    (data_dir / "model-pins.json").write_text("broken")
    code, output = run(capsys, data_dir, "scan")
    assert code == 1 and "model.own_pins" in output.err
