"""What the panel of the self-check does. Knows the studio; lays nothing out.

Both works take a while: they run on a thread of their own and report as they go. A handler never
raises: what went wrong becomes an alert in the visitor's language.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from models.errors import PlaygroundError
from pipelines.contract.cancel import CancelToken
from pipelines.contract.errors import Cancelled
from pipelines.contract.validate import parse_int
from pipelines.text.collapse import Generation, decay
from pipelines.text.corpus.corpus import read_text
from playground.gate import visitor
from playground.messages import Language, explain, text
from playground.studio.work.self_check import GRAMMAR, Check, check, first_text
from playground.web.kit.alert import alert
from playground.web.kit.fast_import import import_gradio
from playground.web.kit.model_choice import model_name, model_names
from playground.web.kit.relay import Say, relay
from playground.web.kit.wording import language_of
from playground.web.tabs.training.check_view import asking_html, curve_html, report_html

if TYPE_CHECKING:
    import gradio as gr

    from playground.studio.studio import Studio
else:
    gr = import_gradio()  # Gradio looks the annotations below up in this module

log = logging.getLogger(__name__)

TOOL = "check"
Work = Callable[[Say, CancelToken], str]


class CheckHandlers:
    """The answers to the events of the panel."""

    def __init__(self, studio: Studio) -> None:
        self._studio = studio

    def names(self, request: gr.Request) -> Any:
        """Offer what this visitor may check."""
        language = language_of(request.request.scope)
        names = model_names(self._studio, visitor(request.request.scope).owner)
        grammar = (text("check.grammar", language), GRAMMAR)
        return gr.update(choices=[grammar, *((name, name) for name in names)])

    def check(self, request: gr.Request, model: Any, replies: Any, learned: Any) -> Iterator[str]:
        """Yield how far the asking is, then the report."""
        owner, language = _who(request)

        def work(say: Say, cancel: CancelToken) -> str:
            wanted = Check(
                model_name(model) if model != GRAMMAR else GRAMMAR,
                self._dropped(owner, replies),
                self._dropped(owner, learned),
            )

            def tell(done: int, whole: int) -> None:
                say(asking_html(done, whole, language))

            report = check(wanted, self._studio.languages, owner, cancel, tell)
            return report_html(report, language)

        yield from self._answers(work, owner, language)

    def feedback(self, request: gr.Request, generations: Any, learned: Any) -> Iterator[str]:
        """Yield the curve, longer with every generation."""
        owner, language = _who(request)

        def work(say: Say, cancel: CancelToken) -> str:
            wanted = parse_int(_plain(generations), "generations")
            said: list[Generation] = []
            for generation in decay(
                first_text(self._dropped(owner, learned)), wanted, cancel=cancel
            ):
                said.append(generation)
                say(curve_html(said, wanted, language))
            last = said[-1].number
            if last == wanted:
                return curve_html(said, wanted, language)
            early = text("check.feedback.early", language, number=last + 1)
            return f"{curve_html(said, last, language)}<p>{early}</p>"

        yield from self._answers(work, owner, language)

    def stop(self, request: gr.Request) -> None:
        """Stop whatever this visitor waits for."""
        self._studio.stops.stop(visitor(request.request.scope).owner, TOOL)

    def _answers(self, work: Work, owner: str, language: Language) -> Iterator[str]:
        shown = ""
        try:
            with self._studio.stops.running(owner, TOOL) as cancel:
                for shown in relay(lambda say, gone: work(say, gone | cancel)):
                    yield shown
        except PlaygroundError as error:
            yield alert(explain(error, language))
        except Cancelled:
            yield alert(text("check.stopped", language)) + shown
        except Exception as error:  # the border to the person
            log.exception("a handler of the self-check failed")
            yield alert(text("page.unexpected", language, kind=type(error).__name__))

    def _dropped(self, owner: str, token: Any) -> str:
        """Return the text of a dropped file; "" when there is none."""
        if not isinstance(token, str) or not token.strip():
            return ""
        return read_text(self._studio.drops.get(owner, token.strip()).data)


def _who(request: gr.Request) -> tuple[str, Language]:
    scope = request.request.scope
    return visitor(scope).owner, language_of(scope)


def _plain(value: Any) -> str | int | float:
    return value if isinstance(value, int | float) else str(value)
