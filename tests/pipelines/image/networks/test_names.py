"""Every layer of the real families is found under the names of the original checkpoints."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from models.layouts import clip_tensors, unet_tensors
from models.structure import FAMILIES, read_config
from pipelines.image.networks.names import address, sites


def on_meta(family, part):
    import diffusers
    import torch
    import transformers

    config = read_config(FAMILIES / family / part / "config.json")
    with torch.device("meta"):
        if part == "unet":
            return config, diffusers.UNet2DConditionModel.from_config(config)
        return config, transformers.CLIPTextModel(transformers.CLIPTextConfig(**config))


@pytest.mark.parametrize("family", ["sd15", "sd2", "sdxl"])
def test_original_names_of_the_denoiser(family):
    config, unet = on_meta(family, "unet")
    table = sites(SimpleNamespace(unet=unet))
    weights = [(n, shape) for n, shape in unet_tensors(config) if n.endswith(".weight")]
    found = set()
    for name, shape in weights:
        stem = name.removesuffix(".weight")
        site = table[address("lora_unet_" + stem.replace(".", "_"))]
        assert tuple(site.module.weight.shape) == tuple(shape), name
        assert table[address(f"diffusion_model.{stem}")] is site
        found.add(site.path)
    assert len(found) == len(weights)  # no two names mean one layer


def test_kohya_names_of_the_text_encoder():
    config, encoder = on_meta("sd15", "text_encoder")
    table = sites(SimpleNamespace(unet=None, text_encoder=encoder))
    for name, shape in clip_tensors(config):
        if name.endswith("proj.weight") or (".mlp." in name and name.endswith(".weight")):
            stem = "lora_te_text_model_" + name.removesuffix(".weight").replace(".", "_")
            assert tuple(table[address(stem)].module.weight.shape) == tuple(shape)


def test_no_two_layers_of_sdxl_share_a_name():
    _, unet = on_meta("sdxl", "unet")
    flat = [path.replace(".", "_") for path, _ in unet.named_modules()]
    assert len(flat) == len(set(flat))
