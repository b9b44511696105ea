"""The field that takes a file: a chooser that is also a place to drop files on, and its token.

A file goes to POST /drops in a request of its own (upload_routes.py); what travels with Gradio's
events is its token only. `studio.drops.get(visitor(...).owner, token)` gets the file in a handler.
The behaviour is static/drops.js. Knows nothing of what a file is for.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playground.studio.uploads import MAX_BYTES
from playground.web.kit.wording import bilingual

BEGIN = 'import(new URL("./ui/drops.js", document.baseURI).href).then((drops) => drops.begin());'
FIELD = """
<div class="drop-field" data-for="{key}-drop" data-limit="{limit}">
  <p class="what">{label}</p>
  <label class="chip">{choose}<input type="file" class="unseen" accept="{accept}"></label>
  <span class="hint">{hint}</span>
  <p class="now" role="status"></p>
  <progress max="100" value="0" hidden></progress>
  <p class="wrong" role="alert"></p>
  <button type="button" class="remove" hidden></button>
</div>
"""
TEXT_FILES = ".txt,.csv,.tsv,.md,.log,text/plain,text/csv"


def build(
    gr: Any,
    say: Callable[[str], Any],
    key: str,
    accept: str = TEXT_FILES,
    hint: str = "drop.hint",
) -> Any:
    """Lay the field out inside the current gr.Blocks; return the textbox that holds the token.

    The token is "" while there is no file. Its `.change` event (not `.input`: a script fills it)
    tells that a file came or went.

    Args:
        key: of the tool; the label's row is `{key}.file`, one of the LABELS.
        accept: what the chooser offers first; the server takes any file.
        hint: the row that says what becomes of the file.
    """
    field = FIELD.format(
        key=key,
        limit=MAX_BYTES,
        label=bilingual(f"{key}.file"),
        choose=bilingual("drop.choose"),
        hint=bilingual(hint),
        accept=accept,
    )
    gr.HTML(field, elem_id=f"{key}-file", apply_default_css=False, js_on_load=BEGIN)
    return gr.Textbox(
        label=say(f"{key}.file"),
        elem_id=f"{key}-drop",
        elem_classes="drop-token",  # hidden by style.css: a part of Gradio's forms shows it
        visible="hidden",
        max_lines=1,
        interactive=True,
    )
