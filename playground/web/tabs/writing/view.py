"""How the results of the Write tab look: cards, lines that still grow, stitches, an alert.

Knows phrases; decides nothing. Everything that a model or a person said is escaped here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape

from pipelines.contract.phrase import Phrase
from playground.messages import Language, text
from playground.web.kit import draw_this
from playground.web.kit.alert import alert

Stitches = tuple[tuple[str, int], ...]  # a piece and the line it stands on, 0 for none


@dataclass(frozen=True, slots=True)
class Board:
    """What the tab shows.

    Attributes:
        phrases: with the stitches of each, if it has any.
        growing: lines that are being written, by their place.
        notes: sentences beside the result: what is going on, what to know.
        alert: what went wrong, "" when nothing did.
        is_busy: something is going on.
    """

    phrases: tuple[tuple[Phrase, Stitches], ...] = ()
    growing: Mapping[int, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    alert: str = ""
    is_busy: bool = False


def page(board: Board, language: Language) -> str:
    """Return the HTML of the results."""
    parts = [alert(board.alert)]
    notes = "".join(f"<p>{escape(note, quote=True)}</p>" for note in board.notes)
    if notes:
        busy = ' class="busy"' if board.is_busy else ""
        parts.append(f'<div role="status"{busy}>{notes}</div>')
    if board.phrases:
        cards = "".join(_card(phrase, pieces, language) for phrase, pieces in board.phrases)
        parts.append(f'<h2>{_said("writing.title", language)}</h2><ol class="lines">{cards}</ol>')
    if board.growing:
        lines = "".join(
            f'<li lang="ko">{escape(line, quote=True)}<i>▍</i></li>'
            for _, line in sorted(board.growing.items())
            if line.strip()
        )
        parts.append(f'<ul class="growing" aria-hidden="true">{lines}</ul>')
    return "".join(parts)


def _card(phrase: Phrase, pieces: Stitches, language: Language) -> str:
    english = ""
    if phrase.en:
        english = f'<p class="english" lang="en">{escape(phrase.en, quote=True)}</p>'
    return (
        f'<li><p class="korean" lang="ko">{escape(phrase.ko, quote=True)}</p>{english}'
        f'<div class="by"><small>{escape(_maker(phrase, language), quote=True)}</small>'
        f"{draw_this.html(phrase.ko)}</div>{_stitches(pieces, language)}</li>"
    )


def _maker(phrase: Phrase, language: Language) -> str:
    model = str(dict(phrase.settings).get("model", ""))
    engine = text(f"writing.engine.{phrase.engine}", language, model=model)
    return text("writing.by", language, engine=engine, seed=str(phrase.seed))


def _stitches(pieces: Stitches, language: Language) -> str:
    if not pieces:
        return ""
    rows = "".join(
        f'<li><span lang="ko">{escape(piece, quote=True)}</span> <small>{_where(line, language)}'
        "</small></li>"
        for piece, line in pieces
    )
    summary = _said("writing.stitches", language)
    return f'<details class="stitches"><summary>{summary}</summary><ol>{rows}</ol></details>'


def _where(line: int, language: Language) -> str:
    if not line:
        return _said("writing.stitch.none", language)
    return _said("writing.stitch", language, line=line)


def _said(key: str, language: Language, **values: str | int | float) -> str:
    return escape(text(key, language, **values), quote=True)
