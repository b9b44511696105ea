"""What the button of the mistranslation game does. Knows the studio; lays nothing out.

A handler never raises: what went wrong travels to the page as the alert of a ticket, in the
visitor's language.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from models.errors import PlaygroundError
from pipelines.contract.requests import DEFAULT_MODEL
from pipelines.contract.validate import check_text, parse_int
from pipelines.text.translation import Translator
from playground.messages import explain
from playground.studio.misreading import misread, usual_request
from playground.web.kit.fast_import import import_gradio
from playground.web.kit.tickets import Ticket, alert_ticket, owner_of
from playground.web.kit.wording import language_of

if TYPE_CHECKING:
    import gradio as gr

    from playground.studio.studio import Studio
else:
    gr = import_gradio()  # Gradio looks the annotations below up in this module


class MistranslateHandlers:
    """The answers to the events of the game."""

    def __init__(self, studio: Studio) -> None:
        self._studio = studio

    def draw(self, request: gr.Request, phrase: Any, model: Any, seed: Any) -> Ticket:
        """Submit the three drawings; return their jobs with what each is told, or an alert."""
        owner = owner_of(request)
        readings: list[dict[str, Any]] = []
        ticket: Ticket = {"readings": readings}
        try:
            said = self._studio.typed(check_text(str(phrase or ""), "phrase"))
            name = str(model or DEFAULT_MODEL)[:200]
            known = self._studio.painter.known(name)
            plain = usual_request(said, name, parse_int(seed, "seed"), known)
            self._studio.painter.check(plain)
            translator, alert = self._translator(request)
            ticket |= {"alert": alert, "seed": str(plain.seed)}
            for one in misread(said, plain, known, translator):
                job = self._studio.jobs.submit(one.request, owner)
                told = {"kind": one.reading.kind.value, "prompt": one.reading.prompt}
                readings.append({"job": job.id, **told})
        except Exception as error:  # the border to the person
            return {**ticket, **alert_ticket(error, request)}
        return ticket

    def _translator(self, request: gr.Request) -> tuple[Translator | None, str]:
        """Return the translator, and why there is none although the library has one."""
        try:
            return self._studio.translators.get(), ""
        except PlaygroundError as error:
            return None, explain(error, language_of(request.request.scope))

    def arrive(self) -> Any:
        """Offer the models there are now, when the tab is opened."""
        return gr.update(choices=list(self._studio.painter.families()))
