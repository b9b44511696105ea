"""What the nonsense index looks like: a gauge with its reasons.

HTML only, everything from a person escaped. The gauge is read out as a meter; its number and its
name say what its colour says. Knows verdicts; measures nothing.
"""

from __future__ import annotations

import os
from html import escape

from pipelines.text.nonsense import IndexVerdict, Reason, TextKind
from playground.messages import Language, text
from playground.messages.nonsense import reason_text
from playground.web.kit import draw_this
from playground.web.kit.wording import with_html

PYTHON = ".venv/bin/python" if os.name == "posix" else r".venv\Scripts\python"
INSTALL = f"{PYTHON} -m pip install -r requirements-korean.txt"


def verdict_html(line: str, verdict: IndexVerdict, language: Language) -> str:
    """Return the whole result of one text."""
    kind = name(verdict.kind, language)
    parts = [f'<p class="what">{_plain(line)}</p>', _headline(verdict, kind, language)]
    if verdict.score is not None:
        parts.append(_gauge(verdict.score, kind, language))
    parts.append(_reasons(verdict.reasons, language))
    if verdict.is_estimate:
        command = f"<code>{_plain(INSTALL)}</code>"
        note = with_html("index.estimate", language, command=command)
        parts.append(f'<p class="quiet">{note}</p>')
    if verdict.kind is not TextKind.GARBAGE:
        parts.append(draw_this.html(line))
    return f'<div class="index-verdict {verdict.kind}">{"".join(parts)}</div>'


def name(kind: TextKind, language: Language) -> str:
    """Return the name of a kind."""
    return text("index.short.name" if kind is TextKind.SHORT else f"index.{kind}", language)


def _headline(verdict: IndexVerdict, kind: str, language: Language) -> str:
    score = ""
    if verdict.score is not None:
        score = f"<b>{_plain(text('index.score', language, score=verdict.score))}</b> "
    estimate = ""
    if verdict.is_estimate:
        estimate = f' <i class="chip">{_plain(text("index.estimate.short", language))}</i>'
    return f'<p class="headline">{score}<span class="kind">{_plain(kind)}</span>{estimate}</p>'


def _gauge(score: int, kind: str, language: Language) -> str:
    said = f"{text('index.score', language, score=score)}, {kind}"
    low, high = (_plain(text(f"index.scale.{end}", language)) for end in ("low", "high"))
    return (
        f'<div class="gauge" role="meter" aria-label="{_plain(text("index.name", language))}" '
        f'aria-valuemin="0" aria-valuemax="100" aria-valuenow="{score}" '
        f'aria-valuetext="{_plain(said)}"><i style="width:{score}%"></i></div>'
        f'<p class="ends" aria-hidden="true"><span>0 {low}</span><span>100 {high}</span></p>'
    )


def _reasons(reasons: tuple[Reason, ...], language: Language) -> str:
    rows = "".join(f"<li>{_plain(reason_text(reason, language))}</li>" for reason in reasons)
    return f"<h3>{_plain(text('index.why', language))}</h3><ul>{rows}</ul>"


def _plain(said: str) -> str:
    return escape(said, quote=True)
