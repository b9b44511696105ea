"""Pairs that clash, found by the lexicon alone, and pairs that do not."""

import pytest

from pipelines.text.nonsense.clashes import clashes
from pipelines.text.nonsense.eojeol import SentenceRole, sentences


def found(text):
    pairs = [pair for sentence in sentences(text) for pair in clashes(sentence)]
    return [(pair.pair.value, pair.one, pair.other, str(pair.cat), str(pair.of)) for pair in pairs]


@pytest.mark.parametrize(
    ("text", "clash"),
    [
        ("망각이 재채기했다.", ("subject", "망각", "재채기했다", "추상", "생물")),
        ("착한 뼈다귀", ("modifier", "뼈다귀", "착한", "몸", "성격")),
        ("파란 냄새", ("colour", "냄새", "파란", "감각", "시각")),
        ("운명색 모자", ("colour", "운명", "운명색", "추상", "시각")),
        ("세 켤레의 침묵", ("counter", "침묵", "켤레", "추상", "옷")),
        ("침묵 세 켤레", ("counter", "침묵", "켤레", "추상", "옷")),
        ("슬픔을 먹었다.", ("object", "슬픔", "먹었다", "추상", "먹을것")),
        ("사랑은 뼈다귀", ("copula", "사랑", "뼈다귀", "추상", "몸")),
        ("사랑은 뼈다귀입니다.", ("copula", "사랑", "뼈다귀", "추상", "몸")),
        ("냉장고의 콧수염", ("owner", "냉장고", "콧수염", "물건", "몸")),
        ("냄새 삼각형", ("compound", "냄새", "삼각형", "감각", "모양")),
        ("월요일이 냉장고를 훔쳤다.", ("agent", "월요일", "훔쳤다", "시간", "생물")),
    ],
)
def test_a_clash_is_found_and_named(text, clash):
    assert clash in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "강아지가 뼈다귀를 먹었다.",
        "할머니가 국수를 먹었다.",
        "착한 할머니",
        "빨간 모자",
        "양말 세 켤레",
        "강아지 두 마리",
        "고양이의 콧수염",
        "아무도 모르는 낱말들이다.",
        "",
        "!!!",
    ],
)
def test_what_goes_together_is_no_clash(text):
    assert found(text) == []


def test_a_solid_thing_and_an_unseen_one_weigh_more_than_strangers():
    weights = {
        text: [pair.weight for pair in clashes(sentences(text)[0])]
        for text in ("슬픔을 먹었다", "모자를 먹었다")
    }
    assert weights == {"슬픔을 먹었다": [2], "모자를 먹었다": [1]}


def test_words_of_two_eojeol_and_counted_things_are_one_piece():
    pieces = sentences("할머니가 코를 골았다. 세 켤레의 침묵")
    assert [[piece.text for piece in part] for part in pieces] == [
        ["할머니가", "코를 골았다"],
        ["세 켤레의", "침묵"],
    ]
    assert pieces[0][1].role is SentenceRole.PREDICATE


def test_sentences_are_taken_apart_at_their_ends():
    assert len(sentences("사랑? 뼈다귀!\n망각…")) == 3
