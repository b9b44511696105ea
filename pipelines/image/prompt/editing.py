"""Prompt editing: `[cat:dog:0.4]` and `[cat|dog]` become texts over the steps.

A1111's grammar, by one pass over a stack of brackets: linear, never recursive. A pair of brackets
that is no construct is text, and so is everything around it; a `|` that belongs to no `[a|b]`
makes the whole prompt text. Weights are left as they are for attention.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

TOKEN = re.compile(r"(?:[^\\\[\]():|]+|\\.)+|\\|[\[\]():|]", re.DOTALL)
NUMBER = re.compile(r"\s*([+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)\s*")
PAIRS = {")": "(", "]": "["}
MOST_TEXTS = 2  # before and after

Span = tuple[int, int]  # tokens from..to


@dataclass(frozen=True, slots=True)
class _Clock:
    """Which step of which pass a number names.

    Attributes:
        steps: of the pass that the texts are for.
        skipped: steps and fractions that belong to the pass before.
    """

    steps: int
    skipped_steps: int = 0
    is_old: bool = False

    def boundary(self, number: str) -> int:
        """Return the last step of "before": under 1 for none, at most the last step."""
        value = float(number)
        if self.is_old:
            value = value * self.steps if value < 1 else value
        elif "." in number:
            value = (value - (1 if self.skipped_steps else 0)) * self.steps
        else:
            value -= self.skipped_steps
        return int(max(0.0, min(value, float(self.steps))))


@dataclass(frozen=True, slots=True)
class _EditedSpan:
    """A construct: which of its spans is read depends on the step.

    Attributes:
        spans: [before, after] of a schedule, all options of an alternation.
        end: its closing bracket.
        boundary: the last step of "before"; None for an alternation.
    """

    spans: tuple[Span, ...]
    end: int
    boundary: int | None

    def at(self, step: int) -> Span:
        """Return the span that is read at a step counted from 1."""
        if self.boundary is None:
            return self.spans[(step - 1) % len(self.spans)]
        return self.spans[0 if step <= self.boundary else 1]


@dataclass(slots=True)
class _OpenEdit:
    """An opened bracket and what has been met inside it so far."""

    bracket: str
    at: int
    colons: list[int] = field(default_factory=list)
    bars: list[int] = field(default_factory=list)
    has_text_brackets: bool = False


def timeline(
    text: str, steps: int, *, hires_steps: int | None = None, old: bool = False
) -> tuple[tuple[int, str], ...]:
    """Return (last step it holds for, text), steps counted from 1; neighbours always differ.

    >>> timeline("a [cat:dog:0.4]", 10)
    ((4, 'a cat'), (10, 'a dog'))

    Args:
        steps: of the first pass.
        hires_steps: of the second pass; given, the texts of the second pass are returned.
        old: read numbers as A1111 did before 1.6: below 1 a fraction, else a step of any pass.
    """
    if hires_steps is None or old:
        clock = _Clock(steps, is_old=old)
    else:
        clock = _Clock(hires_steps, skipped_steps=steps)
    entries = _entries(text, clock)
    return entries if hires_steps is None or not old else _cut(entries, hires_steps)


def _entries(text: str, clock: _Clock) -> tuple[tuple[int, str], ...]:
    tokens = TOKEN.findall(text)
    choices = _EditParser(tokens, clock).run()
    if not choices:
        return ((clock.steps, text),)
    ends = {clock.steps}
    for choice in choices.values():
        if choice.boundary is None:
            ends = set(range(1, clock.steps + 1))
            break
        ends.add(choice.boundary or clock.steps)
    return _merged([(end, _render(tokens, choices, end)) for end in sorted(ends)])


def _cut(entries: tuple[tuple[int, str], ...], steps: int) -> tuple[tuple[int, str], ...]:
    """Let the texts of one pass serve a pass of another length, as A1111 before 1.6 did."""
    kept = [(end, text) for end, text in entries if end < steps]
    last = entries[min(len(kept), len(entries) - 1)][1]
    return _merged([*kept, (steps, last)])


def _merged(entries: list[tuple[int, str]]) -> tuple[tuple[int, str], ...]:
    return tuple(
        entry
        for place, entry in enumerate(entries)
        if place == len(entries) - 1 or entries[place + 1][1] != entry[1]
    )


class _EditParser:
    """Finds the constructs of a text with a stack of brackets.

    Attributes:
        choices: the constructs by the place of their opening bracket.
    """

    def __init__(self, tokens: list[str], clock: _Clock) -> None:
        self._tokens, self._clock = tokens, clock
        self._stack: list[_OpenEdit] = []
        self._has_loose_bar = False
        self.choices: dict[int, _EditedSpan] = {}

    def run(self) -> dict[int, _EditedSpan]:
        """Return the constructs; none when the text cannot be read and is plain."""
        for at, sign in enumerate(self._tokens):
            if sign in ("(", "["):
                self._stack.append(_OpenEdit(sign, at))
            elif sign in PAIRS:
                self._close(PAIRS[sign], at)
            elif sign == ":" and self._stack:
                self._stack[-1].colons.append(at)
            elif sign == "|" and self._stack:
                self._stack[-1].bars.append(at)
            elif sign == "|":
                self._has_loose_bar = True
        self._give_up()
        return {} if self._has_loose_bar else self.choices

    def _close(self, opening: str, at: int) -> None:
        if not self._stack or self._stack[-1].bracket != opening:
            self._give_up()  # around a bracket that closes nothing there can be no construct
            return
        group = self._stack.pop()
        is_proper = self._read_round(group) if opening == "(" else self._read_square(group, at)
        if not is_proper:
            self._has_loose_bar |= bool(group.bars)
            if self._stack:
                self._stack[-1].has_text_brackets = True

    def _give_up(self) -> None:
        """Take all open brackets for text."""
        self._has_loose_bar |= any(group.bars for group in self._stack)
        self._stack.clear()

    def _read_round(self, group: _OpenEdit) -> bool:
        return not group.has_text_brackets and not group.bars and len(group.colons) <= 1

    def _read_square(self, group: _OpenEdit, end: int) -> bool:
        """Note the construct that ends here; return False when its brackets are mere text."""
        if group.has_text_brackets or (group.bars and group.colons):
            return False
        spans = [(a + 1, b) for a, b in pairwise((group.at, *group.bars, *group.colons, end))]
        if group.bars:
            self.choices[group.at] = _EditedSpan(tuple(spans), end, None)
        elif group.colons:
            first, behind = spans.pop()
            number = NUMBER.fullmatch(self._tokens[first]) if behind - first == 1 else None
            if number is None or len(spans) > MOST_TEXTS:
                return False
            before = spans[0] if len(spans) == MOST_TEXTS else (end, end)
            boundary = self._clock.boundary(number[1])
            self.choices[group.at] = _EditedSpan((before, spans[-1]), end, boundary)
        return True


def _render(tokens: list[str], choices: dict[int, _EditedSpan], step: int) -> str:
    """Return the text of one step."""
    read: list[str] = []
    left: list[Span] = [(0, len(tokens))]
    while left:
        at, end = left.pop()
        while at < end:
            choice = choices.get(at)
            if choice is None:
                read.append(tokens[at])
                at += 1
            else:
                left.append((choice.end + 1, end))
                at, end = choice.at(step)
    return "".join(read)
