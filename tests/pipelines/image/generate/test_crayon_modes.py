"""Starting from a picture and behind a mask with the weights that ship: what a person would see."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from PIL import Image, ImageDraw

from models.library import Library
from pipelines.contract.cancel import NEVER
from pipelines.contract.painter import Hooks
from pipelines.contract.picture_settings import ImageToImage, MaskContent
from pipelines.contract.requests import PictureRequest
from pipelines.image.memory.device import DeviceOptions
from pipelines.painter.diffusers_painter import DiffusersPainter
from pipelines.text.reading.typed import typed

PICTURE, BOX, LINE = (letter * 64 for letter in "abc")
SUBJECTS = ("고양이", "노란 우산", "바나나")


def _mask(draw) -> Image.Image:
    mask = Image.new("L", (256, 256))
    draw(ImageDraw.Draw(mask))
    return mask


@pytest.fixture(scope="module")
def shelf():
    return {
        BOX: _mask(lambda pen: pen.rectangle((150, 20, 235, 105), fill=255)),
        LINE: _mask(lambda pen: pen.line((30, 200, 220, 180), fill=255, width=9)),
    }


@pytest.fixture(scope="module")
def painter(shelf):
    return DiffusersPainter(
        Library(), DeviceOptions(use_cpu=True), open_picture=lambda sha256: shelf[sha256]
    )


@pytest.fixture(scope="module")
def pictures(painter):
    """One picture of each subject."""
    return [drawn(painter, words, seed=seed) for seed, words in enumerate(SUBJECTS)]


def drawn(painter, words, **changes):
    request = dataclasses.replace(PictureRequest(typed(words)), **changes)
    return painter.draw(request, Hooks(lambda _event: None, NEVER)).image


def distance(one, other):
    return float(np.abs(np.asarray(one, int) - np.asarray(other, int)).mean())


@pytest.mark.parametrize("number", range(len(SUBJECTS)))
def test_a_little_strength_keeps_the_subject(painter, shelf, pictures, number):
    shelf[PICTURE] = pictures[number]
    again = drawn(painter, SUBJECTS[number], seed=50, source=ImageToImage(PICTURE, strength=0.3))
    assert again.tobytes() != pictures[number].tobytes()
    others = [one for place, one in enumerate(pictures) if place != number]
    nearest = min(distance(again, one) for one in others)
    assert distance(again, pictures[number]) < nearest / 3


@pytest.mark.parametrize("mask", [BOX, LINE], ids=["box", "line"])
@pytest.mark.parametrize(
    "how",
    [{"content": MaskContent.FILL}, {"only_masked": True}, {"mask_blur": 0}, {"mask_blur": 30}],
    ids=["whole", "only masked", "hard edge", "soft edge"],
)
def test_only_what_the_mask_names_changes(painter, shelf, pictures, mask, how):
    shelf[PICTURE] = pictures[0]
    source = ImageToImage(PICTURE, mask, strength=1.0, **how)
    changed = drawn(painter, "자동차", seed=5, source=source)
    differences = np.abs(np.asarray(changed, int) - np.asarray(pictures[0], int)).max(axis=2)
    is_named = np.asarray(shelf[mask]) > 0
    assert differences[~is_named].max() == 0
    assert differences[is_named].max() > 60
