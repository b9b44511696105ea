"""What the buttons of the Train tab do. Knows the work of teaching; lays nothing out.

Whoever is not at the machine gets one sentence and can do nothing. What is shown of a text is what
the reader masked; everything is escaped in view.py.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

from pipelines.contract.errors import CorpusError
from pipelines.training.finetune.consent import Consent
from pipelines.training.finetune.dataset import DataSet, read_data
from pipelines.training.finetune.settings import FinetuneMethod, TrainingSettings
from playground.messages import Language, text
from playground.studio import values
from playground.studio.uploads import Uploads
from playground.studio.work.training import TrainingWork
from playground.web.kit.alert import alert
from playground.web.kit.border import Visit
from playground.web.kit.connect import Form
from playground.web.kit.fast_import import import_gradio
from playground.web.tabs.training.form import SETTING_FIELDS
from playground.web.tabs.training.view import board, history, preview

gr = import_gradio()

WHOLE = ("epochs", "batch", "patience", "max_tokens", "rank", "seed")
LONGEST = 2_000  # characters of a field that is no text to learn from
Answer = dict[str, Any]  # by the names of the outputs
STAY = ("base", "waits", "waiting", "history")  # while something is being learned


class TrainingHandlers:
    """The answers to the events of the tab."""

    def __init__(self, work: TrainingWork, drops: Uploads) -> None:
        self._work = work
        self._drops = drops

    def arrive(self, visit: Visit) -> Answer:
        """Show everything to a page that has just been opened, the first base model chosen."""
        answer = self._answer(visit, lambda: None)
        bases = self._work.bases()
        if bases and visit.is_local:
            answer["base"] = gr.update(choices=list(bases), value=bases[0])
        return answer

    def look(self, visit: Visit) -> Answer:
        """Show how far the training is; the rest of the tab stays until it is over."""
        answer = self._answer(visit, lambda: None)
        now = self._work.now
        if now is None or not now.is_running:
            return answer
        return {name: shown for name, shown in answer.items() if name not in STAY}

    def read(self, visit: Visit, form: Form) -> str:
        """Show what would be learned and what is masked."""
        if not visit.is_local:
            return _closed(visit.language)
        if not _text(form["drop"]) and not _text(form["paste"]):
            return preview(None, visit.language)
        with visit.border() as border:
            return preview(self._data(visit, form), visit.language)
        return alert(border.alert)

    def start(self, visit: Visit, form: Form) -> Answer:
        """Record the consent and begin."""
        return self._answer(visit, lambda: self._start(visit, form))

    def stop(self, visit: Visit) -> Answer:
        """Stop; what was learned is kept."""
        return self._answer(visit, self._work.stop)

    def resume(self, visit: Visit, form: Form) -> Answer:
        """Go on with what was stopped."""
        return self._answer(visit, lambda: self._work.resume(_text(form["waiting"])))

    def forget(self, visit: Visit, form: Form) -> Answer:
        """Remove what was stopped."""
        return self._answer(visit, lambda: self._work.forget(_text(form["waiting"])))

    def _start(self, visit: Visit, form: Form) -> None:
        settings = _settings(form)
        consent = Consent.parse(*(_text(form[name]) for name in ("source", "basis", "note")))
        data = self._data(visit, form)
        self._work.start(data, _text(form["name"]), _text(form["base"]), consent, settings)

    def _data(self, visit: Visit, form: Form) -> DataSet:
        """Read the file, or what was pasted when there is none."""
        token, paste = _text(form["drop"]), form["paste"]
        if token:
            found = self._drops.get(visit.owner, token)
            return read_data(found.data, found.name)
        if not isinstance(paste, str) or not paste.strip():
            raise CorpusError("training.empty")
        return read_data(paste, "")

    def _answer(self, visit: Visit, act: Callable[[], object]) -> Answer:
        language = visit.language
        if not visit.is_local:
            return _refused(language)
        with visit.border() as border:
            act()
        now, waiting, bases = self._work.now, self._work.unfinished(), self._work.bases()
        return {
            "closed": "",
            "tools": gr.update(visible=True),
            "board": alert(border.alert) + board(now, language),
            "timer": gr.update(active=now is not None and now.is_running),
            "base": gr.update(choices=list(bases), **_first(bases)),
            "waits": gr.update(visible=bool(waiting)),
            "waiting": gr.update(choices=list(waiting), **_first(waiting)),
            "history": history(self._work.consents.latest(), language),
        }


def _closed(language: Language) -> str:
    return f"<p>{escape(text('training.elsewhere', language), quote=True)}</p>"


def _refused(language: Language) -> Answer:
    hidden, none = gr.update(visible=False), gr.update(choices=[])
    return {
        "closed": _closed(language),
        "tools": hidden,
        "board": "",
        "timer": gr.update(active=False),
        "base": none,
        "waits": hidden,
        "waiting": none,
        "history": "",
    }


def _first(choices: tuple[str, ...]) -> dict[str, Any]:
    return {"value": choices[0]} if len(choices) == 1 else {}


def _text(value: Any) -> str:
    return str(value)[:LONGEST].strip() if isinstance(value, str | int | float) else ""


def _settings(form: Form) -> TrainingSettings:
    numbers: dict[str, Any] = {}
    for field in SETTING_FIELDS:
        parse = values.whole if field in WHOLE else values.fraction
        numbers[field] = parse(_text(form[field]), field)
    chosen = _text(form["method"])
    return TrainingSettings(
        method=FinetuneMethod(chosen) if chosen in set(FinetuneMethod) else FinetuneMethod.FULL,
        **numbers,
    )
