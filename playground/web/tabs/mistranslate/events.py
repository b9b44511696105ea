"""What the button of the mistranslation game does. Knows the studio; lays nothing out.

A handler never raises: what went wrong travels to the page as the alert of a ticket, in the
visitor's language.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from models.errors import PlaygroundError
from pipelines.text.translation import Translator
from playground.messages import explain
from playground.studio.wanted import WantedPicture
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
            wanted = WantedPicture.from_values({"phrase": phrase, "model": model, "seed": seed})
            translator, alert = self._translator(request)
            orders = self._studio.orders
            found = orders.misread(wanted, translator)
            ticket |= {"alert": alert, "seed": str(found[0].request.seed)}
            for one, job in zip(found, orders.submit(found, owner), strict=True):
                reading = one.reading
                row = {"kind": reading.kind.value, "prompt": reading.prompt}
                readings.append({"job": job.id, **row})
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
