"""Every hostile file is refused with its own reason, quickly, and runs nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from models.errors import NotSafetensors
from models.header import MAX_FILE_BYTES, read_header
from playground.messages import Language, explain
from tests.models.hostile import HOSTILE, framed

ROOT = Path(__file__).resolve().parents[2]
LIMIT_SECONDS = 0.050


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_file_is_refused_with_its_reason(tmp_path, name):
    make, key = HOSTILE[name]
    mark = tmp_path / "code ran"
    path = tmp_path / "m.safetensors"
    path.write_bytes(make(mark))
    with pytest.raises(NotSafetensors) as caught:
        read_header(path)
    assert caught.value.key == key
    for language in Language:
        assert "m.safetensors" in explain(caught.value, language)
    assert not mark.exists()


def test_hostile_files_are_refused_in_under_50_ms_without_torch(tmp_path):
    """One fresh process reads them all; the its own time counts, as the machine may be busy."""
    for number, (make, _) in enumerate(HOSTILE.values()):
        (tmp_path / f"{number}.safetensors").write_bytes(make(tmp_path / "mark"))
    script = f"""
import sys, time
from pathlib import Path
from models.errors import NotSafetensors
from models.header import read_header
slowest = 0
for path in Path(sys.argv[1]).iterdir():
    seconds = []
    for _ in range(3):
        started = time.process_time()
        try:
            read_header(path)
        except NotSafetensors:
            seconds.append(time.process_time() - started)
    slowest = max(slowest, min(seconds))
assert not {{"torch", "numpy", "pickle"}} & sys.modules.keys()
assert slowest < {LIMIT_SECONDS}, slowest
"""
    command = [sys.executable, "-c", script, str(tmp_path)]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    assert not (tmp_path / "mark").exists()


def test_folder_is_no_file(tmp_path):
    (tmp_path / "m.safetensors").mkdir()
    with pytest.raises(NotSafetensors) as caught:
        read_header(tmp_path / "m.safetensors")
    assert caught.value.key == "model.not_a_file"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no named pipes in folders")
def test_pipe_is_refused_and_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "m.safetensors")
    with pytest.raises(NotSafetensors) as caught:
        read_header(tmp_path / "m.safetensors")
    assert caught.value.key == "model.not_a_file"


def test_file_of_a_terabyte_is_refused_unread(tmp_path):
    path = tmp_path / "m.safetensors"
    path.write_bytes(framed({"w": {"dtype": "U8", "shape": [9], "data_offsets": [0, 9]}}))
    try:
        os.truncate(path, MAX_FILE_BYTES + 1)  # sparse: takes no room
    except OSError:
        pytest.skip("the disk has no sparse files of that size")
    with pytest.raises(NotSafetensors) as caught:
        read_header(path)
    assert caught.value.key == "model.too_big"
