"""What the buttons of the Next word tab do. Knows the studio; lays nothing out.

The trail comes from the browser with every click and goes back inside the HTML. A handler never
raises: what went wrong becomes an alert above the sentence, which stays as it was.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pipelines.contract.cancel import CancelToken
from pipelines.contract.errors import InvalidRequest
from pipelines.contract.validate import check_range, parse_int
from pipelines.text.language.explorer import Trail, fit_to_show, roll
from pipelines.text.language.model import TEMPERATURE_RANGE, LanguageModel, NextEojeols
from playground.studio import values
from playground.web.kit.border import Visit
from playground.web.kit.candidate_parts import ClickAnswer, StateLost, read_state, turn_number
from playground.web.kit.connect import Form
from playground.web.kit.fast_import import import_gradio
from playground.web.kit.model_choice import chosen_model, model_names
from playground.web.tabs.explorer.view import ExplorerView, page

if TYPE_CHECKING:
    from playground.studio.studio import Studio

gr = import_gradio()

TOOL = "explorer"
LISTED = 10
ROLLED = 40  # candidates among which the dice fall
DEFAULT_TEMPERATURE = 0.9


class ExplorerHandlers:
    """The answers to the events of the tab."""

    def __init__(self, studio: Studio, dice: random.Random | None = None) -> None:
        self._studio = studio
        self._dice = dice or random.SystemRandom()

    def names(self, visit: Visit) -> Any:
        """Offer the models that this visitor may use."""
        return gr.update(choices=model_names(self._studio, visit.owner))

    def act(self, visit: Visit, form: Form) -> str:
        """Take the step along the trail that a button says; return the whole tab again."""
        asked = visit.detail
        shown = ExplorerView(temperature=DEFAULT_TEMPERATURE, turn=ClickAnswer(turn_number(asked)))
        with visit.border(stopped="candidates.stopped") as border:
            trail = read_state(asked, Trail.from_json, TOOL) or Trail()
            shown = replace(shown, trail=trail)
            shown = replace(shown, temperature=_temperature(form["temperature"]))
            with self._studio.stops.running(visit.owner, TOOL) as cancel:
                voice = _Voice(self._studio, form["model"], visit.owner, cancel)
                shown = replace(shown, trail=self._moved(shown, asked, voice))
                shown = replace(shown, nexts=_asked_for(shown, asked, voice))
        is_lost = isinstance(border.error, StateLost)
        turn = replace(shown.turn, is_lost=is_lost)
        return page(replace(shown, wrong=border.alert, turn=turn), visit.language)

    def stop(self, visit: Visit) -> None:
        """Stop whatever this visitor waits for."""
        self._studio.stops.stop(visit.owner, TOOL)

    def _moved(self, shown: ExplorerView, asked: Mapping[str, Any], voice: _Voice) -> Trail:
        """Return where a button leads to."""
        trail = shown.trail
        words, at = str(asked.get("text") or ""), asked.get("at", "")
        steps: dict[str, Callable[[], Trail]] = {
            "restore": lambda: trail,
            "look": lambda: trail,
            "append": lambda: trail.appended(words),
            "add": lambda: trail.appended(words) if words.strip() else trail,
            "start": lambda: trail.started(words),
            "undo": trail.undone,
            "branch": trail.branched,
            "jump": lambda: trail.jumped(parse_int(str(at), "branch")),
            "delete": lambda: trail.deleted(parse_int(str(at), "branch")),
            "rename": lambda: trail.renamed(parse_int(str(at), "branch"), words),
            "roll": lambda: trail.appended(
                roll(voice.nexts(trail, ROLLED, shown.temperature), self._dice)
            ),
        }
        act = str(asked.get("act"))
        if act not in steps:
            raise InvalidRequest("candidates.act", value=act[:40])
        return steps[act]()


class _Voice:
    """The chosen model, opened when it is asked something."""

    def __init__(self, studio: Studio, name: Any, owner: str, cancel: CancelToken) -> None:
        self._studio, self._name, self._owner = studio, name, owner
        self._cancel = cancel
        self._model: LanguageModel | None = None

    def nexts(self, trail: Trail, limit: int, temperature: float) -> NextEojeols:
        """Ask what may come next."""
        if self._model is None:
            self._model = chosen_model(self._studio, self._name, self._owner, self._cancel)
        text = trail.now.text
        nexts = self._model.next_eojeols(text, limit, temperature, self._cancel)
        return fit_to_show(nexts, text)


def _asked_for(shown: ExplorerView, asked: Mapping[str, Any], voice: _Voice) -> NextEojeols | None:
    """Return what may come next; nothing where the sentence is over or was only brought back."""
    if asked.get("act") == "restore" or shown.trail.now.is_finished:
        return None
    return voice.nexts(shown.trail, LISTED, shown.temperature)


def _temperature(value: Any) -> float:
    temperature = values.fraction(value, "temperature")
    check_range(temperature, "temperature", *TEMPERATURE_RANGE)
    return temperature
