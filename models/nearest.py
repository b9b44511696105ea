"""The known name that a misspelt one is nearest to, for the sentence that says so."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def nearest(name: str, known: Iterable[str], most: int = 1) -> str:
    """Return the nearest name, or several with commas between, however far; "" if none is known.

    >>> nearest("eular", ["DDIM", "Euler", "Heun"]), nearest("eular", [])
    ('Euler', '')
    >>> nearest("eular", ["DDIM", "Euler", "Heun"], 2)
    'Euler, Heun'
    """
    return ", ".join(difflib.get_close_matches(name, list(known), n=most, cutoff=0.0))
