"""`${coat={red|blue}}` gives a text a name, `${coat}` is replaced by it; the names of one prompt.

As in the dynamic prompts extension: a value is drawn anew at each use, with `=!` once for all uses,
`?=` counts only where the name has no value yet, and `${coat:grey}` is grey without one. Does not
draw anything itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from pipelines.contract.errors import InvalidRequest
from pipelines.image.prompt.length import check_length

OPEN = re.compile(r"\\.|\$\{\s*(?P<name>[^\W\d][\w-]*)\s*(?P<sign>\?=|[=:}])(?P<now>!?)", re.DOTALL)
BRACE = re.compile(r"\\.|[{}]", re.DOTALL)

Draw = Callable[[str], str]


def has_variables(text: str) -> bool:
    """Return whether a name is given or used."""
    return any(found["name"] for found in OPEN.finditer(text))


def put_variables(text: str, values: dict[str, str], draw: Draw, field: str) -> str:
    """Return the text with every name replaced; what is given a name goes into `values`.

    >>> put_variables("${a=cat}a ${a} and ${b:dog}", {}, str, "picture_prompt")
    'a cat and dog'

    Args:
        draw: draws a value that is wanted once for all uses.

    Raises:
        InvalidRequest: a name has no value, or the text becomes too long.
    """
    put: list[str] = []
    at = length = 0
    while found := next((one for one in OPEN.finditer(text, at) if one["name"]), None):
        start = found.end() if found["sign"] != "}" else found.end() - len(found["now"]) - 1
        end = _closing(text, start)
        if end is None:
            raise InvalidRequest("prompt.lots.unread", text=text[found.start() :][:60])
        put.append(text[at : found.start()])
        put.append(_value(found, text[start:end].strip(), values, draw))
        length += len(put[-1]) + len(put[-2])
        check_length(length, field)
        at = end + 1
    return "".join((*put, text[at:]))


def _value(found: re.Match[str], written: str, values: dict[str, str], draw: Draw) -> str:
    name, sign = found["name"], found["sign"]
    if sign in ("=", "?="):
        if sign == "=" or name not in values:
            values[name] = draw(written) if found["now"] else written
        return ""
    if name in values:
        return values[name]
    if sign == ":":
        return found["now"] + written
    raise InvalidRequest("prompt.variable.unknown", name=name[:60])


def _closing(text: str, start: int) -> int | None:
    """Return the place of the brace that closes what is open at `start`."""
    depth = 1
    for found in BRACE.finditer(text, start):
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        if depth == 0:
            return found.start()
    return None
