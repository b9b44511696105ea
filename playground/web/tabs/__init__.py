"""The tabs of the page: a folder each, in the order of the table.

A tab's folder has a `layout` with `build(context)`, which lays it out inside its gr.Tab, and its
own scripts and styles. To add a tab, add its folder and its row; nothing else names it. Imports
no tab: a layout is imported when the page is built.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playground.studio.studio import Studio
    from playground.studio.work.models import ModelWork
    from playground.studio.work.training import TrainingWork


@dataclass(frozen=True, slots=True)
class TabContext:
    """What every tab is built with.

    Attributes:
        say: translates the key of a label.
        page: the gr.Blocks of the whole page.
        tab: the gr.Tab that is being laid out.
        models: the work on model files; None where nobody may do it.
        training: the work of training; None where nobody may do it.
    """

    studio: Studio
    say: Callable[[str], Any]
    page: Any
    tab: Any = None
    models: ModelWork | None = None
    training: TrainingWork | None = None


@dataclass(frozen=True, slots=True)
class Tab:
    """A row of the table.

    Attributes:
        id: the name of the tab's folder; its element is `tab-<id>`.
        label: the key of its label.
        panels: the folders of what stands below it in the same tab.
        is_offered: whether the page has the tab at all.
    """

    id: str
    label: str
    panels: tuple[str, ...] = ()
    is_offered: Callable[[TabContext], bool] = lambda context: True

    @property
    def folders(self) -> tuple[Path, ...]:
        """Where its code, scripts and styles lie."""
        return tuple(_folder(name) for name in (self.id, *self.panels))

    def build(self, context: TabContext) -> None:
        """Lay the tab and its panels out inside its gr.Tab."""
        for name in (self.id, *self.panels):
            import_module(f"{__name__}.{name}.layout").build(context)


TABS: tuple[Tab, ...] = (
    Tab("play", "page.tab.play"),
    Tab("draw", "drawing.tab", panels=("mistranslate",)),
    Tab("writing", "writing.tab"),
    Tab("chat", "chat.tab"),
    Tab("explorer", "explorer.tab"),
    Tab("novel", "novel.tab"),
    Tab("training", "training.tab"),
    Tab("models", "models.tab", is_offered=lambda context: context.models is not None),
)


def _folder(name: str) -> Path:
    spec = find_spec(f"{__name__}.{name}")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"no folder of the tab {name!r} in {__name__}")
    return Path(spec.origin).parent
