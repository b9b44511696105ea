"""Prompts joined by AND: every row of the syntax's table."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.contract.errors import InvalidRequest
from pipelines.image.prompt.composition import split_and


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "a cat :1.2 AND a dog AND a penguin :2.2",
            ((1.2, "a cat"), (1, " a dog"), (2.2, " a penguin")),
        ),
        ("(a AND b:1.3)", ((1, "(a"), (1, " b:1.3)"))),
        ("sANDy", ((1, "sANDy"),)),
        ("a and b", ((1, "a and b"),)),
        ("a AND", ((1, "a"), (1, ""))),
        ("clock showing 12:30", ((1, "clock showing 12:30"),)),  # A1111: weight 30
        ("aspect ratio 16:9", ((1, "aspect ratio 16:9"),)),  # A1111: weight 9
        ("a AND b :-.5", ((1, "a"), (-0.5, " b"))),
        ("a : 2 AND b:1.", ((2, "a"), (1, " b"))),
        ("a:x AND b:1.2.3", ((1, "a:x"), (1, " b:1.2.3"))),
        ("고양이AND개", ((1, "고양이AND개"),)),
        ("", ((1, ""),)),
    ],
)
def test_parts_of_the_table(text, expected):
    assert split_and(text) == expected


@pytest.mark.parametrize("number", ["101", "-101", "9" * 400])
def test_weight_that_ruins_a_picture_is_refused(number):
    with pytest.raises(InvalidRequest):
        split_and(f"a :{number} AND b")


@given(
    st.one_of(st.text(), st.lists(st.sampled_from(["AND", " ", ":", "1", ".", "a"])).map("".join))
)
def test_any_text_gives_parts_or_a_sentence(text):
    try:
        parts = split_and(text)
    except InvalidRequest:
        return
    assert sum(len(part) for _, part in parts) <= len(text)
    if len(parts) == 1:
        assert parts == ((1, text),)
