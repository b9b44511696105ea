"""Values as they come from a form, a command line or a client, parsed: what was meant, or an
InvalidRequest that names the setting.

Knows no controls and no limits of settings; those are the requests'.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipelines.contract.errors import InvalidRequest
from pipelines.contract.requests import RANDOM_SEED
from pipelines.contract.validate import parse_float, parse_int

MAX_LINE = 2_000  # characters of a field of one line
MAX_PASTE = 1_000_000  # characters; longer is no form but an attack
MAX_PICTURE_NUMBER = 2**63 - 1  # of a row in SQLite
SHOWN = 40  # characters of a value that can be none


def plain(value: Any) -> str | int | float:
    """Return what may be a number; "" for nothing, the beginning of what can be none.

    >>> plain("7"), plain(0.5), plain(None), plain(True), plain([1, 2])
    ('7', 0.5, '', 'True', '[1, 2]')
    """
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return str(value)[:SHOWN]
    return value


def whole(value: Any, field: str) -> int:
    """Return a whole number.

    >>> whole(" 42 ", "steps"), whole(42.0, "steps")
    (42, 42)
    """
    return parse_int(plain(value), field)


def fraction(value: Any, field: str) -> float:
    """Return a number.

    >>> fraction("2.5", "guidance")
    2.5
    """
    return parse_float(plain(value), field)


def seed(value: Any) -> int:
    """Return a seed; an empty box asks for a new one.

    >>> seed("7"), seed(" ")
    (7, -1)
    """
    found = plain(value)
    return parse_int(found, "seed") if str(found).strip() else RANDOM_SEED


def line(value: Any, field: str) -> str:
    """Return one line of text; "" for nothing.

    >>> line(" 문어 ", "topics"), line(None, "topics")
    ('문어', '')
    """
    text = "" if value is None else str(value).strip()
    if len(text) > MAX_LINE:
        raise InvalidRequest("request.text.long", field=field, length=len(text), limit=MAX_LINE)
    return text


def listed(value: Any, field: str) -> list[str]:
    """Return the words of a line with commas.

    >>> listed(" 고양이,, 문어 ", "topics")
    ['고양이', '문어']
    """
    parts = line(value, field).replace("、", ",").replace("，", ",").split(",")
    return [part.strip() for part in parts if part.strip()]


def paste(value: Any, field: str = "phrase") -> str:
    """Return a text of any length that a person may have pasted; "" for nothing.

    >>> paste("두 줄\\n이에요"), paste(None)
    ('두 줄\\n이에요', '')
    """
    text = str(plain(value))
    if len(text) > MAX_PASTE:
        raise InvalidRequest("request.text.long", field=field, length=len(text), limit=MAX_LINE)
    return text


def picture_number(detail: Mapping[str, Any]) -> int | None:
    """Return the number of the picture that a script meant; None for whatever is none.

    >>> picture_number({"id": 7}), picture_number({"id": "x"}), picture_number({})
    (7, None, None)
    """
    try:
        number = int(detail["id"])
    except (KeyError, TypeError, ValueError, OverflowError):
        return None
    return number if 1 <= number <= MAX_PICTURE_NUMBER else None
