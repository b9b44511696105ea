"""A single file loads offline into exactly what its diffusers folder loads into."""

from __future__ import annotations

import dataclasses
import shutil
import socket

import pytest
import torch

from models.digest import sha256_of
from models.entry import fingerprint
from models.errors import IncompleteModel, ModelFileError
from models.library import Library
from models.trust import KnownFile
from pipelines.errors import CannotDraw
from pipelines.image.loading import single_file
from pipelines.image.loading.complete import _current
from pipelines.image.loading.load import load
from pipelines.image.machine.device import DeviceOptions, choose_device
from pipelines.painter import DiffusersPainter
from pipelines.phrase import Phrase
from pipelines.requests import Hooks, PictureRequest, Progress
from tests.models.ldm import build, save_single_file, write_configs

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
    merges = models / "tokenizer" / "merges.txt"
    merges.parent.mkdir()
    merges.write_text("#version: 0.2\n")
    library = Library([models])
    library.families = configs
    library.known = (KnownFile("merges.txt", sha256_of(merges), 0, "clip-tokenizer", "MIT", ""),)
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


def settings(scheduler):
    return {key: value for key, value in scheduler.config.items() if not key.startswith("_")}


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
    assert settings(file.scheduler) == settings(folder.scheduler)


@pytest.mark.parametrize("family", ["sd15", "sdxl"])
def test_single_file_draws_the_same_picture_as_its_folder(library, no_network, family):
    painter = DiffusersPainter(library, DeviceOptions(use_cpu=True))
    assert {f"{family}-file", f"{family}-folder"} <= set(painter.families())
    hooks = Hooks(lambda event: None, lambda: False)
    request = PictureRequest(PHRASE, model=f"{family}-file", width=64, height=64, steps=2, seed=3)
    file = painter.draw(request, hooks)
    folder = painter.draw(dataclasses.replace(request, model=f"{family}-folder"), hooks)
    assert file.image.tobytes() == folder.image.tobytes()
    assert file.prompt == "blue smell"
    assert file.model_sha256 == sha256_of(library.find(f"{family}-file").path)


def test_hash_of_a_model_is_a_name_for_it(library):
    painter = DiffusersPainter(library, DeviceOptions(use_cpu=True))
    library.open_verified("sd15-file")
    library.scan()
    short = library.find("sd15-file").sha256[:10]
    events: list[Progress] = []
    hooks = Hooks(events.append, lambda: False)
    request = PictureRequest(PHRASE, model=short, width=64, height=64, steps=1, seed=3)
    assert painter.draw(request, hooks).model_sha256.startswith(short)


def test_file_swapped_while_it_is_loaded_is_noticed(library, monkeypatch):
    opened = library.open_verified("sd15-file")
    path = opened.model.path
    real_build = single_file.build

    def swap(*args):
        pipeline = real_build(*args)
        data = path.read_bytes()
        path.unlink()
        path.write_bytes(data)
        return pipeline

    monkeypatch.setattr(single_file, "build", swap)
    with pytest.raises(ModelFileError) as caught:
        load(opened, choose_device(DeviceOptions(use_cpu=True)))
    assert caught.value.key == "model.changed"
    assert fingerprint(path)


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
    assert _current("text_model.encoder.x") == _current("encoder.x")
    assert _current("mid_block.attentions.0.query.weight") == "mid_block.attentions.0.to_q.weight"


def test_without_the_table_of_words_it_is_told_how_to_get_it(library, monkeypatch):
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
    with pytest.raises(ValueError, match="folder"):
        single_file.build(library.open_verified("sd15-folder"), torch.float32)
