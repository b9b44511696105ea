"""What the panel of the self-check does. Knows the studio; lays nothing out.

Both works take a while: they run on a thread of their own and report as they go. A handler never
raises: what went wrong becomes an alert in the visitor's language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from pipelines.contract.cancel import CancelToken
from pipelines.text.collapse import Generation, decay
from pipelines.text.corpus.corpus import read_text
from playground.studio import values
from playground.studio.work.self_check import GRAMMAR, Check, check, first_text
from playground.web.kit.alert import alert
from playground.web.kit.border import Visit
from playground.web.kit.connect import Form
from playground.web.kit.fast_import import import_gradio
from playground.web.kit.model_choice import model_name, model_names
from playground.web.kit.relay import Say, relay
from playground.web.tabs.training.check_view import asking_html, curve_html, report_html

if TYPE_CHECKING:
    from playground.studio.studio import Studio

gr = import_gradio()

TOOL = "check"
Work = Callable[[Say, CancelToken], str]


class CheckHandlers:
    """The answers to the events of the panel."""

    def __init__(self, studio: Studio) -> None:
        self._studio = studio

    def names(self, visit: Visit) -> Any:
        """Offer what this visitor may check."""
        names = model_names(self._studio, visit.owner)
        grammar = (visit.text("check.grammar"), GRAMMAR)
        return gr.update(choices=[grammar, *((name, name) for name in names)])

    def check(self, visit: Visit, form: Form) -> Iterator[str]:
        """Yield how far the asking is, then the report."""
        owner, language = visit.owner, visit.language

        def work(say: Say, cancel: CancelToken) -> str:
            wanted = Check(
                model_name(form["model"]) if form["model"] != GRAMMAR else GRAMMAR,
                self._dropped(owner, form["replies"]),
                self._dropped(owner, form["learned"]),
            )

            def tell(done: int, whole: int) -> None:
                say(asking_html(done, whole, language))

            report = check(wanted, self._studio.languages, owner, cancel, tell)
            return report_html(report, language)

        yield from self._answers(work, visit)

    def feedback(self, visit: Visit, form: Form) -> Iterator[str]:
        """Yield the curve, longer with every generation."""
        owner, language = visit.owner, visit.language

        def work(say: Say, cancel: CancelToken) -> str:
            wanted = values.whole(form["generations"], "generations")
            said: list[Generation] = []
            for generation in decay(
                first_text(self._dropped(owner, form["learned"])), wanted, cancel=cancel
            ):
                said.append(generation)
                say(curve_html(said, wanted, language))
            last = said[-1].number
            if last == wanted:
                return curve_html(said, wanted, language)
            early = visit.text("check.feedback.early", number=last + 1)
            return f"{curve_html(said, last, language)}<p>{early}</p>"

        yield from self._answers(work, visit)

    def stop(self, visit: Visit) -> None:
        """Stop whatever this visitor waits for."""
        self._studio.stops.stop(visit.owner, TOOL)

    def _answers(self, work: Work, visit: Visit) -> Iterator[str]:
        shown = ""
        with visit.border(stopped="check.stopped") as border:
            with self._studio.stops.running(visit.owner, TOOL) as cancel:
                for shown in relay(lambda say, gone: work(say, gone | cancel)):
                    yield shown
        if border.alert:
            yield alert(border.alert) + (shown if border.is_stopped else "")

    def _dropped(self, owner: str, token: Any) -> str:
        """Return the text of a dropped file; "" when there is none."""
        if not isinstance(token, str) or not token.strip():
            return ""
        return read_text(self._studio.drops.get(owner, token.strip()).data)
