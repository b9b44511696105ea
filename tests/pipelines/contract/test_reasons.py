"""A reason in a sentence names a file, never where it lies."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.contract.reasons import MAX_REASON, reason_of


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("no file at /srv/me/models/cat/config.json", "no file at config.json"),
        ("'/srv/me/a.json' is bad\nsecond line", "'a.json' is bad"),
        (r"C:\Users\me\models\a.json is bad", "a.json is bad"),
        ("~/models/a.json is bad", "a.json is bad"),
        ("shape 3/4 and a/b stay", "shape 3/4 and a/b stay"),
        ("", "ValueError"),
        ("x" * 999, "x" * MAX_REASON),
    ],
)
def test_reason_is_one_line_without_paths(text, reason):
    assert reason_of(ValueError(text)) == reason


def test_folder_keeps_its_name():
    assert reason_of(OSError("/srv/my models/cat is bad"), Path("/srv/my models/cat")) == (
        "cat is bad"
    )
