"""A noun changes places with another, and the particles stay right."""

from __future__ import annotations

import pytest

from pipelines.training.ongari.swap import holds, swap


@pytest.mark.parametrize(
    ("text", "old", "new", "wanted"),
    [
        ("문어가 뭐야?", "문어", "하마", "하마가 뭐야?"),
        ("연필로 쓰고 연필은 운다", "연필", "신발", "신발로 쓰고 신발은 운다"),
        ("사랑이란 사랑색 양말", "사랑", "방석", "방석이란 방석색 양말"),
        ("문어체로 문어를 쓴다", "문어", "하마", "문어체로 하마를 쓴다"),
    ],
)
def test_only_the_whole_noun_is_exchanged(text: str, old: str, new: str, wanted: str) -> None:
    assert swap(text, old, new) == wanted


@pytest.mark.parametrize(("old", "new"), [("문어", "사랑"), ("연필", "사랑"), ("연필", "문어")])
def test_a_noun_that_takes_other_particles_is_refused(old: str, new: str) -> None:
    with pytest.raises(ValueError, match="other particles"):
        swap(f"{old} 뭐야", old, new)


def test_a_noun_of_one_syllable_is_never_found() -> None:
    assert not holds("해가 뜬다", "해")
