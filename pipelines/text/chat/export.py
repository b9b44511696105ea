"""A conversation as a file: text to read, JSON that can be taken up again.

What comes back is a stranger's file until `read` has had it. Knows no disk.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pipelines.contract.errors import InvalidRequest
from pipelines.contract.requests import MAX_SEED
from pipelines.contract.validate import check_text
from pipelines.text.chat.conversation import (
    MAX_REPLIES,
    MAX_TURNS,
    Conversation,
    Reply,
    Turn,
    is_visible,
)
from pipelines.text.chat.topic import Link

FORMAT = "amumal-chat"
VERSION = 1
MAX_BYTES = 4_000_000
MAX_NAME = 200


def as_text(conversation: Conversation, person: str, partner: str) -> str:
    """Return the conversation as it is read aloud; the chosen replies alone.

    >>> talk = Conversation((Turn("문어가 뭐야?", 0, (Reply("젖은 시계", 7, "ongari"),)),))
    >>> print(as_text(talk, "나", "두억시니"), end="")
    나: 문어가 뭐야?
    두억시니: 젖은 시계
    """
    lines = []
    for turn in conversation.turns:
        question = " ".join(turn.question.split())
        lines.append(f"{person}: {question}\n{partner}: {turn.reply.text}\n")
    return "\n".join(lines)


def as_data(conversation: Conversation) -> dict[str, Any]:
    """Return plain data that `from_data` turns back into an equal conversation."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "turns": [_turn_data(turn) for turn in conversation.turns],
        "put_away": [_turn_data(turn) for turn in conversation.put_away],
    }


def as_json(conversation: Conversation) -> str:
    """Return the text of a file that `read` takes up again."""
    return json.dumps(as_data(conversation), ensure_ascii=False, indent=1) + "\n"


def read(text: str) -> Conversation:
    """Return the conversation of a file, or raise InvalidRequest saying what is wrong with it."""
    if len(text) > MAX_BYTES:
        raise InvalidRequest("chat.file", reason=f"> {MAX_BYTES // 1_000_000} MB")
    try:
        data = json.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise InvalidRequest("chat.file", reason=type(error).__name__) from error
    return from_data(data)


def from_data(data: Any) -> Conversation:
    """Return the conversation of `as_data`, or raise InvalidRequest saying what is wrong."""
    if not isinstance(data, Mapping) or data.get("format") != FORMAT:
        raise InvalidRequest("chat.file", reason=f"format ≠ {FORMAT}")
    if data.get("version") != VERSION:
        raise InvalidRequest("chat.file.newer", version=str(data.get("version"))[:20])
    try:
        return Conversation(_turns(data["turns"]), _turns(data.get("put_away", [])))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        reason = f"{type(error).__name__}: {error}"[:120]
        raise InvalidRequest("chat.file", reason=reason) from error


def _turn_data(turn: Turn) -> dict[str, Any]:
    return {
        "question": turn.question,
        "label": turn.label,
        "chosen": turn.chosen,
        "replies": [
            {
                "text": reply.text,
                "seed": str(reply.seed),  # a browser's numbers are too short for one
                "model": reply.model,
                "link": reply.link.value,
            }
            for reply in turn.replies
        ],
    }


def _turns(data: Any) -> tuple[Turn, ...]:
    if not isinstance(data, list):
        raise TypeError("turns are no list")
    if len(data) > MAX_TURNS:
        raise InvalidRequest("chat.full", limit=MAX_TURNS)
    return tuple(_turn(entry) for entry in data)


def _turn(data: Any) -> Turn:
    replies = data["replies"]
    if not isinstance(replies, list) or not 0 < len(replies) <= MAX_REPLIES:
        raise ValueError("replies of a turn")
    return Turn(
        question=_text(data["question"]),
        label=_number(data["label"]),
        replies=tuple(_reply(entry) for entry in replies),
        chosen=_number(data.get("chosen", 0)),
    )


def _reply(data: Any) -> Reply:
    text = check_text(_text(data["text"]), "answer")
    if not is_visible(text):
        raise ValueError("an empty reply")
    return Reply(
        text=" ".join(text.split()),
        seed=min(max(int(str(data.get("seed", 0))[:40]), 0), MAX_SEED),
        model=check_text(_text(data.get("model", ""))[:MAX_NAME], "answer", may_be_empty=True),
        link=Link(data.get("link", Link.NONE.value)),
    )


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("a text is no text")
    return value


def _number(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError("a number is no whole number")
    return value
