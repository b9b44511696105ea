"""Brackets become weights: every row of the syntax's table, and hostile text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.contract.errors import InvalidRequest
from pipelines.image.prompt.attention import MAX_WEIGHT, parse_attention
from pipelines.image.prompt.weighted_text import WeightedText

BREAK = WeightedText("", is_break=True)
SIGNS = [*"()[]\\:.|+-0123 ab가", "BREAK", " BREAK ", ":1.2)"]
LIKELY = st.lists(st.sampled_from(SIGNS)).map("".join)


def weighed(text):
    return [(piece.text, piece.weight) for piece in parse_attention(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("an (important) word", [("an ", 1), ("important", 1.1), (" word", 1)]),
        ("(a:1.2)", [("a", 1.2)]),
        ("(a: 1.2 )", [("a", 1.2)]),
        ("((a))", [("a", 1.21)]),
        ("[[a]]", [("a", 0.8264)]),
        ("([a])", [("a", 1.0)]),
        ("((a:1.2) b)", [("a", 1.32), (" b", 1.1)]),
        ("[(a:1.2)]", [("a", 1.0909)]),
        ("(a:-1)", [("a", -1)]),
        ("(a:+.5)", [("a", 0.5)]),
        ("(x:0)", [("x", 0)]),
        ("(unbalanced", [("unbalanced", 1.1)]),
        ("a) b", [("a) b", 1.0)]),
        ("(a:1.2", [("a:1.2", 1.1)]),
        ("(a:1.2:1.3)", [("a:1.2", 1.3)]),
        (r"\(literal\]", [("(literal]", 1.0)]),
        ("(unnecessary)(parens)", [("unnecessaryparens", 1.1)]),
        (
            "a (((house:1.3)) [on] a (hill:0.5), sun, (((sky))).",
            [
                ("a ", 1),
                ("house", 1.573),
                (" ", 1.1),
                ("on", 1.0),
                (" a ", 1.1),
                ("hill", 0.55),
                (", sun, ", 1.1),
                ("sky", 1.4641),
                (".", 1.1),
            ],
        ),
        ("(x:1e2)", [("x:1e2", 1.1)]),
        ("(a:1.2.3)", [("a:1.2.3", 1.1)]),  # A1111: ValueError
        ("(a:.)", [("a:.", 1.1)]),  # A1111: ValueError
        ("", [("", 1)]),
        # rules in words
        ("[a:1.2]", [("a:1.2", 0.9091)]),
        ("{a}", [("{a}", 1)]),
        (r"a \b \\ c", [("a b \\ c", 1)]),
        (":1.2)", [(":1.2)", 1)]),
        ("a] b", [("a] b", 1)]),
        ("()[]", [("", 1)]),
        ("()a[]b()", [("ab", 1)]),
        ("(a [b) c]", [("a ", 1.1), ("b", 1.0), (" c", 0.9091)]),
        ("([a])b", [("ab", 1)]),  # equal although 1.1 and 1 / 1.1 are no exact numbers
        ("(a:1.)", [("a", 1)]),
    ],
)
def test_weights_of_the_table(text, expected):
    found = weighed(text)
    assert [text for text, _ in found] == [text for text, _ in expected]
    assert [weight for _, weight in found] == pytest.approx([w for _, w in expected], abs=5e-5)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a BREAK b", (WeightedText("a"), BREAK, WeightedText("b"))),
        (
            "(a BREAK b)",
            (WeightedText("a", 1.1), BREAK, WeightedText("b", 1.1)),
        ),  # A1111: a word of weight -1.1
        ("(a) BREAK (b)", (WeightedText("a", 1.1), BREAK, WeightedText("b", 1.1))),
        ("BREAK", (BREAK,)),
        ("a BREAK BREAK b", (WeightedText("a"), BREAK, BREAK, WeightedText("b"))),
        ("a\nBREAK\nb", (WeightedText("a"), BREAK, WeightedText("b"))),
        ("aBREAK BREAKS break", (WeightedText("aBREAK BREAKS break"),)),
        ("쉼BREAK", (WeightedText("쉼BREAK"),)),
        ("(BREAK:-1)", (BREAK,)),
    ],
)
def test_break_is_a_whole_word_and_breaks_anywhere(text, expected):
    assert parse_attention(text) == expected


@pytest.mark.parametrize("text", ["(a:101)", "(a:-101)", "(" * 60 + "a", f"(a:{'9' * 400})"])
def test_weight_that_ruins_a_picture_is_refused(text):
    with pytest.raises(InvalidRequest) as caught:
        parse_attention(text)
    assert caught.value.values["text"] == "a"


@pytest.mark.parametrize("sign", ["(", "[", ")", "]", "()", "([", "(a:", ":", ": ", "\\", "([)]"])
def test_ten_thousand_brackets_are_read(sign):
    text = sign * 10_000
    try:
        found = parse_attention(text)
    except InvalidRequest as error:  # the innermost weight
        assert error.key == "prompt.weight"
    else:
        assert sum(len(piece.text) for piece in found) <= len(text)


def test_deep_brackets_keep_their_weights():
    deep = 5_000
    assert weighed("([" * deep + "a" + "])" * deep) == [("a", pytest.approx(1))]


@pytest.mark.parametrize("text", [":" + " " * 200_000, "(a:" + "1" * 200_000, " " * 200_000 + "B"])
def test_long_runs_are_read_once(text):
    assert len("".join(piece.text for piece in parse_attention(text))) >= 200_000


@given(st.one_of(LIKELY, st.text()))
def test_any_text_gives_weighted_pieces_or_a_sentence(text):
    try:
        pieces = parse_attention(text)
    except InvalidRequest:
        return
    assert pieces
    assert sum(len(piece.text) for piece in pieces) <= len(text)
    assert all(abs(piece.weight) <= MAX_WEIGHT for piece in pieces)
    neighbours = pairwise(pieces)
    assert all(a.weight != b.weight or a.is_break or b.is_break for a, b in neighbours)
