"""The checks that many requests share: a number in its range, a seed.

Knows no request: what the limits are stands beside what is limited. Standard library only.
"""

from __future__ import annotations

from pipelines.errors import InvalidRequest

MAX_SEED = 2**63 - 1  # what torch.Generator, SQLite and JSON readers can all hold
RANDOM_SEED = -1


def check_range(value: float, field: str, low: float, high: float) -> None:
    """Raise InvalidRequest naming the field when a value is outside of its range, or no number."""
    if not low <= value <= high:  # also refuses nan
        raise InvalidRequest("request.range", field=field, value=value, low=low, high=high)


def check_seed(seed: int) -> None:
    """Raise InvalidRequest when a seed is neither RANDOM_SEED nor 0..MAX_SEED."""
    if seed != RANDOM_SEED and not 0 <= seed <= MAX_SEED:
        raise InvalidRequest("request.seed", value=str(seed), high=str(MAX_SEED))
