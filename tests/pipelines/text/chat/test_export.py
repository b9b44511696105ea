"""Saving a conversation and taking it up again."""

from __future__ import annotations

import json

import pytest

from pipelines.contract.errors import InvalidRequest
from pipelines.text.chat.conversation import Conversation, Reply, Turn
from pipelines.text.chat.export import as_data, as_json, as_text, from_data, read
from pipelines.text.chat.topic import Link

TALK = Conversation(
    (
        Turn("문어가\n뭐야?", 0, (Reply("젖은 시계", 2**63 - 1, "ongari", Link.NONE),)),
        Turn(
            "왜 울어?", 1, (Reply("울면 국수", 1, "a"), Reply("운 적 없다", 2, "b", Link.WORD)), 1
        ),
    ),
    (Turn("옛날", 2, (Reply("옛날 국수", 3, "a"),)),),
)


def test_json_comes_back_equal():
    assert read(as_json(TALK)) == TALK
    assert read("\ufeff" + as_json(TALK)) == TALK
    assert read(as_json(Conversation())) == Conversation()


def test_text_has_the_chosen_replies_only():
    assert as_text(TALK, "나", "너") == (
        "나: 문어가 뭐야?\n너: 젖은 시계\n\n나: 왜 울어?\n너: 운 적 없다\n"
    )
    assert as_text(Conversation(), "나", "너") == ""


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", "3", '"amumal-chat"', "[" * 100_000, '{"format": "x"}']
)
def test_a_strangers_file_is_a_sentence(text):
    with pytest.raises(InvalidRequest, match=r"chat\.file"):
        read(text)


def test_a_newer_file_says_so():
    with pytest.raises(InvalidRequest, match="newer"):
        from_data({**as_data(TALK), "version": 2})


@pytest.mark.parametrize(
    "change",
    [
        {"question": 3},
        {"question": "\x00"},
        {"question": "문" * 501},
        {"question": " "},
        {"label": True},
        {"label": 9},
        {"label": "0"},
        {"chosen": 7},
        {"chosen": -1},
        {"replies": []},
        {"replies": {}},
        {"replies": [{"text": " \u200b"}]},
        {"replies": [{"text": "가", "link": "x"}]},
        {"replies": [{"text": "가", "seed": "x"}]},
        {"replies": [{"text": "가"}] * 21},
        {"replies": [3]},
    ],
)
def test_damaged_turn_is_refused_whole(change):
    data = json.loads(as_json(TALK))
    data["turns"][0].update(change)
    with pytest.raises(InvalidRequest):
        from_data(data)


def test_turns_that_are_no_turns_are_refused():
    for turns in (None, 3, "turns", [None], [[]], [{}], [{"question": "가"}] * 201):
        with pytest.raises(InvalidRequest):
            from_data({**as_data(TALK), "turns": turns})


def test_seed_out_of_range_is_pulled_in_and_a_reply_is_one_line():
    data = as_data(TALK)
    data["turns"][0]["replies"][0] |= {"seed": "-5", "text": "가\n나"}
    reply = from_data(data).turns[0].reply
    assert (reply.seed, reply.text) == (0, "가 나")
