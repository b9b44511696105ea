"""`python -m benchmarks house [--root DIR] [--json]`: print what a checkout is like.

A Markdown table, to be read beside the one of another checkout (`git worktree add` makes one).
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from benchmarks.house.measure import HouseFigures, RoomFigures, measure
from benchmarks.house.source import read_house

ROOT = Path(__file__).resolve().parents[2]


def main(arguments: Sequence[str]) -> int:
    """Measure a checkout, this one by default, and print it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks house", description=__doc__)
    parser.add_argument("--root", type=Path, default=ROOT, help="another checkout to measure")
    parser.add_argument("--json", action="store_true", help="everything, names too, as one line")
    options = parser.parse_args(arguments)
    modules = read_house(options.root)
    if not modules:
        parser.error(f"no code of the playground in {options.root}")
    figures = measure(modules)
    print(to_json(figures) if options.json else to_markdown(figures))
    return 0


def to_markdown(figures: HouseFigures) -> str:
    """Return the figures as a table."""
    return "\n".join(f"| {what} | {value} |" for what, value in _rows(figures))


def to_json(figures: HouseFigures) -> str:
    """Return the figures as one line of JSON, with every name that was counted."""
    shares = {"homonymous_classes": figures.homonymous_classes, "share": figures.homonym_share}
    return json.dumps(asdict(figures) | shares, ensure_ascii=False)


def _rows(figures: HouseFigures) -> tuple[tuple[str, str], ...]:
    named = f"{figures.homonymous_classes} of {figures.classes} = {figures.homonym_share:.1%}"
    loading, running, typing = figures.circles
    return (
        ("what", "value"),
        ("---", "---"),
        ("files, lines", f"{figures.files}, {figures.lines:,}"),
        ("rooms in the house", _rooms(figures.house)),
        ("rooms in `pipelines/`", _rooms(figures.pipelines)),
        ("rooms in `pipelines/image/`", _rooms(figures.image)),
        ("rooms in `pipelines/text/`", _rooms(figures.text)),
        (
            "modules in import circles: top level / in functions too / for types too",
            f"{loading} / {running} / {typing}",
        ),
        ("class definitions that share their name with another module's", named),
        ("longest files", _named(figures.longest_files)),
        ("longest functions", _named(figures.longest_functions)),
        (
            "lines of a function: median, 95th percentile",
            f"{figures.function_median:g}, {figures.function_p95}",
        ),
        (
            "lines that are a comment, that end with one",
            f"{figures.comments:.1%}, {figures.end_comments:.1%}",
        ),
        ("functions typed throughout", f"{figures.typed:.1%}"),
    )


def _rooms(rooms: RoomFigures) -> str:
    return (
        f"{rooms.rooms} on {rooms.floors} floors, {rooms.arrows} arrows, "
        f"{len(rooms.in_circles)} inside circles, {len(rooms.up)} up"
    )


def _named(sizes: Sequence[tuple[str, int]]) -> str:
    return ", ".join(f"`{name}` {lines}" for name, lines in sizes)
