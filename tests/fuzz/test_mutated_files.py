"""Files with a few changes: read, or refused by those who read them; never anything else.

The mutations follow from their number, so that one that fails can be looked at again.
"""

from __future__ import annotations

import pytest

from tests.fuzz.readers import FILES, KINDS, mutated, read

COUNT = 300  # of each kind
NEVER_REFUSED = {"infotext", "settings"}  # any text is a prompt; odd settings are set aside


@pytest.mark.parametrize("kind", KINDS)
def test_mutated_file_is_read_or_refused(tmp_path, kind):
    outcomes = [read(kind, mutated(kind, seed), tmp_path) for seed in range(COUNT)]
    wanted = {"read"} if kind in NEVER_REFUSED else {"read", "refused"}  # neither all nor none
    assert len(outcomes) == COUNT and set(outcomes) == wanted


@pytest.mark.parametrize("kind", KINDS)
def test_files_are_good_before_they_are_changed(tmp_path, kind):
    for data in FILES[kind].seeds():
        assert read(kind, data, tmp_path) == "read"


@pytest.mark.parametrize("kind", KINDS)
def test_mutations_follow_from_their_number(kind):
    rows = [mutated(kind, seed) for seed in range(50)]
    assert rows == [mutated(kind, seed) for seed in range(50)]
    assert len(set(rows)) > 40
