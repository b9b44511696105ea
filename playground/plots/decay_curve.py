"""The curve of the feedback loop: what is left after each generation.

Knows generations and the message table; both faces show it.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.text.collapse import Generation
from playground.messages import Language, text
from playground.plots.curves import PlotLine, svg


def sentence(generations: Sequence[Generation], language: Language) -> str:
    """Return what the curve shows."""
    last = generations[-1]
    return text(
        "check.feedback.said",
        language,
        number=last.number,
        words=round(100 * last.first),
        likeness=round(100 * last.self_bleu_3),
    )


def plot(generations: Sequence[Generation], language: Language, *, alone: bool = False) -> str:
    """Return the curve as SVG; `alone` makes it a file of its own."""
    rows = (
        ("words", tuple(each.first for each in generations)),
        ("distinct", tuple(each.distinct_2 for each in generations)),
        ("bleu", tuple(each.self_bleu_3 for each in generations)),
    )
    lines = [PlotLine(text(f"check.feedback.{name}", language), values) for name, values in rows]
    below = text("check.generation", language)
    return svg(lines, sentence(generations, language), below, alone=alone)
