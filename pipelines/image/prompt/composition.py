"""Several prompts in one: `a cat :1.2 AND a dog` becomes parts with weights.

A1111's rules, but a `:number` at the end is a weight only where there is an AND: a clock that shows
12:30 is not thirty times as strong. Cuts before brackets are read, through them if need be.
"""

from __future__ import annotations

import re

from pipelines.image.prompt.attention import check_weight

AND = re.compile(r"\bAND\b")
NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)")


def split_and(text: str) -> tuple[tuple[float, str], ...]:
    """Return (weight, text) of each part; one part of weight 1 when there is no AND.

    >>> split_and("a cat :1.2 AND a dog")
    ((1.2, 'a cat'), (1.0, ' a dog'))
    >>> split_and("a clock showing 12:30")
    ((1.0, 'a clock showing 12:30'),)

    Raises:
        InvalidRequest: a weight is beyond attention.MAX_WEIGHT.
    """
    parts = AND.split(text)
    return ((1.0, text),) if len(parts) == 1 else tuple(_weighed(part) for part in parts)


def _weighed(part: str) -> tuple[float, str]:
    before, colon, number = part.rpartition(":")
    if colon and NUMBER.fullmatch(number.strip()):
        return check_weight(float(number), before.strip()), before.rstrip()
    return 1.0, part.rstrip()
