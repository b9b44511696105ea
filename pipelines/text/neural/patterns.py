"""Which regular expressions of somebody else may run: those that cannot backtrack for hours.

A repetition of a repetition, or of a choice, tries every way to divide a text: exponentially many.
Honest tokenizers have neither. What is not refused here is at most polynomial in a short text, and
the engine itself gives up at some point (Onig's retry limit).
"""

from __future__ import annotations

from collections.abc import Iterator

MAX_LENGTH = 2_000  # characters; GPT-4o's has 600
MAX_LOOPS = 48  # repetitions without an end
REFERENCES = tuple("123456789kgR")  # after a backslash: what a group has found
NAMES = {")": "close", "|": "choice", "?": "option"}


def is_tame(pattern: str) -> bool:
    """Return whether a pattern repeats no group that repeats or chooses.

    >>> is_tame(r"'s|'t| ?[a-z]+| ?[^a-z]+"), is_tame(r"(a+)+!"), is_tame(r"(a|aa)*b")
    (True, False, False)
    """
    wild = [False]  # for each open group: holds a repetition, an option or a choice
    loops, is_last_wild = 0, False  # the last: what ended just here is such a group
    for mark in _marks(pattern[: MAX_LENGTH + 1]):
        if mark == "reference" or (mark == "loop" and is_last_wild):
            return False
        loops += mark == "loop"
        if mark == "open":
            wild.append(False)
        elif mark == "close":
            inner = wild.pop()
            if not wild:
                return False
            wild[-1] |= inner
        elif mark != "letter":
            wild[-1] = True
        is_last_wild = mark == "loop" or (mark == "close" and inner)
    return loops <= MAX_LOOPS and len(wild) == 1 and len(pattern) <= MAX_LENGTH


def _marks(pattern: str) -> Iterator[str]:
    """Yield what a pattern is made of: letter, open, close, choice, option, loop, reference."""
    place = 0
    while place < len(pattern):
        start, letter = place, pattern[place]
        place += 1
        if letter == "\\":
            yield "reference" if pattern[place : place + 1] in REFERENCES else "letter"
            place += 1
        elif letter == "[":
            place = _after_class(pattern, start)
            yield "letter"
        elif letter in "*+" or (letter == "{" and _is_loop(pattern, start)):
            yield "loop"
            place += pattern[place : place + 1] in ("+", "?")  # possessive, lazy
        elif letter == "(":
            yield "open"
            place += pattern[place : place + 1] == "?"  # says which kind of group it is
        else:
            yield NAMES.get(letter, "letter")


def _is_loop(pattern: str, place: int) -> bool:
    """Return whether braces allow many repetitions: {3,} or {1,100}, not {1,3}."""
    inside = pattern[place + 1 : place + 12].partition("}")[0]
    low, comma, high = inside.partition(",")
    if not low.isdecimal() and not high.isdecimal():
        return False  # a literal brace
    most = high if comma else low
    return not most.isdecimal() or int(most) > 8


def _after_class(pattern: str, place: int) -> int:
    """Return where a class such as [^\\s\\p{L}] ends; classes may stand in one another."""
    depth = 0
    while place < len(pattern):
        if pattern[place] == "\\":
            place += 1
        elif pattern[place] == "[":
            depth += 1
            if pattern[place + 1 : place + 2] == "]":  # a bracket that begins a class is a letter
                place += 1
            elif pattern[place + 1 : place + 3] == "^]":
                place += 2
        elif pattern[place] == "]":
            depth -= 1
            if depth == 0:
                return place + 1
        place += 1
    return place
