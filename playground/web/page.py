"""The page: header, tabs, and nothing else. Which tabs there are stands in tabs/__init__.py.

Knows no tab by name, no handlers and no routes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING, Any

from playground.messages import table
from playground.web import tabs
from playground.web.http.assets import PageAssets, collect_assets
from playground.web.kit.fast_import import import_gradio
from playground.web.kit.wording import bilingual
from playground.web.tabs import TabContext

if TYPE_CHECKING:
    from playground.studio.studio import Studio
    from playground.studio.work.models import ModelWork
    from playground.studio.work.training import TrainingWork

NAME = escape(table()["page.name"].ko, quote=True)
HEADER = f"""
<div class="brand"><h1 lang="ko">{NAME}</h1><p>{bilingual("page.tagline")}</p></div>
<p id="pill" role="status" hidden></p>
<button id="theme" type="button"><span aria-hidden="true">◐</span>
  <span class="unseen">{bilingual("page.theme")}</span></button>
"""


def build_page(
    studio: Studio,
    say: Callable[[str], Any],
    models: ModelWork | None = None,
    training: TrainingWork | None = None,
) -> Any:
    """Return the gr.Blocks of the whole page; `say` translates a label's key.

    Args:
        models: the work behind the Models tab; without it there is no such tab.
        training: the work behind the Train tab; without it the tab has its self-check only.
    """
    gr = import_gradio()
    with gr.Blocks(title=table()["page.name"].ko, analytics_enabled=False, fill_width=True) as demo:
        context = TabContext(studio, say, demo, models=models, training=training)
        gr.HTML(HEADER, elem_id="header", apply_default_css=False, js_on_load=None)
        with gr.Tabs(elem_id="tabs"):
            for row in tabs.TABS:
                if not row.is_offered(context):
                    continue
                with gr.Tab(say(row.label), id=row.id, elem_id=f"tab-{row.id}") as tab:
                    row.build(replace(context, tab=tab))
    return demo


def page_assets() -> PageAssets:
    """Return the scripts, styles and pictures of the page and of every tab."""
    return collect_assets(folder for row in tabs.TABS for folder in row.folders)
