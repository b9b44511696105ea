"""Our lists of expected tensors against diffusers' own converters and models, on meta tensors."""

from __future__ import annotations

import math

import pytest

from models import layouts
from models.structure import FAMILIES, GUIDANCE, expected_tensors, is_known, read_config

torch = pytest.importorskip("torch")
# from the papers and model cards: tensors and millions of parameters of the UNet
UNETS = {
    "sd15": (686, 859.52),
    "sd2": (686, 865.91),
    "sdxl": (1680, 2567.46),
    "sdxl-refiner": (1220, 2259.53),
}
VARIANTS = ({}, {"in_channels": 9}, {"time_cond_proj_dim": 256})


def meta(named):
    return {name: torch.empty(shape, device="meta") for name, shape in named}


def config_of(family, part):
    return read_config(FAMILIES / family / part / "config.json")


def shapes(tensors):
    return {name: tuple(tensor.shape) for name, tensor in tensors.items()}


@pytest.mark.parametrize("family", UNETS)
def test_unet_has_the_published_size(family):
    tensors = dict(layouts.unet_tensors(config_of(family, "unet")))
    count, millions = UNETS[family]
    assert len(tensors) == count
    assert round(sum(map(math.prod, tensors.values())) / 1e6, 2) == millions


@pytest.mark.parametrize("family", UNETS)
@pytest.mark.parametrize("changes", VARIANTS)
def test_unet_converts_to_exactly_what_diffusers_builds(family, changes):
    from diffusers import UNet2DConditionModel
    from diffusers.loaders.single_file_utils import convert_ldm_unet_checkpoint

    config = config_of(family, "unet") | changes
    ours = {
        layouts.DENOISER + name: tensor
        for name, tensor in meta(layouts.unet_tensors(config)).items()
    }
    with torch.device("meta"):
        model = UNet2DConditionModel.from_config(config)
    converted = convert_ldm_unet_checkpoint(ours, config=dict(model.config))
    if changes.get("time_cond_proj_dim"):  # the converter leaves it out
        converted["time_embedding.cond_proj.weight"] = ours[GUIDANCE]
    assert shapes(converted) == shapes(model.state_dict())


@pytest.mark.parametrize("family", ["sd15", "sd2", "sdxl", "sdxl-refiner"])
def test_vae_converts_to_exactly_what_diffusers_builds(family):
    from diffusers import AutoencoderKL
    from diffusers.loaders.single_file_utils import convert_ldm_vae_checkpoint

    config = config_of(family, "vae")
    ours = {
        layouts.VAE + name: tensor for name, tensor in meta(layouts.vae_tensors(config)).items()
    }
    with torch.device("meta"):
        model = AutoencoderKL.from_config(config)
    converted = convert_ldm_vae_checkpoint(ours, config=dict(model.config))
    found, expected = shapes(converted), shapes(model.state_dict())
    assert found.keys() == expected.keys()
    for name, shape in expected.items():  # the files keep attention as 1x1 convolutions
        assert math.prod(found[name]) == math.prod(shape)


@pytest.mark.parametrize(
    ("family", "part"),
    [("sd15", "text_encoder"), ("sdxl", "text_encoder")],
)
def test_clip_has_the_names_of_transformers(family, part):
    from transformers import CLIPTextConfig, CLIPTextModel

    config = config_of(family, part)
    with torch.device("meta"):
        model = CLIPTextModel(CLIPTextConfig(**config))
    expected = {
        name.removeprefix("text_model."): tuple(tensor.shape)
        for name, tensor in model.state_dict().items()
        if not name.endswith("position_ids")
    }
    assert dict(layouts.clip_tensors(config)) == expected


@pytest.mark.parametrize(
    ("family", "part", "class_name", "enumerate_tensors"),
    [
        ("sd2", "text_encoder", "CLIPTextModel", layouts.open_clip_states),
        ("sdxl", "text_encoder_2", "CLIPTextModelWithProjection", layouts.open_clip_tensors),
        (
            "sdxl-refiner",
            "text_encoder_2",
            "CLIPTextModelWithProjection",
            layouts.open_clip_tensors,
        ),
    ],
)
def test_open_clip_has_the_size_of_the_model_it_becomes(
    family, part, class_name, enumerate_tensors
):
    import transformers

    config = config_of(family, part)
    with torch.device("meta"):
        model = getattr(transformers, class_name)(transformers.CLIPTextConfig(**config))
    expected = sum(
        tensor.numel()
        for name, tensor in model.state_dict().items()
        if not name.endswith("position_ids")
    )
    assert sum(math.prod(shape) for _, shape in enumerate_tensors(config)) == expected


@pytest.mark.parametrize(
    ("family", "millions"),
    [
        ("sd15", 1066.2),  # 859.5 UNet + 83.7 VAE + 123.1 CLIP-L
        ("sd2", 1290.0),  # 865.9 UNet + 83.7 VAE + 340.4 OpenCLIP-H of 23 layers
        ("sdxl", 3468.8),  # 6.94 GB in fp16, as it is published
        ("sdxl-refiner", 3037.8),  # 6.08 GB
    ],
)
def test_complete_checkpoint_has_the_published_size(family, millions):
    total = sum(math.prod(shape) for _, shape in expected_tensors(family))
    assert round(total / 1e6, 1) == millions


def test_other_families_have_no_layout_here():
    assert not is_known("wan")
