"""What the buttons of the Write tab do. Knows the studio; lays nothing out.

Each answer is the whole board as HTML, again and again while phrases come. A handler never raises:
what went wrong becomes an alert above what had come out by then.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pipelines.contract.cancel import CancelToken
from pipelines.contract.errors import Cancelled
from pipelines.contract.phrase import Phrase
from pipelines.contract.requests import TextRequest
from playground.studio.language.shelf import LanguageKind
from playground.web.kit.border import Visit
from playground.web.kit.connect import Form
from playground.web.kit.fast_import import import_gradio
from playground.web.kit.relay import relay
from playground.web.tabs.writing import form as forms
from playground.web.tabs.writing.view import Board, Stitches, page

if TYPE_CHECKING:
    from pipelines.text.engines import Engine
    from playground.studio.studio import Studio

gr = import_gradio()

TOOL = "writing"
GROWING_SECONDS = 0.1  # between two looks at lines that grow; a model writes faster than one reads


class WritingHandlers:
    """The answers to the events of the tab."""

    def __init__(self, studio: Studio) -> None:
        self._studio = studio

    def grammar(self, visit: Visit, form: Form) -> Iterator[str]:
        """Mix phrases."""
        yield from self._write(visit, "grammar", form)

    def markov(self, visit: Visit, form: Form) -> Iterator[str]:
        """Learn a person's own text and stitch phrases of it."""
        yield from self._write(visit, "markov", form)

    def neural(self, visit: Visit, form: Form) -> Iterator[str]:
        """Let a language model babble."""
        yield from self._write(visit, "neural", form)

    def stop(self, visit: Visit) -> None:
        """Stop what this visitor waits for."""
        self._studio.stops.stop(visit.owner, TOOL)

    def models(self, visit: Visit, form: Form) -> tuple[Any, str]:
        """Offer the folders that can write; what a person taught has a part of its own."""
        entries = self._studio.languages.names()
        names = [entry.name for entry in entries if entry.kind is not LanguageKind.MARKOV]
        return gr.update(choices=names), self.licence(visit, form)

    def licence(self, visit: Visit, form: Form) -> str:
        """Return the licence of the chosen model as a sentence, "" when there is none to tell."""
        for entry in self._studio.languages.names():
            if entry.name == form["model"] and entry.notice:
                note = visit.text("writing.licence", licence=entry.notice)
                return page(Board(notes=(note,)), visit.language)
        return ""

    def _write(self, visit: Visit, engine: str, form: Form) -> Iterator[str]:
        run = _EngineRun(self._studio, visit)
        yield from relay(lambda tell, gone: run.work(engine, form, tell, gone))


class _EngineRun:
    """One run of one engine for one visitor: what has come out so far, and how it is told."""

    def __init__(self, studio: Studio, visit: Visit) -> None:
        self._studio, self._visit = studio, visit
        self._board = Board(is_busy=True)
        self._tell: Callable[[str], None] = lambda line: None
        self._stitches: Callable[[Phrase], Stitches] = lambda phrase: ()
        self._notices: tuple[str, ...] = ()
        self._shown = 0.0

    def work(
        self,
        engine: str,
        form: Form,
        tell: Callable[[str], None],
        gone: CancelToken,
    ) -> str:
        """Do it all; return the last board."""
        self._tell = tell
        with self._visit.border() as border:
            try:
                with self._studio.stops.running(self._visit.owner, TOOL) as stopped:
                    self._run(engine, form, stopped | gone)
                self._say("writing.done", count=len(self._board.phrases))
            except Cancelled:
                self._say("writing.stopped", count=len(self._board.phrases))
        if border.alert:
            self._board = replace(self._board, alert=border.alert, notes=())
        self._board = replace(self._board, growing={}, is_busy=False)
        return page(self._board, self._visit.language)

    def _run(self, engine: str, form: Form, cancel: CancelToken) -> None:
        from pipelines.text.engines import SayHooks

        wanted = forms.text_request(engine, form)
        opened: Mapping[str, Engine] = {}
        if engine == "markov":
            opened = {engine: self._learned(form, cancel)}
        elif engine == "neural":
            opened = {engine: self._opened(form, cancel)}
        self._say("writing.now", done=0, count=wanted.count)
        hooks = SayHooks(on_phrase=lambda phrase: self._add(phrase, wanted), cancel=cancel)
        self._studio.say(wanted, self._visit.owner, opened, hooks)

    def _learned(self, form: Form, cancel: CancelToken) -> Engine:
        """Learn the text; return the engine over it."""
        from pipelines.text.corpus.corpus import read_text

        own = forms.own_text(form)
        name, source = self._visit.text("writing.own_name"), own.text
        if own.token:
            drop = self._studio.drops.get(self._visit.owner, own.token)
            name, source = drop.name, read_text(drop.data)
        self._say("writing.learning")
        owner, guest = self._visit.owner, self._visit.guest
        learn = self._studio.own_texts.learn
        model = learn(owner, name, source, own.recipe, cancel, guest)
        self._stitches = model.stitches
        self._notices = tuple(
            self._visit.text(notice.key, **notice.values) for notice in model.notices
        )
        return lambda request: model.phrases(request, own.temperature)

    def _opened(self, form: Form, cancel: CancelToken) -> Engine:
        """Open the language model; return the engine over it."""
        from pipelines.text.language import drafted
        from pipelines.text.language.model import WritingHooks

        name, sampling = forms.model_name(form), forms.sampling(form)
        self._say("writing.loading", model=name)
        model = self._studio.languages.get(name, self._visit.owner, cancel)
        return drafted.engine(model, sampling, WritingHooks(cancel, self._grow))

    def _add(self, phrase: Phrase, wanted: TextRequest) -> None:
        phrases = (*self._board.phrases, (phrase, self._stitches(phrase)))
        self._board = replace(self._board, phrases=phrases, growing={})
        rung = dict(phrase.settings).get("rung")
        told = self._visit.text(f"markov.rung.{rung}") if rung else ""
        if told and told not in self._notices:
            self._notices = (*self._notices, told)
        self._say("writing.now", done=len(phrases), count=wanted.count)

    def _grow(self, place: int, line: str) -> None:
        self._board = replace(self._board, growing={**self._board.growing, place: line})
        now = time.monotonic()
        if now - self._shown >= GROWING_SECONDS:
            self._shown = now
            self._tell(page(self._board, self._visit.language))

    def _say(self, key: str, **values: str | int) -> None:
        notes = (self._visit.text(key, **values), *self._notices)
        self._board = replace(self._board, notes=notes)
        self._tell(page(self._board, self._visit.language))
