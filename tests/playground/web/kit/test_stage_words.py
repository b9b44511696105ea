"""The sentence that stands over a picture in the making."""

from __future__ import annotations

import pytest

from pipelines.contract.painter import PainterStage, Progress
from playground.messages import Language
from playground.web.kit.stage_frame import _progress_words


@pytest.mark.parametrize(
    ("progress", "expected"),
    [
        (None, "About to start…"),
        (Progress(0, 6, PainterStage.IMPORTING), "Getting the tools out…"),
        (Progress(0, 6, PainterStage.LOADING), "Loading the picture model…"),
        (
            Progress(0, 6, PainterStage.WARMING_UP),
            "Getting ready to draw this size fast, as it is the first time…",
        ),
        (Progress(1, 6, PainterStage.DRAWING), "Drawing"),
        (Progress(1, 6, PainterStage.DRAWING, seconds_left=2.4), "Drawing · about 3 s left"),
        (Progress(6, 6, PainterStage.DRAWING), "Finishing…"),
    ],
)
def test_each_stage_has_its_sentence(progress, expected):
    assert _progress_words(progress, Language.EN) == expected
