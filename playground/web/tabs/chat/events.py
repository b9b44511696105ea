"""What the Talk tab does: one letter from the page comes in, frames of JSON go out.

The page keeps the conversation and sends it along; nothing of it stays here. A handler never
raises: what went wrong is the alert of a frame, in the visitor's language.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from pipelines.contract.cancel import CancelToken
from pipelines.contract.errors import InvalidRequest
from pipelines.text.chat.conversation import Conversation
from pipelines.text.chat.export import as_data, as_json, as_text, from_data, read
from pipelines.text.chat.replying import another, reply
from pipelines.text.language.model import WritingHooks
from playground.web.kit.border import Visit
from playground.web.kit.connect import Form
from playground.web.kit.fast_import import import_gradio
from playground.web.kit.model_choice import chosen_model, model_names
from playground.web.kit.relay import Say, relay
from playground.web.tabs.chat import form as chat_form

if TYPE_CHECKING:
    from playground.studio.studio import Studio

gr = import_gradio()

TOOL = "chat"
Letter = Mapping[str, Any]
ChatFrame = dict[str, Any]


class ChatHandlers:
    """The answers to the events of the tab."""

    def __init__(self, studio: Studio) -> None:
        self._studio = studio

    def names(self, visit: Visit) -> Any:
        """Offer the models that this visitor may use."""
        return gr.update(choices=model_names(self._studio, visit.owner))

    def say(self, visit: Visit, form: Form) -> Iterator[str]:
        """Stream a reply: to something new, to the last question again, or to it after a change."""
        letter = visit.detail
        with self._studio.stops.running(visit.owner, TOOL) as stopped:

            def work(put: Say, gone: CancelToken) -> str:
                writer = _Writer(self._studio, visit, put, stopped | gone)
                return _line(letter, _answered(lambda: writer.reply(letter, form), visit))

            yield from relay(work)

    def act(self, visit: Visit) -> str:
        """Do what needs no model: undo, from the start, another reply, save, take up again."""
        letter = visit.detail
        return _line(letter, _answered(lambda: _changed(letter, visit), visit))

    def stop(self, visit: Visit) -> None:
        """Stop the reply that is being written."""
        self._studio.stops.stop(visit.owner, TOOL)


class _Writer:
    """One reply for one visitor."""

    def __init__(self, studio: Studio, visit: Visit, put: Say, cancel: CancelToken) -> None:
        self._studio = studio
        self._visit = visit
        self._put = put
        self._cancel = cancel

    def reply(self, letter: Letter, form: Form) -> ChatFrame:
        """Return the frame of the conversation after the reply."""
        talk = from_data(letter.get("conversation"))
        manner = chat_form.manner(form)
        action, question = letter.get("action"), letter.get("question")
        question, label = (question if isinstance(question, str) else ""), letter.get("label")
        if action == "edit":
            talk.last()
        self._put(_line(letter, {"stage": self._visit.text("chat.waking")}))
        model = chosen_model(self._studio, form["model"], self._visit.owner, self._cancel)
        self._put(_line(letter, {"stage": self._visit.text("chat.thinking")}))
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
        entries = self._studio.languages.names(self._visit.owner)
        notice = next((entry.notice for entry in entries if entry.name == name), "")
        if not notice:
            return ""
        return self._visit.text("chat.licence", model=name, licence=notice)


def _changed(letter: Letter, visit: Visit) -> ChatFrame:
    """Return the frame of an action that needs no model."""
    action = letter.get("action")
    if action == "restore":
        talk = read(str(letter.get("text") or ""))
        note = visit.text("chat.restored", count=len(talk.turns))
        return {"conversation": as_data(talk), "note": note}
    talk = from_data(letter.get("conversation"))
    if action == "undo":
        question = talk.turns[-1].question if talk.turns else ""
        return {"conversation": as_data(talk.undone()), "question": question}
    if action == "clear":
        return {"conversation": as_data(talk.begun_anew()), "note": visit.text("chat.cleared")}
    if action == "choose":
        place, number = (_number(letter.get(key)) for key in ("place", "reply"))
        return {"conversation": as_data(talk.choosing(place, number))}
    if action in ("save_text", "save_json"):
        return {"file": _file(talk, action == "save_json", visit)}
    raise InvalidRequest("chat.action", value=str(action)[:40])


def _file(talk: Conversation, is_json: bool, visit: Visit) -> dict[str, str]:
    talk.last()
    name = visit.text("chat.file.name")
    if is_json:
        return {"name": f"{name}.json", "text": as_json(talk)}
    names = (visit.text("chat.person"), visit.text("chat.partner"))
    return {"name": f"{name}.txt", "text": as_text(talk, *names)}


def _number(value: Any) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else -1


def _answered(act: Callable[[], ChatFrame], visit: Visit) -> ChatFrame:
    """Return the frame of an action, or the sentence that says why there is none."""
    with visit.border(stopped="chat.stopped") as border:
        return act()
    return {"is_over": True, "note" if border.is_stopped else "alert": border.alert}


def _line(letter: Letter, frame: ChatFrame) -> str:
    """Return a frame as the page takes it; `number` tells which letter it answers."""
    return json.dumps({"number": letter.get("number"), **frame}, ensure_ascii=False)
