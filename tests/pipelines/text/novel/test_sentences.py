"""Where sentences end."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.text.novel.sentences import first_sentence, is_closed, split


@pytest.mark.parametrize(
    ("text", "sentence", "is_whole"),
    [
        ("", "", False),
        ("   ", "", False),
        ("하마가 웃었다", "하마가 웃었다", False),
        ("하마가 웃었다. 그리고", "하마가 웃었다.", True),
        ("하마?! 하마", "하마?!", True),
        ("하마... 웃는다", "하마...", True),
        ("하마!!!!!!!! 하마", "하마!!!", True),
        ("“어서 와!” 문이 말했다. 끝.", "“어서 와!” 문이 말했다.", True),
        ('"어서 와!" 문이 말했다. 끝.', '"어서 와!" 문이 말했다.', True),
        ("“자유?” “하마!”", "“자유?”", True),
        ("문이 “어서 와.”", "문이 “어서 와.”", True),
        ("파란 냄새\n하마", "파란 냄새", True),
        ("파란\t 냄새  삼각형.", "파란 냄새 삼각형.", True),
        ("3.5킬로그램의 꿈. 끝", "3.5킬로그램의 꿈.", True),
    ],
)
def test_the_first_sentence_is_cut_out(text, sentence, is_whole):
    assert first_sentence(text) == (sentence, is_whole)


@settings(deadline=None)
@given(st.text(alphabet='가나 .!?…"“”‘’\n', max_size=60))
def test_splitting_ends_and_loses_no_letters(text):
    parts = split(text)
    assert all(part.strip() and "\n" not in part for part in parts)
    kept = "".join(parts)
    assert [c for c in kept if c in "가나"] == [c for c in text if c in "가나"]


def test_a_mark_inside_a_quotation_closes_too():
    assert is_closed("“하마!”")
    assert not is_closed("하마")
