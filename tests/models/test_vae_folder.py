"""A VAE in a folder of its own: found, told, opened as a part, and never as a whole model."""

from __future__ import annotations

import json

import pytest

from models.digest import sha256_of
from models.errors import ModelFileError, NotSafetensors
from models.library import Library
from models.probe import ModelKind
from models.vae_folder import MAX_CONFIG_BYTES, is_vae_folder, read_vae_config
from tests.models.golden import file_of

WEIGHTS = {
    "decoder.mid_block.resnets.0.norm1.weight": (8,),
    "decoder.conv_in.weight": (8, 4, 3, 3),
}
CONFIG = {"_class_name": "AutoencoderKL", "scaling_factor": 0.18215}
FILE = "diffusion_pytorch_model.safetensors"


@pytest.fixture
def folder(tmp_path):
    found = tmp_path / "models" / "clear"
    found.mkdir(parents=True)
    (found / "config.json").write_text(json.dumps(CONFIG))
    (found / FILE).write_bytes(file_of(WEIGHTS))
    (found / "diffusion_pytorch_model.fp16.safetensors").write_bytes(file_of(WEIGHTS, fill=b"1"))
    (found / "diffusion_pytorch_model.bin").write_bytes(b"a pickle that nobody opens")
    return found


def library(folder):
    return Library([folder.parent], pins={})


def test_it_is_one_model_of_the_kind_vae(folder):
    (found,) = library(folder).parts(ModelKind.VAE)
    assert found.name == "clear" and found.is_folder and found.probe.variant == "4-channel"
    assert not found.can_draw


def test_it_opens_as_a_part_with_the_digest_of_its_plain_edition(folder):
    opened = library(folder).open_part("clear", [ModelKind.VAE])
    assert opened.sha256 == sha256_of(folder / FILE)
    assert set(opened.digests) == {"config.json", FILE}


def test_it_cannot_be_drawn_with(folder):
    with pytest.raises(ModelFileError):
        library(folder).open_verified("clear")


def test_broken_weights_are_told(folder):
    (folder / FILE).write_bytes(file_of(WEIGHTS)[:-1])
    with pytest.raises(NotSafetensors):
        library(folder).verify("clear")


@pytest.mark.parametrize(
    "text", ["[]", "{", "null", '{"_class_name": "UNet2DConditionModel"}', " " * 70_000]
)
def test_a_config_that_is_none_makes_no_vae(folder, text):
    (folder / "config.json").write_text(text)
    assert not is_vae_folder(folder)
    assert len(text) <= MAX_CONFIG_BYTES or read_vae_config(folder) == {}


def test_without_a_config_or_weights_it_is_none(folder, tmp_path):
    assert not is_vae_folder(tmp_path / "nowhere")
    for path in folder.glob("*.safetensors"):
        path.unlink()
    assert not is_vae_folder(folder)
