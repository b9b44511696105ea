"""What the Train tab shows: a text as it was read, a training as it goes, a verdict, the history.

Pieces of HTML from data; everything from a person's text or file name is escaped here. Knows
neither Gradio nor who asks.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime
from html import escape

from pipelines.training.finetune.dataset import DataSet, TrainingRow
from pipelines.training.finetune.run import TrainingReport
from pipelines.training.finetune.verdict import TrainingVerdict
from playground.messages import Language, explain, text
from playground.messages.training_board import verdict_key
from playground.plots.training_curve import plot
from playground.studio.work.consent_store import Recorded
from playground.studio.work.training import Training

SAMPLE_ROWS = 4
SAMPLE_CHARACTERS = 80
LOG_LINES = 200


def preview(data: DataSet | None, language: Language) -> str:
    """Return how a text was read, what is wrong in it, and what was masked."""
    if data is None:
        return _p("training.preview.empty", language)
    parts = [
        _p(f"training.preview.{data.kind}", language, "good", count=len(data.rows)),
        _problems(data, language),
        _masked(data, language),
        f"<h3>{_said('training.preview.sample', language)}</h3>",
        "<ul>" + "".join(map(_row, data.rows[:SAMPLE_ROWS])) + "</ul>",
        _p("training.preview.digest", language, "quiet", digest=data.digest[:16]),
    ]
    return "".join(parts)


def _problems(data: DataSet, language: Language) -> str:
    if not data.dropped:
        return ""
    lines = [
        f"<li>{_said(problem.key, language, line=problem.line, shown=problem.shown)}</li>"
        for problem in data.problems
    ]
    more = data.dropped - len(data.problems)
    if more:
        lines.append(f"<li>{_said('training.preview.more', language, count=more)}</li>")
    head = _said("training.preview.dropped", language, count=data.dropped)
    return (
        f'<details class="wrong" open><summary>{head}</summary><ul>{"".join(lines)}</ul></details>'
    )


def _masked(data: DataSet, language: Language) -> str:
    if not data.masked:
        return _p("training.preview.unmasked", language)
    lines = []
    for found in data.masked:
        times = _said("training.preview.times", language, count=found.count)
        shown = " · ".join(f"“{escape(example, quote=True)}”" for example in found.examples)
        lines.append(f"<li><b>{escape(found.kind, quote=True)}</b> {times}: {shown}</li>")
    head = _said("training.preview.masked", language)
    return f"<h3>{head}</h3><ul>{''.join(lines)}</ul>"


def _row(row: TrainingRow) -> str:
    reply = escape(row.reply[:SAMPLE_CHARACTERS], quote=True)
    if not row.question:
        return f"<li>{reply}</li>"
    question = escape(row.question[:SAMPLE_CHARACTERS], quote=True)
    return f"<li>{question} → <b>{reply}</b> ({row.label})</li>"


def board(now: Training | None, language: Language) -> str:
    """Return the state of the training: stage, progress, curve, log, and what came of it."""
    if now is None:
        return _p("training.board.empty", language)
    parts = [_stage(now, language)] if now.is_running else []
    if now.error is not None:
        said = escape(explain(now.error, language), quote=True)
        kind = "status" if now.error.key == "training.stopped" else "alert"
        parts.append(f'<p role="{kind}" class="wrong">{said}</p>')
    if now.report is not None:
        parts.append(_report(now.report, language))
    parts.append(plot(now.points, language))
    if now.points:
        lines = "\n".join(escape(point.line, quote=True) for point in now.points[-LOG_LINES:][::-1])
        name = _said("training.log", language)
        parts.append(
            f'<h3>{name}</h3><pre tabindex="0" role="log" aria-label="{name}">{lines}</pre>'
        )
    return "".join(parts)


def _stage(now: Training, language: Language) -> str:
    said = _said(
        f"training.stage.{now.stage}",
        language,
        name=now.name,
        base=now.base,
        done=now.done,
        steps=now.steps,
    )
    bar = ""
    if now.steps and now.stage in ("learning", "checking"):
        if math.isfinite(now.seconds_left):
            said += f" · {_said('training.left', language, time=_time(now.seconds_left, language))}"
        label = _said("training.progress", language)
        bar = f'<progress max="{now.steps}" value="{now.done}" aria-label="{label}"></progress>'
    return f'<p role="status">{said}</p>{bar}'


def _time(seconds: float, language: Language) -> str:
    whole = round(seconds)
    if whole < 60:
        return text("training.seconds", language, seconds=whole)
    return text("training.minutes", language, minutes=whole // 60, seconds=whole % 60)


def _report(report: TrainingReport, language: Language) -> str:
    untuned, val = f"{report.untuned_ppl:.2f}", f"{report.val_ppl:.2f}"
    verdict = report.verdict
    parts = [
        _p(
            verdict_key(verdict.label, has_complaint=report.has_complaint),
            language,
            f"verdict {verdict.label}",
        ),
        _p(
            "training.done",
            language,
            name=report.name,
            untuned=untuned,
            val=val,
            epoch=report.best_epoch,
        ),
    ]
    if not report.has_improved:
        parts.append(_p("training.no_better", language, "wrong"))
    if not report.hears_questions:
        facts = {"val": val, "other": f"{report.other_ppl:.2f}"}
        parts.append(_p("training.deaf", language, "wrong", **facts))
    if report.stopped_early:
        parts.append(_p("training.early", language))
    parts.append(_figures(verdict, language))
    parts.append(_p("training.try", language, name=report.name))
    if report.licence:
        parts.append(_p("training.licence", language, licence=report.licence))
    if verdict.replies:
        shown = "".join(f"<li>{escape(reply, quote=True)}</li>" for reply in verdict.replies)
        parts.append(f"<h3>{_said('training.replies', language)}</h3><ul>{shown}</ul>")
    counts = {
        name: getattr(report, name) for name in ("learned", "held_out", "repeated", "capped", "cut")
    }
    parts.append(_p("training.counts", language, "quiet", **counts))
    return "".join(parts)


def _figures(verdict: TrainingVerdict, language: Language) -> str:
    """Return what the detectors found, figure by figure."""
    if not verdict.figures:
        return ""
    head = _said("training.figures", language, count=verdict.asked)
    lines = "".join(
        f'<li class="{figure.level}">{_said(f"training.figure.{figure.name}", language)}: '
        f"<b>{figure.value:.2f}</b> · {_said(f'training.level.{figure.level}', language)}</li>"
        for figure in verdict.figures
    )
    lines += "".join(f"<li>{line}</li>" for line in _sayings(verdict, language))
    return f"<details><summary>{head}</summary><ul>{lines}</ul></details>"


def _sayings(verdict: TrainingVerdict, language: Language) -> list[str]:
    reply, times = verdict.commonest
    different, asked = verdict.greedy
    lines = [_said("training.commonest", language, reply=reply[:80], count=times)]
    if asked:
        key = "training.greedy.collapsed" if verdict.is_greedy_collapsed else "training.greedy"
        lines.append(_said(key, language, different=different, asked=asked))
    return lines


def history(recorded: Sequence[Recorded], language: Language) -> str:
    """Return what models learned from, and why it was allowed."""
    if not recorded:
        return ""
    lines = "".join(f"<li>{_line(entry, language)}</li>" for entry in recorded)
    head = _said("training.history", language)
    return f"<details><summary>{head}</summary><ul>{lines}</ul></details>"


def _line(entry: Recorded, language: Language) -> str:
    when = datetime.fromtimestamp(entry.created_at).strftime("%Y-%m-%d %H:%M")
    return _said(
        "training.history.line",
        language,
        when=when,
        model=entry.model,
        base=entry.base,
        data=entry.data_name or "-",
        rows=entry.rows,
        source=entry.consent.source,
        basis=text(f"training.basis.{entry.consent.basis}", language),
        note=entry.consent.note,
    )


def _said(key: str, language: Language, **values: str | int | float) -> str:
    return escape(text(key, language, **values), quote=True)


def _p(key: str, language: Language, kind: str = "", **values: str | int | float) -> str:
    name = f' class="{kind}"' if kind else ""
    return f"<p{name}>{_said(key, language, **values)}</p>"
