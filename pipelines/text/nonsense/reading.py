"""What Kiwi reads in a text: morphemes, how likely each is where it stands, and how likely alone.

Knows Kiwi's tags and scores (natural logs of probabilities). Does not judge anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pipelines.text.korean import kiwi

# nouns, counters, verbs, adjectives, roots, adverbs
CONTENT = ("NNG", "NNP", "NNB", "VV", "VA", "XR", "MAG")
ENDS = ("SF", "EF")  # a full stop, a sentence's last ending
LEAST_CONTENT = 2  # words of a clause; a shorter one is read together with its neighbour
KEPT_ALONE = 20_000  # morphemes whose score alone is remembered
UNREAD = -15.0  # the score alone of what Kiwi reads as something else when it is alone


@dataclass(frozen=True, slots=True)
class Morpheme:
    """One morpheme where it stands.

    Attributes:
        score: log probability after everything before it.
        alone: log probability at the beginning of a sentence.
        is_known: Kiwi's dictionary has it.
        number: Kiwi's own, for likeness.py.
    """

    form: str
    tag: str
    start: int
    length: int
    score: float
    alone: float
    is_content: bool
    is_known: bool
    number: int = 0

    @property
    def gain(self) -> float:
        """Return how much likelier its place makes it; negative where nobody expects it."""
        return self.score - self.alone


Clause = tuple[Morpheme, ...]


def clauses(text: str) -> list[Clause]:
    """Return the clauses of a text, each with at least two content words where there are any.

    Only to be called when Kiwi is installed; loads it at the first call.
    """
    reader = kiwi.holder().get()
    tokens, _ = reader.analyze(text, top_n=1)[0]
    parts: list[list[Morpheme]] = [[]]
    for token in tokens:
        parts[-1].append(_morpheme(token))
        if token.tag in ENDS:
            parts.append([])
    return _merged(parts)


def _merged(parts: list[list[Morpheme]]) -> list[Clause]:
    found: list[Clause] = []
    current: Clause = ()
    for part in parts:
        current = (*current, *part)
        if sum(morpheme.is_content for morpheme in current) >= LEAST_CONTENT:
            found.append(current)
            current = ()
    if current:
        if found:
            found[-1] = (*found[-1], *current)
        else:
            found.append(current)
    return found


def _morpheme(token: Any) -> Morpheme:
    tag = token.tag.partition("-")[0]
    is_content = tag in CONTENT
    is_known = not token.oov
    alone = _alone(token.form, token.tag) if is_content and is_known else token.score
    return Morpheme(
        token.form, tag, token.start, token.len, token.score, alone, is_content, is_known, token.id
    )


@lru_cache(maxsize=KEPT_ALONE)
def _alone(form: str, tag: str) -> float:
    """Return the score of a morpheme that nothing stands before."""
    reader = kiwi.holder().get()
    text = reader.join([(form, tag), ("다", "EF")]) if tag[0] == "V" else form
    tokens, _ = reader.analyze(text, top_n=1)[0]
    for token in tokens:
        if token.form == form and token.tag[:2] == tag[:2]:
            return float(token.score)
    return UNREAD
