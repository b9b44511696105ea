"""A VAE that speaks other latents than the model is found out, though its shapes are the same."""

from __future__ import annotations

import dataclasses
import shutil

import pytest
import torch
from safetensors.torch import load_file, save_file

from models.library import BUILTIN, Library
from pipelines.contract.cancel import NEVER
from pipelines.contract.errors import InvalidRequest
from pipelines.contract.painter import Hooks
from pipelines.contract.requests import PictureRequest
from pipelines.image.memory.device import DeviceOptions
from pipelines.painter.diffusers_painter import DiffusersPainter
from pipelines.text.reading.typed import typed

WEIGHTS = "diffusion_pytorch_model.safetensors"
REQUEST = PictureRequest(typed("장미"), seed=1, steps=2)


@pytest.fixture(scope="module")
def painter(tmp_path_factory):
    folder = tmp_path_factory.mktemp("vaes")
    own = BUILTIN / "crayon" / "vae"
    shutil.copy(own / WEIGHTS, folder / "same.safetensors")
    tensors = load_file(own / WEIGHTS)
    # the same network with its latents in another order: as good, and no use to the denoiser
    last = "quant_conv" if "quant_conv.weight" in tensors else "encoder.conv_out"
    for kind in ("weight", "bias"):
        mean, spread = tensors[f"{last}.{kind}"].chunk(2)
        tensors[f"{last}.{kind}"] = torch.cat([mean.flip(0), spread]).contiguous()
    save_file(tensors, folder / "other.safetensors")
    return DiffusersPainter(Library([folder]), DeviceOptions(use_cpu=True))


def drawn(painter, **changes):
    request = dataclasses.replace(REQUEST, **changes)
    return painter.draw(request, Hooks(lambda _event: None, NEVER)).image.tobytes()


def test_a_vae_of_the_same_latents_is_used(painter):
    assert drawn(painter, vae="same") == drawn(painter)


def test_a_vae_of_other_latents_is_refused(painter):
    with pytest.raises(InvalidRequest) as caught:
        drawn(painter, vae="other")
    assert caught.value.key == "vae.latents"
