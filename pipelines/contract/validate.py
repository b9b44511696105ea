"""The checks that many requests share: a text, a number and its range, a seed.

Knows no request: what the limits are stands beside what is limited. Standard library only.
"""

from __future__ import annotations

from models.composed import MAX_SHRINK, composed
from pipelines.contract.errors import InvalidRequest

MAX_SEED = 2**63 - 1  # what torch.Generator, SQLite and JSON readers can all hold
RANDOM_SEED = -1
MAX_TEXT = 2_000  # characters of one phrase or prompt; about 40 CLIP chunks, more is a mistake


def check_range(value: float, field: str, low: float, high: float) -> None:
    """Raise InvalidRequest naming the field when a value is outside of its range, or no number."""
    if not low <= value <= high:  # also refuses nan
        raise InvalidRequest("request.range", field=field, value=value, low=low, high=high)


def check_seed(seed: int) -> None:
    """Raise InvalidRequest when a seed is neither RANDOM_SEED nor 0..MAX_SEED."""
    if seed != RANDOM_SEED and not 0 <= seed <= MAX_SEED:
        raise InvalidRequest("request.seed", value=str(seed), high=str(MAX_SEED))


def check_text(text: str, field: str, *, may_be_empty: bool = False) -> str:
    """Return `text` as NFC without outer blanks, or raise InvalidRequest saying what is wrong.

    >>> check_text(" 파란 냄새 ", "phrase")
    '파란 냄새'
    """
    text = within(text, field, MAX_TEXT)
    for position, character in enumerate(text, start=1):
        code = ord(character)
        if 0xD800 <= code <= 0xDFFF:
            raise InvalidRequest(
                "request.text.broken", field=field, position=position, code=f"U+{code:04X}"
            )
        if code < 0x20 and character not in "\n\t\r":
            raise InvalidRequest(
                "request.text.control", field=field, position=position, code=f"U+{code:04X}"
            )
    if not text and not may_be_empty:
        raise InvalidRequest("request.text.empty", field=field)
    return text


def within(text: str, field: str, limit: int) -> str:
    """Return `text` as NFC without outer blanks, or raise InvalidRequest when it is too long.

    What cannot be short enough in NFC is refused by its raw length, before any work.
    """
    text = text.strip()
    if len(text) <= limit * MAX_SHRINK:
        text = composed(text).strip()
    if len(text) > limit:
        raise InvalidRequest("request.text.long", field=field, length=len(text), limit=limit)
    return text


def parse_int(text: str | int | float, field: str) -> int:
    """Return a whole number typed by a person, or raise InvalidRequest.

    >>> parse_int(" 42 ", "steps")
    42
    """
    if isinstance(text, bool):
        raise InvalidRequest("request.number", field=field, value=str(text))
    if isinstance(text, int):
        return text
    if isinstance(text, float):
        if not text.is_integer():  # also refuses nan and inf
            raise InvalidRequest("request.number", field=field, value=str(text))
        return int(text)
    try:
        return int(text.strip()[:80])
    except ValueError:
        raise InvalidRequest("request.number", field=field, value=_shown(text)) from None


def parse_float(text: str | int | float, field: str) -> float:
    """Return a number typed by a person, or raise InvalidRequest."""
    try:
        return float(text.strip()[:80] if isinstance(text, str) else text)
    except (ValueError, OverflowError):
        raise InvalidRequest("request.number", field=field, value=_shown(str(text))) from None


def _shown(text: str) -> str:
    return text.encode("utf-8", "replace").decode()[:40]
