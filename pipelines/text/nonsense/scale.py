"""From numbers to a score: the constants that fit.py found, and how they are used.

Knows constants.json and its shape. Does not know what the numbers mean.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

CONSTANTS = Path(__file__).with_name("constants.json")
SLOPE = 0.8  # below 1: the middle of the scale is wider than the odds say
MOST = 40.0  # of the exponent: e^40 is certain enough


@dataclass(frozen=True, slots=True)
class Scale:
    """A logistic regression over numbers made comparable.

    Attributes:
        names: what the numbers are, for people.
        mean, spread: of each number, over the sentences fitted on.
    """

    names: tuple[str, ...]
    mean: tuple[float, ...]
    spread: tuple[float, ...]
    weights: tuple[float, ...]
    bias: float

    def lean(self, numbers: Sequence[float]) -> float:
        """Return how far the numbers lean towards nonsense: log odds."""
        rows = zip(numbers, self.mean, self.spread, self.weights, strict=True)
        return self.bias + sum((n - mean) / spread * weight for n, mean, spread, weight in rows)


def score(lean: float) -> int:
    """Return 0 to 100.

    >>> score(-50), score(0), score(50)
    (0, 50, 100)
    """
    return round(100 / (1 + math.exp(-min(MOST, max(-MOST, SLOPE * lean)))))


@cache
def scales() -> dict[str, Scale]:
    """Return the scales that ship: "kiwi" and "estimate"."""
    return {name: _scale(row) for name, row in json.loads(CONSTANTS.read_text("utf-8")).items()}


def _scale(row: dict[str, Any]) -> Scale:
    lists = {key: tuple(row[key]) for key in ("names", "mean", "spread", "weights")}
    return Scale(bias=row["bias"], **lists)


def to_json(found: Mapping[str, Scale]) -> str:
    """Return the text of constants.json."""
    rows = {
        name: {key: _rounded(value) for key, value in asdict(scale).items()}
        for name, scale in found.items()
    }
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def _rounded(value: Any) -> Any:
    """Return a number or the numbers of a list with four places; names as they are."""
    if isinstance(value, tuple):
        return [_rounded(item) for item in value]
    return round(value, 4) if isinstance(value, float) else value
