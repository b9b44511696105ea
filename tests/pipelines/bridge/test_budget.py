"""Tokens are counted as CLIP counts them, and what does not fit is told."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.tokenizer import read_merges, vocabulary
from pipelines.bridge import budget
from pipelines.bridge.budget import CHUNK, SHIPPED, count, fit
from pipelines.text.glossing.dictionary import builtin, culture


@pytest.fixture(scope="module")
def clip():
    from transformers import CLIPTokenizer

    merges = read_merges(SHIPPED)
    return CLIPTokenizer(vocab=vocabulary(merges), merges=merges)


def tokens(clip, text):
    return len(clip(text)["input_ids"]) - 2


def test_every_gloss_is_counted_as_clip_counts_it(clip):
    words = builtin()
    tables = (words.nouns, words.stems, words.whole)
    said = {gloss.en for table in tables for gloss in table.values()}
    said |= {entry.looks for entry in culture().values()}
    wrong = {text for text in said if count(text) != tokens(clip, text)}
    assert wrong == set()


@pytest.mark.parametrize(
    "text",
    [
        "a cat's hat, 12:30!",
        "Don't stop -- (now) [x]",
        "NASA 3.5",
        "고양이가 우산을",
        "🐙 ŻÓŁW",
        "",
    ],
)
def test_other_texts_are_counted_as_clip_counts_them(clip, text):
    assert count(text) == tokens(clip, text)


def test_without_the_table_every_byte_counts(monkeypatch, tmp_path):
    monkeypatch.setattr(budget, "SHIPPED", tmp_path / "merges.txt")
    budget.tokenizer.cache_clear()
    budget.count.cache_clear()
    try:
        assert count("a cat") == 4
    finally:
        budget.tokenizer.cache_clear()
        budget.count.cache_clear()


@given(st.lists(st.text(min_size=1, max_size=40), max_size=8), st.integers(1, 12))
@settings(max_examples=100, deadline=None)
def test_what_is_kept_fits_and_nothing_is_lost(parts, limit):
    kept, left = fit(parts, limit)
    assert bool(kept) == bool(parts)
    assert sum(map(count, kept[1:])) + max(0, len(kept) - 1) <= limit
    assert len(kept) + len(left) in (len(parts), len(parts) + 1)


def test_a_chunk_is_what_clip_reads():
    kept, left = fit(["a cat"] * 40)
    assert count(", ".join(kept)) <= CHUNK and left
