"""The curve of a training as SVG: perplexity of learned and of held-out text, on a log scale.

Text and shapes tell what colours tell, and a sentence tells what the picture shows. Knows points
only; colours come from style.css.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape

from pipelines.training.finetune.curve import Point, best
from playground.messages import Language, text
from playground.plots.axes import Axes, Place, dots, head

ROUND = (1, 2, 5)


def plot(points: Sequence[Point], language: Language) -> str:
    """Return the figure; "" before anything was measured."""
    if not points:
        return ""
    said = escape(sentence(points, language), quote=True)
    title = escape(text("training.plot", language), quote=True)
    return (
        f'<figure class="curve">{head(f"{title}. {said}")}{_drawing(points, language)}</svg>'
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
    axes = Axes(
        left=52,
        right=12,
        top=34,  # the legend stands above the curve
        bottom=34,
        share=lambda value: math.log(value / low) / math.log(high / low),
        steps=max(1, points[-1].step),
        numbers_up=12,
    )
    val = [axes.place(*at) for at in measured]
    parts = [axes.grid(_marks(low, high)), axes.numbers(_epochs(points))]
    parts.append(axes.level("untuned", measured[0][1]))
    parts.append(_line("train", [axes.place(*at) for at in learned]))
    parts += [_line("val", val), dots("val", val, 4), _legend(axes.end, language)]
    return "".join(parts)


def _line(name: str, places: Sequence[Place]) -> str:
    if len(places) < 2:
        return ""
    return f'<path class="{name}" d="M{"L".join(f"{x} {y}" for x, y in places)}"/>'


def _marks(low: float, high: float) -> list[tuple[float, str]]:
    """Return round perplexities."""
    marks = [
        digit * 10.0**power
        for power in range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
        for digit in ROUND
        if low <= digit * 10.0**power <= high
    ]
    return [(value, f"{value:g}") for value in marks[:12]]


def _epochs(points: Sequence[Point]) -> list[tuple[float, int]]:
    """Return where epochs ended, and their numbers."""
    ends = [point for point in points if point.val_ppl is not None]
    return [(point.step, point.epoch) for point in ends[:: max(1, len(ends) // 12)]]


def _legend(end: int, language: Language) -> str:
    parts, x = [], end - 6
    for name in ("val", "train", "untuned"):
        label = escape(text(f"training.plot.{name}", language), quote=True)
        parts.append(f'<text class="{name}" x="{x}" y="20" text-anchor="end">{label}</text>')
        x -= 18 + 13 * len(label) if language is Language.KO else 26 + 8 * len(label)
    return "".join(parts)
