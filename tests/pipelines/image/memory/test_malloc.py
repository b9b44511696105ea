"""What is given back, on machines with and without a GPU."""

from __future__ import annotations

import ctypes
import subprocess
import sys
from pathlib import Path

import pytest
import torch

from pipelines.image.memory import malloc as room
from pipelines.image.memory.malloc import give_back


@pytest.fixture
def cuda(monkeypatch):
    """A GPU that writes down what it is called for."""
    calls = []
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "is_initialized", lambda: True)
    monkeypatch.setattr(torch.cuda, "empty_cache", lambda: calls.append("device"))
    pinned = lambda: calls.append("pinned")  # noqa: E731
    monkeypatch.setattr(torch.accelerator, "empty_host_cache", pinned)
    return calls


def test_a_gpu_gives_back_its_memory_and_the_pinned_ram(cuda):
    give_back()
    assert cuda == ["device", "pinned"]


def test_a_gpu_that_nobody_used_is_not_woken(cuda, monkeypatch):
    monkeypatch.setattr(torch.cuda, "is_initialized", lambda: False)
    give_back()
    assert cuda == []


def test_torch_is_not_imported_for_it():
    code = "from pipelines.image.memory.malloc import give_back; import sys; give_back()"
    code += "; assert 'torch' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_freed_memory_leaves_the_process():
    if sys.platform != "linux":
        pytest.skip("reads /proc")

    def held():
        return int(Path("/proc/self/statm").read_text().split()[1])  # pages

    before = held()
    kept = [bytearray(4096) for _ in range(50_000)]  # small enough to lie on the heap
    grown = held() - before
    del kept[:-1]  # the last one keeps the end of the heap where it is
    give_back()
    assert held() - before < grown / 2
    assert len(kept) == 1


FAULTS = """
import resource, sys
import torch
from pipelines.image.memory.malloc import keep_freed
if sys.argv[1] == "keep" and not keep_freed():
    sys.exit("not here")
def work():
    for _ in range(10):
        torch.ones(12_000_000).mul(2)
work()
before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
work()
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only for glibc")
def test_what_is_freed_is_kept_for_the_next_step():
    faults = {
        how: int(
            subprocess.run(
                [sys.executable, "-c", FAULTS, how], capture_output=True, text=True, check=True
            ).stdout
        )
        for how in ("keep", "plain")
    }
    assert faults["keep"] * 10 < faults["plain"]


def test_without_the_gnu_c_library_nothing_happens(monkeypatch):
    monkeypatch.setattr(ctypes, "CDLL", lambda _name: object())
    assert not room.keep_freed()
    room.trim()


def test_what_there_is_is_passed_by_and_new_cycles_are_still_found():
    script = """
import gc
from pipelines.image.memory.malloc import leave_alone
class Ring: pass
leave_alone()
assert gc.get_freeze_count() > 1000
ring = Ring(); ring.ring = ring; del ring
assert gc.collect() >= 1
"""
    subprocess.run([sys.executable, "-c", script], check=True, timeout=60)
