"""The verdict of the index on a text: a score, what kind of text it is, and why.

Knows message keys as names only; the sentences are in playground/messages/nonsense.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from models.errors import Value

NONSENSE_FROM = 50  # the score from which a text counts as nonsense


class TextKind(StrEnum):
    """What a text is taken for."""

    NORMAL = "normal"
    NONSENSE = "nonsense"
    GARBAGE = "garbage"  # 헛타자: no words at all, so that there is nothing to be nonsense
    SHORT = "short"  # too few words to say anything about


@dataclass(frozen=True, slots=True)
class Reason:
    """Why: a row of the message table and what fills its blanks."""

    key: str
    values: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class IndexVerdict:
    """The verdict of the index.

    Attributes:
        score: 0 (everyday) to 100 (nonsense); None for garbage and for what is too short.
        is_estimate: Kiwi was not there; only the lexicon and the letters were looked at.
        reasons: strongest first; never empty.
    """

    score: int | None
    kind: TextKind
    is_estimate: bool
    reasons: tuple[Reason, ...]
