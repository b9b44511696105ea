"""Pieces of HTML that the Next word and the Novel tab are made of.

Buttons carry what they do in data attributes; static/candidates.js sends it. What a browser is to
keep travels inside the HTML, so that a reload finds it. Everything is escaped here.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any, TypeVar

from models.errors import PlaygroundError
from playground.messages import Language, text

Kept = TypeVar("Kept")


class StateLost(PlaygroundError):
    """What a browser had kept is not ours; it puts it aside."""


def said(key: str, language: Language, **values: str | int | float) -> str:
    """Return a sentence of the message table as safe HTML."""
    return escape(text(key, language, **values), quote=True)


def korean(words: str) -> str:
    """Return words that a model or a person said as safe HTML.

    >>> korean("<b>")
    '<span lang="ko">&lt;b&gt;</span>'
    """
    return f'<span lang="ko">{escape(words, quote=True)}</span>'


def button(label: str, act: str, look: str = "chip", **data: str | int) -> str:
    """Return a button; `label` is HTML, `data` what is sent with `act`.

    >>> button("가", "pick", at=3)
    '<button type="button" class="chip" data-act="pick" data-at="3">가</button>'
    """
    more = "".join(
        f' data-{name}="{escape(str(value), quote=True)}"' for name, value in data.items()
    )
    return f'<button type="button" class="{look}" data-act="{act}"{more}>{label}</button>'


def percent(share: float) -> str:
    """Return a share as people read it.

    >>> percent(0.0432), percent(0.00002), percent(0.0), percent(1.0)
    ('4.3%', '<0.1%', '0%', '100%')
    """
    if 0 < share < 0.001:
        return "<0.1%"
    return f"{share * 100:.1f}%".replace(".0%", "%")


def bar(share: float) -> str:
    """Return a bar of that length; the number stands beside it in words."""
    width = min(100.0, max(0.0, share * 100))
    return f'<span class="measure" aria-hidden="true"><i style="width:{width:.1f}%"></i></span>'


@dataclass(frozen=True, slots=True)
class ClickAnswer:
    """One answer to one click.

    Attributes:
        number: which click it answers; the browser counts.
        is_busy: more of the answer is on its way.
        is_lost: what the browser had kept could not be read; it is to put it aside.
    """

    number: int = 0
    is_busy: bool = False
    is_lost: bool = False


def kept(inside: str, state: Any, classes: str, turn: ClickAnswer) -> str:
    """Return the whole of a tab's HTML with the state that the browser is to keep."""
    data = escape(json.dumps(state, ensure_ascii=False), quote=True)
    marks = (
        f' data-turn="{turn.number}"' + " data-busy" * turn.is_busy + " data-lost" * turn.is_lost
    )
    return f'<div class="{classes}" data-state="{data}"{marks}>{inside}</div>'


def turn_number(asked: Mapping[str, Any]) -> int:
    """Return the number of the click that a browser sent."""
    number = asked.get("turn")
    return number if isinstance(number, int) and 0 <= number < 2**53 else 0


def read_state(asked: Mapping[str, Any], read: Callable[[Any], Kept], tool: str) -> Kept | None:
    """Return what the browser had kept and sent with a click; None when it keeps nothing yet.

    Raises:
        StateLost: it cannot be read.
    """
    state = asked.get("state")
    if state is None:
        return None
    try:
        return read(state)
    except ValueError as error:
        raise StateLost("candidates.lost", name=f"amumal-{tool}-old") from error
