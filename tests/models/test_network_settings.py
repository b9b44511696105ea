"""What of a folder's settings is believed: lists of banned tokens."""

from __future__ import annotations

import pytest

from models.network_settings import MAX_BANNED, banned_tokens


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (None, []),
        ({"a": 1}, []),
        ([[1]] * (MAX_BANNED + 1), []),
        ([[1, 2], [9]], [[1, 2], [9]]),
        ([[10], [-1], [True], ["1"], [], 3, [4]], [[4]]),
    ],
)
def test_banned_tokens_are_tokens_that_there_are(given, kept):
    assert banned_tokens({"bad_words_ids": given}, 10) == kept
