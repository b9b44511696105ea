"""One kind of file, read number after number in a process of its own, and what became of it."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

CHILD = ("-m", "tests.fuzz.watch")
SLOW_SECONDS = 2.0
LARGE_MEGABYTES = 300.0
HUNG_SECONDS = 30.0
MOST_FAULTS = 50  # of one kind; the rest would be the same
RESET_PEAK = "5"  # what Linux forgets the peak for, in /proc/self/clear_refs


@dataclass(slots=True)
class Outcome:
    """What became of the files of one kind.

    Attributes:
        seconds: the slowest file took.
        megabytes: the process grew by at most, for one file.
        faults: one line each, with the number that repeats it.
    """

    kind: str
    read: int = 0
    refused: int = 0
    seconds: float = 0.0
    megabytes: float = 0.0
    faults: list[str] = field(default_factory=list)


def watched(kind: str, first: int, count: int) -> Outcome:
    """Read `count` files of a kind; go on behind one that ends or hangs the process."""
    outcome = Outcome(kind)
    number, ends = first, first + count
    while number < ends and len(outcome.faults) < MOST_FAULTS:
        number = _run(outcome, number, ends)
    return outcome


def _run(outcome: Outcome, number: int, ends: int) -> int:
    """Read from `number` on until the process ends; return the number to go on with."""
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "told"
        command = [sys.executable, *CHILD, outcome.kind, str(number), str(ends)]
        with told.open("wb") as sink:
            process = subprocess.Popen([*command, folder], stdout=sink, stderr=subprocess.DEVNULL)
        place = 0
        since = time.monotonic()
        has_hung = False
        while process.poll() is None:
            time.sleep(0.2)
            size = told.stat().st_size
            if size != place:
                place, since = size, time.monotonic()
            elif time.monotonic() - since > HUNG_SECONDS:
                process.kill()
                process.wait()
                has_hung = True
        lines = told.read_text(encoding="utf-8").splitlines()
    last = number
    for line in lines:
        with suppress(json.JSONDecodeError):  # the last may be cut
            last = note(outcome, line) + 1
    if last < ends:
        why = f"hangs ({HUNG_SECONDS:.0f} s)" if has_hung else f"ends: {process.returncode}"
        outcome.faults.append(f"{outcome.kind} {last}: the process {why}")
        last += 1
    return last


def note(outcome: Outcome, line: str) -> int:
    """Add what a child told of one file; return the file's number."""
    row = json.loads(line)
    number, seconds, megabytes = int(str(row["n"])), float(str(row["s"])), float(str(row["m"]))
    outcome.seconds = max(outcome.seconds, seconds)
    outcome.megabytes = max(outcome.megabytes, megabytes)
    ending = str(row["e"])
    if ending in ("read", "refused"):
        setattr(outcome, ending, getattr(outcome, ending) + 1)
    problems = [] if ending in ("read", "refused") else [ending]
    problems += [f"{seconds:.1f} s"] if seconds > SLOW_SECONDS else []
    problems += [f"{megabytes:.0f} MB"] if megabytes > LARGE_MEGABYTES else []
    if problems:
        outcome.faults.append(f"{outcome.kind} {number}: {', '.join(problems)}")
    return number


def child(kind: str, first: int, ends: int, folder: Path) -> None:
    """Read the files; tell a line of JSON of each."""
    from tests.fuzz.readers import mutated, read

    read(kind, mutated(kind, first), folder)  # what is built once is not the file's
    for number in range(first, ends):
        data = mutated(kind, number)
        before = _resident()
        began = time.perf_counter()
        try:
            ending = read(kind, data, folder)
        except BaseException as error:  # of Rust as well: whatever it is, it is the finding
            ending = f"{type(error).__name__}: {str(error)[:200]}"
        seconds = time.perf_counter() - began
        row = {"n": number, "e": ending, "s": round(seconds, 4), "m": _peak() - before}
        sys.stdout.write(json.dumps(row) + "\n")
        sys.stdout.flush()


def _resident() -> float:
    """Return megabytes held now, and have the peak begin anew (Linux)."""
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text(RESET_PEAK)
    return _status("VmRSS")


def _peak() -> float:
    return _status("VmHWM")


def _status(name: str) -> float:
    try:
        lines = Path("/proc/self/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next(float(line.split()[1]) / 1000 for line in lines if line.startswith(name))


if __name__ == "__main__":
    child(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4]))
