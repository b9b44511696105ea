"""What a hostile picture costs: its memory is measured in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.playground.studio.pictures.hostile_pictures import hostile

ROOT = Path(__file__).resolve().parents[4]
MOST_GROWTH = 300_000_000
READ = {
    "apng", "bmp", "bmp runs", "gif comments", "gif frames", "gif wide", "jpeg huge", "jpeg inks",
    "jpeg notes", "jpeg progressive", "jpeg turned", "noise", "png bits", "png grey deep",
    "png interlaced", "png palette", "png rgb", "png rgba", "png rgba deep", "png strip",
    "png texts", "webp", "webp clear", "webp frames",
}  # fmt: skip


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, int]]:
    """What became of every file, and how far memory had grown after it."""
    folder = tmp_path_factory.mktemp("hostile")
    for name, data in hostile():
        (folder / name).write_bytes(data)
    program = Path(__file__).with_name("hostile_pictures.py")
    done = subprocess.run(
        [sys.executable, str(program), str(folder)],
        capture_output=True, check=True, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    found = json.loads(done.stdout)
    assert isinstance(found, dict)
    return found


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the system tells no peak")
def test_no_picture_takes_more_than_the_budget(told: dict[str, tuple[str, int]]) -> None:
    worst = max(growth for _, growth in told.values())
    assert 20_000_000 < worst < MOST_GROWTH, told


def test_what_is_a_picture_is_read_and_the_rest_is_refused(
    told: dict[str, tuple[str, int]],
) -> None:
    read = {name.split(":")[0] for name, (how, _) in told.items() if not how.startswith("input.")}
    assert read == READ
