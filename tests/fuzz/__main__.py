"""`python -m tests.fuzz [--count N] [--seed S] [--kind K ...]`: fuzz every reader, with figures.

Each kind is read in a process of its own, so that an end of that process, two seconds on one file
or 300 MB for one file is seen and told with the number that repeats it:

    python -m tests.fuzz --kind png --seed 1234 --count 1
"""

from __future__ import annotations

import argparse
import sys

from tests.fuzz.readers import KINDS
from tests.fuzz.watch import Outcome, watched

HEAD = (
    "| kind | files | read | refused | worst time | worst growth | faults |\n"
    "|---|---|---|---|---|---|---|"
)


def main() -> int:
    """Print a table and the faults; return 1 when there are some."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__,
                                     formatter_class=argparse.RawTextHelpFormatter)  # fmt: skip
    parser.add_argument("--count", type=int, default=100_000, help="files, of all kinds together")
    parser.add_argument("--seed", type=int, default=0, help="the number of the first file")
    parser.add_argument("--kind", choices=KINDS, action="append", help="these kinds only")
    options = parser.parse_args()
    kinds = options.kind or list(KINDS)
    each = max(1, -(-options.count // len(kinds)))
    tell(HEAD)
    found = [show(watched(kind, options.seed, each)) for kind in kinds]
    faults = [fault for outcome in found for fault in outcome.faults]
    tell(*faults)
    return int(bool(faults))


def show(outcome: Outcome) -> Outcome:
    """Print one row."""
    files = outcome.read + outcome.refused + len(outcome.faults)
    tell(
        f"| {outcome.kind} | {files:,} | {outcome.read:,} | {outcome.refused:,} "
        f"| {outcome.seconds * 1000:.0f} ms | {outcome.megabytes:.0f} MB | {len(outcome.faults)} |"
    )
    return outcome


def tell(*lines: str) -> None:
    """Write lines at once."""
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
