import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.contract.errors import InvalidRequest
from pipelines.contract.phrase import WordKind
from pipelines.contract.requests import TextRequest
from pipelines.text.engines import say
from pipelines.text.reading.typed import typed


def found(text):
    return [word.ko for word in typed(text).words if word.kind is not WordKind.OTHER]


@pytest.mark.parametrize(
    ("text", "words", "english"),
    [
        ("사랑은 착한 뼈다귀", ["사랑", "착하다", "뼈다귀"], "love is a kind bone"),
        ("심심한 장미를 콧구멍에", ["심심하다", "장미", "콧구멍"], "a bored rose in a nostril"),
        ("파란 냄새 삼각형", ["파란", "냄새", "삼각형"], "a blue smell triangle"),
        ("세 마리의 문어", ["세", "마리", "문어"], "three octopuses"),
        ("세마리 문어", ["세", "마리", "문어"], "three octopuses"),
        ("문어 3마리", ["문어", "3", "마리"], "3 octopuses"),
        ("🐙가 우산에게", ["문어", "우산"], "an octopus to an umbrella"),
        ("☂️", ["우산"], "an umbrella"),
        ("코를 고는 냉장고", ["코를 골다", "냉장고"], "a snoring fridge"),
        ("하늘이 빨갰어요", ["하늘", "빨간"], "the red sky"),
        ("빨간색 모자", ["빨간", "모자"], "a red hat"),
        ("토끼색 재채기", ["토끼", "재채기"], "a rabbit-coloured sneeze"),
        ("고양이모자를", ["고양이", "모자"], "a cat hat"),
        ("감자들이 질투했다", ["감자", "질투"], "potatoes doing jealousy"),
        ("불을 끓였어", ["불"], "boiling fire"),
        ("hippo 하마", ["하마"], "a hippo hippo"),
    ],
)
def test_known_words_are_found(text, words, english):
    assert found(text) == words
    assert typed(text).en == english


@pytest.mark.parametrize("text", ["불만", "소문자", "뷁쀍", "성인", "!!!"])
def test_what_only_looks_like_a_known_word_is_not_glossed(text):
    assert found(text) == []
    assert typed(text).en == ""


@pytest.mark.parametrize(
    ("text", "english"),
    [("나는", "a person"), ("ㅋㅋㅋ", "laughing out loud"), ("🚩", "triangular flag on post")],
)
def test_what_the_crayon_does_not_know_may_still_be_said_in_english(text, english):
    assert found(text) == []
    assert typed(text).en == english


def test_words_keep_how_they_stand_in_the_text():
    surfaces = [(word.ko, word.shown) for word in typed("누레진 착한 🐙").words]
    assert surfaces == [("누레진", "누레진"), ("착하다", "착한"), ("문어", "🐙")]


def test_drawable_words_are_marked():
    assert [word.is_drawable for word in typed("빨간 사랑 문어").words] == [True, False, True]


def test_a_typed_phrase_has_no_seed():
    phrase = typed("  사랑  ")
    assert (phrase.ko, phrase.engine, phrase.seed, phrase.frame) == ("사랑", "typed", None, "")


def test_decomposed_text_is_composed():
    phrase = typed(unicodedata.normalize("NFD", "착한 문어"))
    assert phrase.ko == "착한 문어"
    assert phrase.en == "a kind octopus"


@pytest.mark.parametrize("text", ["", "   ", "가" * 2001, "\x00", "\ud800"])
def test_text_that_no_request_may_hold_is_refused(text):
    with pytest.raises(InvalidRequest):
        typed(text)


KOREAN = st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), max_size=6)
PIECES = st.sampled_from("3 마리 세 ️ 🐙 코를 고는 12,0 문어 는 ! ㅋ a ' - ²".split(" "))


@given(st.text(max_size=60) | st.lists(KOREAN | PIECES | st.just(" "), max_size=12).map("".join))
@settings(max_examples=400)
def test_any_text_becomes_a_phrase_or_is_refused(text):
    try:
        phrase = typed(text)
    except InvalidRequest:
        return
    assert all(word.ko for word in phrase.words)
    assert phrase.from_json(phrase.to_json()) == phrase


def test_the_words_of_our_own_phrases_are_found_again():
    missed = total = 0
    for phrase in say(TextRequest(count=50, seed=1)) + say(TextRequest(count=50, seed=2)):
        again = set(found(phrase.ko))
        for word in phrase.words:
            if word.kind in (WordKind.NOUN, WordKind.COLOUR, WordKind.ADJECTIVE):
                total += 1
                missed += word.ko not in again
    assert missed <= total * 0.02
