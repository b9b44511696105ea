"""Sentences that are the same but for their words have one skeleton."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.text.novel.skeleton import bones


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("귀신이 말했다.", "선생님이 말했다."),
        ("귀신이 말했다.", "철수가 말했다!"),
        ("냉장고는 슬픔을 먹었다", "달팽이는 우산을 접었다."),
        ("착한 뼈다귀가 웃는다", "게으른 하품이 운다"),
        ("빨간 모자", "파란 냄새"),
        ("세 마리의 하마", "다섯 스푼의 양심"),
        ("“자유?” 하마가 말했다.", "“우산?” 문어가 말했다."),
    ],
)
def test_other_words_same_skeleton(one, other):
    assert bones(one).skeleton == bones(other).skeleton
    assert bones(one).content != bones(other).content


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("귀신이 말했다.", "귀신이 말했을까?"),
        ("냉장고는 슬픔을 먹었다", "냉장고는 슬픔에 먹었다"),
        ("하마가 웃는다", "하마가 천천히 웃는다"),
        ("하마가 웃는다", "하마가 웃었다"),
    ],
)
def test_other_structure_other_skeleton(one, other):
    assert bones(one).skeleton != bones(other).skeleton


def test_likeness_is_one_for_the_same_and_none_for_strangers():
    same = bones("귀신이 말했다.").likeness(bones("하마가 말했다."))
    near = bones("귀신이 크게 말했다.").likeness(bones("하마가 말했다."))
    none = bones("귀신이 말했다.").likeness(bones("하마를 던져 버리자"))
    assert same == 1.0
    assert 0 < near < 1
    assert none == 0


@settings(deadline=None)
@given(st.text(max_size=80))
def test_any_text_has_bones(text):
    assert 0 <= bones(text).likeness(bones("하마가 말했다.")) <= 1
