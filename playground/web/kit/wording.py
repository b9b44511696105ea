"""How the page takes its words from the message table.

Labels that Gradio draws are translated in the browser (gr.I18n); pieces of our own HTML carry both
languages and CSS shows the one that <html lang> names; what happens at run time is said in the
language of the request.
"""

from __future__ import annotations

import json
from html import escape
from typing import Any

from playground.gate.hosts import header
from playground.messages import Language, labels, preferred, script_rows, table
from playground.web.kit.fast_import import import_gradio


def translations() -> Any:
    """Return the gr.I18n of every label."""
    return import_gradio().I18n(
        **{
            language.value: {key: row.in_language(language) for key, row in labels().items()}
            for language in Language
        }
    )


def bilingual(key: str) -> str:
    """Return escaped HTML that reads in the language of the page."""
    row = table()[key]
    return "".join(
        f'<span class="say-{language.value}">{escape(row.in_language(language), quote=True)}</span>'
        for language in Language
    )


def with_html(key: str, language: Language, **pieces: str) -> str:
    """Return a sentence as safe HTML, its blanks filled with pieces that are HTML already."""
    sentence = escape(table()[key].in_language(language), quote=True)
    return sentence.format(**pieces)


def language_of(scope: Any) -> Language:
    """Return the language that the browser asks for."""
    return preferred(header(scope, b"accept-language"))


def script_words(language: Language) -> str:
    """Return the sentences of the page's scripts as JSON that is safe inside <script>."""
    words = {key: row.in_language(language) for key, row in script_rows().items()}  # blanks open
    return json.dumps(words, ensure_ascii=False).replace("<", "\\u003c")
