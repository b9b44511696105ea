"""The border between the page and the studio: who asks, and what they are told when it fails.

Whatever is done for a visitor is done inside of `with visit.border() as border`: nothing that goes
wrong there leaves it, and `border.alert` is the sentence for the person. How it is shown is up to
the tab. Knows errors and the message table; knows no tab and no Gradio.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

from models.errors import PlaygroundError, Value
from pipelines.contract.errors import Cancelled
from playground.gate import visitor
from playground.messages import Language, explain, text
from playground.studio.jobs.guest import Guest
from playground.web.kit.wording import language_of

log = logging.getLogger(__name__)

Ticket = dict[str, Any]  # what a handler hands to the page's own scripts


@dataclass(frozen=True, slots=True)
class Visit:
    """One event of the page: who caused it, and what came with it.

    Attributes:
        owner: whose jobs, pictures and files are theirs.
        sees: whose pictures they may see; None is everybody's.
        is_local: the person at the machine.
        guest: how the queue counts them; None is the person at the machine.
        detail: what a script of the page sent with the event; empty for whatever is no mapping.
    """

    owner: str
    sees: str | None
    is_local: bool
    language: Language
    detail: Mapping[str, Any] = field(default_factory=dict)
    guest: Guest | None = None

    @classmethod
    def of(cls, scope: Any, detail: Any = None) -> Self:
        """Return the visit of a request that the gate let in."""
        found = visitor(scope)
        return cls(
            owner=found.owner,
            sees=found.sees,
            is_local=found.is_local,
            language=language_of(scope),
            detail=detail if isinstance(detail, dict) else {},
            guest=None if found.is_local else Guest(found.person, found.source),
        )

    def text(self, key: str, **values: Value) -> str:
        """Return a sentence of the message table in the visitor's language."""
        return text(key, self.language, **values)

    def border(self, stopped: str | None = None) -> Border:
        """Return the border that this event is answered behind.

        Args:
            stopped: the key of what is said when the person stopped it; without one, nobody
                foresaw that it can be stopped.
        """
        return Border(self.language, stopped)


class Border:
    """Holds back what goes wrong inside of its `with`.

    Attributes:
        alert: the sentence for the person, "" when nothing went wrong.
        error: what went wrong.
    """

    def __init__(self, language: Language, stopped: str | None = None) -> None:
        self._language = language
        self._stopped = stopped
        self.alert = ""
        self.error: Exception | None = None

    @property
    def is_stopped(self) -> bool:
        """Whether it ended because the person stopped it."""
        return isinstance(self.error, Cancelled) and self._stopped is not None

    @property
    def ticket(self) -> Ticket:
        """The alert as a part of a ticket; empty when nothing went wrong."""
        return {"alert": self.alert} if self.alert else {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> bool:
        if not isinstance(error, Exception):  # nothing, or the end of the program or of a stream
            return False
        self.error = error
        self.alert = self._sentence(error)
        return True

    def _sentence(self, error: Exception) -> str:
        if isinstance(error, PlaygroundError):
            return explain(error, self._language)
        if isinstance(error, Cancelled) and self._stopped is not None:
            return text(self._stopped, self._language)
        log.error("a handler of the page failed", exc_info=error)
        return text("page.unexpected", self._language, kind=type(error).__name__)
