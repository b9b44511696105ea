"""What the buttons of the Next word tab do. Knows the studio; lays nothing out.

The trail comes from the browser with every click and goes back inside the HTML. A handler never
raises: what went wrong becomes an alert above the sentence, which stays as it was.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from models.errors import PlaygroundError
from pipelines.contract.cancel import CancelToken
from pipelines.contract.errors import Cancelled, InvalidRequest
from pipelines.contract.validate import check_range, parse_float, parse_int
from pipelines.text.language.explorer import Trail, fit_to_show, roll
from pipelines.text.language.model import TEMPERATURE_RANGE, LanguageModel, NextEojeols
from playground.gate import visitor
from playground.messages import explain, text
from playground.web.kit.candidate_parts import ClickAnswer, turn_number
from playground.web.kit.fast_import import import_gradio
from playground.web.kit.model_choice import chosen_model, model_names
from playground.web.kit.wording import language_of
from playground.web.tabs.explorer.view import ExplorerView, page

if TYPE_CHECKING:
    import gradio as gr

    from playground.studio.studio import Studio
else:
    gr = import_gradio()  # Gradio looks the annotations below up in this module

log = logging.getLogger(__name__)

TOOL = "explorer"
LISTED = 10
ROLLED = 40  # candidates among which the dice fall
DEFAULT_TEMPERATURE = 0.9


class ExplorerHandlers:
    """The answers to the events of the tab."""

    def __init__(self, studio: Studio, dice: random.Random | None = None) -> None:
        self._studio = studio
        self._dice = dice or random.SystemRandom()

    def names(self, request: gr.Request) -> Any:
        """Offer the models that this visitor may use."""
        return gr.update(choices=model_names(self._studio, visitor(request.request.scope).owner))

    def act(self, request: gr.Request, event: gr.EventData, *controls: Any) -> str:
        """Do what a button says; return the whole tab again."""
        return self.step(request, event._data, *controls)

    def step(self, request: gr.Request, asked: Any, model: Any, temperature: Any) -> str:
        """Take one step along the trail that came with it."""
        owner = visitor(request.request.scope).owner
        language = language_of(request.request.scope)
        asked = asked if isinstance(asked, dict) else {}
        shown = ExplorerView(temperature=DEFAULT_TEMPERATURE, turn=ClickAnswer(turn_number(asked)))
        try:
            shown = replace(shown, trail=_trail(asked.get("state")))
            shown = replace(shown, temperature=_temperature(temperature))
            with self._studio.stops.running(owner, TOOL) as cancel:
                voice = _Voice(self._studio, model, owner, cancel)
                shown = replace(shown, trail=self._moved(shown, asked, voice))
                shown = replace(shown, nexts=_asked_for(shown, asked, voice))
        except PlaygroundError as error:
            shown = replace(shown, wrong=explain(error, language))
        except ValueError:  # what the browser kept is not ours; it puts it aside
            sentence = text("candidates.lost", language, name=f"amumal-{TOOL}-old")
            shown = replace(shown, wrong=sentence, turn=replace(shown.turn, is_lost=True))
        except Cancelled:
            shown = replace(shown, wrong=text("candidates.stopped", language))
        except Exception as error:  # the border to the person
            log.exception("a handler of the Next word tab failed")
            sentence = text("page.unexpected", language, kind=type(error).__name__)
            shown = replace(shown, wrong=sentence)
        return page(shown, language)

    def stop(self, request: gr.Request) -> None:
        """Stop whatever this visitor waits for."""
        self._studio.stops.stop(visitor(request.request.scope).owner, TOOL)

    def _moved(self, shown: ExplorerView, asked: dict[str, Any], voice: _Voice) -> Trail:
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


def _asked_for(shown: ExplorerView, asked: dict[str, Any], voice: _Voice) -> NextEojeols | None:
    """Return what may come next; nothing where the sentence is over or was only brought back."""
    if asked.get("act") == "restore" or shown.trail.now.is_finished:
        return None
    return voice.nexts(shown.trail, LISTED, shown.temperature)


def _trail(state: Any) -> Trail:
    return Trail() if state is None else Trail.from_json(state)


def _temperature(value: Any) -> float:
    temperature = parse_float(
        value if isinstance(value, int | float) else str(value), "temperature"
    )
    check_range(temperature, "temperature", *TEMPERATURE_RANGE)
    return temperature
