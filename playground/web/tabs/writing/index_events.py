"""What the panel of the nonsense index does. Knows the index; lays nothing out.

The first answer has to open Kiwi, which takes seconds: the panel says so and then shows the result.
A handler never raises: what went wrong becomes an alert in the visitor's language.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING, Any

from models.errors import PlaygroundError
from pipelines.contract.errors import InvalidRequest
from pipelines.contract.validate import MAX_TEXT
from pipelines.text.korean import kiwi
from pipelines.text.nonsense import index
from playground.messages import Language, explain, text
from playground.web.kit.alert import alert
from playground.web.kit.fast_import import import_gradio
from playground.web.kit.wording import language_of
from playground.web.tabs.writing.index_view import verdict_html

if TYPE_CHECKING:
    import gradio as gr
else:
    gr = import_gradio()  # Gradio looks the annotations below up in this module

log = logging.getLogger(__name__)


class IndexHandlers:
    """The answers to the events of the panel."""

    def measure(self, request: gr.Request, line: Any) -> Iterator[str]:
        """Yield that Kiwi is being opened when it is, then the verdict."""
        language = language_of(request.request.scope)
        holder = kiwi.holder()
        if holder.is_installed and not holder.is_loaded:
            yield f'<p role="status">{escape(text("index.loading", language), quote=True)}</p>'
        yield self.shown(line, language)

    def shown(self, line: Any, language: Language) -> str:
        """Return the verdict, or the sentence why there is none."""
        try:
            if not isinstance(line, str):
                raise InvalidRequest("request.text.empty", field="phrase")
            if len(line) > 10 * MAX_TEXT:  # not even looked at
                raise InvalidRequest(
                    "request.text.long", field="phrase", length=len(line), limit=MAX_TEXT
                )
            verdict = index(line)
        except PlaygroundError as error:
            return alert(explain(error, language))
        except Exception as error:  # the border to the person
            log.exception("the panel of the nonsense index failed")
            return alert(text("page.unexpected", language, kind=type(error).__name__))
        return f'<div role="status">{verdict_html(line.strip(), verdict, language)}</div>'
