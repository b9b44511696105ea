"""Lines of shares over whole numbers as SVG, with a dot at each number and names at the ends.

Colours come from classes (line-1, line-2 ...), or from the file's own style for a file that stands
alone. Every line ends with its name, so colour is never all there is. Knows numbers and words only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from playground.plots.axes import HEIGHT, MIDDLE, Axes, dots, head

NUMBERS_UP = 16
SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)  # that have a line of the grid
APART = 15  # between the names at the ends of two lines
STYLE = (
    "<style>svg{background:#fffdf7;font-family:sans-serif}text{font-size:12px;fill:#5d5545}"
    "path,polyline{fill:none;stroke-width:2.5}.grid{stroke:#5d5545;stroke-width:.5;opacity:.4}"
    ".line-1{stroke:#b8311d}.line-2{stroke:#1d1a16;stroke-dasharray:8 4}"
    ".line-3{stroke:#5d5545;stroke-dasharray:2 4}</style>"
)


@dataclass(frozen=True, slots=True)
class PlotLine:
    """A named row of shares (0 to 1), one for each whole number from 0 on."""

    name: str
    values: tuple[float, ...]


def svg(lines: Sequence[PlotLine], label: str, below: str, *, alone: bool = False) -> str:
    """Return the picture.

    Args:
        label: what the picture shows, in a sentence, for those who do not see it.
        below: what the numbers along the bottom count.
        alone: it becomes a file, so it brings its colours along.
    """
    drawn = [line for line in lines if line.values]
    axes = _axes(max(1, max((len(line.values) for line in lines), default=1) - 1))
    more = ' xmlns="http://www.w3.org/2000/svg"' if alone else ""
    parts = [head(escape(label, quote=True), more)]
    parts += [STYLE if alone else "", axes.grid((share, f"{share:.0%}") for share in SHARES)]
    parts.append(_numbers(axes, below))
    ends = _ends(axes, [line.values[-1] for line in drawn])
    for number, (line, end) in enumerate(zip(drawn, ends, strict=True), start=1):
        parts.append(_line(axes, line, number, end))
    return "".join((*parts, "</svg>"))


def _axes(steps: int) -> Axes:
    return Axes(
        left=48,
        right=132,  # the names at the ends of the lines
        top=14,
        bottom=34,
        share=lambda value: min(1.0, max(0.0, value)),
        steps=steps,
        numbers_up=NUMBERS_UP,
    )


def _numbers(axes: Axes, below: str) -> str:
    steps = int(axes.steps)
    numbers = axes.numbers((step, step) for step in range(0, steps + 1, max(1, steps // 10)))
    return f'{numbers}<text x="{axes.end + 12}" y="{HEIGHT - NUMBERS_UP}">{escape(below)}</text>'


def _line(axes: Axes, line: PlotLine, number: int, end: float) -> str:
    places = [axes.place(step, value) for step, value in enumerate(line.values)]
    points = " ".join(f"{x},{y}" for x, y in places)
    last = f"{escape(line.name)} {line.values[-1]:.0%}"
    label = f'<text class="name-{number}" x="{places[-1][0] + 9}" y="{end}">{last}</text>'
    curve = f'<polyline class="line-{number}" points="{points}"/>'
    return f"{curve}{dots(f'dot-{number}', places, 3)}{label}"


def _ends(axes: Axes, values: Sequence[float]) -> list[float]:
    """Return where the names stand: beside the ends of their lines, never over each other."""
    order = sorted(range(len(values)), key=lambda index: -values[index])
    found = [0.0] * len(values)
    lowest = 0.0
    for index in order:
        lowest = max(axes.place(0, values[index])[1] + MIDDLE, lowest + APART)
        found[index] = lowest
    return found
