"""One measured figure: what, how much, and against what in the same run."""

from __future__ import annotations

import json
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """A median beside the median it is compared with.

    Attributes:
        name: what was measured.
        value: median, in `unit`.
        baseline: what it was compared with in turn, in the same run.
        baseline_value: its median.
        runs: how many counted runs of each.
        spread: smallest and largest of the measured values.
    """

    name: str
    value: float
    unit: str
    baseline: str
    baseline_value: float
    runs: int
    spread: tuple[float, float]

    @property
    def ratio(self) -> float:
        """Return value / baseline: the number that survives a noisy machine."""
        return self.value / self.baseline_value

    def to_json(self) -> str:
        """Return one line of JSON."""
        return json.dumps(asdict(self) | {"ratio": round(self.ratio, 4)}, ensure_ascii=False)

    def to_row(self) -> str:
        """Return one row of the table in docs/benchmarks.md."""
        low, high = self.spread
        return (
            f"| {self.name} | {self.value:.3g} {self.unit} ({low:.3g} to {high:.3g}) "
            f"| {self.baseline}: {self.baseline_value:.3g} {self.unit} "
            f"| **{self.ratio:.2f}** | {self.runs} |"
        )


def compare(
    name: str, values: Sequence[float], baseline: str, others: Sequence[float], unit: str = "s"
) -> Figure:
    """Build a figure from the measured values of both sides."""
    return Figure(
        name=name,
        value=statistics.median(values),
        unit=unit,
        baseline=baseline,
        baseline_value=statistics.median(others),
        runs=len(values),
        spread=(min(values), max(values)),
    )
