"""The counter of tokens over parts and steps."""

from __future__ import annotations

import pytest

from pipelines.contract.painter import Meter
from pipelines.image.conditioning.chunks import chunks
from pipelines.image.conditioning.meter import TokenBudget, measure_prompt

CLIP = TokenBudget(75)


def tokenize(text):
    return [len(word) for word in text.split()]


def cut(pieces):
    return chunks(pieces, tokenize, -1, 75)


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        ("", Meter(0, 75)),
        ("a cat", Meter(2, 75)),
        ("a BREAK b", Meter(76, 150)),
        ("a BREAK", Meter(75, 75)),
        ("a cat AND a very big dog", Meter(4, 75)),
        ("[a:b c d:5] e", Meter(4, 75)),
        ("[a|b c d] e", Meter(4, 75)),
        ("w " * 76, Meter(76, 150)),
    ],
)
def test_longest_text_of_all_parts_and_steps_counts(prompt, expected):
    assert measure_prompt(prompt, 10, cut, CLIP) == expected


def test_what_a_model_does_not_read_is_shown():
    def decode(ids):
        return " ".join("x" * id_ for id_ in ids)

    reader = TokenBudget(75, most_chunks=1, decode=decode)
    assert measure_prompt("w " * 75, 10, cut, reader) == Meter(75, 75)
    found = measure_prompt("w " * 75 + "xx xxx", 10, cut, reader)
    assert found == Meter(77, 75, "xx xxx")


def test_what_is_cut_is_counted_where_it_cannot_be_spelled():
    assert measure_prompt("w " * 77, 10, cut, TokenBudget(75, most_chunks=1)).cut_text == "(2)"
