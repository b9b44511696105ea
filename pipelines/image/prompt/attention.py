"""Brackets become weights: `(more)`, `[less]`, `(exactly:1.3)`, and the word BREAK a new chunk.

A1111's rules, without its mistakes: `(a:1.2.3)` and `(a:.)` are text, and BREAK breaks inside
brackets too. Round and square brackets nest apart from each other, as there. Linear in the length
of the text however deep it nests. Does not know tokens.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pipelines.contract.errors import InvalidRequest
from pipelines.image.prompt.weighted_text import WeightedText

MORE = 1.1  # A1111's factor of one pair of round brackets
LESS = 1 / 1.1
MAX_WEIGHT = 100.0  # 48 nested brackets; far beyond what leaves a picture
DIGITS = 12  # 1.1 * (1 / 1.1) is 1, so that neighbours of equal weight are found equal

TOKEN = re.compile(
    r"\\(?P<escaped>[()\[\]\\])?"  # a backslash before anything else is dropped
    r"|(?P<open>[(\[])"
    r"|(?P<close>:\s*(?P<weight>[+-]?(?:\d+(?:\.\d*)?|\.\d+))\s*\)|[)\]])"
    r"|(?P<text>:|[^\\()\[\]:]+)"
)
BREAK = re.compile(r"\bBREAK\b")


@dataclass(slots=True)
class _Bracket:
    """A pair of brackets around the runs start..end; one that is never closed ends at the end."""

    start: int
    factor: float
    end: float = math.inf


@dataclass(slots=True)
class _Brackets:
    """All brackets of one kind, in the order they were opened, and which are still open."""

    all: list[_Bracket] = field(default_factory=list)
    open: list[_Bracket] = field(default_factory=list)

    def begin(self, at: int, factor: float) -> None:
        """Open a pair."""
        self.all.append(_Bracket(at, factor))
        self.open.append(self.all[-1])

    def end(self, at: int, factor: float | None = None) -> bool:
        """Close the innermost open pair; return whether there was one."""
        if not self.open:
            return False
        bracket = self.open.pop()
        bracket.end = at
        bracket.factor = bracket.factor if factor is None else factor
        return True

    def scales(self, count: int) -> Iterator[float]:
        """Yield the product of the factors around each of `count` runs."""
        around: list[tuple[float, float]] = [(1.0, math.inf)]  # product, end
        coming = iter([*self.all, _Bracket(count, 1.0)])
        bracket = next(coming)
        for at in range(count):
            while around[-1][1] <= at:
                around.pop()
            while bracket.start == at:
                if bracket.end > at:  # not an empty pair
                    around.append((around[-1][0] * bracket.factor, bracket.end))
                bracket = next(coming)
            yield around[-1][0]


def parse_attention(text: str) -> tuple[WeightedText, ...]:
    r"""Return the runs of a prompt with their weights; equal neighbours are one run.

    >>> [(piece.text, piece.weight) for piece in parse_attention(r"a (fat \(round\) cat:1.2)")]
    [('a ', 1.0), ('fat (round) cat', 1.2)]
    >>> parse_attention("a BREAK b")[1]
    WeightedText(text='', weight=1.0, is_break=True)

    Raises:
        InvalidRequest: a weight is beyond MAX_WEIGHT.
    """
    runs: list[str | None] = []  # None is a break
    rounds, squares = _Brackets(), _Brackets()
    for token in TOKEN.finditer(text):
        bracket = token["open"]
        if bracket:
            kind, factor = (rounds, MORE) if bracket == "(" else (squares, LESS)
            kind.begin(len(runs), factor)
        elif not (token["close"] and _close(token, len(runs), rounds, squares)):
            if token["escaped"]:
                runs.append(token["escaped"])
            else:
                runs.extend(_split_at_break(token["text"] or token["close"] or ""))
    scales = zip(rounds.scales(len(runs)), squares.scales(len(runs)), strict=True)
    return _merged(zip(runs, (a * b for a, b in scales), strict=True)) or (WeightedText(""),)


def check_weight(weight: float, text: str) -> float:
    """Return a weight rounded so that equal ones compare equal, or raise InvalidRequest."""
    if not abs(weight) <= MAX_WEIGHT:  # also refuses nan
        raise InvalidRequest("prompt.weight", weight=weight, text=text[:40], limit=MAX_WEIGHT)
    return round(weight, DIGITS)


def _close(token: re.Match[str], at: int, rounds: _Brackets, squares: _Brackets) -> bool:
    if token["close"] == "]":
        return squares.end(at)
    return rounds.end(at, float(token["weight"]) if token["weight"] else None)


def _split_at_break(text: str) -> Iterator[str | None]:
    """Yield what stands between the words BREAK, None for each of them."""
    parts = BREAK.split(text)
    for place, part in enumerate(parts):
        if place:
            yield None
            part = part.lstrip()  # noqa: PLW2901 - blanks around BREAK belong to it
        yield part.rstrip() if place < len(parts) - 1 else part


def _merged(runs: Iterable[tuple[str | None, float]]) -> tuple[WeightedText, ...]:
    pieces: list[WeightedText] = []
    texts: list[str] = []
    last = 1.0

    def flush() -> None:
        if texts:
            pieces.append(WeightedText("".join(texts), last))
            texts.clear()

    for text, scale in runs:
        if text is None:
            flush()
            pieces.append(WeightedText("", is_break=True))
        elif text:
            weight = check_weight(scale, text)
            if weight != last:
                flush()
                last = weight
            texts.append(text)
    flush()
    return tuple(pieces)
