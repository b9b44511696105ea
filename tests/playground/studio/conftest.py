"""A studio on an empty folder with a painter that needs no model."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from pipelines.contract.painter import Picture
from pipelines.contract.phrase import Phrase, Word, WordKind
from pipelines.contract.requests import PictureRequest
from playground.studio.jobs.queue import JobEvent
from playground.studio.studio import Studio
from tests.fakes import FakePainter

PHRASE = Phrase(
    ko="파란 냄새가 콧노래를 불러요",
    en="a blue smell hums",
    words=(Word("파랗다", "blue", WordKind.COLOUR, is_drawable=True, surface="파란"),),
    engine="grammar",
    seed=7,
    frame="subject-object",
)


@pytest.fixture
def request_of() -> Callable[..., PictureRequest]:
    """A small request; changes as keywords."""
    base = PictureRequest(PHRASE, width=64, height=64, steps=3, seed=11)
    return lambda **changes: replace(base, **changes)


@pytest.fixture
def painter() -> FakePainter:
    return FakePainter()


@pytest.fixture
def studio(tmp_path: Path, painter: FakePainter) -> Iterator[Studio]:
    with Studio.open(tmp_path / "data", painter) as studio:
        yield studio
        painter.release()


@pytest.fixture
def finish(studio: Studio) -> Callable[..., JobEvent]:
    """Return the last event of a job of "me"."""

    def last(job_id: int) -> JobEvent:
        return list(studio.jobs.watch(job_id, "me"))[-1]

    return last


@pytest.fixture
def picture_of() -> Callable[..., Picture]:
    """A finished picture of a request, never drawn."""

    def make(request: PictureRequest, prompt: str = "a blue smell hums", noise: int = 0) -> Picture:
        size = (request.width, request.height)
        image = Image.new("RGB", size, (10, 120, 240))
        if noise:
            data = random.Random(noise).randbytes(size[0] * size[1] * 3)
            image = Image.frombytes("RGB", size, data)
        return Picture(image, request, prompt, "ab" * 32, 1.5, (("torch", "2.9"),))

    return make
