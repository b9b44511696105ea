"""Every family and variant draws, from text, from a picture and inside a mask."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from pipelines.contract.picture_settings import Hires
from pipelines.image.sampling.schedules import SCHEDULE_NAMES
from pipelines.image.sampling.table import NAMES
from tests.pipelines.image.shelf import FROM_TEXT, SOURCES, VARIANTS, drawn

FAMILIES = ("tiny", "sd15-file", "sd2-v-file", "sdxl-file", "sdxl-refiner-file")
EVERY_THIRD = NAMES[::3]


@pytest.mark.parametrize("way", SOURCES)
@pytest.mark.parametrize("variant", VARIANTS)
def test_file_and_folder_draw_the_same_picture(shelf, variant, way):
    request = dataclasses.replace(FROM_TEXT, source=SOURCES[way])
    pixels = []
    for kind in ("file", "folder"):
        model = shelf.load(f"{variant}-{kind}")
        assert model.family.name == VARIANTS[variant][0]
        pixels.append(np.asarray(drawn(model, request).images[0]))
    assert (pixels[0] == pixels[1]).all()
    assert pixels[0].std() > 0


@pytest.mark.parametrize("variant", VARIANTS)
def test_file_and_folder_were_trained_alike(shelf, variant):
    file, folder = (shelf.load(f"{variant}-{kind}") for kind in ("file", "folder"))
    assert file.prediction == folder.prediction
    assert (file.table.sigmas == folder.table.sigmas).all()
    assert file.table.is_zero_snr == folder.table.is_zero_snr == (variant == "sdxl-v")
    assert (file.prediction == "v_prediction") == variant.endswith("-v")


@pytest.mark.parametrize("sampler", NAMES)
@pytest.mark.parametrize("name", FAMILIES)
def test_every_sampler_draws_along_every_schedule(shelf, name, sampler):
    model = shelf.load(name)
    seen = set()
    for schedule in SCHEDULE_NAMES:
        request = dataclasses.replace(FROM_TEXT, sampler=sampler, schedule=schedule)
        seen.add(drawn(model, request).images[0].tobytes())  # raises when it is not finite
    assert len(seen) > 2


@pytest.mark.parametrize("way", ["picture", "mask"])
@pytest.mark.parametrize("name", FAMILIES)
def test_samplers_start_from_pictures(shelf, name, way):
    request = dataclasses.replace(FROM_TEXT, source=SOURCES[way])
    for sampler, schedule in zip(EVERY_THIRD, SCHEDULE_NAMES, strict=False):
        one = dataclasses.replace(request, sampler=sampler, schedule=schedule)
        assert np.asarray(drawn(shelf.load(name), one).images[0]).std() > 0


@pytest.mark.parametrize("variant", ["sd15-inpaint", "sdxl-inpaint"])
def test_inpainting_models_draw_from_text_in_two_passes(shelf, variant):
    request = dataclasses.replace(FROM_TEXT, hires=Hires(1.5, "Lanczos", 1))
    assert drawn(shelf.load(f"{variant}-file"), request).images[0].size == (96, 96)


@pytest.mark.parametrize("name", ["sd15-inpaint-file", "sdxl-inpaint-file"])
def test_inpainting_models_look_at_what_is_around_the_mask(shelf, name, monkeypatch):
    model, seen = shelf.load(name), []
    asked = dataclasses.replace(model, denoiser=lambda x, *rest, **named: (
        seen.append(x), model.denoiser(x, *rest, **named))[1])  # fmt: skip
    drawn(asked, dataclasses.replace(FROM_TEXT, source=SOURCES["mask"]))
    mask, around = seen[0][0, 4], seen[0][0, 5:]
    assert mask[2:6, 2:6].eq(1).all() and mask.sum() == 16  # cells of 8 pixels
    assert around.std() > 0
    seen.clear()
    drawn(asked, FROM_TEXT)
    assert seen[0][0, 4].eq(1).all()


@pytest.mark.parametrize("variant", ["sd15-lcm", "sdxl-lcm"])
def test_lcm_models_are_told_the_guidance_and_asked_once(shelf, variant):
    model, seen = shelf.load(f"{variant}-file"), []

    def denoiser(x, *rest, **named):
        seen.append((len(x), tuple(named["timestep_cond"].shape)))
        return model.denoiser(x, *rest, **named)

    asked = dataclasses.replace(model, denoiser=denoiser)
    pictures = {
        guidance: drawn(asked, dataclasses.replace(FROM_TEXT, guidance=guidance)).images[0]
        for guidance in (1.0, 8.0)
    }
    assert set(seen) == {(1, (1, 32))}
    assert pictures[1.0].tobytes() != pictures[8.0].tobytes()
    seen.clear()
    drawn(asked, FROM_TEXT, "blue AND smell")
    assert set(seen) == {(3, (3, 32))}
