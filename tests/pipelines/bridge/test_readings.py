"""One phrase, three readings: raw, literal, fluent."""

from __future__ import annotations

import pytest

from pipelines.bridge import ReadingKind, prompt_for, readings
from pipelines.image.families import PromptLanguage
from pipelines.text.reading.typed import typed

CAPTION, ENGLISH, KOREAN = PromptLanguage.CAPTION, PromptLanguage.ENGLISH, PromptLanguage.KOREAN


def said(text, language, seed=7):
    return {one.kind: one.prompt for one in readings(typed(text), language, seed=seed)}


@pytest.mark.parametrize("language", list(PromptLanguage))
def test_there_are_three_in_order_and_the_seed_settles_them(language):
    found = readings(typed("배를 먹는 말"), language, seed=7)
    assert [one.kind for one in found] == list(ReadingKind)
    assert found == readings(typed("배를 먹는 말"), language, seed=7)
    assert found[0].prompt == "배를 먹는 말"


def test_literal_keeps_korean_order_and_takes_homonyms_in_the_wrong_sense():
    for seed in range(8):
        literal = said("배를 먹는 말", ENGLISH, seed)[ReadingKind.LITERAL]
        first, verb, *last = literal.split(" ")
        assert verb == "eat" and first in ("pear", "belly")  # a ship is what it usually is
        assert " ".join(last) in ("word", "game piece")


def test_fluent_is_what_the_model_gets_anyway():
    for language in PromptLanguage:
        phrase = typed("착한 문어가 웃는다")
        fluent = readings(phrase, language)[2].prompt
        assert fluent == prompt_for(phrase, language)


def test_the_crayon_mishears_what_it_cannot_draw():
    assert "사탕" in said("사랑", CAPTION)[ReadingKind.LITERAL]


def test_the_crayon_draws_another_sense():
    found = {said("배를 먹는 말", CAPTION, seed)[ReadingKind.LITERAL] for seed in range(8)}
    assert found <= {"돛단배와 편지", "돛단배와 얼룩말"} and found


@pytest.mark.parametrize("text", ["뷁", "!!!", "(고양이)", "ㅋㅋㅋ", "🐙", "a" * 2000])
@pytest.mark.parametrize("language", list(PromptLanguage))
def test_anything_has_three_readings(text, language):
    assert all(one.prompt for one in readings(typed(text), language))
