"""Notes leave a prompt, colours stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.image.prompt.comments import strip_comments


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a cat # a note", "a cat "),
        ("a # one\nb", "a \nb"),
        ("# whole line\nb", "b"),
        ("a\n  # whole line\nb", "a\nb"),
        ("a #note # another\nb", "a \nb"),
        ("color #ff0000, cat", "color #ff0000, cat"),  # A1111 loses everything behind it
        ("#fff #ffff #FF0000 #ff0000aa x", "#fff #ffff #FF0000 #ff0000aa x"),
        ("#ff0000색 신발", "#ff0000색 신발"),
        ("  #ff0000 shoes", "  #ff0000 shoes"),
        ("#ff #fffff", ""),
        ("a #ff00gg", "a "),
        ("a #fff # note", "a #fff "),
        (r"number \#1 # note", r"number \#1 "),
        ("a#", "a"),
        ("", ""),
    ],
)
def test_notes(text, expected):
    assert strip_comments(text) == expected


@given(st.one_of(st.text(), st.text(st.sampled_from(list("#\n fF0\\가")))))
def test_nothing_is_added_and_no_note_is_left(text):
    found = strip_comments(text)
    assert len(found) <= len(text)
    assert strip_comments(found) == found


@given(st.text(st.characters(exclude_characters="#")))
def test_text_without_the_sign_stays(text):
    assert strip_comments(text) == text
