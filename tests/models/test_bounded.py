"""A process apart: its answer, its limits, and that it ends with who asked for it."""

from __future__ import annotations

import sys

import pytest

from models.bounded import ChildFailed, ChildLimits, run_bounded

LIMITS = ChildLimits(2 << 30, 60, 1000)


def answer(tmp_path, script, data=b"", limits=LIMITS):
    path = tmp_path / "script.py"
    path.write_text(script, encoding="utf-8")
    return run_bounded(path, ("one", "two"), data, limits)


def test_script_gets_its_words_and_bytes(tmp_path):
    script = (
        "import sys, json\n"
        "print(json.dumps({'words': sys.argv[1:], 'data': sys.stdin.buffer.read().decode()}))"
    )
    assert answer(tmp_path, script, b"bytes") == {"words": ["one", "two"], "data": "bytes"}


def test_blanks_before_and_after_an_answer_are_none(tmp_path):
    assert answer(tmp_path, "print('  {\"a\": 1}')\nprint(' ', end='')") == {"a": 1}


@pytest.mark.parametrize("script", ["", "print('no')", "print([])", "import os; os.abort()"])
def test_process_without_an_answer_has_failed(tmp_path, script):
    with pytest.raises(ChildFailed) as caught:
        answer(tmp_path, script)
    assert not caught.value.is_slow


def test_slow_process_is_ended(tmp_path):
    with pytest.raises(ChildFailed) as caught:
        answer(tmp_path, "import time; time.sleep(600)", limits=ChildLimits(2 << 30, 0.5))
    assert caught.value.is_slow


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits an address space")
@pytest.mark.parametrize(
    "script", ["print('{}' if bytearray(3 << 30) else '')", "open('big', 'wb').write(bytes(2000))"]
)
def test_memory_and_output_are_limited(tmp_path, script, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ChildFailed):
        answer(tmp_path, script)


def test_environment_is_empty(tmp_path, monkeypatch):
    monkeypatch.setenv("HF_TOKEN", "secret")
    script = "import json, os; print(json.dumps({'names': sorted(os.environ)}))"
    assert "HF_TOKEN" not in answer(tmp_path, script)["names"]
