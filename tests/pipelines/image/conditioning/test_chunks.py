"""A prompt is cut into chunks of 75 tokens: every row of the syntax's table."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.image.conditioning.chunks import chunks, used_and_limit
from pipelines.image.prompt.attention import parse_attention
from pipelines.image.prompt.weighted_text import WeightedText

SIZE = 75
COMMA = 1
WORD = 2


def tokenize(text):
    """Return a token for every word and every comma."""
    return [COMMA if word == "," else WORD for word in text.replace(",", " , ").split()]


def words(count):
    return "w " * count


def cut(text, size=SIZE):
    return chunks(parse_attention(text), tokenize, COMMA, size)


@pytest.mark.parametrize(
    ("text", "tokens", "counter"),
    [
        ("", [0], (0, 75)),
        (words(75), [75], (75, 75)),
        (words(76), [75, 1], (76, 150)),
        (words(55) + "," + words(30), [56, 30], (105, 150)),
        (words(54) + "," + words(30), [75, 10], (85, 150)),  # the comma is 21 back
        ("a BREAK b", [1, 1], (76, 150)),
        ("a BREAK", [1], (75, 75)),
        ("BREAK", [0], (75, 75)),
        # the same rules elsewhere
        ("BREAK BREAK", [0, 0], (150, 150)),
        (words(75) + "BREAK b", [75, 1], (76, 150)),
        (words(60) + "," + words(14), [75], (75, 75)),  # full, and nothing comes behind it
        (words(60) + "," + words(14) + ", b", [75, 2], (77, 150)),  # a comma needs no moving
        (words(74) + "," + "b", [75, 1], (76, 150)),
        (words(60) + "," + words(10) + "," + words(5), [72, 5], (80, 150)),  # the last comma
        ("a BREAK " + words(10) + "," + words(70), [1, 75, 6], (156, 225)),
    ],
)
def test_chunks_of_the_table(text, tokens, counter):
    found = cut(text)
    assert [len(chunk) for chunk in found] == tokens
    ends_with_break = parse_attention(text)[-1].is_break
    assert used_and_limit(found, SIZE, ends_with_break=ends_with_break) == counter


def test_every_token_carries_the_weight_of_its_piece():
    (chunk,) = cut("a (b c:1.2) [d]")
    assert [token.weight for token in chunk] == pytest.approx([1, 1.2, 1.2, 1 / 1.1])


def test_weights_move_with_their_tokens():
    found = cut(words(60) + "," + f"({words(20)}:1.5)")
    assert [len(chunk) for chunk in found] == [61, 20]
    assert {token.weight for token in found[1]} == {1.5}


def test_tokenizer_without_a_comma_never_moves_text():
    found = chunks([WeightedText(words(60) + "," + words(30))], tokenize, -1, SIZE)
    assert [len(chunk) for chunk in found] == [75, 16]


def test_small_chunks_keep_every_token():
    found = cut(words(5) + "," + words(12), size=8)
    assert [len(chunk) for chunk in found] == [6, 8, 4]


@given(st.lists(st.sampled_from(["w", ",", "BREAK", "(w:1.2)"])).map(" ".join), st.integers(2, 30))
def test_no_token_is_lost_and_no_chunk_is_too_long(text, size):
    found = cut(text, size)
    kept = [token.id for chunk in found for token in chunk]
    assert kept == tokenize(text.replace("BREAK", "").replace("(w:1.2)", "w"))
    assert all(len(chunk) <= size for chunk in found)
