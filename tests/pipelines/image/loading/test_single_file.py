"""A single file loads offline into exactly what its diffusers folder loads into."""

from __future__ import annotations

import dataclasses
import shutil
import socket

import pytest
import torch

from models.digest import sha256_of
from models.errors import IncompleteModel, ModelFileError
from models.library import Library
from pipelines.contract.cancel import NEVER
from pipelines.contract.errors import CannotDraw
from pipelines.contract.painter import Hooks, Progress
from pipelines.contract.phrase import Phrase
from pipelines.contract.requests import PictureRequest
from pipelines.image.loading import single_file
from pipelines.image.loading.complete import todays_name
from pipelines.image.loading.load import load
from pipelines.image.memory.detect import choose_device
from pipelines.image.memory.device import DeviceOptions
from pipelines.painter.diffusers_painter import DiffusersPainter
from tests.models.ldm import (
    LCM,
    build,
    original_tensors,
    save_single_file,
    tiny_merges,
    write_configs,
)

PHRASE = Phrase("파란 냄새", "blue smell", (), "typed")


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    root = tmp_path_factory.mktemp("single")
    configs = write_configs(root / "families")
    models = root / "models"
    for family in ("sd15", "sdxl"):
        pipeline = build(family, configs)
        pipeline.save_pretrained(models / f"{family}-folder", safe_serialization=True)
        save_single_file(pipeline, family, configs, models / f"{family}-file.safetensors")
    library = Library([models])
    library.families = configs
    library.known = (tiny_merges(configs),)
    return library


@pytest.fixture
def no_network(monkeypatch):
    def refuse(*_args):
        raise AssertionError("somebody asked the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def load_verified(library, name):
    plan = choose_device(DeviceOptions(use_cpu=True))
    return load(library.open_verified(name), plan)


@pytest.mark.parametrize("family", ["sd15", "sdxl"])
def test_single_file_is_bit_equal_to_its_folder(library, no_network, family):
    file = load_verified(library, f"{family}-file").pipeline
    folder = load_verified(library, f"{family}-folder").pipeline
    for part in ("unet", "vae", "text_encoder", "text_encoder_2"):
        if family == "sd15" and part == "text_encoder_2":
            continue
        ours, theirs = getattr(file, part).state_dict(), getattr(folder, part).state_dict()
        assert ours.keys() == theirs.keys()
        assert all(torch.equal(ours[name], theirs[name]) for name in ours)
    text = "Blue smell, 파란 냄새!"
    assert file.tokenizer(text).input_ids == folder.tokenizer(text).input_ids


@pytest.mark.parametrize("family", ["sd15", "sdxl"])
def test_single_file_draws_the_same_picture_as_its_folder(library, no_network, family):
    painter = DiffusersPainter(library, DeviceOptions(use_cpu=True))
    assert {f"{family}-file", f"{family}-folder"} <= set(painter.families())
    hooks = Hooks(lambda event: None, NEVER)
    request = PictureRequest(PHRASE, model=f"{family}-file", width=64, height=64, steps=2, seed=3)
    file = painter.draw(request, hooks)
    folder = painter.draw(dataclasses.replace(request, model=f"{family}-folder"), hooks)
    assert file.image.tobytes() == folder.image.tobytes()
    assert "blue smell" in file.prompt and file.prompt == folder.prompt
    assert file.model_sha256 == sha256_of(library.find(f"{family}-file").path)


def test_hash_of_a_model_is_a_name_for_it(library):
    painter = DiffusersPainter(library, DeviceOptions(use_cpu=True))
    library.open_verified("sd15-file")
    library.scan()
    short = library.find("sd15-file").sha256[:10]
    events: list[Progress] = []
    hooks = Hooks(events.append, NEVER)
    request = PictureRequest(PHRASE, model=short, width=64, height=64, steps=1, seed=3)
    assert painter.draw(request, hooks).model_sha256.startswith(short)


def test_missing_tensor_is_named_before_anything_is_hashed(library):
    from safetensors.torch import load_file, save_file

    path = library.find("sd15-file").path
    tensors = load_file(path)
    gone = "model.diffusion_model.out.2.weight"
    del tensors[gone]
    save_file(tensors, path.with_name("holes.safetensors"))
    hashed = []
    with pytest.raises(IncompleteModel) as caught:
        library.open_verified("holes", hashed.append)
    assert caught.value.values["tensor"] == gone
    assert not hashed


@pytest.mark.parametrize("part", ["unet", "vae", "text_encoder", "text_encoder_2"])
def test_missing_tensor_of_a_folder_is_named(library, tmp_path, part):
    from safetensors.torch import load_file, save_file

    folder = tmp_path / "models" / "holes"
    shutil.copytree(library.find("sdxl-folder").path, folder)
    (path,) = (folder / part).glob("*.safetensors")
    tensors = load_file(path)
    gone = sorted(tensors)[0]
    del tensors[gone]
    save_file(tensors, path, metadata={"format": "pt"})
    with pytest.raises((IncompleteModel, CannotDraw)) as caught:
        load_verified(Library([tmp_path / "models"]), "holes")
    assert gone.removeprefix("text_model.") in str(caught.value)


def test_names_of_older_versions_are_the_same_tensors():
    assert todays_name("text_model.encoder.x") == todays_name("encoder.x")
    old, new = (f"mid_block.attentions.0.{name}.weight" for name in ("query", "to_q"))
    assert todays_name(old) == new


def test_without_the_table_of_words_it_is_told(library, monkeypatch):
    monkeypatch.setattr(library, "known", ())
    with pytest.raises(ModelFileError) as caught:
        library.open_verified("sd15-file")
    assert caught.value.key == "model.tokenizer"


def test_weights_that_do_not_fit_are_a_sentence(library, monkeypatch):
    def fail(*_args):
        raise RuntimeError("size mismatch")

    opened = library.open_verified("sd15-file")
    monkeypatch.setattr(single_file, "build", fail)
    with pytest.raises(CannotDraw) as caught:
        load(opened, choose_device(DeviceOptions(use_cpu=True)))
    assert caught.value.key == "draw.load"


def test_folder_is_no_single_file(library):
    opened = library.open_verified("sd15-folder")
    with pytest.raises(ValueError, match="folder"), opened.reading() as path:
        single_file.build(opened, path, torch.float32)


def rewritten(library, name, change):
    """Save the tiny SD 1.5 file with other tensors, and load it."""
    from safetensors.torch import load_file, save_file

    path = library.find("sd15-file").path
    save_file(change(load_file(path)), path.with_name(f"{name}.safetensors"))
    return load_verified(library, name).pipeline


def old_names(tensors):
    start = "cond_stage_model.transformer."
    return {name.replace(f"{start}text_model.", start): part for name, part in tensors.items()}


def with_leftovers(tensors):
    own = {name: part for name, part in tensors.items() if name.startswith("model.diffusion")}
    copies = {"model_ema." + "".join(name.split(".")[1:]): part + 1 for name, part in own.items()}
    rest = {"model_ema.decay": torch.tensor(0.9), "betas": torch.zeros(1000)}
    ids = {"cond_stage_model.transformer.text_model.embeddings.position_ids": torch.arange(77)}
    return {**tensors, **copies, **rest, **ids}


LINEAR = tuple(f".mid.attn_1.{part}.weight" for part in ("q", "k", "v", "proj_out"))


def with_linear_attention(tensors):
    return {
        name: part.reshape(part.shape[:2]) if name.endswith(LINEAR) else part
        for name, part in tensors.items()
    }


@pytest.mark.parametrize("change", [old_names, with_leftovers, with_linear_attention])
def test_other_ways_to_write_the_same_model_load_the_same(library, no_network, change):
    file = rewritten(library, change.__name__, change)
    folder = load_verified(library, "sd15-folder").pipeline
    for part in ("unet", "vae", "text_encoder"):
        ours, theirs = getattr(file, part).state_dict(), getattr(folder, part).state_dict()
        assert ours.keys() == theirs.keys()
        assert all(torch.equal(ours[name], theirs[name]) for name in ours)


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16, torch.float8_e4m3fn])
def test_every_precision_loads(library, dtype):
    half = rewritten(
        library,
        str(dtype),
        lambda tensors: {name: part.to(dtype) for name, part in tensors.items()},
    )
    whole = load_verified(library, "sd15-file").pipeline
    assert half.unet.dtype == whole.unet.dtype
    for name, weights in whole.unet.state_dict().items():
        assert torch.allclose(half.unet.state_dict()[name], weights, atol=0.01, rtol=0.1)


def test_file_without_a_vae_is_told(library):
    def without(tensors):
        start = "first_stage_model."
        return {name: part for name, part in tensors.items() if not name.startswith(start)}

    with pytest.raises(ModelFileError) as caught:
        rewritten(library, "no-vae", without)
    assert (caught.value.key, caught.value.values["parts"]) == ("model.parts", "vae")


def test_lcm_file_with_the_name_of_a_folder_loads(library):
    from safetensors.torch import save_file

    told = build("sd15", library.families, LCM)
    tensors = original_tensors(told, "sd15", library.families)
    old = "model.diffusion_model.time_embedding.cond_proj.weight"
    tensors[old] = tensors.pop("model.diffusion_model.time_embed.cond_proj.weight")
    save_file(tensors, library.roots[0] / "lcm-old.safetensors")
    unet = load_verified(library, "lcm-old").pipeline.unet
    expected = told.unet.time_embedding.cond_proj.weight.to(unet.dtype)
    assert torch.equal(unet.time_embedding.cond_proj.weight, expected)
