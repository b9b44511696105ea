"""Files with a few changes: read, or refused by those who read them; never anything else.

The mutations follow from their number, so that one that fails can be looked at again.
"""

from __future__ import annotations

import pytest

from tests.fuzz.readers import KINDS, mutated, read

COUNT = 700  # of each kind


@pytest.mark.parametrize("kind", KINDS)
def test_mutated_file_is_read_or_refused(tmp_path, kind):
    outcomes = [read(kind, mutated(kind, seed), tmp_path) for seed in range(COUNT)]
    assert len(outcomes) == COUNT and set(outcomes) == {"read", "refused"}  # neither all nor none


def test_mutations_follow_from_their_number():
    for kind in KINDS:
        rows = [mutated(kind, seed) for seed in range(50)]
        assert rows == [mutated(kind, seed) for seed in range(50)]
        assert len(set(rows)) > 40
