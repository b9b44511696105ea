"""Families as data: what recognises one, what it is asked for, what a name suggests."""

from __future__ import annotations

import dataclasses

import pytest

from models.structure import FAMILIES as CONFIGS
from models.structure import read_config
from pipelines.contract.errors import CannotDraw
from pipelines.contract.painter import KnownModel
from pipelines.contract.phrase import Phrase
from pipelines.contract.requests import PictureRequest
from pipelines.image.families import (
    FAMILIES,
    PromptLanguage,
    find,
    presets_of,
    recognise,
    settings_of,
    suggested_preset,
    suited_to,
)
from pipelines.image.sampling.schedules import SCHEDULE_NAMES
from pipelines.image.sampling.table import NAMES

DISTILLED = ("Turbo", "Lightning", "LCM", "Hyper")


def config_of(family):
    return read_config(CONFIGS / family / "unet" / "config.json")


@pytest.mark.parametrize("family", ["sd15", "sd2", "sdxl", "sdxl-refiner"])
@pytest.mark.parametrize("changes", [{}, {"in_channels": 9}, {"time_cond_proj_dim": 256}])
def test_family_is_told_by_the_shape_of_its_denoiser(family, changes):
    assert recognise(config_of(family) | changes, "m").name == family


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"in_channels": 8}, "draw.family"),
        ({"cross_attention_dim": 4096}, "draw.family"),
        ({"cross_attention_dim": [768, 1024]}, "draw.family"),
        ({"class_embed_type": "projection"}, "draw.condition"),
        ({"encoder_hid_dim_type": "text_proj"}, "draw.condition"),
    ],
)
def test_denoiser_of_another_kind_is_refused(changes, key):
    with pytest.raises(CannotDraw) as caught:
        recognise(config_of("sd15") | changes, "m")
    assert caught.value.key == key


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_every_preset_and_size_can_be_asked_for(family):
    for preset in family.presets:
        assert preset.sampler in NAMES and preset.schedule in SCHEDULE_NAMES
        for width, height in family.sizes:
            assert width % family.side_multiple == height % family.side_multiple == 0
            PictureRequest(
                Phrase("말", "", (), "typed"),
                width=width,
                height=height,
                steps=preset.steps,
                guidance=preset.guidance,
                sampler=preset.sampler,
                schedule=preset.schedule,
            )
    square, upright, wide = family.sizes
    assert square[0] == square[1] and upright[0] < upright[1] and wide[0] > wide[1]
    assert family.presets[0] is family.usual and family.usual.name == "usual"


@pytest.mark.parametrize("family", ["sd15", "sd2", "sdxl"])
def test_models_of_few_steps_have_presets(family):
    usual, *others = presets_of(family)
    assert tuple(preset.name for preset in others) == DISTILLED
    assert all(preset.steps < usual.steps and preset.guidance <= 2 for preset in others)


@pytest.mark.parametrize(
    ("name", "suggested"),
    [
        ("sd_xl_turbo_1.0_fp16", "Turbo"),
        ("TurboVisionXL", "Turbo"),
        ("RealVisXL_V4.0_Lightning", "Lightning"),
        ("dreamshaper-LCM", "LCM"),
        ("Hyper-SDXL-8steps", "Hyper"),
        ("myHyperSDmerge", "Hyper"),
        ("hyperrealism_v3", "usual"),
        ("lcmpainter", "usual"),
        ("", "usual"),
    ],
)
def test_a_name_suggests_a_preset(name, suggested):
    assert suggested_preset(name, "sdxl").name == suggested


def test_what_has_no_such_preset_is_asked_the_usual():
    assert suggested_preset("crayon-turbo", "crayon").name == "usual"
    assert suggested_preset("turbo", "sdxl-refiner").name == "usual"
    assert presets_of("something else") == presets_of("sd15")


def test_what_suits_a_model_is_what_its_family_its_name_and_its_kind_say():
    lightning = suited_to(KnownModel("x_lightning", "sdxl", "", PromptLanguage.ENGLISH))
    assert (lightning.width, lightning.height, lightning.steps) == (1024, 1024, 8)
    told = suited_to(KnownModel("plain name", "sd15", "lcm", PromptLanguage.ENGLISH))
    assert (told.width, told.steps, told.guidance, told.sampler) == (512, 6, 8.0, "LCM")


def test_a_model_nobody_knows_is_asked_what_a_request_asks_by_itself():
    request = PictureRequest(Phrase("말", "", (), "typed"))
    asked = dataclasses.asdict(suited_to(None))
    clip_skip = asked.pop("clip_skip")
    assert asked == {name: getattr(request, name) for name in asked}
    assert clip_skip == request.tuning.clip_skip


@pytest.mark.parametrize("shape", [0, 1, 2])
def test_settings_of_a_preset_have_the_size_of_the_shape(shape):
    family = find("sdxl")
    found = settings_of(family.usual, "sdxl", shape)
    assert (found.width, found.height) == family.sizes[shape]


def test_lcm_is_known_from_its_tensors_and_is_told_more_guidance():
    found = suggested_preset("plain name", "sd15", "lcm")
    assert found.name == "LCM" and found.guidance == 8.0
