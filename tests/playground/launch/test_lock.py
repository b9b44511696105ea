import re
import shutil
import subprocess
from pathlib import Path

import pytest

from playground.launch import lock
from playground.launch.torch_source import TORCH

ROOT = Path(__file__).resolve().parents[3]
TORCH_LOCK = "requirements-torch.lock"
LOCKS = (
    "requirements.lock",
    "requirements-korean.lock",
    "requirements-openvino.lock",
    "requirements-test.lock",
)


def pins(name):
    """Return (name, version) of every package of a lock or a hand-edited file."""
    found = re.findall(r"^([A-Za-z0-9._-]+)==([^ ;\\\n]+)", (ROOT / name).read_text(), re.MULTILINE)
    return {(package.lower().replace("_", "-"), version) for package, version in found}


def names(name):
    found = re.findall(r"^([A-Za-z0-9._-]+)", (ROOT / name).read_text(), re.MULTILINE)
    return {package.lower().replace("_", "-") for package in found if not package.startswith("-")}


def test_locks_are_made_from_the_hand_edited_files():
    assert pins("requirements.txt") <= pins("requirements.lock")
    assert names("requirements.txt") <= names("requirements.lock")
    assert pins("requirements-test.txt") <= pins("requirements-test.lock")
    assert pins("requirements-korean.txt") <= pins("requirements-korean.lock")
    assert pins("requirements-openvino.txt") <= pins("requirements-openvino.lock")
    assert pins("requirements-torch.txt") <= pins(TORCH_LOCK)


def test_tests_run_on_the_versions_that_people_get():
    assert pins("requirements.lock") <= pins("requirements-test.lock")
    assert pins("requirements-korean.lock") <= pins("requirements-test.lock")
    assert pins("requirements-openvino.lock") <= pins("requirements-test.lock")


@pytest.mark.parametrize("name", [*LOCKS, TORCH_LOCK])
def test_locks_say_nothing_about_where_packages_come_from(name):
    text = (ROOT / name).read_text()
    assert "://" not in text
    assert not re.search(r"^\s*-(?!-hash=sha256:[0-9a-f]{64}( \\)?$)", text, re.MULTILINE)
    assert " @ " not in text


@pytest.mark.parametrize("name", LOCKS)
def test_everything_is_hashed_and_torch_is_not_there(name):
    blocks = re.split(r"^(?=[A-Za-z0-9])", (ROOT / name).read_text(), flags=re.MULTILINE)[1:]
    assert all("--hash=sha256:" in block for block in blocks)
    assert blocks
    assert not {"torch", "torchvision", "torchaudio", "triton"} & names(name)
    assert not any(package.startswith("nvidia") for package in names(name))


def test_torch_brings_nothing_without_a_digest_and_no_second_version():
    blocks = re.split(r"^(?=[A-Za-z0-9])", (ROOT / TORCH_LOCK).read_text(), flags=re.MULTILINE)[1:]
    assert all("--hash=sha256:" in block for block in blocks)
    (torch,) = (block for block in blocks if block.startswith("torch=="))
    assert torch.startswith(TORCH)
    # four Pythons on Linux (two machines), Mac and Windows; those without a lock have fewer
    assert torch.count("--hash=sha256:") >= 16
    others = dict(pins("requirements.lock"))
    assert {name for name, _ in pins(TORCH_LOCK)} >= {"torch", "triton", "nvidia-cublas"}
    again = {(name, version) for name, version in pins(TORCH_LOCK) if name in others}
    assert again <= pins("requirements.lock")


def test_the_lock_of_torch_is_made_with_torch(tmp_path):
    words = lock.command("requirements-torch", None)
    assert "--override" not in words and "--no-emit-package" not in words
    assert "--generate-hashes" in words


def test_the_command_asks_for_hashes_and_every_system(tmp_path):
    words = lock.command("requirements", tmp_path / "o.txt", "--upgrade")
    assert {"--universal", "--generate-hashes", "--upgrade", "--no-emit-index-url"} <= set(words)


def test_a_failure_of_the_command_is_passed_on(monkeypatch):
    class Done:
        returncode = 2

    monkeypatch.setattr(subprocess, "run", lambda *_words, **_more: Done())
    monkeypatch.setattr(shutil, "which", lambda _name: "uv")
    assert lock.main([]) == 2
    Done.returncode = 0
    assert lock.main([]) == 0
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    assert lock.main([]) == 1
