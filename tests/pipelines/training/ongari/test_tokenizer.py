"""Every text survives the tokenizer, and a noun is the same tokens before every particle."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any

import pytest

from pipelines.text.korean import josa
from pipelines.text.neural.vocabulary import read_vocabulary
from pipelines.training.ongari import tokenizer

NOUNS = ("문어", "고양이", "사랑", "연필", "냉장고", "뼈다귀", "선생님")
TEXTS = ("사랑은 착한 뼈다귀.", "문어가 왜 웃어?", "고양이처럼 우는 냉장고!") * 20


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("tokenizer")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tokenizer, "VOCABULARY", 2_800)
        tokenizer.save(tokenizer.train(TEXTS, NOUNS), found)
    return found


@pytest.fixture(scope="module")
def opened(folder: Path) -> Any:
    return tokenizer.open_tokenizer(folder)


@pytest.mark.parametrize(
    "text",
    [
        "뷁", "햔랴 뙇!", "안녕하세요?", "똠방각하가 쀍 웃는다", "ㅋㅋㅋ ㅠㅠ ㄱ", "AI는 3번",
        "🐙가 왔다", "“따옴표” — 줄표…", "漢字와 カナ", "한 글자씩 띄 어 쓰 기",
    ],
)  # fmt: skip
def test_every_text_survives_the_round_trip(opened: Any, text: str) -> None:
    assert opened.decode(opened.encode(text)) == text


def test_decomposed_syllables_are_put_together(opened: Any) -> None:
    text = "뷁햔 뼈다귀"
    assert opened.encode(unicodedata.normalize("NFD", text)) == opened.encode(text)


def test_a_line_break_is_a_blank(opened: Any) -> None:
    assert opened.encode("사랑은\n착한\t뼈다귀") == opened.encode("사랑은 착한 뼈다귀")


@pytest.mark.parametrize("noun", NOUNS)
@pytest.mark.parametrize("particle", ["은/는", "이/가", "을/를", "에서", "처럼", "의"])
def test_a_noun_is_the_same_tokens_before_every_particle(
    opened: Any, noun: str, particle: str
) -> None:
    alone = opened.encode(noun)
    assert opened.encode(josa.attach(noun, particle))[: len(alone)] == alone


def test_the_special_tokens_are_named_and_the_bytes_are_ordinary(opened: Any) -> None:
    assert {opened.bos_token, opened.eos_token} == {"</s>"}
    assert set(tokenizer.SPECIAL) == set(opened.all_special_tokens)
    assert "<0xEB>" in opened.get_vocab()


def test_a_label_is_one_token(opened: Any) -> None:
    ids = opened.encode("<usr>문어<unused1>2<sys>뼈")
    assert "▁2" in opened.convert_ids_to_tokens(ids)


def test_the_playground_reads_the_vocabulary(folder: Path) -> None:
    vocabulary = read_vocabulary(folder, "test")
    assert vocabulary.decode(vocabulary.encode("뷁이 웃는다")).strip() == "뷁이 웃는다"
