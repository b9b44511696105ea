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
from playground.web.kit.border import Ticket, Visit
from playground.web.kit.connect import Form
from playground.web.kit.fast_import import import_gradio

if TYPE_CHECKING:
    from playground.studio.studio import Studio

gr = import_gradio()


class MistranslateHandlers:
    """The answers to the events of the game."""

    def __init__(self, studio: Studio) -> None:
        self._studio = studio

    def draw(self, visit: Visit, form: Form) -> Ticket:
        """Submit the three drawings; return their jobs with what each is told, or an alert."""
        readings: list[dict[str, Any]] = []
        ticket: Ticket = {"readings": readings}
        with visit.border() as border:
            wanted = WantedPicture.from_values(form)
            translator, alert = self._translator(visit)
            orders = self._studio.orders
            found = orders.misread(wanted, translator)
            ticket |= {"alert": alert, "seed": str(found[0].request.seed)}
            jobs = orders.submit(found, visit.owner, visit.guest)
            for one, job in zip(found, jobs, strict=True):
                reading = one.reading
                row = {"kind": reading.kind.value, "prompt": reading.prompt}
                readings.append({"job": job.id, **row})
        return {**ticket, **border.ticket}

    def _translator(self, visit: Visit) -> tuple[Translator | None, str]:
        """Return the translator, and why there is none although the library has one."""
        try:
            return self._studio.translators.get(), ""
        except PlaygroundError as error:
            return None, explain(error, visit.language)

    def arrive(self, visit: Visit) -> Any:
        """Offer the models there are now, when the tab is opened."""
        return gr.update(choices=list(self._studio.painter.families()))
