"""What the Talk tab does: one letter from the page comes in, frames of JSON go out.

The page keeps the conversation and sends it along; nothing of it stays here. A handler never
raises: what went wrong is the alert of a frame, in the visitor's language.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from models.errors import PlaygroundError
from pipelines.contract.cancel import CancelToken
from pipelines.contract.errors import Cancelled, InvalidRequest
from pipelines.text.chat.conversation import Conversation
from pipelines.text.chat.export import as_data, as_json, as_text, from_data, read
from pipelines.text.chat.replying import another, reply
from pipelines.text.language.model import WritingHooks
from playground.gate import visitor
from playground.messages import Language, explain, text
from playground.web.kit.fast_import import import_gradio
from playground.web.kit.model_choice import chosen_model, model_names
from playground.web.kit.relay import Say, relay
from playground.web.kit.wording import language_of
from playground.web.tabs.chat import form as chat_form

if TYPE_CHECKING:
    import gradio as gr

    from playground.studio.studio import Studio
else:
    gr = import_gradio()  # Gradio looks the annotations below up in this module

log = logging.getLogger(__name__)

TOOL = "chat"
Letter = Mapping[str, Any]
Frame = dict[str, Any]


class ChatHandlers:
    """The answers to the events of the tab."""

    def __init__(self, studio: Studio) -> None:
        self._studio = studio

    def names(self, request: gr.Request) -> Any:
        """Offer the models that this visitor may use."""
        return gr.update(choices=model_names(self._studio, visitor(request.request.scope).owner))

    def say(self, request: gr.Request, event: gr.EventData, *values: Any) -> Iterator[str]:
        """Stream a reply: to something new, to the last question again, or to it after a change."""
        letter, language = _letter(event), language_of(request.request.scope)
        owner = visitor(request.request.scope).owner
        with self._studio.stops.running(owner, TOOL) as stopped:

            def work(put: Say, gone: CancelToken) -> str:
                writer = _Writer(self._studio, owner, language, put, stopped | gone)
                return _line(letter, _answered(lambda: writer.reply(letter, values), language))

            yield from relay(work)

    def act(self, request: gr.Request, event: gr.EventData) -> str:
        """Do what needs no model: undo, from the start, another reply, save, take up again."""
        letter, language = _letter(event), language_of(request.request.scope)
        return _line(letter, _answered(lambda: _changed(letter, language), language))

    def stop(self, request: gr.Request) -> None:
        """Stop the reply that is being written."""
        self._studio.stops.stop(visitor(request.request.scope).owner, TOOL)


class _Writer:
    """One reply for one visitor."""

    def __init__(
        self,
        studio: Studio,
        owner: str,
        language: Language,
        put: Say,
        cancel: CancelToken,
    ) -> None:
        self._studio = studio
        self._owner = owner
        self._language = language
        self._put = put
        self._cancel = cancel

    def reply(self, letter: Letter, values: tuple[Any, ...]) -> Frame:
        """Return the frame of the conversation after the reply."""
        talk = from_data(letter.get("conversation"))
        manner = chat_form.manner(values[1:])
        action, question = letter.get("action"), letter.get("question")
        question, label = (question if isinstance(question, str) else ""), letter.get("label")
        if action == "edit":
            talk.last()
        self._put(_line(letter, {"stage": text("chat.waking", self._language)}))
        model = chosen_model(self._studio, values[0], self._owner, self._cancel)
        self._put(_line(letter, {"stage": text("chat.thinking", self._language)}))
        hooks = WritingHooks(
            cancel=self._cancel,
            on_text=lambda _index, written: self._put(_line(letter, {"text": written})),
        )
        if action == "again":
            talk = talk.with_last(another(model, talk, manner, hooks))
        else:
            before = talk.undone() if action == "edit" else talk
            label = label if isinstance(label, int) and not isinstance(label, bool) else 0
            talk = before.said(reply(model, before, question, label, manner, hooks))
        said = talk.last().reply.text
        return {"conversation": as_data(talk), "said": said, "licence": self._licence(model.name)}

    def _licence(self, name: str) -> str:
        """Return what has to be told of the model's licence, "" for nothing."""
        entries = self._studio.languages.names(self._owner)
        notice = next((entry.notice for entry in entries if entry.name == name), "")
        if not notice:
            return ""
        return text("chat.licence", self._language, model=name, licence=notice)


def _changed(letter: Letter, language: Language) -> Frame:
    """Return the frame of an action that needs no model."""
    action = letter.get("action")
    if action == "restore":
        talk = read(str(letter.get("text") or ""))
        note = text("chat.restored", language, count=len(talk.turns))
        return {"conversation": as_data(talk), "note": note}
    talk = from_data(letter.get("conversation"))
    if action == "undo":
        question = talk.turns[-1].question if talk.turns else ""
        return {"conversation": as_data(talk.undone()), "question": question}
    if action == "clear":
        return {"conversation": as_data(talk.begun_anew()), "note": text("chat.cleared", language)}
    if action == "choose":
        place, number = (_number(letter.get(key)) for key in ("place", "reply"))
        return {"conversation": as_data(talk.choosing(place, number))}
    if action in ("save_text", "save_json"):
        return {"file": _file(talk, action == "save_json", language)}
    raise InvalidRequest("chat.action", value=str(action)[:40])


def _file(talk: Conversation, is_json: bool, language: Language) -> dict[str, str]:
    talk.last()
    name = text("chat.file.name", language)
    if is_json:
        return {"name": f"{name}.json", "text": as_json(talk)}
    names = (text("chat.person", language), text("chat.partner", language))
    return {"name": f"{name}.txt", "text": as_text(talk, *names)}


def _letter(event: gr.EventData) -> Letter:
    """Return what the page sent; whatever is no letter is an empty one."""
    return event._data if isinstance(event._data, dict) else {}


def _number(value: Any) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else -1


def _answered(act: Callable[[], Frame], language: Language) -> Frame:
    """Return the frame of an action, or the sentence that says why there is none."""
    try:
        return act()
    except Cancelled:
        return {"is_over": True, "note": text("chat.stopped", language)}
    except PlaygroundError as error:
        return {"is_over": True, "alert": explain(error, language)}
    except Exception as error:  # the border to the person
        log.exception("a handler of the Talk tab failed")
        kind = type(error).__name__
        return {"is_over": True, "alert": text("page.unexpected", language, kind=kind)}


def _line(letter: Letter, frame: Frame) -> str:
    """Return a frame as the page takes it; `number` tells which letter it answers."""
    return json.dumps({"number": letter.get("number"), **frame}, ensure_ascii=False)
