"""The known name that a misspelt one is nearest to, for the sentence that says so."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

NEAR = 0.6  # share of letters in common, as difflib counts; "nope" and "Heun" have half


def nearest(name: str, known: Iterable[str], most: int = 1) -> str:
    """Return the nearest name, or several with commas between, however far; "" if none is known.

    >>> nearest("eular", ["DDIM", "Euler", "Heun"]), nearest("eular", [])
    ('Euler', '')
    >>> nearest("eular", ["DDIM", "Euler", "Heun"], 2)
    'Euler, Heun'
    """
    return ", ".join(difflib.get_close_matches(name, list(known), n=most, cutoff=0.0))


def near(name: str, known: Iterable[str]) -> str:
    """Return the nearest name when it may well be meant; "" when none is near.

    >>> near("eular", ["DDIM", "Euler", "Heun"]), near("nope", ["DDIM", "Euler", "Heun"])
    ('Euler', '')
    """
    by_low = {one.lower(): one for one in known}
    found = difflib.get_close_matches(name.lower(), by_low, n=1, cutoff=NEAR)
    return by_low[found[0]] if found else ""
