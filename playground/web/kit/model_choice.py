"""Which language models a visitor may choose, and the one that was chosen.

Two tabs ask for the same thing; both open a model only when it has something to say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipelines.contract.cancel import CancelToken
from pipelines.contract.errors import InvalidRequest
from playground.studio.language.shelf import DEFAULT
from playground.web.kit.fast_import import import_gradio

if TYPE_CHECKING:
    from pipelines.text.language.model import LanguageModel
    from playground.studio.studio import Studio


def model_box(label: Any, elem_id: str) -> Any:
    """Return the list of models; it is filled when its tab is opened."""
    gr = import_gradio()
    return gr.Dropdown(
        [DEFAULT],
        value=DEFAULT,
        label=label,
        elem_id=elem_id,
        min_width=220,
        interactive=True,
    )


def attach(tool: str) -> str:
    """Return the script that lets static/candidates.js listen to a tab's HTML."""
    return (
        'import(new URL("./ui/candidates.js", document.baseURI))'
        f'.then((candidates) => candidates.attach("{tool}", trigger));'
    )


def look_again(tool: str) -> str:
    """Return a Gradio js= function that has what is shown asked for again."""
    return (
        'async () => { (await import(new URL("./ui/candidates.js", document.baseURI)))'
        f'.look("{tool}"); return []; }}'
    )


def model_names(studio: Studio, owner: str) -> list[str]:
    """Return the names for the visitor's list."""
    return [entry.name for entry in studio.languages.names(owner)]


def model_name(chosen: Any) -> str:
    """Return the name that was chosen, the default one when none was."""
    if not isinstance(chosen, str) or not chosen.strip():
        return DEFAULT
    if len(chosen) > 1000:
        raise InvalidRequest("candidates.no_model")
    return chosen


def chosen_model(studio: Studio, chosen: Any, owner: str, cancel: CancelToken) -> LanguageModel:
    """Open the model that was chosen."""
    return studio.languages.get(model_name(chosen), owner, cancel)
