"""How the Next word tab looks: the sentence so far, its branches, and what may come next.

Knows a Trail and a NextEojeols; decides nothing. static/candidates.js listens to the buttons.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from pipelines.text.language.explorer import Branch, Trail
from pipelines.text.language.model import Candidate, NextEojeols
from playground.messages import Language
from playground.web.kit import draw_this
from playground.web.kit.alert import alert
from playground.web.kit.candidate_parts import (
    ClickAnswer,
    bar,
    button,
    kept,
    korean,
    percent,
    said,
)

SHOWN = 40  # letters of a branch on its button


@dataclass(frozen=True, slots=True)
class ExplorerView:
    """What the tab is to show.

    Attributes:
        nexts: None when nobody asked a model.
        temperature: what the tempered percentages are for.
        wrong: the sentence of what went wrong, "" when nothing did.
    """

    trail: Trail = field(default_factory=Trail)
    nexts: NextEojeols | None = None
    temperature: float = 1.0
    wrong: str = ""
    turn: ClickAnswer = field(default_factory=ClickAnswer)


def page(shown: ExplorerView, language: Language) -> str:
    """Return the tab's HTML."""
    parts = (
        alert(shown.wrong),
        _so_far(shown.trail, language),
        _branches(shown.trail, language),
        _next(shown, language),
    )
    return kept("".join(parts), shown.trail.to_json(), "walk", shown.turn)


def _so_far(trail: Trail, language: Language) -> str:
    if not trail.now.eojeols and not trail.now.is_finished:
        return f'<p class="invite">{said("explorer.empty", language)}</p>'
    words = [korean(word) for word in trail.now.eojeols]
    if words:
        words[-1] = f"<b>{words[-1]}</b>"
    over = f" <small>{said('explorer.end', language)}</small>" if trail.now.is_finished else ""
    tools = [
        button(said("explorer.undo", language), "undo"),
        button(said("explorer.fork", language), "branch"),
    ]
    if not trail.now.is_finished:
        tools.append(button(said("explorer.roll", language), "roll"))
    if trail.now.text:
        tools.append(draw_this.html(trail.now.text))
    return (
        f"<h2>{said('explorer.title', language)}</h2>"
        f'<p class="sentence" aria-live="polite">{" ".join(words)}{over}</p>'
        f'<div class="tools">{"".join(tools)}</div>'
    )


def _branches(trail: Trail, language: Language) -> str:
    if len(trail.branches) == 1:
        return ""
    rows = "".join(
        _branch(trail, place, branch, language) for place, branch in enumerate(trail.branches)
    )
    return f'<h2>{said("explorer.paths", language)}</h2><ul class="branches">{rows}</ul>'


def _branch(trail: Trail, place: int, branch: Branch, language: Language) -> str:
    text = branch.text if len(branch.text) <= SHOWN else f"…{branch.text[-SHOWN:]}"
    shown = korean(text) if text else said("explorer.blank", language)
    is_here = ' aria-current="true"' if place == trail.here else ""
    jump = button(f"<b>{korean(branch.name)}</b> {shown}", "jump", "chip jump", at=place)
    rename = button("✎", "rename", "chip small", at=place, edit=branch.name)
    delete = button("×", "delete", "chip small", at=place)
    name = said("explorer.rename", language, name=branch.name)
    rename = rename.replace("data-act", f'aria-label="{name}" data-act', 1)
    name = said("explorer.delete", language, name=branch.name)
    delete = delete.replace("data-act", f'aria-label="{name}" data-act', 1)
    return f"<li{is_here}>{jump}{rename}{delete}</li>"


def _next(shown: ExplorerView, language: Language) -> str:
    trail, nexts = shown.trail, shown.nexts
    if trail.now.is_finished:
        return f'<p class="invite">{said("explorer.over", language)}</p>'
    if nexts is None:
        key = "explorer.look" if trail.now.eojeols else "explorer.first"
        return f'<p class="tools">{button(said(key, language), "look", "chip main")}</p>'
    most = max((candidate.probability for candidate in nexts.candidates), default=1.0) or 1.0
    rows = "".join(
        _candidate(number, candidate, candidate.probability / most, shown.temperature, language)
        for number, candidate in enumerate(nexts.candidates, start=1)
    )
    rest = f"{said('explorer.rest', language)} {percent(nexts.rest)}"
    return (
        f"<h2>{said('explorer.candidates', language)}</h2>"
        f'<ol class="candidates">{rows}</ol><p class="rest">{rest}</p>'
        f'<p class="keys">{said("explorer.keys", language)}</p>'
    )


def _candidate(
    number: int, candidate: Candidate, length: float, temperature: float, language: Language
) -> str:
    shown = korean(candidate.text) if candidate.text else said("explorer.end", language)
    tempered = said(
        "explorer.tempered",
        language,
        temperature=f"{temperature:g}",
        percent=percent(candidate.tempered),
    )
    label = (
        f'<span class="number" aria-hidden="true">{number % 10}</span>'
        f'<b>{shown}</b><span class="share">{percent(candidate.probability)}</span>'
        f'{bar(length)}<small class="tempered">{tempered}</small>'
    )
    key = {"key": number % 10} if number <= 10 else {}
    pick = button(label, "append", "candidate", text=candidate.text, **key)
    return f"<li>{pick}</li>"
