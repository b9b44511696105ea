"""playground/studio/housekeeping.py: what is due is done, whatever else fails."""

from __future__ import annotations

from playground.studio.errors import StudioError
from playground.studio.housekeeping import TICKS_BETWEEN_TIDYING, Housekeeper


def test_often_is_often_and_seldom_is_seldom():
    done = []
    keeper = Housekeeper((lambda: done.append("often"),), lambda: done.append("seldom"))
    for _ in range(TICKS_BETWEEN_TIDYING):
        keeper.tick()
    assert (done.count("often"), done.count("seldom")) == (TICKS_BETWEEN_TIDYING, 1)


def test_a_failure_keeps_nothing_else_from_being_done():
    done = []

    def fail(error):
        raise error

    acts = (lambda: fail(StudioError("studio.closing")), lambda: fail(ZeroDivisionError()))
    Housekeeper((*acts, lambda: done.append(1)), lambda: None).tick()
    assert done == [1]


def test_it_ends_when_it_is_told():
    keeper = Housekeeper((), lambda: None)
    keeper.start()
    keeper.close()
    assert not keeper._thread.is_alive()
