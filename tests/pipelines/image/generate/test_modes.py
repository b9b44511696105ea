"""Starting from a picture, a mask, a second pass, and an expert's settings, on the tiny model."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from PIL import Image, ImageDraw

from models.library import Library
from pipelines.contract.cancel import NEVER, CancelToken
from pipelines.contract.errors import Cancelled, InvalidRequest
from pipelines.contract.painter import Hooks, Progress
from pipelines.contract.phrase import Phrase
from pipelines.contract.picture_settings import Fit, Hires, ImageToImage, MaskContent, Tuning
from pipelines.contract.requests import PictureRequest
from pipelines.image.memory.device import DeviceOptions
from pipelines.painter.diffusers_painter import DiffusersPainter

PHRASE = Phrase("파란 냄새 삼각형", "blue smell triangle", (), "typed")
REQUEST = PictureRequest(PHRASE, model="tiny", width=64, height=64, steps=4, seed=7)
PICTURE, WIDE, MASK, WRONG, EMPTY = (letter * 64 for letter in "abcde")
WHITE_BOX = (32, 16, 63, 47)


def _pictures() -> dict[str, Image.Image]:
    generator = np.random.default_rng(0)
    pixels = generator.integers(0, 255, (64, 64, 3), dtype=np.uint8)
    mask = Image.new("L", (64, 64))
    ImageDraw.Draw(mask).rectangle(WHITE_BOX, fill=255)
    return {
        PICTURE: Image.fromarray(pixels),
        WIDE: Image.new("RGB", (128, 64), "red"),
        MASK: mask,
        WRONG: Image.new("L", (10, 90), 255),
        EMPTY: Image.new("L", (64, 64)),
    }


@pytest.fixture(scope="module")
def painter(tiny_models):
    return DiffusersPainter(
        Library([tiny_models], pins={}),
        DeviceOptions(use_cpu=True),
        open_picture=_pictures().__getitem__,
    )


def drawn(painter, **changes):
    request = dataclasses.replace(REQUEST, **changes)
    return painter.draw(request, Hooks(lambda _event: None, NEVER)).image


def array(image):
    return np.asarray(image).astype(int)


def test_a_weak_strength_takes_fewer_steps_than_a_strong_one(painter):
    counts = []
    for strength in (0.25, 1.0):
        events: list[Progress] = []
        request = dataclasses.replace(REQUEST, source=ImageToImage(PICTURE, strength=strength))
        painter.draw(request, Hooks(events.append, NEVER))
        counts.append(max(event.step for event in events))
    assert counts == [1, 4]


def test_a_picture_to_start_from_changes_the_result_and_repeats(painter):
    one = drawn(painter, source=ImageToImage(PICTURE, strength=0.5))
    assert one.tobytes() == drawn(painter, source=ImageToImage(PICTURE, strength=0.5)).tobytes()
    assert one.tobytes() != drawn(painter, source=ImageToImage(WIDE, strength=0.5)).tobytes()


@pytest.mark.parametrize("fit", Fit)
def test_a_picture_of_another_shape_is_fitted(painter, fit):
    assert drawn(painter, source=ImageToImage(WIDE, strength=0.5, fit=fit)).size == (64, 64)


@pytest.mark.parametrize("content", MaskContent)
@pytest.mark.parametrize("only_masked", [False, True])
def test_outside_of_the_mask_nothing_changes(painter, content, only_masked):
    source = ImageToImage(
        PICTURE, mask=MASK, strength=1.0, content=content, only_masked=only_masked, mask_blur=0
    )
    before, after = array(_pictures()[PICTURE]), array(drawn(painter, source=source))
    left, top, right, bottom = WHITE_BOX
    inside = np.zeros((64, 64), bool)
    inside[top : bottom + 1, left : right + 1] = True
    assert (before[~inside] == after[~inside]).all()
    assert (before[inside] != after[inside]).any()


@pytest.mark.parametrize("hires", [Hires(2, "Latent", 1), Hires(2, "Lanczos", strength=0)])
def test_a_masked_picture_is_made_larger_too(painter, hires):
    source = ImageToImage(PICTURE, mask=MASK, strength=1.0, mask_blur=0)
    after = drawn(painter, source=source, hires=hires)
    assert after.size == (128, 128)
    larger = array(_pictures()[PICTURE].resize((128, 128), Image.Resampling.LANCZOS))
    left, top, right, bottom = WHITE_BOX
    outside = np.ones((128, 128), bool)
    outside[2 * top - 2 : 2 * bottom + 4, 2 * left - 2 : 2 * right + 4] = False
    assert (larger[outside] == array(after)[outside]).all()
    assert (larger != array(after)).any()


def test_an_inverted_mask_changes_the_other_part(painter):
    source = ImageToImage(PICTURE, mask=MASK, strength=1.0, is_inverted=True, mask_blur=0)
    before, after = array(_pictures()[PICTURE]), array(drawn(painter, source=source))
    left, top, right, bottom = WHITE_BOX
    kept = slice(top, bottom + 1), slice(left, right + 1)
    assert (before[kept] == after[kept]).all() and (before != after).any()


@pytest.mark.parametrize(
    ("source", "key"),
    [
        (ImageToImage(PICTURE, mask=EMPTY), "request.mask_empty"),
        (ImageToImage(PICTURE, mask=WRONG), "request.mask_size"),
    ],
)
def test_a_mask_that_cannot_be_used_is_refused(painter, source, key):
    with pytest.raises(InvalidRequest) as caught:
        drawn(painter, source=source)
    assert caught.value.key == key


@pytest.mark.parametrize("upscaler", ["Latent", "Latent (nearest)", "Lanczos"])
def test_a_second_pass_makes_a_larger_picture(painter, upscaler):
    assert drawn(painter, hires=Hires(1.5, upscaler, 2)).size == (96, 96)


@pytest.mark.parametrize(
    "tuning",
    [
        Tuning(variation_seed=3, variation_strength=0.5),
        Tuning(guidance_start=0.5),
        Tuning(guidance_end=0.5),
        Tuning(rescale=0.7),
        Tuning(sigma_most=5.0),
        Tuning(eta=1.0),
    ],
    ids=lambda tuning: ",".join(
        entry.name
        for entry in dataclasses.fields(tuning)
        if getattr(tuning, entry.name) != entry.default
    ),
)
def test_each_finer_setting_changes_the_picture(painter, tuning):
    plain = {"sampler": "Euler", "schedule": "Karras", "guidance": 6.0}
    assert drawn(painter, **plain).tobytes() != drawn(painter, tuning=tuning, **plain).tobytes()


def test_reproducing_gives_the_same_bytes(painter):
    tuning = Tuning(is_exact=True)
    assert drawn(painter, tuning=tuning).tobytes() == drawn(painter, tuning=tuning).tobytes()


def test_an_edited_prompt_is_what_the_model_gets(painter):
    picture = painter.draw(
        dataclasses.replace(REQUEST, prompt="초록 코"), Hooks(lambda _event: None, NEVER)
    )
    assert picture.prompt == "초록 코"


# ---- several pictures in one go


BATCHES = {
    "plain": {},
    "noise on the way": {"sampler": "Euler a"},
    "churn": {"sampler": "Euler", "tuning": Tuning(churn=5)},
    "from a picture": {"source": ImageToImage(PICTURE)},
    "behind a mask": {"source": ImageToImage(PICTURE, MASK, content=MaskContent.NOISE)},
    "a second pass": {"hires": Hires(1.5, "Lanczos", steps=2)},
    "another size": {"width": 96},
}


@pytest.mark.parametrize("changes", BATCHES.values(), ids=BATCHES.keys())
def test_pictures_drawn_in_one_go_equal_those_drawn_alone(painter, changes):
    requests = [dataclasses.replace(REQUEST, seed=seed, **changes) for seed in (7, 8, 9)]
    hooks = [Hooks(lambda _event: None, NEVER)] * 3
    together = painter.draw_together(requests, hooks)
    for request, picture in zip(requests, together, strict=True):
        alone = painter.draw(request, hooks[0])
        assert picture.request == request
        assert picture.image.tobytes() == alone.image.tobytes()


def test_variations_drawn_in_one_go_equal_those_drawn_alone(painter):
    requests = [
        dataclasses.replace(REQUEST, tuning=Tuning(variation_seed=seed, variation_strength=0.5))
        for seed in (1, 2)
    ]
    hooks = [Hooks(lambda _event: None, NEVER)] * 2
    one, other = painter.draw_together(requests, hooks)
    assert one.image.tobytes() != other.image.tobytes()
    alone = painter.draw(requests[1], hooks[0]).image
    assert other.image.tobytes() == alone.tobytes()


def test_each_picture_has_its_own_listener(painter):
    heard: list[list[Progress]] = [[], []]
    hooks = [Hooks(box.append, NEVER) for box in heard]
    painter.draw_together([REQUEST, dataclasses.replace(REQUEST, seed=8)], hooks)
    steps = [[event.step for event in box if event.preview] for box in heard]
    assert steps[0] == steps[1]
    assert steps[0]
    previews = [[event.preview for event in box if event.preview] for box in heard]
    assert previews[0] != previews[1]


def test_drawing_stops_when_nobody_waits_any_more(painter):
    requests = [REQUEST, dataclasses.replace(REQUEST, seed=8)]
    steps: list[int] = []
    gone = Hooks(lambda _event: None, CancelToken(lambda: True))
    stays = Hooks(lambda event: steps.append(event.step), NEVER)
    assert len(painter.draw_together(requests, [gone, stays])) == 2
    assert steps[-1] == REQUEST.steps
    with pytest.raises(Cancelled):
        painter.draw_together(requests, [gone, gone])
