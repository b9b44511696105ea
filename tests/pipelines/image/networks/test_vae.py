"""Another VAE decodes, and changes nothing else."""

from __future__ import annotations

import copy

import pytest
import torch

from models.errors import IncompleteModel, ModelNotFound
from models.layouts import vae_tensors
from pipelines.contract.cancel import CancelToken
from pipelines.contract.errors import Cancelled, InvalidRequest
from pipelines.image.latents.vae import LatentSpace
from pipelines.image.memory.device import DevicePlan
from pipelines.image.networks.vae import Vaes
from tests.models.ldm import VAE, _vae_name


@pytest.fixture
def loaded(model_of):
    def make(family="sd15", dtype=torch.float32):
        model = model_of(family, dtype)
        model.plan = DevicePlan("cpu", str(dtype).removeprefix("torch."))
        model.space = LatentSpace(model.pipeline.vae, torch.device("cpu"), family)
        return model

    return make


@pytest.fixture
def other(bare_pipelines):
    """Return the weights of a VAE that is brighter than the models' own."""
    vae = copy.deepcopy(bare_pipelines["sd15"].vae)
    with torch.no_grad():
        vae.decoder.conv_out.bias.add_(0.5)
    return vae


def original(vae):
    """Return its weights under the names of the original files."""
    weights = vae.state_dict()
    named = vae_tensors({**vae.config, **VAE, "latent_channels": 4, "in_channels": 3})
    return {name: weights[_vae_name(name)].reshape(shape) for name, shape in named}


LATENTS = torch.randn((1, 4, 4, 4), generator=torch.Generator().manual_seed(1))


def by_hand(vae):
    """Return what a VAE decodes, its weights laid out as a loaded model's are."""
    laid_out = copy.deepcopy(vae).to(memory_format=torch.channels_last)
    return LatentSpace(laid_out, torch.device("cpu"), "other").decode(LATENTS)


@pytest.mark.parametrize("prefix", ["", "first_stage_model."])
@pytest.mark.parametrize("naming", ["original", "diffusers", "old diffusers"])
def test_it_decodes_as_the_file_says(loaded, library, put, other, naming, prefix):
    tensors = original(other) if naming == "original" else other.state_dict()
    if naming == "old diffusers":
        old = {
            ".to_q.": ".query.",
            ".to_k.": ".key.",
            ".to_v.": ".value.",
            ".to_out.0.": ".proj_attn.",
        }
        for new, name in old.items():
            tensors = {key.replace(new, name): tensor for key, tensor in tensors.items()}
    put("bright", {prefix + key: tensor for key, tensor in tensors.items()})
    model = loaded()
    space, used = Vaes(library).space_for(model, "bright")
    expected = by_hand(other)
    assert torch.equal(space.decode(LATENTS), expected)
    assert not torch.equal(model.space.decode(LATENTS), expected)
    assert (used.kind, used.name, used.short_hash) == ("vae", "bright", used.sha256[:10])


def test_the_model_keeps_its_own(loaded, library, put, other):
    put("bright", other.state_dict())
    model = loaded()
    before = model.space.decode(LATENTS)
    parts = {key: value.clone() for key, value in model.pipeline.unet.state_dict().items()}
    Vaes(library).space_for(model, "bright")
    assert torch.equal(model.space.decode(LATENTS), before)
    assert all(torch.equal(parts[k], v) for k, v in model.pipeline.unet.state_dict().items())


def test_it_is_loaded_once_for_a_model(loaded, library, put, other):
    put("bright", other.state_dict())
    vaes, model = Vaes(library), loaded()
    assert vaes.space_for(model, "bright")[0] is vaes.space_for(model, "bright")[0]
    assert vaes.space_for(loaded(), "bright")[0] is not vaes.space_for(model, "bright")[0]


def test_it_has_the_number_format_of_the_models_own(loaded, library, put, other):
    put("bright", other.state_dict())
    space, _ = Vaes(library).space_for(loaded(dtype=torch.bfloat16), "bright")
    assert space._vae.dtype == torch.bfloat16


def test_other_latents_are_refused_by_both_numbers(loaded, library, put, bare_pipelines):
    put("sixteen", bare_pipelines["crayon"].vae.state_dict())
    with pytest.raises(InvalidRequest) as caught:
        Vaes(library).space_for(loaded(), "sixteen")
    values = caught.value.values
    assert (values["channels"], values["model_channels"]) == (16, 4)


def test_a_missing_tensor_is_named(loaded, library, put, other):
    tensors = dict(other.state_dict())
    del tensors["decoder.conv_norm_out.bias"]
    put("torn", tensors)
    with pytest.raises(IncompleteModel) as caught:
        Vaes(library).space_for(loaded(), "torn")
    assert caught.value.values["tensor"] == "decoder.conv_norm_out.bias"


def test_a_tensor_of_another_shape_is_named(loaded, library, put, other):
    tensors = dict(other.state_dict())
    tensors["decoder.conv_norm_out.bias"] = torch.zeros(5)
    put("torn", tensors)
    with pytest.raises(IncompleteModel) as caught:
        Vaes(library).space_for(loaded(), "torn")
    assert caught.value.values["found"] == "[5]"


def test_an_unknown_name_is_an_error_and_a_stop_is_a_stop(loaded, library, put, other):
    put("bright", other.state_dict())
    with pytest.raises(ModelNotFound):
        Vaes(library).space_for(loaded(), "brigth")
    with pytest.raises(Cancelled):
        Vaes(library).space_for(loaded(), "bright", CancelToken(lambda: True))


def test_placed_for_a_card_that_it_moves_to_in_turn():
    from diffusers import AutoencoderKL

    from pipelines.image.memory.device import Offload
    from pipelines.image.memory.place import place_alone

    vae = AutoencoderKL(norm_num_groups=4, block_out_channels=(8,)).eval()
    latents = torch.ones(1, 4, 2, 2)
    with torch.no_grad():
        expected = vae.decode(latents)[0]
        place_alone(vae, DevicePlan("cpu", "float32", Offload.MODEL))
        assert torch.equal(vae.decode(latents)[0], expected)


@pytest.fixture
def vae_folder(folder, other):
    other.save_pretrained(folder / "bright-folder", safe_serialization=True)
    return folder / "bright-folder"


def test_a_folder_of_diffusers_is_one_too(loaded, library, vae_folder, other):
    space, used = Vaes(library).space_for(loaded(), "bright-folder")
    expected = by_hand(other)
    assert torch.equal(space.decode(LATENTS), expected) and used.name == "bright-folder"


def test_a_folder_that_scales_otherwise_is_refused_by_both_numbers(loaded, library, vae_folder):
    path = vae_folder / "config.json"
    path.write_text(path.read_text().replace('"scaling_factor": 0.18215', '"scaling_factor": 0.5'))
    with pytest.raises(InvalidRequest) as caught:
        Vaes(library).space_for(loaded(), "bright-folder")
    assert caught.value.values == {"name": "bright-folder", "scale": 0.5, "model_scale": 0.18215}
