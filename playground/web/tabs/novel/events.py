"""What the buttons of the Novel tab do. Knows the studio; lays nothing out.

The story comes from the browser with every click and goes back inside the HTML, at once and again
when a round of candidates is ready. A handler never raises: what went wrong becomes an alert above
the story, which stays as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from pipelines.contract.cancel import CancelToken
from pipelines.contract.errors import InvalidRequest
from pipelines.contract.validate import parse_int
from pipelines.text.novel.rank import RankWeights
from pipelines.text.novel.rounds import RoundProgress, SearchMethod, Wishes, propose
from pipelines.text.novel.story import Story
from playground.studio import values
from playground.web.kit.border import Visit
from playground.web.kit.candidate_parts import ClickAnswer, StateLost, read_state, turn_number
from playground.web.kit.connect import Form
from playground.web.kit.fast_import import import_gradio
from playground.web.kit.model_choice import chosen_model, model_name, model_names
from playground.web.tabs.novel.view import NovelView, page

if TYPE_CHECKING:
    from playground.studio.studio import Studio

gr = import_gradio()

TOOL = "novel"
WRITING = ("start", "again", "pick")  # after these a round begins by itself


class NovelHandlers:
    """The answers to the events of the tab."""

    def __init__(self, studio: Studio, today: Callable[[], date] = date.today) -> None:
        self._studio = studio
        self._today = today

    def names(self, visit: Visit) -> Any:
        """Offer the models that this visitor may use."""
        return gr.update(choices=model_names(self._studio, visit.owner))

    def act(self, visit: Visit, form: Form) -> Iterator[str]:
        """Change the story as a button says, then look for its next sentence."""
        asked = visit.detail
        shown = NovelView(today=self._today(), turn=ClickAnswer(turn_number(asked)))
        with visit.border(stopped="candidates.stopped") as border:
            story = read_state(asked, Story.from_json, TOOL) or Story()
            shown = replace(shown, story=story, model=model_name(form["model"]))
            shown = replace(shown, story=_changed(story, asked))
            if asked.get("act") in WRITING:
                with self._studio.stops.running(visit.owner, TOOL) as cancel:
                    for step in self._round(shown, form, visit.owner, cancel):
                        shown = step
                        yield page(shown, visit.language)
        is_lost = isinstance(border.error, StateLost)
        turn = replace(shown.turn, is_busy=False, is_lost=is_lost)
        shown = replace(shown, progress=None, turn=turn, wrong=border.alert)
        yield page(shown, visit.language)

    def stop(self, visit: Visit) -> None:
        """Stop whatever this visitor waits for."""
        self._studio.stops.stop(visit.owner, TOOL)

    def _round(
        self, shown: NovelView, form: Form, owner: str, cancel: CancelToken
    ) -> Iterator[NovelView]:
        """Yield how far the round is, and at last the story with its candidates."""
        wishes = _wishes(form)
        busy = replace(shown.turn, is_busy=True)
        yield replace(shown, turn=busy, progress=RoundProgress(0, 0))
        model = chosen_model(self._studio, form["model"], owner, cancel)
        drafting = propose(model, shown.story, wishes, cancel)
        try:
            while True:
                yield replace(shown, turn=busy, progress=next(drafting))
        except StopIteration as end:
            proposals = end.value
        yield replace(shown, story=shown.story.proposed(proposals))


def _wishes(form: Form) -> Wishes:
    """Return what is asked of a round; raise InvalidRequest when a value cannot be used."""
    chosen = str(form["method"])
    try:
        method = SearchMethod(chosen)
    except ValueError:
        known = ", ".join(SearchMethod)
        raise InvalidRequest("novel.method.unknown", value=chosen[:40], known=known) from None
    return Wishes(
        weights=RankWeights(
            novelty=values.fraction(form["novelty"], "novelty"),
            likelihood=values.fraction(form["likelihood"], "likelihood"),
        ),
        temperature=values.fraction(form["temperature"], "temperature"),
        method=method,
    )


def _changed(story: Story, asked: Mapping[str, Any]) -> Story:
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
