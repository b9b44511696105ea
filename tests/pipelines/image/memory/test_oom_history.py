"""What failed is remembered in a file that anybody may have written."""

from __future__ import annotations

import json

import pytest

from pipelines.image.memory.device import DevicePlan, Offload
from pipelines.image.memory.estimate import MemoryEstimate
from pipelines.image.memory.oom_history import MAX_FAILURES, OomHistory, read_failures

NEEDS = MemoryEstimate("sd15", 1, 1, (1,), 1, 1, 0)
PLAN = DevicePlan("cuda:0", "float16", Offload.MODEL, name="Test card", free_bytes=1 << 30)


def test_the_next_start_knows_it(tmp_path):
    path = tmp_path / "plans.json"
    OomHistory(path).remember_failure(PLAN, NEEDS)
    assert OomHistory(path).has_failed(PLAN, NEEDS)


def test_other_devices_families_and_formats_have_not_failed(tmp_path):
    memory = OomHistory(tmp_path / "plans.json")
    memory.remember_failure(PLAN, NEEDS)
    other = DevicePlan("cuda:0", "float16", Offload.MODEL, name="Other card", free_bytes=1)
    precise = DevicePlan("cuda:0", "float32", Offload.MODEL, name="Test card", free_bytes=1)
    assert not memory.has_failed(other, NEEDS)
    assert not memory.has_failed(precise, NEEDS)
    assert not memory.has_failed(PLAN, MemoryEstimate("sdxl", 1, 1, (1,), 1, 1, 0))


def test_a_deleted_file_is_forgotten_at_once(tmp_path):
    path = tmp_path / "plans.json"
    memory = OomHistory(path)
    memory.remember_failure(PLAN, NEEDS)
    path.unlink()
    assert not memory.has_failed(PLAN, NEEDS)


def test_a_folder_that_cannot_be_written_is_no_reason_to_stop(tmp_path, caplog):
    memory = OomHistory(tmp_path / "missing" / "plans.json")
    memory.remember_failure(PLAN, NEEDS)
    assert memory.has_failed(PLAN, NEEDS)
    assert "not remembered" in caplog.text


def test_the_file_does_not_grow_for_ever(tmp_path):
    path = tmp_path / "plans.json"
    rows = row()["failed"] * (MAX_FAILURES + 5)
    path.write_text(json.dumps({"version": 1, "failed": rows}))
    OomHistory(path).remember_failure(PLAN, NEEDS)
    kept = json.loads(path.read_text())["failed"]
    assert len(kept) == MAX_FAILURES
    assert kept[-1]["device"] == "Test card"


def row(**changes):
    usual = {"device": "a", "family": "b", "format": "c", "rank": 1, "size": 2, "free": 3}
    return {"version": 1, "failed": [usual | changes]}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[1]",
        b"null",
        b'{"version": 2, "failed": []}',
        b'{"version": 1, "failed": {"a": 1}}',
        b'{"version": 1, "failed": [1, null, [], {}]}',
        b"[" * 100_000,
        b"\xff\xfe\x00",
        json.dumps(row(rank=-1)).encode(),
        json.dumps(row(rank=True)).encode(),
        json.dumps(row(free=1e9)).encode(),
        json.dumps(row(size=1 << 60)).encode(),
        json.dumps(row(device="x" * 101)).encode(),
        json.dumps(row(family=None)).encode(),
        json.dumps(row(more=1)).encode(),
    ],
)
def test_what_is_not_ours_is_left_out(tmp_path, content):
    path = tmp_path / "plans.json"
    path.write_bytes(content)
    assert read_failures(path) == ()
    assert not OomHistory(path).has_failed(PLAN, NEEDS)


def test_a_good_row_between_bad_ones_counts(tmp_path):
    path = tmp_path / "plans.json"
    path.write_text(json.dumps({"version": 1, "failed": [1, row()["failed"][0], {}]}))
    assert len(read_failures(path)) == 1
