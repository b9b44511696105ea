"""What the fuzzing sees when a reader misbehaves."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.fuzz import readers, watch
from tests.fuzz.__main__ import main
from tests.fuzz.fuzzed_file import FuzzedFile

SEED = 7


def planted(read):
    return FuzzedFile(lambda: (b"abc",), lambda data, rng: data, read, (ValueError,))


def rows_of(monkeypatch, capsys, tmp_path, read, first=0, ends=3):
    monkeypatch.setitem(readers.FILES, "planted", planted(read))
    watch.child("planted", first, ends, tmp_path)
    outcome = watch.Outcome("planted")
    for line in capsys.readouterr().out.splitlines():
        watch.note(outcome, line)
    return outcome


def use(size):
    assert len(b"x" * size) == size


def refuse(data, folder):
    raise ValueError


def test_read_and_refused_are_counted(monkeypatch, capsys, tmp_path):
    outcome = rows_of(monkeypatch, capsys, tmp_path, lambda data, folder: None)
    assert (outcome.read, outcome.refused, outcome.faults) == (3, 0, [])
    assert rows_of(monkeypatch, capsys, tmp_path, refuse).refused == 3


def test_an_error_that_nobody_expects_is_a_fault(monkeypatch, capsys, tmp_path):
    calls = iter(range(9))

    def fail(data, folder):
        if next(calls) == 2:  # the first is the one that is not counted
            raise KeyError("x")

    outcome = rows_of(monkeypatch, capsys, tmp_path, fail)
    assert (outcome.read, outcome.faults) == (2, ["planted 1: KeyError: 'x'"])


def test_a_slow_file_is_a_fault(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(watch, "SLOW_SECONDS", 0.01)
    outcome = rows_of(monkeypatch, capsys, tmp_path, lambda data, folder: time.sleep(0.03))
    assert len(outcome.faults) == 3 and "s" in outcome.faults[0]


@pytest.mark.skipif(not Path("/proc/self/clear_refs").exists(), reason="reads /proc")
def test_growth_is_a_fault_although_it_is_given_back(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(watch, "LARGE_MEGABYTES", 20.0)
    outcome = rows_of(monkeypatch, capsys, tmp_path, lambda data, folder: use(60_000_000))
    assert len(outcome.faults) == 3 and outcome.megabytes > 40


def test_a_process_that_ends_is_told_and_the_next_file_comes(monkeypatch):
    """A child that knows no such kind ends before its first file, whatever the number."""
    monkeypatch.setattr(watch, "MOST_FAULTS", 2)
    outcome = watch.watched("no such kind", SEED, 5)
    assert outcome.faults == [f"no such kind {n}: the process ends: 1" for n in (SEED, SEED + 1)]


def test_a_process_that_hangs_is_killed(monkeypatch, tmp_path):
    monkeypatch.setattr(watch, "HUNG_SECONDS", 0.5)
    monkeypatch.setattr(watch, "CHILD", ("-c", "import time; time.sleep(60)"))
    outcome = watch.watched("anything", SEED, 1)
    assert outcome.faults == [f"anything {SEED}: the process hangs (0 s)"]


def test_the_command_shows_a_row_for_each_kind(monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["fuzz", "--kind", "recipe", "--count", "20"])
    assert main() == 0
    assert "| recipe | 20 |" in capsys.readouterr().out
