"""What a model is told of a phrase: captions for the crayon, English for the rest."""

from __future__ import annotations

import pytest

from pipelines.bridge import noise_seed_for, prompt_for
from pipelines.bridge.caption_parser import caption_for, drawable_words, undrawable_words
from pipelines.contract.phrase import Phrase, Word, WordKind
from pipelines.contract.requests import TextRequest
from pipelines.image.families import PromptLanguage
from pipelines.text.engines import say
from pipelines.text.lexicon import builtin
from pipelines.text.reading.typed import typed

CAPTION, ENGLISH = PromptLanguage.CAPTION, PromptLanguage.ENGLISH


@pytest.mark.parametrize(
    ("sentence", "caption"),
    [
        ("파란 냄새 삼각형", "파란 삼각형"),
        ("용감한 장미를 콧구멍에", "장미"),
        ("사랑은 착한 뼈다귀", "착한 뼈다귀"),
        ("세 스푼의 고양이", "세 스푼의 고양이"),  # understood as it is
        ("여섯 스푼의 고양이", "고양이"),
        ("슬픈 고양이 두 마리", "슬픈 고양이 두 마리"),
        ("문어가 우산을 훔쳤다!", "문어와 우산"),
        ("용감한 사과 위에 슬픈 로켓", "사과 위에 슬픈 로켓"),
        ("밤마다 요가하는 로켓", "밤 배경에 로켓"),
        ("번개는 주황색 그리움", "주황색 번개"),
        ("사과와 배꼽과 고양이와 로켓", "사과와 고양이"),
        ("사과 위에 로켓", "사과 위에 로켓"),
        ("세 마리의 게으른 고양이", "세 마리의 게으른 고양이"),
        ("아주 게으른 세 마리의 고양이", "게으른 고양이 세 마리"),
        ("장미가 몹시 뜨겁다", "뜨거운 장미"),
        ("사과 안의 고양이가 웃었다", "사과 속에 고양이"),
        ("작은 로켓이 거꾸로 날아갔다", "거꾸로 된 작은 로켓"),
        ("고양이 두 마리와 사과 세 개", "고양이와 사과"),
        ("자유는 슬픈 월요일", "우울한 배경"),
        ("빨간 우정의 그림자", "다정한 빨간 배경"),
        ("뜨거운 우정", "불바다"),
        ("빨간 냄새", "빨간 낙서"),
        ("뷁 꿻", "낙서"),
    ],
)
def test_caption_holds_what_the_crayon_can_draw(sentence, caption):
    assert caption_for(typed(sentence)) == caption


def test_captions_of_engine_phrases_hold_only_their_own_drawable_words():
    drawable = {noun.ko for noun in builtin().nouns if noun.emoji or noun.shape or noun.scene}
    captioned = 0
    for phrase in say(TextRequest(count=50, seed=11)):
        caption = caption_for(phrase)
        nouns = [w.ko for w in phrase.words if w.is_drawable and w.kind is WordKind.NOUN]
        assert caption and set(nouns) <= drawable
        if nouns:
            captioned += 1
            assert any(noun in caption for noun in nouns)
    assert captioned > 25


def test_phrase_without_any_thing_is_sent_as_its_mood():
    assert prompt_for(typed("자유는 슬픈 월요일"), CAPTION) == "우울한 배경"


def test_words_are_told_apart_by_whether_they_show():
    phrase = typed("졸린 사랑이 빨간 장미 위에서 냄새를 맡는다")
    shown, hidden = drawable_words(phrase), undrawable_words(phrase)
    assert [word.ko for word in shown] == ["졸리다", "빨간", "장미"]
    assert sorted((*shown, *hidden), key=phrase.words.index) == list(phrase.words)
    assert "사랑" in {word.ko for word in hidden}


def test_a_count_without_a_counter_of_the_thing_does_not_show():
    assert [word.ko for word in drawable_words(typed("세 스푼의 고양이"))] == ["고양이"]
    assert "두" in {word.ko for word in drawable_words(typed("고양이 두 마리"))}
    hidden = {word.ko for word in undrawable_words(typed("고양이 두 마리와 사과"))}
    assert {"두", "마리"} == hidden


def test_english_model_gets_the_rendering_then_glosses_then_the_sentence():
    word = Word("냄새", "smell", WordKind.NOUN, False)
    assert prompt_for(Phrase("냄새", "a smell", (word,), "grammar"), ENGLISH) == "a smell"
    assert prompt_for(Phrase("냄새", "", (word,), "typed"), ENGLISH) == "a smell"
    assert prompt_for(Phrase("뷁", "", (word,), "typed"), ENGLISH) == "smell"
    assert prompt_for(Phrase("뷁", "", (), "typed"), ENGLISH) == "뷁"


def test_what_a_caption_leaves_out_shapes_the_noise():
    sad, glad = typed("용감한 장미"), typed("비싼 장미")
    assert prompt_for(sad, CAPTION) == prompt_for(glad, CAPTION) == "장미"
    seeds = {noise_seed_for(sad, CAPTION, 7), noise_seed_for(glad, CAPTION, 7)}
    assert len(seeds) == 2 and all(0 <= seed < 2**63 for seed in seeds)
    assert noise_seed_for(sad, CAPTION, 7) == noise_seed_for(sad, CAPTION, 7)
    assert noise_seed_for(sad, CAPTION, 7) != noise_seed_for(sad, CAPTION, 8)


@pytest.mark.parametrize(("phrase", "language"), [("장미", CAPTION), ("용감한 장미", ENGLISH)])
def test_seed_is_the_seed_when_nothing_is_left_out(phrase, language):
    assert noise_seed_for(typed(phrase), language, 7) == 7
