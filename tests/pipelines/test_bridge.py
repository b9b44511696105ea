"""What a model is told of a phrase: captions for the crayon, English for the rest."""

from __future__ import annotations

import pytest

from pipelines.bridge import noise_seed_for, prompt_for
from pipelines.caption import caption_for
from pipelines.image.families import PromptLanguage
from pipelines.phrase import Phrase, Word, WordKind
from pipelines.requests import TextRequest
from pipelines.text.engines import say
from pipelines.text.lexicon import builtin
from pipelines.text.typed import typed

CAPTION, ENGLISH = PromptLanguage.CAPTION, PromptLanguage.ENGLISH


@pytest.mark.parametrize(
    ("sentence", "caption"),
    [
        ("파란 냄새 삼각형", "파란 삼각형"),
        ("심심한 장미를 콧구멍에", "장미"),
        ("사랑은 착한 뼈다귀", "뼈다귀"),
        ("세 스푼의 고양이", "세 스푼의 고양이"),  # understood as it is
        ("여섯 스푼의 고양이", "고양이"),
        ("슬픈 고양이 두 마리", "고양이 두 마리"),
        ("문어가 우산을 훔쳤다!", "문어와 우산"),
        ("게으른 사과 위에 슬픈 로켓", "사과 위에 로켓"),
        ("밤마다 우는 로켓", "밤 배경에 로켓"),
        ("번개는 주황색 그리움", "주황색 번개"),
        ("사과와 배꼽과 고양이와 로켓", "사과와 고양이"),
        ("사과 위에 로켓", "사과 위에 로켓"),
        ("자유는 슬픈 월요일", ""),
        ("빨간 자유", ""),
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
        assert bool(caption) == bool(nouns)
        assert set(nouns) <= drawable
        if caption:
            captioned += 1
            assert any(noun in caption for noun in nouns)
    assert captioned > 25


def test_phrase_without_anything_drawable_is_sent_as_it_is():
    assert prompt_for(typed("자유는 슬픈 월요일"), CAPTION) == "자유는 슬픈 월요일"


def test_english_model_gets_the_rendering_then_glosses_then_the_sentence():
    word = Word("냄새", "smell", WordKind.NOUN, False)
    assert prompt_for(Phrase("냄새", "a smell", (word,), "grammar"), ENGLISH) == "a smell"
    assert prompt_for(Phrase("냄새", "", (word,), "typed"), ENGLISH) == "smell"
    assert prompt_for(Phrase("뷁", "", (), "typed"), ENGLISH) == "뷁"


def test_what_a_caption_leaves_out_shapes_the_noise():
    sad, glad = typed("슬픈 장미"), typed("기쁜 장미")
    assert prompt_for(sad, CAPTION) == prompt_for(glad, CAPTION) == "장미"
    seeds = {noise_seed_for(sad, CAPTION, 7), noise_seed_for(glad, CAPTION, 7)}
    assert len(seeds) == 2 and all(0 <= seed < 2**63 for seed in seeds)
    assert noise_seed_for(sad, CAPTION, 7) == noise_seed_for(sad, CAPTION, 7)
    assert noise_seed_for(sad, CAPTION, 7) != noise_seed_for(sad, CAPTION, 8)


@pytest.mark.parametrize(("phrase", "language"), [("장미", CAPTION), ("슬픈 장미", ENGLISH)])
def test_seed_is_the_seed_when_nothing_is_left_out(phrase, language):
    assert noise_seed_for(typed(phrase), language, 7) == 7
