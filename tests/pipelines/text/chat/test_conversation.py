"""A conversation: turns, other replies, undo, from the start, and what cannot be asked."""

from __future__ import annotations

import unicodedata

import pytest

from pipelines.contract.errors import InvalidRequest
from pipelines.text.chat.conversation import (
    MAX_QUESTION,
    MAX_REPLIES,
    MAX_TURNS,
    Conversation,
    Reply,
    Turn,
    check_question,
)


def turn(question="문어가 뭐야?", *texts, label=0, chosen=0):
    replies = tuple(Reply(text, 1, "m") for text in texts or ("젖은 시계",))
    return Turn(question, label, replies, chosen)


def test_undo_takes_the_turns_back_one_by_one():
    talk = Conversation().said(turn("하나")).said(turn("둘"))
    assert [one.question for one in talk.undone().turns] == ["하나"]
    assert talk.undone().undone() == Conversation()
    with pytest.raises(InvalidRequest, match="nothing_yet"):
        Conversation().undone()


def test_from_the_start_can_be_undone_until_something_is_said():
    talk = Conversation().said(turn("하나")).said(turn("둘"))
    anew = talk.begun_anew()
    assert anew.turns == ()
    assert anew.undone() == talk
    assert anew.begun_anew() == anew  # twice loses nothing
    assert anew.said(turn("셋")).undone() == Conversation()


def test_one_more_reply_keeps_the_earlier_ones():
    again = turn("하나", "가").answered_again(Reply("나", 2, "m"))
    assert [reply.text for reply in again.replies] == ["가", "나"]
    assert again.reply.text == "나"
    talk = Conversation((turn("영"), again))
    assert talk.choosing(1, 0).turns[1].reply.text == "가"
    assert talk.turns[1].reply.text == "나"


def test_the_same_reply_again_is_no_second_one():
    again = turn("하나", "가", "나", chosen=1).answered_again(Reply("가", 9, "m"))
    assert len(again.replies) == 2 and again.chosen == 0


def test_replies_of_a_turn_do_not_pile_up():
    one = turn()
    for number in range(3 * MAX_REPLIES):
        one = one.answered_again(Reply(f"대답 {number}", number, "m"))
    assert len(one.replies) == MAX_REPLIES and one.reply.text == f"대답 {3 * MAX_REPLIES - 1}"


def test_edited_question_takes_the_place_of_the_last_turn():
    talk = Conversation((turn("하나"), turn("둘"))).with_last(turn("둘둘"))
    assert [one.question for one in talk.turns] == ["하나", "둘둘"]
    with pytest.raises(InvalidRequest, match="nothing_yet"):
        Conversation().with_last(turn())


@pytest.mark.parametrize(("place", "number"), [(1, 0), (-1, 0), (0, 1), (0, -1)])
def test_a_reply_that_is_not_there_cannot_be_chosen(place, number):
    with pytest.raises(InvalidRequest):
        Conversation((turn(),)).choosing(place, number)


def test_a_conversation_has_an_end():
    full = Conversation((turn(),) * MAX_TURNS)
    for act in (full.check_room, lambda: full.said(turn())):
        with pytest.raises(InvalidRequest, match="full"):
            act()


def test_question_is_nfc_and_trimmed():
    asked = check_question(unicodedata.normalize("NFD", "  문어가\n뭐야? "))
    assert asked == "문어가\n뭐야?"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", "request.text.empty"),
        (" \n\t", "request.text.empty"),
        ("\u200b\u2060\ufeff", "request.text.empty"),
        ("\u3164", "request.text.empty"),
        ("문" * (MAX_QUESTION + 1), "request.text.long"),
        ("문" * 10_000, "request.text.long"),
        ("문어\x00", "request.text.control"),
        ("문어\ud83d", "request.text.broken"),
    ],
)
def test_question_that_cannot_be_asked_says_why(text, key):
    with pytest.raises(InvalidRequest) as caught:
        check_question(text)
    assert caught.value.key == key and caught.value.values["field"] == "question"


@pytest.mark.parametrize("label", [-1, 3, 99])
def test_unknown_mood_is_refused(label):
    with pytest.raises(InvalidRequest, match="range"):
        turn(label=label)
