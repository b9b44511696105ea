"""The files that a picture names, read back from strangers' pictures."""

from __future__ import annotations

import pytest

from pipelines.contract.painter import UsedFile
from playground.studio.pictures.used_files import MOST_FILES, NamedFile, named, read_named, to_plain

FILE = {"kind": "embedding", "name": "낙서", "sha256": "0a" * 32}


def test_what_is_written_comes_back():
    files = named(
        [UsedFile("embedding", "낙서", "0a" * 32, "0a"), UsedFile("vae", "v", "1" * 64, "")]
    )
    assert read_named(to_plain(files)) == files
    assert read_named([FILE]) == (NamedFile("embedding", "낙서", "0a" * 32),)


@pytest.mark.parametrize("data", [None, 7, "files", {"0": FILE}, FILE, [None, 7, [], "x", [FILE]]])
def test_what_is_no_list_of_files_tells_nothing(data):
    assert read_named(data) == ()


@pytest.mark.parametrize(
    "change",
    [
        {"kind": ""},
        {"kind": "k" * 21},
        {"kind": None},
        {"name": ""},
        {"name": "n" * 301},
        {"name": ["낙서"]},
        {"sha256": "0A" * 32},
        {"sha256": "0a" * 32 + "\n"},
        {"sha256": 10**63},
    ],
)
def test_an_odd_file_is_left_out_and_the_others_stay(change):
    assert read_named([FILE | change, FILE]) == read_named([FILE])


def test_a_list_without_end_is_cut():
    assert len(read_named([FILE] * 10_000)) == MOST_FILES


def test_half_a_character_is_replaced():
    assert read_named([FILE | {"name": "낙\ud800"}])[0].name == "낙?"
