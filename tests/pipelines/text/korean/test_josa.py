import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.text.korean.josa import EITHER, PAIRS, attach


@pytest.mark.parametrize(
    ("word", "particle", "expected"),
    [
        ("사랑", "은/는", "사랑은"),
        ("뼈다귀", "은/는", "뼈다귀는"),
        ("장미", "을/를", "장미를"),
        ("콧구멍", "이/가", "콧구멍이"),
        ("문어", "과/와", "문어와"),
        ("서울", "으로/로", "서울로"),
        ("연필", "으로/로", "연필로"),
        ("손", "으로/로", "손으로"),
        ("코", "으로/로", "코로"),
        ("뼈다귀", "이에요/예요", "뼈다귀예요"),
        ("콧구멍", "이에요/예요", "콧구멍이에요"),
        ("지렁이", "이라/라", "지렁이라"),
        ("사랑", "이여/여", "사랑이여"),
        ("장미", "아/야", "장미야"),
        ("달", "아/야", "달아"),
        ("3", "을/를", "3을"),
        ("2", "을/를", "2를"),
        ("10", "은/는", "10은"),
        ("100", "이/가", "100이"),
        ("1000", "은/는", "1000은"),
        ("1,000", "은/는", "1,000은"),
        ("10000", "을/를", "10000을"),
        ("1000000000000", "을/를", "1000000000000를"),
        ("0", "은/는", "0은"),
        ("3.14", "은/는", "3.14는"),
        ("8", "으로/로", "8로"),
        ("GPT", "을/를", "GPT를"),
        ("AI", "은/는", "AI는"),
        ("LLM", "은/는", "LLM은"),
        ("URL", "으로/로", "URL로"),
        ("🦑", "을/를", "🦑를"),
        ("사랑!", "은/는", "사랑!은"),
        ("사랑", "의", "사랑의"),
        ("집", "에서", "집에서"),
        ("귓불", "으로/로", "귓불로"),
        ("부엌", "으로/로", "부엌으로"),
        ("닭", "이/가", "닭이"),
        ("흙", "을/를", "흙을"),
        ("꽃", "이에요/예요", "꽃이에요"),
        ("모자", "이에요/예요", "모자예요"),
        ("바다", "이었다/였다", "바다였다"),
        ("섬", "이었다/였다", "섬이었다"),
        ("하마", "이라니/라니", "하마라니"),
        ("문", "이라니/라니", "문이라니"),
        ("소금", "이나/나", "소금이나"),
        ("설탕", "이랑/랑", "설탕이랑"),
        ("후추", "이랑/랑", "후추랑"),
        ("냉장고", "이여/여", "냉장고여"),
        ("우산", "아/야", "우산아"),
        ("고양이", "아/야", "고양이야"),
        ("돌", "과/와", "돌과"),
        ("의자", "과/와", "의자와"),
        ("침묵", "이란/란", "침묵이란"),
        ("자유", "이란/란", "자유란"),
        ("월요일", "이라서/라서", "월요일이라서"),
        ("어제", "이라서/라서", "어제라서"),
        ("6", "을/를", "6을"),
        ("7", "으로/로", "7로"),
        ("9", "이/가", "9가"),
        ("1", "으로/로", "1로"),
        ("20", "은/는", "20은"),
        ("500", "을/를", "500을"),
        ("100000000", "이/가", "100000000이"),
        ("2024년", "을/를", "2024년을"),
        ("R", "을/를", "R을"),
        ("PNG", "은/는", "PNG는"),
        ("HTML", "과/와", "HTML과"),
        ("‘두부’", "을/를", "‘두부’를"),
        ("(귤)", "은/는", "(귤)은"),
    ],
)
def test_particle_follows_the_sound(word, particle, expected):
    assert attach(word, particle) == expected


def test_decomposed_hangul_is_heard_as_composed():
    assert attach(unicodedata.normalize("NFD", "사랑"), "은/는").endswith("은")


@pytest.mark.parametrize("word", ["", " ", "\n"])
@pytest.mark.parametrize("particle", ["은/는", "의"])
def test_an_empty_word_is_refused(word, particle):
    with pytest.raises(ValueError, match="empty"):
        attach(word, particle)


def test_an_unknown_particle_is_named():
    with pytest.raises(ValueError, match="뿅"):
        attach("사랑", "뿅")


@given(st.text(min_size=1).filter(str.strip), st.sampled_from([*PAIRS, *EITHER]))
def test_every_word_takes_every_particle(word, particle):
    assert attach(word, particle).startswith(word)
