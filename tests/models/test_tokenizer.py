"""The table of CLIP's words: ships with the program, and is used only with the right bytes."""

from __future__ import annotations

import pytest

from models.errors import ModelFileError
from models.structure import FAMILIES
from models.tokenizer import PLACE, find_merges, read_merges, vocabulary
from models.trust import read_known
from tests.tiny import byte_vocabulary

TEXT = "#version: 0.2\ni n\nt h\nin g</w>\n"


def test_table_that_ships_has_the_pinned_digest_and_all_of_clips_words():
    pairs = read_merges(find_merges(FAMILIES, read_known()))
    assert len(pairs) == 48_894
    table = vocabulary(pairs)
    assert len(table) == 49_408
    # numbers that every program agrees on
    assert table["<|startoftext|>"] == 49_406 and table["photo</w>"] == 1125
    assert "Copyright (c) 2021 OpenAI" in (FAMILIES / PLACE).with_name("LICENSE").read_text()


@pytest.mark.parametrize("text", [TEXT, None])
def test_table_that_is_gone_or_changed_is_not_used(tmp_path, text):
    path = tmp_path / PLACE
    path.parent.mkdir()
    if text is not None:
        path.write_text(text)
    with pytest.raises(ModelFileError) as caught:
        find_merges(tmp_path, read_known())
    assert caught.value.key == "model.tokenizer"


def test_vocabulary_follows_from_the_merges(tmp_path):
    (tmp_path / "merges.txt").write_text(TEXT)
    pairs = read_merges(tmp_path / "merges.txt")
    assert pairs == [("i", "n"), ("t", "h"), ("in", "g</w>")]
    table = vocabulary(pairs)
    assert table["in"] == 512 and table["ing</w>"] == 514
    assert len(table) == 256 * 2 + 3 + 2
    assert vocabulary([]) == byte_vocabulary()
