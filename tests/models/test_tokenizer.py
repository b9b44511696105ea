"""The table of CLIP's words: found where other programs keep it, and only with the right bytes."""

from __future__ import annotations

import pytest

from models.digest import sha256_of
from models.errors import ModelFileError
from models.tokenizer import find_merges, read_merges, vocabulary
from models.trust import KnownFile, read_known
from tests.tiny import byte_vocabulary

TEXT = "#version: 0.2\ni n\nt h\nin g</w>\n"


@pytest.mark.parametrize(
    "place",
    ["tokenizer/merges.txt", "sd/tokenizer/merges.txt", "comfy/sd1_tokenizer/merges.txt"],
)
def test_table_with_the_pinned_digest_is_found(tmp_path, place):
    path = tmp_path / place
    path.parent.mkdir(parents=True)
    path.write_text(TEXT)
    known = (KnownFile("merges.txt", sha256_of(path), 0, "", "", ""),)
    assert find_merges((tmp_path / "none", tmp_path), known) == path


def test_table_with_another_digest_is_not_used(tmp_path):
    (tmp_path / "tokenizer").mkdir()
    (tmp_path / "tokenizer" / "merges.txt").write_text(TEXT)
    with pytest.raises(ModelFileError) as caught:
        find_merges((tmp_path,), read_known())
    assert caught.value.key == "model.tokenizer"


def test_vocabulary_follows_from_the_merges(tmp_path):
    (tmp_path / "merges.txt").write_text(TEXT)
    pairs = read_merges(tmp_path / "merges.txt")
    assert pairs == [("i", "n"), ("t", "h"), ("in", "g</w>")]
    table = vocabulary(pairs)
    assert table["in"] == 512 and table["ing</w>"] == 514
    assert len(table) == 256 * 2 + 3 + 2
    assert vocabulary([]) == byte_vocabulary()
