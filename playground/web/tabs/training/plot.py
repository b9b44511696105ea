"""The curve of a training as SVG: perplexity of learned and of held-out text, on a log scale.

Text and shapes tell what colours tell, and a sentence tells what the picture shows. Knows points
only; colours come from style.css.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from html import escape

from pipelines.training.finetune.curve import Point, best
from playground.messages import Language, text

WIDTH, HEIGHT = 640, 280
LEFT, RIGHT, TOP, BOTTOM = 52, 12, 34, 34  # the legend stands above the curve
ROUND = (1, 2, 5)
Place = Callable[[float, float], tuple[float, float]]  # step and perplexity to x and y


def plot(points: Sequence[Point], language: Language) -> str:
    """Return the figure; "" before anything was measured."""
    if not points:
        return ""
    said = escape(sentence(points, language), quote=True)
    title = escape(text("training.plot", language), quote=True)
    return (
        f'<figure class="curve"><svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-label="{title}. {said}">{_drawing(points, language)}</svg>'
        f"<figcaption>{said}</figcaption></figure>"
    )


def sentence(points: Sequence[Point], language: Language) -> str:
    """Return what the curve shows."""
    untuned = f"{points[0].val_ppl or 0.0:.2f}"
    found = best(points)
    if found is None:
        return text("training.plot.waiting", language, untuned=untuned)
    value = f"{found.val_ppl or 0.0:.2f}"
    return text("training.plot.said", language, untuned=untuned, best=value, epoch=found.epoch)


def _drawing(points: Sequence[Point], language: Language) -> str:
    learned = [(point.step, point.train_ppl) for point in points if point.epoch]
    measured = [(point.step, point.val_ppl) for point in points if point.val_ppl is not None]
    values = [value for _, value in (*learned, *measured)]
    low, high = min(values) / 1.1, max(values) * 1.1
    steps = max(1, points[-1].step)

    def place(step: float, value: float) -> tuple[float, float]:
        across = LEFT + (WIDTH - LEFT - RIGHT) * step / steps
        share = math.log(value / low) / math.log(high / low)
        return round(across, 1), round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * share, 1)

    parts = [_grid(place, low, high), _epochs(place, points)]
    untuned = place(0, measured[0][1])[1]
    parts.append(f'<path class="untuned" d="M{LEFT} {untuned}H{WIDTH - RIGHT}"/>')
    parts.append(_line("train", [place(*at) for at in learned]))
    dots = [place(*at) for at in measured]
    parts.append(_line("val", dots))
    parts += [f'<circle class="val" cx="{x}" cy="{y}" r="4"/>' for x, y in dots]
    return "".join((*parts, _legend(language)))


def _line(name: str, places: Sequence[tuple[float, float]]) -> str:
    if len(places) < 2:
        return ""
    return f'<path class="{name}" d="M{"L".join(f"{x} {y}" for x, y in places)}"/>'


def _grid(place: Place, low: float, high: float) -> str:
    """Return lines at round perplexities."""
    marks = [
        digit * 10.0**power
        for power in range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
        for digit in ROUND
        if low <= digit * 10.0**power <= high
    ]
    parts = []
    for value in marks[:12]:
        y = place(0, value)[1]
        parts.append(f'<path class="grid" d="M{LEFT} {y}H{WIDTH - RIGHT}"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y + 4}" text-anchor="end">{value:g}</text>')
    return "".join(parts)


def _epochs(place: Place, points: Sequence[Point]) -> str:
    """Return the numbers of epochs below the places where they ended."""
    ends = [point for point in points if point.val_ppl is not None]
    every = max(1, len(ends) // 12)
    return "".join(
        f'<text x="{place(point.step, 1.0)[0]}" y="{HEIGHT - 12}" text-anchor="middle">'
        f"{point.epoch}</text>"
        for point in ends[::every]
    )


def _legend(language: Language) -> str:
    parts, x = [], WIDTH - RIGHT - 6
    for name in ("val", "train", "untuned"):
        label = escape(text(f"training.plot.{name}", language), quote=True)
        parts.append(f'<text class="{name}" x="{x}" y="20" text-anchor="end">{label}</text>')
        x -= 18 + 13 * len(label) if language is Language.KO else 26 + 8 * len(label)
    return "".join(parts)
