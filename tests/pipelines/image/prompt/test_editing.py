"""Prompts that change over the steps: every row of the syntax's table, and hostile text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.image.prompt.editing import timeline

SIGNS = [*"()[]\\:|0123. ab", "[a:b:3]", "[a|b]", ":.5]"]
LIKELY = st.lists(st.sampled_from(SIGNS)).map("".join)


def over_steps(text, steps=10, **how):
    """Return the text of each step."""
    texts = []
    for end, part in timeline(text, steps, **how):
        texts += [part] * (end - len(texts))
    return texts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a [b:3]", ((3, "a "), (10, "a b"))),
        ("a [b: 3]", ((3, "a "), (10, "a b"))),
        ("[cat:dog:0.4]", ((4, "cat"), (10, "dog"))),
        ("[cat:dog:1]", ((1, "cat"), (10, "dog"))),
        ("[cat:dog:1.0]", ((10, "cat"),)),
        ("[cat::0.5]", ((5, "cat"), (10, ""))),
        ("[dog:0.5]", ((5, ""), (10, "dog"))),
        ("[cat:dog:15]", ((10, "cat"),)),
        ("[cat:dog:0]", ((10, "dog"),)),
        ("[cat:dog:-1]", ((10, "dog"),)),
        ("[cat:dog:0.05]", ((10, "dog"),)),
        ("a[b:[c:d:2]:1]e", ((1, "abe"), (2, "ace"), (10, "ade"))),
        ("a [[[b]]:2]", ((2, "a "), (10, "a [[b]]"))),
        ("[(a:2):3]", ((3, ""), (10, "(a:2)"))),
        ("((a][:b:c [d:3]", ((3, "((a][:b:c "), (10, "((a][:b:c d"))),
        ("[a:b:1e1]", ((10, "a"),)),
        ("[a:b:2.5]", ((10, "a"),)),
        # the same rules elsewhere
        ("[a:b: \n 3 ]", ((3, "a"), (10, "b"))),
        ("[a:b:1e999]", ((10, "a"),)),
        ("[a:b:-1e999]", ((10, "b"),)),
        ("([a:3]", ((3, "("), (10, "(a"))),
        ("[x:y:[a:3]", ((3, "[x:y:"), (10, "[x:y:a"))),
        ("[a:b:3])), c", ((3, "a)), c"), (10, "b)), c"))),  # A1111: several strays and all is text
        ("[ (a|b) ", ((10, "[ (a|b) "),)),
        ("[a:3] (b|c)", ((10, "[a:3] (b|c)"),)),  # one bar that is no alternation: all is text
        ("", ((10, ""),)),
    ],
)
def test_schedules_of_the_table(text, expected):
    assert timeline(text, 10) == expected


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("[a|(b:1.1)]", ["a", "(b:1.1)", "a", "(b:1.1)"]),
        ("[fe|]male", ["female", "male", "female", "male"]),
        ("[fe|||]male", ["female", "male", "male", "male", "female"]),
        ("[[a|b]:c:4]", ["a", "b", "a", "b", "c", "c"]),
        ("[a|[b|c]]", ["a", "c", "a", "c"]),
        ("[|]", ["", ""]),
    ],
)
def test_alternations_of_the_table(text, first):
    found = over_steps(text)
    assert len(found) == 10
    assert found[: len(first)] == first


@pytest.mark.parametrize(
    "text",
    [
        "[a|b:0.5]",
        "[a:b:c]",
        "[a:b:5",
        r"a \[b:c:5\]",
        "{a|b}",
        "a [{b|d{:.5] c",
        "[a:b:c:3]",
        "[a:b) c:3]",
        "[(a:b:c):d:3]",
        "[a:b:]",
        "[a:b:(3)]",
        "[a:b:3\\]",
        "|",
    ],
)
def test_what_is_no_construct_is_text(text):
    assert timeline(text, 10) == ((10, text),)


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("[a:b:1.5]", ((10, "a"),), ((2, "a"), (5, "b"))),
        ("[a:b:12]", ((10, "a"),), ((2, "a"), (5, "b"))),
        ("[a:b:0.5]", ((5, "a"), (10, "b")), ((5, "b"),)),
        ("[a:b:1.0]", ((10, "a"),), ((5, "b"),)),
    ],
)
def test_second_pass_reads_the_numbers_behind_the_first(text, first, second):
    assert timeline(text, 10) == first
    assert timeline(text, 10, hires_steps=5) == second


def test_alternation_goes_on_in_the_second_pass():
    assert over_steps("[a|b]", 10, hires_steps=3) == ["a", "b", "a"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[a:b:0.5]", ((5, "a"), (10, "b"))),
        ("[a:b:1.0]", ((1, "a"), (10, "b"))),
        ("[a:b:2.5]", ((2, "a"), (10, "b"))),
        ("[a:b:3]", ((3, "a"), (10, "b"))),
    ],
)
def test_old_numbers_are_fractions_below_one_only(text, expected):
    assert timeline(text, 10, old=True) == expected


@pytest.mark.parametrize(
    ("hires_steps", "expected"),
    [(4, ((4, "a"),)), (5, ((5, "a"),)), (7, ((5, "a"), (7, "b"))), (20, ((5, "a"), (20, "b")))],
)
def test_old_second_pass_follows_the_steps_of_the_first(hires_steps, expected):
    assert timeline("[a:b:.5]", 10, hires_steps=hires_steps, old=True) == expected


def test_neighbours_that_say_the_same_are_one():
    assert timeline("[a:a:3] [b|b]", 10) == ((10, "a b"),)
    assert len({text for _, text in timeline("[a|b]", 20)}) == 2


@pytest.mark.parametrize(
    "sign", ["(", "[", "]", "[a:", "[a|", ":", "|", "\\", "([", "[[a:3]", "[)"]
)
def test_ten_thousand_brackets_are_read(sign):
    text = sign * 10_000
    assert timeline(text, 2)[-1][0] == 2


def test_deep_nests_are_read():
    deep = 5_000
    assert timeline("[x:" * deep + "a" + ":1]" * deep, 3) == ((1, "x"), (3, "a"))
    assert timeline("[a|" * deep + "b" + "]" * deep, 2) == ((1, "a"), (2, "b"))


@given(st.one_of(LIKELY, st.text()), st.integers(1, 30), st.sampled_from([None, 1, 7, 30]))
def test_any_text_gives_a_text_for_every_step(text, steps, hires_steps):
    for old in (False, True):
        found = timeline(text, steps, hires_steps=hires_steps, old=old)
        ends = [end for end, _ in found]
        assert ends == sorted(set(ends))
        assert ends[0] >= 1
        assert ends[-1] == (hires_steps or steps)
        assert all(a[1] != b[1] for a, b in pairwise(found))
        assert all(len(part) <= len(text) for _, part in found)


@given(st.text(st.characters(exclude_characters="[]|")))
def test_text_without_brackets_stays(text):
    assert timeline(text, 10) == ((10, text),)
