"""Particles: what is surely wrong is mended, everything else stays."""

from __future__ import annotations

from itertools import islice

import pytest

from pipelines.contract.requests import TextRequest
from pipelines.text import lexicon
from pipelines.text.grammar import grammar
from pipelines.text.korean.josa import attach
from pipelines.text.neural.repair import repaired


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("뼈다귀은 착하다", "뼈다귀는 착하다"),
        ("사랑는 착한 뼈다귀", "사랑은 착한 뼈다귀"),
        ("콧구멍를 보았다.", "콧구멍을 보았다."),
        ("고양이이, 웃는다", "고양이가, 웃는다"),
        ("  냉장고으로!", "  냉장고로!"),
        ("고양이과 냉장고", "고양이와 냉장고"),
        ("책를 접었다", "책을 접었다"),
    ],
)
def test_wrong_particle_is_mended(wrong, right):
    assert repaired(wrong) == right


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "나이가 많은 마을", "가을이 노을을 본다", "차이는 물가에", "대학로 서울로 연필로",
        "몽뤼낙은 뷁를", "웃는 감는 신는", "이은 것은", "해가 달은", "<usr>은", "😤를",
    ],
)  # fmt: skip
def test_what_may_be_right_stays(text):
    assert repaired(text) == text


def test_right_sentences_stay_as_they_are():
    lines = [phrase.ko for phrase in islice(grammar.phrases(TextRequest(seed=5)), 2000)]
    assert [line for line in lines if repaired(line) != line] == []


def test_every_longer_noun_keeps_its_right_particles():
    for noun in lexicon.builtin().nouns:
        for pair in ("은/는", "이/가", "을/를", "과/와", "으로/로"):
            word = attach(noun.ko, pair)
            assert repaired(word) == word
