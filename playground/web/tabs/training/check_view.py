"""What the self-check looks like: the verdict with its table, and the curve of the feedback loop.

HTML only, everything from a model or a person escaped. Knows reports and generations.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from pipelines.text.collapse import CollapseReport, Finding, Generation
from playground.messages import Language, text
from playground.messages.check import bounds, notes
from playground.plots.decay_curve import plot, sentence

HEADS = ("name", "value", "good", "failed", "level")


def report_html(report: CollapseReport, language: Language) -> str:
    """Return the verdict, what it means, and the table behind it."""
    verdict = _said(f"check.{report.health}", language)
    why = "".join(f"<p>{_plain(note)}</p>" for note in notes(report, language))
    heads = "".join(
        f'<th scope="col">{_said(f"check.head.{head}", language)}</th>' for head in HEADS
    )
    rows = "".join(_row(finding, language) for finding in report.findings)
    caption = _plain(text("check.replies", language, count=report.replies))
    common = "".join(
        f"<li>{_plain(reply[:200])} "
        f"<small>{_plain(text('check.times', language, count=count))}</small></li>"
        for reply, count in report.commonest
    )
    return (
        f'<div role="status"><p class="verdict {report.health}">{verdict}</p>{why}</div>'
        f"<table><caption>{caption}</caption><thead><tr>{heads}</tr></thead>"
        f"<tbody>{rows}</tbody></table>"
        f"<h3>{_said('check.commonest', language)}</h3><ul>{common}</ul>"
    )


def curve_html(said: Sequence[Generation], wanted: int, language: Language) -> str:
    """Return the curve so far, and a sentence of every generation."""
    last = said[-1]
    caption = _plain(sentence(said, language))
    if last.number < wanted:
        done = text("check.asking", language, done=last.number, whole=wanted)
        caption = f"{caption} <progress max='{wanted}' value='{last.number}'>{done}</progress>"
    rows = "".join(
        f"<li><b>{_plain(text('check.feedback.sample', language, number=each.number))}</b> "
        f"{_plain(each.sample[0][:200])}</li>"
        for each in said
        if each.sample
    )
    return (
        f'<figure class="decay">{plot(said, language)}<figcaption>{caption}</figcaption></figure>'
        f"<ul>{rows}</ul>"
    )


def asking_html(done: int, whole: int, language: Language) -> str:
    """Return how far the asking is."""
    said = _plain(text("check.asking", language, done=done, whole=whole))
    return f'<p>{said}</p><progress max="{whole}" value="{done}" aria-label="{said}"></progress>'


def _row(finding: Finding, language: Language) -> str:
    good, failed = bounds(finding)
    name = _said(f"check.{finding.detector}", language)
    return (
        f'<tr class="{finding.level}"><th scope="row">{name}</th><td>{finding.value:.3f}</td>'
        f"<td>{_plain(good)}</td><td>{_plain(failed)}</td>"
        f"<td>{_said(f'check.{finding.level}', language)}</td></tr>"
    )


def _said(key: str, language: Language) -> str:
    return _plain(text(key, language))


def _plain(said: str) -> str:
    return escape(said, quote=True)
