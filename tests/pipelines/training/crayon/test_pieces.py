"""A grown tokenizer: pieces for new words, and the old ones where they were."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.training.crayon import pieces

OLD = [
    "장미와 코",
    "파란 장미",
    "고양이 두 마리",
    "사과 위에 로켓",
    "로켓이랑 고양이",
    "마리와 코",
] * 3
NEW = ["애벌레", "돌고래", "반짝이는", "장미꽃"]


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    old, grown = (tmp_path_factory.mktemp(name) for name in ("old", "grown"))
    pieces.train_tokenizer(OLD, old, merges=60)
    pieces.grow(old, grown, NEW, OLD)
    return old, grown


def test_what_was_said_before_is_said_in_the_same_pieces(folders: tuple[Path, Path]) -> None:
    old, grown = map(pieces.open_tokenizer, folders)
    for caption in OLD:
        assert old(caption).input_ids == grown(caption).input_ids
    assert (old.bos_token_id, old.eos_token_id) == (grown.bos_token_id, grown.eos_token_id)


def test_new_words_are_one_piece_and_stay_one_before_a_particle(
    folders: tuple[Path, Path],
) -> None:
    old, grown = map(pieces.open_tokenizer, folders)
    for word in ("애벌레", "돌고래", "반짝이는"):
        assert len(grown.tokenize(word)) == 1 < len(old.tokenize(word))
    assert grown.tokenize("애벌레가")[0] == grown.tokenize("애벌레도")[0]
    assert grown.decode(grown("애벌레와 돌고래").input_ids, skip_special_tokens=True) == (
        "애벌레와 돌고래"
    )


def test_new_pieces_have_the_highest_numbers(folders: tuple[Path, Path]) -> None:
    old, grown = map(pieces.open_tokenizer, folders)
    before, after = old.get_vocab(), grown.get_vocab()
    assert all(after[piece] == number for piece, number in before.items())
    assert sorted(set(after.values()) - set(before.values())) == list(
        range(len(before), len(after))
    )


def test_growing_by_nothing_changes_nothing(folders: tuple[Path, Path], tmp_path: Path) -> None:
    pieces.grow(folders[0], tmp_path, [], OLD)
    assert pieces.open_tokenizer(tmp_path).get_vocab() == (
        pieces.open_tokenizer(folders[0]).get_vocab()
    )
