"""The build lock: one at a time, and whoever is told to stop does not wait."""

from __future__ import annotations

import pytest

from pipelines.contract.build_lock import building
from pipelines.contract.cancel import CancelToken
from pipelines.contract.errors import Cancelled


def test_lock_is_free_again_after_a_failure():
    with pytest.raises(ValueError, match="broken"), building():
        raise ValueError("broken")
    with building():
        pass


def test_waiting_ends_when_told_to_stop():
    with building(), pytest.raises(Cancelled), building(CancelToken(lambda: True)):
        raise AssertionError("two at once")
