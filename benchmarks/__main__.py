"""`python -m benchmarks [name ...] [--json]`: measure, print, and write docs/benchmarks.md.

`--small` does the engine's benchmarks in seconds with tiny models: to see that they run.
`python -m benchmarks house [--root DIR]` measures the code instead, and writes no file;
`python -m benchmarks page [--output FILE]` draws docs/page.png anew.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import (
    cancel,
    chat,
    cpu,
    files,
    gpu,
    hardening,
    index,
    language,
    load,
    memory,
    novel,
    overhead,
    page_picture,
    phrases,
    picture,
    start,
)
from benchmarks.figure import Figure
from benchmarks.house import report
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
    "hardening": hardening.measure,
}
# the engine's: with random weights, in real size or small
SIZED: dict[str, Callable[[bool], list[Figure]]] = {
    "overhead": lambda is_small: overhead.measure(is_small=is_small),
    "cpu": lambda is_small: cpu.measure(is_small=is_small),
    "load": lambda is_small: load.measure(is_small=is_small),
    "cancel": lambda is_small: cancel.measure(is_small=is_small),
    "gpu": lambda is_small: gpu.measure(is_small=is_small),
}
ALL = (*BENCHMARKS, *SIZED)
PAGE = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"
BEGIN = "<!-- begin {name} -->"
END = "<!-- end {name} -->"
HEAD = "| what | median (min to max) | beside it, in the same run | ratio | runs |"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the named benchmarks, all of them by default."""
    arguments = sys.argv[1:] if arguments is None else arguments
    if arguments[:1] == ["house"]:
        return report.main(arguments[1:])
    if arguments[:1] == ["page"]:
        return page_picture.main(arguments[1:])
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help=", ".join(ALL))
    parser.add_argument("--json", action="store_true", help="one JSON line per figure, no file")
    parser.add_argument("--small", action="store_true", help="tiny models, for a try")
    parser.add_argument("--page", type=Path, default=PAGE, help="the page to write")
    options = parser.parse_args(arguments)
    unknown = set(options.names) - set(ALL)
    if unknown:
        parser.error(f"no benchmark {sorted(unknown)[0]!r}; there are {', '.join(ALL)}")
    prepare_environment()
    for name in options.names or ALL:
        figures = SIZED[name](options.small) if name in SIZED else BENCHMARKS[name]()
        for figure in figures:
            print(figure.to_json() if options.json else figure.to_row())
        if not options.json:
            _write(options.page, name, figures)
    return 0


def _write(path: Path, name: str, figures: list[Figure]) -> None:
    """Replace the benchmark's own section of the page; the prose around it is a person's."""
    begin, end = BEGIN.format(name=name), END.format(name=name)
    page = path.read_text(encoding="utf-8") if path.exists() else "# Benchmarks\n"
    before, _, rest = page.partition(begin)
    _, _, after = rest.partition(end)
    if not rest:
        before, after = page.rstrip() + f"\n\n## {name}\n\n", "\n"
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    if name in SIZED:
        machine += f", {_device()}"
    day = datetime.now(UTC).date()
    rows = "\n".join([HEAD, "|---|---|---|---|---|", *(figure.to_row() for figure in figures)])
    section = f"{begin}\nMeasured on {day} ({machine}).\n\n{rows}\n{end}"
    write_atomically(path, (before + section + after).encode("utf-8"))


def _device() -> str:
    import torch

    name = torch.cuda.get_device_name() if torch.cuda.is_available() else "no GPU"
    return f"torch {torch.__version__}, {name}"


if __name__ == "__main__":
    sys.exit(main())
