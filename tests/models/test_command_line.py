"""`python -m models`: tables for people, JSON for scripts, exit codes for both."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from models import shelves
from models.__main__ import main
from models.digest import sha256_of
from models.download import Arrived
from models.trust import read_pins
from playground.messages import Language, table
from playground.model_cli import commands
from playground.model_cli.parser import model_parser
from playground.version import VERSION
from tests.models.golden import checkpoint, file_of, write_sparse

ROOT = Path(__file__).resolve().parents[2]
LORA = {"lora_unet_x.lora_down.weight": (4, 768)}


@pytest.fixture
def data_dir(tmp_path):
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "cat.safetensors").write_bytes(file_of(LORA))
    return tmp_path


@pytest.fixture(autouse=True)
def korean(monkeypatch):
    monkeypatch.setenv("LC_ALL", "ko_KR.UTF-8")


def run(capsys, data_dir, *arguments):
    code = main([*arguments, "--data-dir", str(data_dir)])
    return code, capsys.readouterr()


def rows(output):
    return [json.loads(line) for line in output.out.splitlines()]


def test_scan_lists_models(capsys, data_dir):
    code, output = run(capsys, data_dir, "scan")
    assert code == 0
    assert "cat\tLoRA kohya" in output.out
    code, output = run(capsys, data_dir, "scan", "--json")
    (row,) = (row for row in rows(output) if row["name"] == "cat")
    assert (row["kind"], row["integrity"], row["trust"]) == ("lora", "readable", "unknown")


def test_broken_file_is_told_by_the_exit_code(capsys, data_dir):
    (data_dir / "models" / "page.safetensors").write_bytes(b"<html>")
    code, output = run(capsys, data_dir, "scan")
    assert code == 1 and "웹" in output.out and "model.html" not in output.out
    code, output = run(capsys, data_dir, "verify", "--json")
    assert code == 1 and "model.html" in output.err
    code, output = run(capsys, data_dir, "verify", "page")
    assert code == 1 and output.err.startswith("page\t") and "REFUSED" not in output.err


def test_pickle_in_a_tree_is_no_failure(capsys, data_dir):
    (data_dir / "models" / "old.ckpt").write_bytes(b"\x80\x04.")
    assert run(capsys, data_dir, "scan")[0] == 0
    code, output = run(capsys, data_dir, "verify")  # says the same
    assert code == 0 and "피클" in output.out and not output.err
    assert run(capsys, data_dir, "verify", "old")[0] == 1  # asked for by its name


def test_verify_hashes_and_pin_vouches(capsys, data_dir):
    code, output = run(capsys, data_dir, "verify", "cat", "--json")
    assert code == 0 and rows(output)[0]["integrity"] == "hashed"
    code, output = run(capsys, data_dir, "pin", "cat", "--json")
    assert code == 0 and rows(output)[0]["trust"] == "pinned"
    (data_dir / "models" / "cat.safetensors").write_bytes(file_of(LORA, fill=b"\1"))
    code, output = run(capsys, data_dir, "verify", "cat")
    assert code == 1 and "python -m models pin" in output.err


def test_show_tells_everything(capsys, data_dir):
    write_sparse(data_dir / "models" / "sd.safetensors", checkpoint("sd15"))
    code, output = run(capsys, data_dir, "show", "sd", "--json")
    facts = json.loads(output.out)
    assert code == 0
    assert facts["structure"] == {"missing": [], "unexpected": [], "wrong_shape": []}
    assert len(facts["legacy_hash"]) == 8 and facts["reasons"]
    code, output = run(capsys, data_dir, "show", "cat", "--json")
    assert json.loads(output.out)["lora"]["format"] == "kohya"
    code, output = run(capsys, data_dir, "show", "cat")
    assert "종류: LoRA\n" in output.out and "꼴 kohya" in output.out


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
    monkeypatch.setattr(commands, "PINS_FILE", pins)
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
    assert code == 0 and "원본 " in output.out


def test_it_runs_without_an_ml_library(data_dir):
    script = (
        "import sys; from models.__main__ import main; main(['scan']);"
        "assert not {'torch', 'numpy', 'diffusers'} & sys.modules.keys()"
    )
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True, capture_output=True)


def test_failure_of_the_library_itself_is_told(capsys, data_dir):
    (data_dir / "model-pins.json").write_text("broken")
    code, output = run(capsys, data_dir, "scan")
    assert code == 1 and "model-pins.json" in output.err


COMMANDS = ("scan", "verify", "show", "pin", "get", "convert")
ARGPARSE = ("usage:", "positional arguments", "optional arguments", "show this help message")


@pytest.mark.parametrize("arguments", [[], *([name] for name in COMMANDS)])
def test_help_is_in_the_language_of_the_terminal(capsys, arguments, monkeypatch):
    assert main([*arguments, "--help"]) == 0
    korean = capsys.readouterr().out
    assert not any(word in korean for word in ARGPARSE) and "이 도움말" in korean
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    assert main([*arguments, "--help"]) == 0
    english = capsys.readouterr().out
    assert english.isascii() and english != korean


def test_version_is_told(capsys):
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.strip() == f"python -m models {VERSION}"


@pytest.mark.parametrize("arguments", [[], ["nope"], ["scan", "--what"], ["show"]])
def test_mistake_is_a_sentence_and_exit_code_2(capsys, arguments):
    assert main(arguments) == 2
    error = capsys.readouterr().err
    assert "python -m models --help" in error and len(error.splitlines()) == 1


def test_every_command_can_answer_in_json():
    for language in Language:
        for name in COMMANDS:
            given = {"scan": [], "verify": []}.get(name, ["x"])
            assert model_parser(language).parse_args([name, *given, "--json"]).json


def test_no_answer_is_a_key_of_a_table(capsys, data_dir):
    (data_dir / "models" / "old.ckpt").write_bytes(b"\x80\x04.")
    (data_dir / "models" / "page.safetensors").write_bytes(b"<html>")
    pickle = str(data_dir / "models" / "old.ckpt")
    calls = (["scan"], ["verify"], ["show", "page"], ["show", "nope"], ["pin", "page"])
    for arguments in (*calls, ["get", "ftp://x"], ["convert", pickle]):
        _, output = run(capsys, data_dir, *arguments)
        said = output.out + output.err
        assert said and not any(key in said for key in table() if "." in key and len(key) > 8)
        assert "REFUSED" not in said and "\x1b" not in said


def alone(data_dir, *arguments, **environ):
    """Run the command in a process of its own."""
    command = [sys.executable, "-m", "models", *arguments, "--data-dir", str(data_dir)]
    return subprocess.run(
        command, cwd=ROOT, env=os.environ | environ, capture_output=True, check=False
    )


@pytest.mark.parametrize("encoding", ["cp949", "ascii"])
def test_stream_without_every_letter_loses_no_answer(data_dir, encoding):
    name = "emoji🎨é"
    (data_dir / "models" / f"{name}.safetensors").write_bytes(file_of(LORA))
    for command in (["scan"], ["verify"], ["show", name], ["show", "nope🎨"]):
        result = alone(data_dir, *command, PYTHONIOENCODING=encoding)
        assert result.returncode in (0, 2) and b"Traceback" not in result.stderr
    result = alone(data_dir, "scan", "--json", PYTHONIOENCODING=encoding)
    names = {json.loads(line)["name"] for line in result.stdout.decode(encoding).splitlines()}
    assert name in names  # in JSON nothing becomes a question mark


def test_nobody_who_reads_is_no_error(data_dir):
    script = (
        "import os, sys; from models.__main__ import main\n"
        "read, write = os.pipe(); os.close(read); os.dup2(write, 1)\n"
        "sys.exit(main(['scan', '--data-dir', sys.argv[1]]))"
    )
    result = subprocess.run([sys.executable, "-c", script, str(data_dir)], cwd=ROOT,
                            capture_output=True, check=False)  # fmt: skip
    assert result.returncode == 141 and not result.stderr


def test_stop_says_nothing(capsys, data_dir, monkeypatch):
    def stop(*_args, **_more):
        raise KeyboardInterrupt

    monkeypatch.setattr(commands, "read_header", stop)
    monkeypatch.setattr("models.library.Library.scan", stop)
    code, output = run(capsys, data_dir, "scan")
    assert code == 130 and not output.out + output.err
    monkeypatch.setattr("models.__main__.import_module", stop)  # while it is imported
    code, output = run(capsys, data_dir, "scan")
    assert code == 130 and not output.out + output.err
