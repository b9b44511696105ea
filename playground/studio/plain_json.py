"""JSON in rows, settings and pictures: one way to write it, one careful way to read it."""

from __future__ import annotations

import json
import math
from typing import Any, NoReturn

from pipelines.contract.requests import PictureRequest
from playground.studio.errors import PlaygroundError


def write_json(data: dict[str, Any]) -> str:
    """Return `data` as ASCII text; equal data gives equal text.

    ASCII, because half a surrogate pair can be kept that way and nowhere else.
    """
    return json.dumps(data, ensure_ascii=True, sort_keys=True, allow_nan=False)


def read_json(text: str | bytes) -> dict[str, Any]:
    """Return the object in `text`; raise ValueError for anything else, however odd.

    >>> read_json('{"a": 1}')
    {'a': 1}
    """
    try:
        data = json.loads(text, parse_constant=_refuse, parse_float=_finite)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    if not isinstance(data, dict):
        raise ValueError(f"not an object but {type(data).__name__}")
    return data


def _refuse(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(f"{text[:20]} is too large")
    return number


def read_request(data: dict[str, Any]) -> PictureRequest:
    """Return the picture request in `data`; raise ValueError if it is none or out of range."""
    try:
        return PictureRequest.from_json(data)
    except (PlaygroundError, OverflowError) as error:
        raise ValueError(f"not a picture request of today: {error}") from error


def whole_text(text: str) -> str:
    """Return `text` with halves of surrogate pairs replaced, which no encoder takes."""
    return text.encode("utf-8", "replace").decode()
