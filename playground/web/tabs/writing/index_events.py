"""What the panel of the nonsense index does. Knows the index; lays nothing out.

The first answer has to open Kiwi, which takes seconds: the panel says so and then shows the result.
A handler never raises: what went wrong becomes an alert in the visitor's language.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any

from pipelines.contract.errors import InvalidRequest
from pipelines.contract.validate import MAX_TEXT
from pipelines.text.korean import kiwi
from pipelines.text.nonsense import index
from playground.web.kit.alert import alert
from playground.web.kit.border import Visit
from playground.web.kit.connect import Form
from playground.web.tabs.writing.index_view import verdict_html


class IndexHandlers:
    """The answers to the events of the panel."""

    def measure(self, visit: Visit, form: Form) -> Iterator[str]:
        """Yield that Kiwi is being opened when it is, then the verdict."""
        holder = kiwi.holder()
        if holder.is_installed and not holder.is_loaded:
            yield f'<p role="status">{escape(visit.text("index.loading"), quote=True)}</p>'
        yield self.shown(form["line"], visit)

    def shown(self, line: Any, visit: Visit) -> str:
        """Return the verdict, or the sentence why there is none."""
        with visit.border() as border:
            if not isinstance(line, str):
                raise InvalidRequest("request.text.empty", field="phrase")
            if len(line) > 10 * MAX_TEXT:  # not even looked at
                raise InvalidRequest(
                    "request.text.long", field="phrase", length=len(line), limit=MAX_TEXT
                )
            verdict = verdict_html(line.strip(), index(line), visit.language)
            return f'<div role="status">{verdict}</div>'
        return alert(border.alert)
