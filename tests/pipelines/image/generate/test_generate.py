"""Drawing through the whole real path with a tiny model: files, digests, diffusers, pixels."""

from __future__ import annotations

import dataclasses
import io

import pytest
from PIL import Image

from models.errors import ModelNotFound
from models.library import Library
from pipelines.bridge.caption_parser import caption_for
from pipelines.contract.build_lock import building
from pipelines.contract.cancel import NEVER, CancelToken
from pipelines.contract.errors import Cancelled, InvalidRequest
from pipelines.contract.painter import Hooks, PainterStage, Progress
from pipelines.contract.phrase import Phrase
from pipelines.contract.requests import PictureRequest
from pipelines.image.memory.device import DeviceOptions
from pipelines.image.sampling import table as samplers
from pipelines.painter.diffusers_painter import DiffusersPainter

PHRASE = Phrase("파란 냄새 삼각형", "blue smell triangle", (), "typed")
REQUEST = PictureRequest(PHRASE, model="tiny", width=64, height=64, steps=4, seed=7)


@pytest.fixture(scope="module")
def painter(tiny_models):
    return DiffusersPainter(Library([tiny_models], pins={}), DeviceOptions(use_cpu=True))


def record():
    events: list[Progress] = []
    return events, Hooks(events.append, NEVER)


def pixels(painter, request):
    return painter.draw(request, record()[1]).image.tobytes()


def test_same_request_gives_the_same_bytes(painter):
    assert pixels(painter, REQUEST) == pixels(painter, REQUEST)


@pytest.mark.parametrize(
    "change",
    [{"seed": 8}, {"phrase": dataclasses.replace(PHRASE, ko="시든 월요일")}, {"guidance": 7.0}],
    ids=["seed", "phrase", "guidance"],
)
def test_another_request_gives_other_pixels(painter, change):
    assert pixels(painter, dataclasses.replace(REQUEST, **change)) != pixels(painter, REQUEST)


def test_picture_tells_what_made_it(painter):
    picture = painter.draw(REQUEST, record()[1])
    assert picture.image.size == (64, 64)
    assert picture.prompt == caption_for(PHRASE)  # the tiny model reads captions
    assert len(picture.model_sha256) == 64
    assert {"torch", "diffusers"} <= dict(picture.versions).keys()
    assert picture.request == REQUEST


def test_random_seed_is_settled_in_the_picture(painter):
    picture = painter.draw(dataclasses.replace(REQUEST, seed=-1), record()[1])
    assert picture.request.seed >= 0


def test_every_step_is_reported_and_at_least_two_previews_arrive(painter):
    events, hooks = record()
    painter.draw(REQUEST, hooks)
    drawing = [event for event in events if event.stage is PainterStage.DRAWING]
    assert [event.step for event in drawing] == [1, 2, 3, 4]
    previews = [event.preview for event in drawing if event.preview]
    assert len(previews) >= 2
    assert Image.open(io.BytesIO(previews[0])).format == "JPEG"
    assert drawing[-1].seconds_left == 0


@pytest.mark.parametrize("name", samplers.NAMES)
def test_every_sampler_draws_and_repeats(painter, name):
    request = dataclasses.replace(REQUEST, sampler=name)
    assert pixels(painter, request) == pixels(painter, request)


def test_cancel_leaves_within_a_step_and_the_painter_stays_usable(painter):
    before = pixels(painter, REQUEST)
    events: list[Progress] = []
    hooks = Hooks(events.append, CancelToken(lambda: len(events) >= 2))
    with pytest.raises(Cancelled):
        painter.draw(REQUEST, hooks)
    assert max(event.step for event in events) == 2
    assert painter.stage is PainterStage.READY
    assert pixels(painter, REQUEST) == before


def test_side_that_does_not_fit_the_model_is_refused(painter):
    with pytest.raises(InvalidRequest) as caught:
        painter.draw(dataclasses.replace(REQUEST, width=72), record()[1])
    assert caught.value.values == {"field": "width", "value": 72, "multiple": 16}


def test_unknown_model_is_told_with_the_nearest_name(painter):
    with pytest.raises(ModelNotFound) as caught:
        painter.draw(dataclasses.replace(REQUEST, model="tinny"), record()[1])
    assert caught.value.values["nearest"] == "tiny"


def test_unknown_sampler_is_told_with_the_nearest_name():
    with pytest.raises(InvalidRequest) as caught:
        samplers.find("Eular a")
    assert caught.value.values["nearest"] == "Euler a"


def test_stage_tells_what_the_painter_does(tiny_models):
    fresh = DiffusersPainter(Library([tiny_models], pins={}), DeviceOptions(use_cpu=True))
    stages = []
    assert fresh.stage is PainterStage.WAITING
    fresh.draw(REQUEST, Hooks(lambda event: stages.append(fresh.stage), NEVER))
    assert stages[-1] is PainterStage.DRAWING
    assert fresh.stage is PainterStage.READY


def test_stop_is_heard_while_another_thread_builds_a_model(tiny_models):
    busy = DiffusersPainter(Library([tiny_models], pins={}), DeviceOptions(use_cpu=True))
    with building(), pytest.raises(Cancelled):
        busy.draw(REQUEST, Hooks(lambda _event: None, CancelToken(lambda: True)))
    assert pixels(busy, REQUEST)
