"""Curves as SVG by our own small code: some lines over whole numbers, with marks and names.

Colours come from classes (line-1, line-2 ...), or from the file's own style for a file that stands
alone. Every line ends with its name, so colour is never all there is. Knows numbers and words only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT = 640, 280
LEFT, RIGHT, TOP, BOTTOM = 48, 132, 14, 34
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
    steps = max((len(line.values) for line in lines), default=1) - 1
    head = (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(label, quote=True)}"'
    )
    head += ' xmlns="http://www.w3.org/2000/svg">' + STYLE if alone else ">"
    parts = [head, _grid(), _numbers(max(1, steps), below)]
    ends = _ends([line.values[-1] for line in lines if line.values])
    drawn = [line for line in lines if line.values]
    for number, (line, end) in enumerate(zip(drawn, ends, strict=True), start=1):
        parts.append(_line(line, number, max(1, steps), end))
    return "".join((*parts, "</svg>"))


def _place(step: float, value: float, steps: int) -> tuple[float, float]:
    across = LEFT + (WIDTH - LEFT - RIGHT) * step / steps
    down = HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * min(1.0, max(0.0, value))
    return round(across, 1), round(down, 1)


def _grid() -> str:
    parts = []
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        y = _place(0, share, 1)[1]
        parts.append(f'<path class="grid" d="M{LEFT} {y}H{WIDTH - RIGHT}"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y + 4}" text-anchor="end">{share:.0%}</text>')
    return "".join(parts)


def _numbers(steps: int, below: str) -> str:
    every = max(1, steps // 10)
    parts = [
        f'<text x="{_place(step, 0, steps)[0]}" y="{HEIGHT - 16}" text-anchor="middle">'
        f"{step}</text>"
        for step in range(0, steps + 1, every)
    ]
    name = f'<text x="{WIDTH - RIGHT + 12}" y="{HEIGHT - 16}">{escape(below)}</text>'
    return "".join((*parts, name))


def _line(line: PlotLine, number: int, steps: int, end: float) -> str:
    places = [_place(step, value, steps) for step, value in enumerate(line.values)]
    points = " ".join(f"{x},{y}" for x, y in places)
    dots = "".join(f'<circle class="dot-{number}" cx="{x}" cy="{y}" r="3"/>' for x, y in places)
    last = f"{escape(line.name)} {line.values[-1]:.0%}"
    label = f'<text class="name-{number}" x="{places[-1][0] + 9}" y="{end}">{last}</text>'
    return f'<polyline class="line-{number}" points="{points}"/>{dots}{label}'


def _ends(values: Sequence[float]) -> list[float]:
    """Return where the names stand: beside the ends of their lines, never over each other."""
    order = sorted(range(len(values)), key=lambda index: -values[index])
    found = [0.0] * len(values)
    lowest = 0.0
    for index in order:
        lowest = max(_place(0, values[index], 1)[1] + 4, lowest + APART)
        found[index] = lowest
    return found
