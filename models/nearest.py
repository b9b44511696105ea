"""The known name that a misspelt one is nearest to, for the sentence that says so."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

MOST_LISTED = 8  # names in a sentence
NEAR = 0.6  # share of letters in common, as difflib counts; "nope" and "Heun" have half


def near(name: str, known: Iterable[str]) -> str:
    """Return the nearest name when it may well be meant; "" when none is near.

    >>> near("eular", ["DDIM", "Euler", "Heun"]), near("nope", ["DDIM", "Euler", "Heun"])
    ('Euler', '')
    """
    by_low = {one.lower(): one for one in known}
    found = difflib.get_close_matches(name.lower(), by_low, n=1, cutoff=NEAR)
    return by_low[found[0]] if found else ""


def near_or_known(name: str, known: Iterable[str]) -> dict[str, str]:
    """Return `nearest` when a name may well be meant, else `known`: the names there are.

    >>> near_or_known("eular", ["DDIM", "Euler"]), near_or_known("nope", ["DDIM", "Euler"])
    ({'nearest': 'Euler'}, {'known': 'DDIM, Euler'})
    """
    names = list(known)
    close = near(name, names)
    if close:
        return {"nearest": close}
    shown = ", ".join(names[:MOST_LISTED])
    return {"known": f"{shown}, …" if len(names) > MOST_LISTED else shown}
