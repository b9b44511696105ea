"""The Talk tab: letters from the page, frames back, and nothing a stranger sends breaks it."""

from __future__ import annotations

import json
import threading
from types import SimpleNamespace

import pytest

from pipelines.contract.errors import Cancelled
from pipelines.text.chat.conversation import Conversation, Reply, Turn
from pipelines.text.chat.export import as_data, from_data
from playground.studio.stops import Stops
from playground.web.tabs.chat import form as chat_form
from playground.web.tabs.chat.events import ChatHandlers
from playground.web.tabs.chat.layout import skeleton
from tests.fake_language import FakeShelf, FakeTokens
from tests.playground.web.asking import visit

FORM = {
    "model": "ongari",
    "seed": "7",
    **{name: start for name, _, _, start in chat_form.DIALS},
}
EMPTY = as_data(Conversation())


class Shelf(FakeShelf):
    """A shelf with one model and the licence that has to be told of it."""

    notice = ""

    def __init__(self):
        self.model = FakeTokens("ongari")
        super().__init__(self.model)

    def names(self, owner=""):
        return (SimpleNamespace(name="ongari", notice=self.notice),)

    def use(self, model):
        self.models["ongari"] = model


@pytest.fixture
def studio():
    return SimpleNamespace(languages=Shelf(), stops=Stops())


@pytest.fixture
def handlers(studio):
    return ChatHandlers(studio)


def letter(action="say", conversation=EMPTY, **more):
    data = {"number": 5, "action": action, "conversation": conversation, **more}
    return data


def say(handlers, asked, form=FORM, **who):
    """Return the last frame of a reply."""
    return json.loads(list(handlers.say(visit(**who, detail=asked), form))[-1])


def act(handlers, asked, **who):
    return json.loads(handlers.act(visit(**who, detail=asked)))


def talk_of(frame):
    return from_data(frame["conversation"])


def test_reply_becomes_a_turn_and_the_frame_answers_its_letter(handlers, studio):
    frame = say(handlers, letter(question="문어가 뭐야?", label=2))
    turn = talk_of(frame).last()
    assert frame["number"] == 5 and frame["said"] == turn.reply.text
    assert (turn.question, turn.label, turn.reply.seed) == ("문어가 뭐야?", 2, 7)
    assert studio.languages.asked == [("ongari", "someone")]


def test_single_draft_is_seen_while_it_is_written(handlers, studio):
    seen = threading.Event()

    class Slow(FakeTokens):
        def draft(self, prompt, count, sampling, hooks=None):
            hooks.on_text(0, "문어가")
            assert seen.wait(5)
            return super().draft(prompt, count, sampling, hooks)

    studio.languages.use(Slow())
    told = []
    for line in handlers.say(visit(detail=letter(question="응?", label=0)), {**FORM, "drafts": 1}):
        told.append(json.loads(line))
        if told[-1].get("text") == "문어가":
            seen.set()
    assert seen.is_set() and all(frame["number"] == 5 for frame in told)
    assert told[-1]["said"]


def test_again_keeps_the_old_reply_and_edit_puts_it_aside(handlers):
    first = say(handlers, letter(question="응?", label=0))
    again = say(handlers, letter("again", first["conversation"]))
    assert len(talk_of(again).last().replies) == 2 and len(talk_of(again).turns) == 1
    edited = say(handlers, letter("edit", again["conversation"], question="뭐?", label=1))
    assert [(turn.question, turn.label) for turn in talk_of(edited).turns] == [("뭐?", 1)]


def test_undo_brings_the_question_back_and_clear_can_be_undone(handlers):
    first = say(handlers, letter(question="응?", label=0))["conversation"]
    undone = act(handlers, letter("undo", first))
    assert talk_of(undone) == Conversation() and undone["question"] == "응?"
    cleared = act(handlers, letter("clear", first))
    assert not talk_of(cleared).turns and "되돌리기" in cleared["note"]
    assert talk_of(act(handlers, letter("undo", cleared["conversation"]))) == from_data(first)


def test_earlier_reply_can_be_chosen(handlers):
    turn = Turn("응?", 0, (Reply("가", 1, "m"), Reply("나", 2, "m")), 1)
    talk = as_data(Conversation((turn,)))
    chosen = act(handlers, letter("choose", talk, place=0, reply=0))
    assert talk_of(chosen).last().reply.text == "가"
    for place, number in ((0, 5), (3, 0), ("0", 0), (None, None), (True, 0)):
        assert "alert" in act(handlers, letter("choose", talk, place=place, reply=number))


def test_saved_file_can_be_opened_again(handlers):
    first = say(handlers, letter(question="응?", label=0))["conversation"]
    saved = act(handlers, letter("save_json", first))["file"]
    assert saved["name"].endswith(".json")
    opened = act(handlers, letter("restore", EMPTY, text=saved["text"]))
    assert talk_of(opened) == from_data(first) and "1마디" in opened["note"]
    text = act(handlers, letter("save_text", first))["file"]
    assert text["name"].endswith(".txt") and text["text"].startswith("나: 응?\n두억시니: ")
    english = act(handlers, letter("save_text", first), language="en")["file"]
    assert english["text"].startswith("You: 응?")


@pytest.mark.parametrize("action", ["undo", "save_text", "save_json"])
def test_nothing_to_do_yet_is_a_sentence(handlers, action):
    assert "먼저 말을 걸어" in act(handlers, letter(action))["alert"]
    assert "Say something first" in act(handlers, letter(action), language="en")["alert"]
    assert "먼저 말을 걸어" in say(handlers, letter("again"))["alert"]


@pytest.mark.parametrize(
    ("question", "part"),
    [
        ("", "비어"),
        ("\u200b", "비어"),
        ("문" * 10_000, "500"),
        ("문어\x00", "U+0000"),
        (None, "비어"),
        (3, "비어"),
        ({"a": 1}, "비어"),
    ],
)
def test_question_that_cannot_be_asked_is_a_sentence(handlers, question, part):
    frame = say(handlers, letter(question=question, label=0))
    assert part in frame["alert"] and frame["is_over"] and "conversation" not in frame


@pytest.mark.parametrize("kept", [None, [], 3, "x", {}, {"format": "amumal-chat", "version": 1}])
def test_strangers_conversation_is_a_sentence(handlers, kept):
    assert "JSON" in say(handlers, letter(conversation=kept, question="응?", label=0))["alert"]
    assert "JSON" in act(handlers, letter("undo", kept))["alert"]


@pytest.mark.parametrize(
    ("field", "value", "part"),
    [
        ("temperature", "abc", "온도"),
        ("temperature", 99, "온도"),
        ("top_p", float("nan"), "top-p"),
        ("max_tokens", 10**6, "최대 토큰"),
        ("drafts", 0, "초안"),
        ("turns_back", 1.5, "앞말"),
        ("seed", "12가", "시드"),
        ("seed", -7, "시드"),
        ("model", "없는 모델", "없는 모델"),
    ],
)
def test_setting_that_cannot_be_used_names_itself(handlers, field, value, part):
    assert part in say(handlers, letter(question="응?", label=0), {**FORM, field: value})["alert"]


@pytest.mark.parametrize("label", [9, -1, "1", None, True])
def test_strange_mood_is_everyday_or_a_sentence(handlers, label):
    frame = say(handlers, letter(question="응?", label=label))
    assert ("alert" in frame) is (label in (9, -1))


def test_unknown_action_and_broken_letters_are_sentences(handlers):
    assert "새로 고쳐" in act(handlers, letter("dance"))["alert"]
    for data in (None, [], 3, "x"):
        assert "alert" in act(handlers, data)
        assert "alert" in say(handlers, data)


def test_stop_ends_the_reply_and_nothing_was_said(handlers, studio):
    begun = threading.Event()

    class Slow(FakeTokens):
        def draft(self, prompt, count, sampling, hooks=None):
            begun.set()
            while not hooks.cancel.is_cancelled:
                pass
            raise Cancelled

    studio.languages.use(Slow())
    frames: list[str] = []
    asked = letter(question="응?", label=0)
    talking = threading.Thread(
        target=lambda: frames.extend(handlers.say(visit(detail=asked), FORM))
    )
    talking.start()
    assert begun.wait(5)
    handlers.stop(visit(owner="somebody else"))
    assert talking.is_alive()
    handlers.stop(visit())
    talking.join(5)
    last = json.loads(frames[-1])
    assert last["is_over"] and "멈췄어요" in last["note"] and "conversation" not in last


def test_visitor_who_leaves_stops_the_model(handlers, studio):
    ended = threading.Event()

    class Slow(FakeTokens):
        def draft(self, prompt, count, sampling, hooks=None):
            while not hooks.cancel.is_cancelled:
                pass
            ended.set()
            raise Cancelled

    studio.languages.use(Slow())
    frames = handlers.say(visit(detail=letter(question="응?", label=0)), FORM)
    next(frames)
    frames.close()
    assert ended.wait(5)


def test_bug_is_a_sentence_and_is_logged(handlers, studio, caplog):
    studio.languages.model.raises = RuntimeError("boom")
    assert "RuntimeError" in say(handlers, letter(question="응?", label=0))["alert"]
    assert "a handler of the page failed" in caplog.text


def test_silent_model_is_a_sentence(handlers, studio):
    studio.languages.model.sentences = ("\u200b",)
    assert "할 말을 찾지 못했어요" in say(handlers, letter(question="응?", label=0))["alert"]


def test_licence_is_told_when_there_is_one(handlers, studio):
    assert say(handlers, letter(question="응?", label=0))["licence"] == ""
    studio.languages.notice = "CC-BY-NC-SA-4.0"
    assert "CC-BY-NC-SA-4.0" in say(handlers, letter(question="응?", label=0))["licence"]


def test_tab_speaks_both_languages():
    page = skeleton()
    assert page.count("say-ko") == page.count("say-en") > 15
    assert page.count('class="chip example"') == 3 and page.count('name="chat-mood"') == 3
