"""What the buttons of the Train tab do. Knows the work of teaching; lays nothing out.

Whoever is not at the machine gets one sentence and can do nothing. What is shown of a text is what
the reader masked; everything is escaped in view.py.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from html import escape
from typing import TYPE_CHECKING, Any, TypeVar

from models.errors import PlaygroundError
from pipelines.contract.errors import CorpusError
from pipelines.contract.validate import parse_float, parse_int
from pipelines.training.finetune.consent import Consent
from pipelines.training.finetune.dataset import DataSet, read_data
from pipelines.training.finetune.settings import FinetuneMethod, TrainingSettings
from playground.gate import visitor
from playground.messages import Language, explain, text
from playground.studio.uploads import Uploads
from playground.studio.work.training import TrainingWork
from playground.web.kit.alert import alert
from playground.web.kit.fast_import import import_gradio
from playground.web.kit.wording import language_of
from playground.web.tabs.training.form import FORM_FIELDS, SETTING_FIELDS
from playground.web.tabs.training.view import board, history, preview

if TYPE_CHECKING:
    import gradio as gr
else:
    gr = import_gradio()  # Gradio looks the annotations below up in this module

log = logging.getLogger(__name__)

BASE = 4  # position of the base model in an answer

WHOLE = ("epochs", "batch", "patience", "max_tokens", "rank", "seed")
LONGEST = 2_000  # characters of a field that is no text to learn from
Answer = tuple[Any, ...]
Found = TypeVar("Found")


class TrainingHandlers:
    """The answers to the events of the tab."""

    def __init__(self, work: TrainingWork, drops: Uploads) -> None:
        self._work = work
        self._drops = drops

    def arrive(self, request: gr.Request) -> Answer:
        """Show everything to a page that has just been opened, the first base model chosen."""
        answer = list(self._answer(request, lambda: None))
        bases = self._work.bases()
        if bases and visitor(request.request.scope).is_local:
            answer[BASE] = gr.update(choices=list(bases), value=bases[0])
        return tuple(answer)

    def look(self, request: gr.Request) -> Answer:
        """Show how far the training is; the rest of the tab stays until it is over."""
        answer = self._answer(request, lambda: None)
        now = self._work.now
        if now is None or not now.is_running:
            return answer
        return (*answer[:4], gr.skip(), gr.skip(), gr.skip(), gr.skip())

    def read(self, request: gr.Request, drop: Any, paste: Any) -> str:
        """Show what would be learned and what is masked."""
        scope = request.request.scope
        language = language_of(scope)
        if not visitor(scope).is_local:
            return _closed(language)
        if not _text(drop) and not _text(paste):
            return preview(None, language)
        found, said = self._guarded(lambda: self._data(request, drop, paste), language)
        return alert(said) if found is None else preview(found, language)

    def start(self, request: gr.Request, *values: Any) -> Answer:
        """Record the consent and begin."""
        return self._answer(request, lambda: self._start(request, values))

    def stop(self, request: gr.Request) -> Answer:
        """Stop; what was learned is kept."""
        return self._answer(request, self._work.stop)

    def resume(self, request: gr.Request, name: Any) -> Answer:
        """Go on with what was stopped."""
        return self._answer(request, lambda: self._work.resume(_text(name)))

    def forget(self, request: gr.Request, name: Any) -> Answer:
        """Remove what was stopped."""
        return self._answer(request, lambda: self._work.forget(_text(name)))

    def _start(self, request: gr.Request, values: tuple[Any, ...]) -> None:
        form = dict(zip(FORM_FIELDS, values, strict=True))
        settings = _settings(form)
        consent = Consent.parse(*(_text(form[name]) for name in ("source", "basis", "note")))
        data = self._data(request, form["drop"], form["paste"])
        self._work.start(data, _text(form["name"]), _text(form["base"]), consent, settings)

    def _data(self, request: gr.Request, drop: Any, paste: Any) -> DataSet:
        """Read the file, or what was pasted when there is none."""
        token = _text(drop)
        if token:
            found = self._drops.get(visitor(request.request.scope).owner, token)
            return read_data(found.data, found.name)
        if not isinstance(paste, str) or not paste.strip():
            raise CorpusError("training.empty")
        return read_data(paste, "")

    def _answer(self, request: gr.Request, act: Callable[[], object]) -> Answer:
        language = language_of(request.request.scope)
        if not visitor(request.request.scope).is_local:
            hidden = gr.update(visible=False)
            still = gr.update(active=False)
            none = gr.update(choices=[])
            return _closed(language), hidden, "", still, none, hidden, none, ""
        _, said = self._guarded(act, language)
        now, waiting, bases = self._work.now, self._work.unfinished(), self._work.bases()
        return (
            "",
            gr.update(visible=True),
            alert(said) + board(now, language),
            gr.update(active=now is not None and now.is_running),
            gr.update(choices=list(bases), **_first(bases)),
            gr.update(visible=bool(waiting)),
            gr.update(choices=list(waiting), **_first(waiting)),
            history(self._work.consents.latest(), language),
        )

    def _guarded(self, act: Callable[[], Found], language: Language) -> tuple[Found | None, str]:
        """Return what `act` returned, or the sentence why it could not."""
        try:
            return act(), ""
        except PlaygroundError as error:
            return None, explain(error, language)
        except Exception as error:  # the border to the person
            log.exception("a handler of the Train tab failed")
            return None, text("page.unexpected", language, kind=type(error).__name__)


def _closed(language: Language) -> str:
    return f"<p>{escape(text('training.elsewhere', language), quote=True)}</p>"


def _first(choices: tuple[str, ...]) -> dict[str, Any]:
    return {"value": choices[0]} if len(choices) == 1 else {}


def _text(value: Any) -> str:
    return str(value)[:LONGEST].strip() if isinstance(value, str | int | float) else ""


def _settings(form: dict[str, Any]) -> TrainingSettings:
    values: dict[str, Any] = {}
    for field in SETTING_FIELDS:
        parse = parse_int if field in WHOLE else parse_float
        values[field] = parse(_text(form[field]), field)
    chosen = _text(form["method"])
    return TrainingSettings(
        method=FinetuneMethod(chosen) if chosen in set(FinetuneMethod) else FinetuneMethod.FULL,
        **values,
    )
