"""`python -m benchmarks [name ...] [--json]`: measure, print, and write docs/benchmarks.md."""

from __future__ import annotations

import argparse
import os
import platform
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import chat, files, index, language, memory, novel, phrases, picture, start
from benchmarks.figure import Figure
from models.disk import write_atomically
from playground.launch.environment import prepare_environment

BENCHMARKS: dict[str, Callable[[], list[Figure]]] = {
    "phrases": phrases.measure,
    "index": index.measure,
    "start": start.measure,
    "picture": picture.measure,
    "files": files.measure,
    "language": language.measure,
    "novel": novel.measure,
    "chat": chat.measure,
    "memory": memory.measure,
}
PAGE = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"
BEGIN = "<!-- begin {name} -->"
END = "<!-- end {name} -->"
HEAD = "| what | median (min to max) | beside it, in the same run | ratio | runs |"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the named benchmarks, all of them by default."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help=", ".join(BENCHMARKS))
    parser.add_argument("--json", action="store_true", help="one JSON line per figure, no file")
    options = parser.parse_args(arguments)
    unknown = set(options.names) - set(BENCHMARKS)
    if unknown:
        parser.error(f"no benchmark {sorted(unknown)[0]!r}; there are {', '.join(BENCHMARKS)}")
    prepare_environment()
    for name in options.names or BENCHMARKS:
        figures = BENCHMARKS[name]()
        for figure in figures:
            print(figure.to_json() if options.json else figure.to_row())
        if not options.json:
            _write(name, figures)
    return 0


def _write(name: str, figures: list[Figure]) -> None:
    """Replace the benchmark's own section of the page; the prose around it is a person's."""
    begin, end = BEGIN.format(name=name), END.format(name=name)
    page = PAGE.read_text(encoding="utf-8")
    before, _, rest = page.partition(begin)
    _, _, after = rest.partition(end)
    if not rest:
        before, after = page.rstrip() + f"\n\n## {name}\n\n", "\n"
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    day = datetime.now(UTC).date()
    rows = "\n".join([HEAD, "|---|---|---|---|---|", *(figure.to_row() for figure in figures)])
    section = f"{begin}\nMeasured on {day} ({machine}).\n\n{rows}\n{end}"
    write_atomically(PAGE, (before + section + after).encode("utf-8"))


if __name__ == "__main__":
    sys.exit(main())
