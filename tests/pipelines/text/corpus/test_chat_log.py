"""Whatever program wrote a chat, only what was said stays; one that is not known is refused."""

from __future__ import annotations

import pytest

from pipelines.contract.errors import CorpusError
from pipelines.text.corpus.chat_log import conversation
from pipelines.text.corpus.chat_notices import is_notice
from pipelines.text.corpus.corpus import parse_corpus, read_text
from pipelines.training.finetune.dataset import DatasetFormat, read_data
from playground.messages import Language, explain
from tests.pipelines.text.corpus.chat_exports import (
    MEDIA,
    SAID,
    VARIANTS,
    export,
    mac,
    mutated_chats,
)

WHOLE = [f"{SAID[0]} 그리고 또 웃었어요", *SAID[1:]]


@pytest.mark.parametrize("has_title", [True, False])
@pytest.mark.parametrize("variant", VARIANTS)
def test_every_variant_gives_what_was_said(variant, has_title):
    text = export(variant)
    lines = text.splitlines() if has_title else text.splitlines()[3:]
    said = conversation(lines)
    assert said is not None and [message for _, message in said] == WHOLE


def test_the_table_of_a_mac_is_read_with_its_quotes():
    said = conversation(mac().splitlines())
    assert said is not None
    assert [message for _, message in said] == [f'{SAID[0]} "그리고" 또 웃었어요', *SAID[1:]]


@pytest.mark.parametrize("text", [*map(export, VARIANTS), mac()])
def test_training_and_stitching_read_the_same(text):
    lines = [line for line in text.splitlines() if line.rstrip('"').endswith("챙겼어요")]
    rows = [line for line in lines if line.startswith("2024-") <= line.endswith('"')]
    for number in range(5):
        text += "".join(f"{row.replace('챙겼', f'{number}번 챙겼')}\n" for row in rows)
    read = read_data(text, "chat.csv")
    assert read.kind is DatasetFormat.CHAT
    assert "두더지" not in repr(read.rows) and "고슴도치" not in repr(read.rows)
    assert {s.text for s in parse_corpus(text).sentences} == {row.reply for row in read.rows}


def test_an_export_in_an_unknown_form_is_refused_and_not_learned_as_it_is():
    text = export("windows ko").replace("[오후 1:05]", "<13시 05분>")
    for read in (parse_corpus, lambda text: read_data(text, "chat.txt")):
        with pytest.raises(CorpusError) as caught:
            read(text)
        assert caught.value.key == "corpus.chat"
    assert "카카오톡" in explain(caught.value, Language.KO)
    assert "KakaoTalk" in explain(caught.value, Language.EN)


def test_a_name_that_is_called_goes_too():
    text = export("windows ko").replace("오늘은 우산을", "@두더지 오늘은 우산을")
    assert "두더지" not in repr(list(conversation(text.splitlines()) or ()))


@pytest.mark.parametrize("text", MEDIA)
def test_what_the_program_wrote_is_no_message(text):
    assert is_notice(text)


@pytest.mark.parametrize(
    "text", ["사진 보내 줘", "투표하러 가자", "내일 나갔다 올게", "선물 고마워!", "call me"]
)
def test_what_people_say_is_one(text):
    assert not is_notice(text)


def test_damaged_exports_are_read_or_refused():
    for data in mutated_chats(300):
        try:
            assert parse_corpus(read_text(data)).sentences
        except CorpusError as error:
            assert explain(error, Language.KO)
