"""What the buttons of the Models tab do. Knows the work on model files; lays nothing out.

Every answer is the whole tab: list, tools, names, status, and whether to look again. Whoever is
not at the machine gets one sentence and can do nothing. Everything from a model file is escaped:
names, metadata and reasons are somebody else's text.
"""

from __future__ import annotations

import webbrowser
from collections.abc import Callable
from html import escape
from typing import Any

from models.digest import short_hash
from models.entry import Model
from models.errors import ModelFileError
from models.library import OWN_FOLDER
from models.signatures import FAMILY_NAMES
from playground.messages import Language, explain, text
from playground.studio.work.models import ModelTask, ModelWork
from playground.web.kit.alert import alert
from playground.web.kit.border import Visit
from playground.web.kit.connect import Form
from playground.web.kit.fast_import import import_gradio

gr = import_gradio()

HEADS = ("name", "what", "size", "hash", "integrity", "trust", "licence", "why")
MOST_REASONS = 3
Answer = dict[str, Any]  # by the names of the outputs


class ModelHandlers:
    """The answers to the events of the tab."""

    def __init__(self, work: ModelWork, open_folder: Callable[[str], object] = webbrowser.open):
        self._work = work
        self._open_folder = open_folder

    def look(self, visit: Visit) -> Answer:
        """Show what is known now."""
        return self._answer(visit, lambda: None)

    def rescan(self, visit: Visit) -> Answer:
        """Look at the disk again."""
        return self._answer(visit, self._work.library.scan)

    def verify(self, visit: Visit, form: Form) -> Answer:
        """Hash one model."""
        return self._answer(visit, lambda: self._work.verify(_chosen(form["name"])))

    def verify_all(self, visit: Visit) -> Answer:
        """Hash all that have not been hashed."""
        return self._answer(visit, self._work.verify_all)

    def pin(self, visit: Visit, form: Form) -> Answer:
        """Vouch for a model as it is."""
        return self._answer(visit, lambda: self._work.pin(_chosen(form["name"])))

    def quarantine(self, visit: Visit, form: Form) -> Answer:
        """Move a model out of the way."""
        return self._answer(visit, lambda: self._work.quarantine(_chosen(form["name"])))

    def get(self, visit: Visit, form: Form) -> Answer:
        """Start a download."""
        return self._answer(visit, lambda: self._work.get(_address(form["source"])))

    def stop(self, visit: Visit) -> Answer:
        """Stop what is being done."""
        return self._answer(visit, self._work.stop)

    def open(self, visit: Visit) -> Answer:
        """Show our own folder in the desktop's file manager."""
        folder = self._work.data_dir / OWN_FOLDER
        return self._answer(visit, lambda: self._open_folder(folder.absolute().as_uri()))

    def _answer(self, visit: Visit, act: Callable[[], object]) -> Answer:
        language = visit.language
        if not visit.is_local:
            return _elsewhere(language)
        with visit.border() as border:
            act()
        models = self._work.library.models()
        work = self._work.now
        names = [model.name for model in models]
        return {
            "shelf": _shelf(models, str(self._work.data_dir / OWN_FOLDER), language),
            "tools": gr.update(visible=True),
            "name": gr.update(choices=names),
            "status": _status(work, border.alert, language),
            "timer": gr.update(active=work is not None and work.is_running),
        }


def _elsewhere(language: Language) -> Answer:
    sentence = f"<p>{_said('models.elsewhere', language)}</p>"
    return {
        "shelf": sentence,
        "tools": gr.update(visible=False),
        "name": gr.update(choices=[]),
        "status": "",
        "timer": gr.update(active=False),
    }


def _chosen(value: Any) -> str:
    if not isinstance(value, str) or not value.strip() or len(value) > 1000:
        raise ModelFileError("models.not_chosen")
    return value.strip()


def _address(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ModelFileError("download.empty")
    if len(value) > 1000:
        raise ModelFileError("download.source", source=f"{value.strip()[:60]}…")
    return value.strip()


def _said(key: str, language: Language, **values: str | int | float) -> str:
    return escape(text(key, language, **values), quote=True)


def _shelf(models: tuple[Model, ...], folder: str, language: Language) -> str:
    heads = "".join(
        f'<th scope="col">{_said(f"models.head.{key}", language)}</th>' for key in HEADS
    )
    rows = "".join(_row(model, language) for model in models)
    title = _said("models.title", language)
    table = f"<h2>{title}</h2><div class='scroll' tabindex='0' role='region' aria-label='{title}'>"
    table += f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    if any(not model.is_builtin for model in models):
        return table
    ways = "".join(
        f"<li>{_said(f'models.empty.{key}', language, folder=folder)}</li>"
        for key in ("folder", "put", "get")
    )
    return f"{table}<p>{_said('models.empty', language)}</p><ol>{ways}</ol>"


def _row(model: Model, language: Language) -> str:
    probe = model.probe
    what: tuple[str, ...] = ()
    if probe is not None:
        kind = text(f"models.kind.{probe.kind.value}", language)
        family = FAMILY_NAMES.get(probe.family, probe.family)
        what = (kind, family, probe.variant, probe.precision)
    licence = model.licence
    source = model.source or (model.known.source if model.known else "")
    cells = (
        escape(" ".join(filter(None, what)), quote=True) or "?",
        f"{model.size_bytes / 2**20:,.1f} MB",
        f'<code title="{model.sha256}">{short_hash(model.sha256) or "–"}</code>',
        _said(f"models.integrity.{model.integrity.value}", language),
        _said(f"models.trust.{model.trust.value}", language),
        escape(" · ".join(filter(None, (licence, source))), quote=True) or "–",
        _why(model, language),
    )
    name = escape(model.name, quote=True)
    row = "".join(f"<td>{cell}</td>" for cell in cells)
    state = f"{model.integrity.value} {model.trust.value}"
    return f'<tr class="{state}"><th scope="row">{name}</th>{row}</tr>'


def _why(model: Model, language: Language) -> str:
    """Return why it cannot be used, or what told what it is."""
    if model.flaw is not None:
        error = ModelFileError(model.flaw.key, **dict(model.flaw.values))
        return escape(explain(error, language), quote=True)
    lines = []
    if model.can_draw:
        lines.append(_said("models.can_draw", language))
    if model.probe is not None:
        if model.probe.needs:
            parts = ", ".join(model.probe.needs)
            lines.append(_said("models.needs", language, parts=parts))
        if model.probe.lora is not None and model.probe.lora.words:
            lines.append(escape(", ".join(model.probe.lora.words[:8]), quote=True))
        reasons = model.probe.reasons[:MOST_REASONS]
        lines += [f"<code>{escape(reason, quote=True)}</code>" for reason in reasons]
    return "<br>".join(lines)


def _status(work: ModelTask | None, wrong: str, language: Language) -> str:
    parts = [alert(wrong)]
    if work is not None:
        parts.append(f'<p role="status">{_work_line(work, language)}</p>')
        if work.is_running and work.total:
            label = _said(work.key, language, name=work.name)
            parts.append(
                f'<progress max="{work.total}" value="{work.done}" aria-label="{label}"></progress>'
            )
    return "".join(parts)


def _work_line(work: ModelTask, language: Language) -> str:
    what = _said(work.key, language, name=work.name)
    if work.is_running:
        done, total = f"{work.done / 2**20:.0f}", f"{work.total / 2**20:.0f}"
        return f"{what} · {_said('models.work.bytes', language, done=done, total=total)}"
    if work.error is not None:
        return f"{what} · {escape(explain(work.error, language), quote=True)}"
    return f"{what} · {_said('models.work.done', language)}"
