"""What a model is asked, what becomes of its drafts, and what if it has nothing to say."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipelines.contract.cancel import CancelToken
from pipelines.contract.errors import Cancelled, InvalidRequest, LanguageModelError
from pipelines.text.chat.conversation import Conversation, Reply, Turn
from pipelines.text.chat.picking import choices
from pipelines.text.chat.replying import Manner, another, reply
from pipelines.text.chat.topic import Link
from pipelines.text.language.model import Draft, Sampling, WritingHooks
from pipelines.text.markov import engine as markov
from pipelines.text.markov.language_model import MarkovLanguage
from tests.fake_language import FakeLanguage, FakeTokens

SEEDED = Manner(Sampling(seed=7))
SINGLE = Manner(Sampling(seed=7), drafts=1)


def earlier(*texts):
    return Conversation(tuple(Turn(f"말 {text}", 1, (Reply(text, 1, "m"),)) for text in texts))


def ended(text, log_prob=-2.0, tokens=2):
    return Draft(text, log_prob, tokens, has_ended=True)


def test_prompt_is_the_chatbots_format():
    model = FakeTokens()
    reply(model, Conversation(), "문어가\n뭐야?", 2, SEEDED)
    assert model.prompts == ["<usr>문어가 뭐야?<unused1>2<sys>"]


def test_history_stands_in_the_prompt_when_wished():
    model = FakeTokens()
    reply(model, earlier("가", "나"), "응?", 0, replace(SEEDED, turns_back=1))
    assert model.prompts == ["<usr>말 나<unused1>1<sys>나</s><usr>응?<unused1>0<sys>"]


def test_same_seed_same_reply_and_the_seed_is_kept():
    first, second = (reply(FakeTokens(), Conversation(), "응?", 0, SEEDED) for _ in range(2))
    assert first == second and first.reply.seed == 7
    seedless = reply(FakeTokens(), Conversation(), "응?", 0, Manner())
    assert seedless.reply.seed >= 0


def test_single_draft_is_heard_while_it_is_written_and_several_are_not():
    heard: list[str] = []
    hooks = WritingHooks(on_text=lambda index, text: heard.append(text))
    assert reply(FakeTokens(), Conversation(), "응?", 0, SINGLE, hooks).reply.text == heard[-1]
    heard.clear()
    reply(FakeTokens(), Conversation(), "응?", 0, SEEDED, hooks)
    assert heard == []


def test_draft_that_takes_the_question_up_is_picked():
    found = choices(
        "문어가 뭐야?", [ended("파란 수학"), ended("고래 세 쌍"), ended("문어 국수")], ()
    )
    assert [choice.link for choice in found] == [Link.WORD, Link.CATEGORY, Link.NONE]


def test_unknown_word_that_comes_back_counts_too():
    found = choices("두릅킹은 뭐 해?", [ended("파란 수학"), ended("두릅킹이 녹았다.")], ())
    assert found[0].text == "두릅킹이 녹았다."


def test_what_was_heard_before_the_question_itself_and_the_unfinished_come_last():
    drafts = [
        ended("문어 국수"),
        ended("문어가 뭐야!"),
        Draft("문어 시계", -2.0, 2, has_ended=False),
        ended("문어 우산"),
    ]
    found = choices("문어가 뭐야?", drafts, {"문어 국수"})
    assert [choice.text for choice in found] == [
        "문어 우산",
        "문어 시계…",
        "문어가 뭐야!",
        "문어 국수",
    ]


def test_particles_are_mended_and_slurs_never_said():
    found = choices("응?", [ended("뼈다귀은 착하다."), ended("병신 같은 국수")], ())
    assert [choice.text for choice in found] == ["뼈다귀는 착하다."]


def test_retry_says_something_else_and_keeps_the_old_reply():
    model = FakeTokens()
    talk = Conversation()
    talk = talk.said(reply(model, talk, "응?", 0, SEEDED))
    for count in range(2, 5):
        talk = talk.with_last(another(model, talk, SEEDED))
        assert len(talk.last().replies) == count
    texts = [one.text for one in talk.last().replies]
    assert len(set(texts)) == 4 and talk.last().reply.text == texts[-1]


def test_retry_of_a_model_that_knows_one_sentence_chooses_it_again():
    model = FakeTokens(sentences=["문어 국수"])
    talk = Conversation()
    talk = talk.said(reply(model, talk, "응?", 0, SEEDED))
    assert another(model, talk, SEEDED) == talk.last()


def test_retry_of_nothing_is_a_sentence():
    with pytest.raises(InvalidRequest, match="nothing_yet"):
        another(FakeTokens(), Conversation(), SEEDED)


@pytest.mark.parametrize("said", ["", "  ", "\u200b", "병신", "\n"])
def test_model_that_says_nothing_is_a_sentence_and_never_an_empty_bubble(said):
    class Silent(FakeTokens):
        def draft(self, prompt, count, sampling, hooks=None):
            return (ended(said),) * count

    with pytest.raises(LanguageModelError, match="silent"):
        reply(Silent(), Conversation(), "응?", 0, SEEDED)


def test_model_that_finds_its_words_late_is_asked_again():
    class Late(FakeTokens):
        def draft(self, prompt, count, sampling, hooks=None):
            return (ended("문어 국수" if sampling.seed > 8 else ""),) * count

    assert reply(Late(), Conversation(), "응?", 0, SEEDED).reply == Reply("문어 국수", 9, "fake")


def test_full_or_bad_questions_never_reach_the_model():
    model = FakeTokens()
    for question in ("", "문" * 501, "\x00"):
        with pytest.raises(InvalidRequest):
            reply(model, Conversation(), question, 0, SEEDED)
    with pytest.raises(InvalidRequest, match="full"):
        reply(model, earlier(*["가"] * 200), "응?", 0, SEEDED)
    assert model.prompts == []


def test_stop_leaves_the_model():
    hooks = WritingHooks(cancel=CancelToken(lambda: True))
    with pytest.raises(Cancelled):
        reply(FakeTokens(), Conversation(), "응?", 0, SEEDED, hooks)


def test_manner_out_of_range_names_the_field():
    for name, value in (("drafts", 0), ("drafts", 17), ("turns_back", 9)):
        with pytest.raises(InvalidRequest) as caught:
            Manner(**{name: value})  # type: ignore[arg-type]
        assert caught.value.values["field"] == name


def test_model_without_marks_is_asked_nothing_and_more_drafts_are_looked_at():
    asked = []

    class Plain(FakeLanguage):
        def draft(self, prompt, count, sampling, hooks=None):
            asked.append((prompt, count))
            return tuple(ended(text) for text in ("파란 수학", "젖은 시계", "문어 국수"))

    assert reply(Plain(), Conversation(), "문어?", 0, SEEDED).reply.text == "문어 국수"
    reply(Plain(), Conversation(), "문어?", 0, SINGLE)
    assert asked == [("", 16), ("", 1)]


def test_markov_chain_holds_a_conversation():
    lines = (
        "문어가 우산을 접었다. 고래가 국수를 삶았다. 문어가 국수를 접었다. 하마가 우산을 삶았다."
    )
    lines += (
        " 귀신이 우산을 삶았다. 하마가 국수를 굴렸다. 고래가 구름을 굴렸다. 귀신이 구름을 접었다."
    )
    model = MarkovLanguage(markov.train(lines.replace(". ", ".\n")), "내 글")
    turn = reply(model, Conversation(), "문어는 뭐 해?", 0, SEEDED)
    assert turn.reply.text and turn.reply.model == "내 글"
