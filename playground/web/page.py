"""The page: header, tabs, and nothing else. Each tab is a file in tabs/.

Knows which tabs there are and in which order. Knows no handlers and no routes.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import TYPE_CHECKING, Any

from playground.messages import table
from playground.web.kit.fast_import import import_gradio
from playground.web.kit.wording import bilingual

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
    from playground.web.tabs.chat import layout as chat
    from playground.web.tabs.chat.events import ChatHandlers
    from playground.web.tabs.draw import layout as draw
    from playground.web.tabs.draw.events import DrawHandlers
    from playground.web.tabs.explorer import layout as explorer
    from playground.web.tabs.explorer.events import ExplorerHandlers
    from playground.web.tabs.mistranslate import layout as mistranslate
    from playground.web.tabs.mistranslate.events import MistranslateHandlers
    from playground.web.tabs.models import layout as models_tab
    from playground.web.tabs.models.events import ModelHandlers
    from playground.web.tabs.novel import layout as novel
    from playground.web.tabs.novel.events import NovelHandlers
    from playground.web.tabs.play import layout as play
    from playground.web.tabs.play.events import Handlers
    from playground.web.tabs.training import check_panel
    from playground.web.tabs.training import layout as training_tab
    from playground.web.tabs.training.check_events import CheckHandlers
    from playground.web.tabs.training.events import TrainingHandlers
    from playground.web.tabs.writing import layout as writing
    from playground.web.tabs.writing.events import WritingHandlers

    with gr.Blocks(title=table()["page.name"].ko, analytics_enabled=False, fill_width=True) as demo:
        gr.HTML(HEADER, elem_id="header", apply_default_css=False, js_on_load=None)
        with gr.Tabs(elem_id="tabs"):
            with gr.Tab(say("page.tab.play"), id="play", elem_id="tab-play"):
                controls = play.build(Handlers(studio), say)
            with gr.Tab(say("drawing.tab"), id="draw", elem_id="tab-draw") as tab:
                draw.build(demo, tab, DrawHandlers(studio), say)
                mistranslate.build(tab, MistranslateHandlers(studio), say)
            with gr.Tab(say("writing.tab"), id="writing", elem_id="tab-writing") as tab:
                writing.build(tab, WritingHandlers(studio), say)
            with gr.Tab(say("chat.tab"), id="chat", elem_id="tab-chat") as tab:
                chat.build(tab, ChatHandlers(studio), say)
            with gr.Tab(say("explorer.tab"), id="explorer", elem_id="tab-explorer") as tab:
                explorer.build(tab, ExplorerHandlers(studio), say)
            with gr.Tab(say("novel.tab"), id="novel", elem_id="tab-novel") as tab:
                novel.build(tab, NovelHandlers(studio), say)
            with gr.Tab(say("training.tab"), id="training", elem_id="tab-training") as tab:
                if training is not None:
                    training_tab.build(demo, TrainingHandlers(training, studio.drops), say)
                check_panel.build(tab, CheckHandlers(studio), say)
            if models is not None:
                with gr.Tab(say("models.tab"), id="models", elem_id="tab-models"):
                    models_tab.build(demo, ModelHandlers(models), say)
        play.restore(demo, controls)
    return demo
