"""pipelines/contract/cancel.py: a request to stop, as whoever works asks for it."""

import threading

import pytest

from pipelines.contract.cancel import NEVER, CancelToken, when_all
from pipelines.contract.errors import Cancelled


def test_a_check_leaves_once_somebody_asked():
    stop = threading.Event()
    token = CancelToken(stop.is_set)
    token.check()
    token.check_progress(3)
    stop.set()
    for check in (token.check, lambda: token.check_progress(4)):
        with pytest.raises(Cancelled):
            check()
    assert token.is_cancelled


def test_nobody_can_stop_what_never_stops():
    NEVER.check()
    assert not NEVER.is_cancelled


@pytest.mark.parametrize("left", [False, True])
@pytest.mark.parametrize("right", [False, True])
def test_either_and_all(left, right):
    one, other = CancelToken(lambda: left), CancelToken(lambda: right)
    assert (one | other).is_cancelled is (left or right)
    assert when_all(token for token in (one, other)).is_cancelled is (left and right)
