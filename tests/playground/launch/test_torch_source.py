import shutil
import subprocess

import pytest

from playground.launch import torch_source
from playground.launch.sentences import SetupError
from playground.launch.torch_source import CPU_INDEX, CUDA_INDEX, PINNED, PIP, attempts


def commands(environ=None, system="Linux", machine="x86_64", has_nvidia=False):
    made = attempts(environ or {}, system, machine, has_nvidia=has_nvidia)
    return [attempt.command for attempt in made]


def test_what_the_person_says_comes_first():
    environ = {
        "TORCH_COMMAND": 'pip install "my torch.whl"',
        "TORCH_INDEX_URL": "https://example.invalid/cu126",
        "PIP_FIND_LINKS": "/wheels",
    }
    assert commands(environ, has_nvidia=True) == [("pip", "install", "my torch.whl")]
    del environ["TORCH_COMMAND"]
    index = ("--index-url", "https://example.invalid/cu126")
    assert commands(environ, has_nvidia=True) == [(*PIP, *index)]
    del environ["TORCH_INDEX_URL"]
    assert commands(environ, has_nvidia=True) == [PIP]


def test_hardware_decides_otherwise():
    assert commands(has_nvidia=True) == [PINNED]
    cuda = [(*PIP, "--index-url", CUDA_INDEX)]
    assert commands(system="Windows", has_nvidia=True) == cuda
    assert commands(system="Windows") == [PINNED]
    assert commands(system="Darwin", machine="arm64") == [PINNED]


def test_a_linux_without_a_card_asks_the_small_index_and_then_the_large_one():
    first, second = attempts({}, "Linux", "aarch64", has_nvidia=False)
    assert first.command[-6:-4] == ("--index-url", CPU_INDEX)
    assert (first.index, second.command, second.index) == (CPU_INDEX, PINNED, "")
    assert (first.is_pinned, second.is_pinned) == (False, True)


def test_the_default_index_is_never_asked_without_digests():
    systems = [("Linux", "x86_64"), ("Linux", "aarch64"), ("Darwin", "arm64"), ("Windows", "AMD64")]
    for system, machine in systems:
        for has_nvidia in (False, True):
            for attempt in attempts({}, system, machine, has_nvidia=has_nvidia):
                assert attempt.is_pinned != ("--index-url" in attempt.command)
    assert torch_source.LOCK.is_file()


def test_an_intel_mac_is_told_at_once_but_may_bring_its_own():
    with pytest.raises(SetupError, match="intel_mac"):
        commands(system="Darwin")
    assert commands({"TORCH_COMMAND": "pip install torch==2.2.2"}, system="Darwin")


def test_a_command_is_split_without_a_shell():
    assert commands({"TORCH_COMMAND": "pip install x; rm -rf $HOME # no"}) == [
        ("pip", "install", "x;", "rm", "-rf", "$HOME", "#", "no")
    ]
    windows = commands({"TORCH_COMMAND": r"pip install C:\wheels\t.whl"}, system="Windows")
    assert windows == [("pip", "install", r"C:\wheels\t.whl")]
    with pytest.raises(SetupError, match="bad_quotes"):
        commands({"TORCH_COMMAND": 'pip "install'})
    with pytest.raises(SetupError, match="no_program"):
        commands({"TORCH_COMMAND": "  "})


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("echo 'GPU 0: NVIDIA'", True),
        ("echo 'NVIDIA-SMI has failed'; exit 9", False),
        ("echo 'No devices were found'", False),
    ],
)
def test_nvidia_is_what_its_driver_lists(tmp_path, monkeypatch, script, expected):
    program = tmp_path / "nvidia-smi"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    assert torch_source.has_nvidia() is expected


def test_a_driver_that_hangs_counts_as_none(monkeypatch):
    def hang(*_words, **_more):
        raise subprocess.TimeoutExpired("nvidia-smi", 20)

    monkeypatch.setattr(shutil, "which", lambda _name: "nvidia-smi")
    monkeypatch.setattr(subprocess, "run", hang)
    assert torch_source.has_nvidia() is False
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    assert torch_source.has_nvidia() is False
