"""What a running drawing tells: warm-ups, time left, and previews within their share."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from pipelines.contract.cancel import CancelToken
from pipelines.contract.errors import Cancelled
from pipelines.contract.painter import Hooks, PainterStage
from pipelines.image.generate import progress as report
from pipelines.image.generate.progress import PREVIEW_SECONDS, PREVIEW_SHARE, StepReporter


class Clock:
    now = 100.0

    def perf_counter(self):
        return self.now


class Previewer:
    is_able = True

    def __init__(self, clock, seconds):
        self._clock, self._seconds = clock, seconds

    def jpeg(self, _latent):
        self._clock.now += self._seconds
        return b"jpeg"


@pytest.fixture
def clock(monkeypatch):
    found = Clock()
    monkeypatch.setattr(report, "time", found)
    return found


def reporter_of(clock, steps, preview_seconds=0.0, cancelled=bool):
    told = []
    model: Any = SimpleNamespace(previewer=Previewer(clock, preview_seconds))
    return StepReporter(model, steps, [Hooks(told.append, CancelToken(cancelled))]), told


def test_a_warm_up_is_told_and_its_step_says_nothing_about_the_others(clock):
    reporter, told = reporter_of(clock, steps=4)
    reporter.warm_up()
    clock.now += 60  # the compiler
    reporter(0, [None])
    clock.now += 2
    reporter(1, [None])
    assert told[0].stage is PainterStage.WARMING_UP and told[0].step == 0
    assert told[1].seconds_left is None
    assert told[2].seconds_left == pytest.approx(4)


def test_a_warm_up_can_be_left(clock):
    reporter, _ = reporter_of(clock, steps=4, cancelled=lambda: True)
    with pytest.raises(Cancelled):
        reporter.warm_up()


@pytest.mark.parametrize("cost", [0.0, 0.002, 0.05])
def test_previews_take_no_more_than_their_share(clock, cost):
    steps = 1000
    reporter, told = reporter_of(clock, steps, cost)
    for step in range(steps):
        clock.now += 0.01
        reporter(step, [None])
    shown = [one for one in told if one.preview]
    assert shown[0].step == 1
    if cost:
        drawing = 0.01 * steps
        assert (len(shown) - 2) * cost <= drawing * PREVIEW_SHARE  # but for the two milestones
    assert len(shown) <= 0.01 * steps / PREVIEW_SECONDS + 2
