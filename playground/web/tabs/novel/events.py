"""What the buttons of the Novel tab do. Knows the studio; lays nothing out.

The story comes from the browser with every click and goes back inside the HTML, at once and again
when a round of candidates is ready. A handler never raises: what went wrong becomes an alert above
the story, which stays as it was.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from models.errors import PlaygroundError
from pipelines.contract.cancel import CancelToken
from pipelines.contract.errors import Cancelled, InvalidRequest
from pipelines.contract.validate import parse_float, parse_int
from pipelines.text.novel.rank import RankWeights
from pipelines.text.novel.rounds import RoundProgress, SearchMethod, Wishes, propose
from pipelines.text.novel.story import Story
from playground.gate import visitor
from playground.messages import Language, explain, text
from playground.web.kit.candidate_parts import ClickAnswer, turn_number
from playground.web.kit.fast_import import import_gradio
from playground.web.kit.model_choice import chosen_model, model_name, model_names
from playground.web.kit.wording import language_of
from playground.web.tabs.novel.view import NovelView, page

if TYPE_CHECKING:
    import gradio as gr

    from playground.studio.studio import Studio
else:
    gr = import_gradio()  # Gradio looks the annotations below up in this module

log = logging.getLogger(__name__)

TOOL = "novel"
WRITING = ("start", "again", "pick")  # after these a round begins by itself


@dataclass(frozen=True, slots=True)
class NovelForm:
    """The values of the tab's controls in the order in which they travel."""

    model: Any
    novelty: Any
    likelihood: Any
    temperature: Any
    method: Any

    def wishes(self) -> Wishes:
        """Return what is asked of a round; raise InvalidRequest when a value cannot be used."""
        known = ", ".join(SearchMethod)
        try:
            method = SearchMethod(str(self.method))
        except ValueError:
            raise InvalidRequest(
                "novel.method.unknown", value=str(self.method)[:40], known=known
            ) from None
        return Wishes(
            weights=RankWeights(
                novelty=_number(self.novelty, "novelty"),
                likelihood=_number(self.likelihood, "likelihood"),
            ),
            temperature=_number(self.temperature, "temperature"),
            method=method,
        )


class NovelHandlers:
    """The answers to the events of the tab."""

    def __init__(self, studio: Studio, today: Callable[[], date] = date.today) -> None:
        self._studio = studio
        self._today = today

    def names(self, request: gr.Request) -> Any:
        """Offer the models that this visitor may use."""
        return gr.update(choices=model_names(self._studio, visitor(request.request.scope).owner))

    def act(self, request: gr.Request, event: gr.EventData, *controls: Any) -> Iterator[str]:
        """Do what a button says; yield the whole tab again and again until it is done."""
        yield from self.step(request, event._data, *controls)

    def step(self, request: gr.Request, asked: Any, *values: Any) -> Iterator[str]:
        """Change the story that came with a click, then look for its next sentence."""
        owner = visitor(request.request.scope).owner
        language = language_of(request.request.scope)
        asked = asked if isinstance(asked, dict) else {}
        shown = NovelView(today=self._today(), turn=ClickAnswer(turn_number(asked)))
        try:
            controls = NovelForm(*values)
            state = asked.get("state")
            story = Story() if state is None else Story.from_json(state)
            shown = replace(shown, story=story, model=model_name(controls.model))
            shown = replace(shown, story=_changed(story, asked))
            if asked.get("act") in WRITING:
                with self._studio.stops.running(owner, TOOL) as cancel:
                    for step in self._round(shown, controls, owner, cancel):
                        shown = step
                        yield page(shown, language)
        except Exception as error:  # the border to the person
            shown = _wrong(shown, error, language)
        yield page(_settled(shown), language)

    def stop(self, request: gr.Request) -> None:
        """Stop whatever this visitor waits for."""
        self._studio.stops.stop(visitor(request.request.scope).owner, TOOL)

    def _round(
        self, shown: NovelView, controls: NovelForm, owner: str, cancel: CancelToken
    ) -> Iterator[NovelView]:
        """Yield how far the round is, and at last the story with its candidates."""
        wishes = controls.wishes()
        busy = replace(shown.turn, is_busy=True)
        yield replace(shown, turn=busy, progress=RoundProgress(0, 0))
        model = chosen_model(self._studio, controls.model, owner, cancel)
        drafting = propose(model, shown.story, wishes, cancel)
        try:
            while True:
                yield replace(shown, turn=busy, progress=next(drafting))
        except StopIteration as end:
            proposals = end.value
        yield replace(shown, story=shown.story.proposed(proposals))


def _settled(shown: NovelView) -> NovelView:
    """Return what is shown when nothing more is coming."""
    return replace(shown, progress=None, turn=replace(shown.turn, is_busy=False))


def _wrong(shown: NovelView, error: Exception, language: Language) -> NovelView:
    """Return what is shown after something went wrong: the same story, and why."""
    if isinstance(error, PlaygroundError):
        return replace(shown, wrong=explain(error, language))
    if isinstance(error, Cancelled):
        return replace(shown, wrong=text("candidates.stopped", language))
    if isinstance(error, ValueError) and not shown.story.moves:
        # what the browser kept is not ours; it puts it aside
        sentence = text("candidates.lost", language, name=f"amumal-{TOOL}-old")
        return replace(shown, wrong=sentence, turn=replace(shown.turn, is_lost=True))
    log.error("a handler of the Novel tab failed", exc_info=error)
    return replace(shown, wrong=text("page.unexpected", language, kind=type(error).__name__))


def _changed(story: Story, asked: dict[str, Any]) -> Story:
    """Return the story after what a button says."""
    words, at = str(asked.get("text") or ""), str(asked.get("at", ""))
    steps: dict[str, Callable[[], Story]] = {
        "restore": lambda: story,
        "start": lambda: story.opened(words),
        "again": lambda: story,
        "pick": lambda: story.picked(words),
        "edit": lambda: story.edited(parse_int(at, "sentence"), words),
        "remove": lambda: story.edited(parse_int(at, "sentence"), ""),
        "undo": story.undone,
    }
    act = str(asked.get("act"))
    if act not in steps:
        raise InvalidRequest("candidates.act", value=act[:40])
    return steps[act]()


def _number(value: Any, field: str) -> float:
    return parse_float(value if isinstance(value, int | float) else str(value), field)
