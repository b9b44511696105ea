"""Where in the source the pieces of a new sentence stand, and whether all of it stands there.

Knows sentences as rows of tokens. Punctuation and case make no difference: a copy without its full
stop is still a copy.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

BETWEEN = -1  # stands between two sentences
UNKNOWN = -2  # a token that the source does not have
EDGES = " \t.,!?~…\"'“”‘’()[]{}<>·-"


@dataclass(frozen=True, slots=True)
class Stitch:
    """A run of tokens and a line that has it; line 0 when no line does."""

    tokens: tuple[str, ...]
    line: int


class SourceTokens:
    """All tokens of the source in a row, and where each of them stands."""

    def __init__(self, sentences: Iterable[tuple[int, Sequence[str]]]) -> None:
        self._ids: dict[str, int] = {}
        self._row = array("l", [BETWEEN])
        self._lines = array("l", [0])
        self._places: list[array[int]] = []
        for line, tokens in sentences:
            for token in tokens:
                number = self._ids.setdefault(bare(token), len(self._ids))
                if number == len(self._places):
                    self._places.append(array("l"))
                self._places[number].append(len(self._row))
                self._row.append(number)
                self._lines.append(line)
            self._row.append(BETWEEN)
            self._lines.append(0)

    def holds(self, tokens: Sequence[str]) -> bool:
        """Say whether the tokens stand in the source in one piece."""
        wanted = array("l", self._numbers(tokens))
        if UNKNOWN in wanted:
            return False
        rarest = min(range(len(wanted)), key=lambda index: len(self._places[wanted[index]]))
        return any(
            self._row[place - rarest : place - rarest + len(wanted)] == wanted
            for place in self._places[wanted[rarest]]
            if place >= rarest
        )

    def stitches(self, tokens: Sequence[str]) -> tuple[Stitch, ...]:
        """Return the sentence as the fewest runs that each stand in one line, longest first."""
        numbers = self._numbers(tokens)
        found: list[Stitch] = []
        start = 0
        while start < len(numbers):
            length, place = self._longest(numbers, start)
            line = self._lines[place] if length else 0
            found.append(Stitch(tuple(tokens[start : start + max(length, 1)]), line))
            start += max(length, 1)
        return tuple(found)

    def _longest(self, numbers: Sequence[int], start: int) -> tuple[int, int]:
        """Return how many tokens from `start` on stand together, and where they begin."""
        if numbers[start] == UNKNOWN:
            return 0, 0
        begins: Sequence[int] = self._places[numbers[start]]
        length = 1
        while start + length < len(numbers):
            wanted = numbers[start + length]
            longer = [place for place in begins if self._row[place + length] == wanted]
            if not longer:
                break
            begins, length = longer, length + 1
        return length, begins[0]

    def _numbers(self, tokens: Sequence[str]) -> list[int]:
        return [self._ids.get(bare(token), UNKNOWN) for token in tokens]


def bare(token: str) -> str:
    """Return a token without marks at its edges and in lower case; marks alone stay.

    >>> bare("뼈다귀!"), bare("GPT,"), bare("?!")
    ('뼈다귀', 'gpt', '?!')
    """
    return token.strip(EDGES).lower() or token
