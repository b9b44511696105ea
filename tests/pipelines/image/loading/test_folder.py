"""Diffusers folders as they are published: variants, shards, tokenizers of every kind."""

from __future__ import annotations

import dataclasses
import json
import os
import shutil

import pytest
import torch

from models.digest import sha256_of
from models.errors import IncompleteModel, ModelFileError
from models.library import Library
from pipelines.contract.errors import CannotDraw
from pipelines.image.loading.load import load
from pipelines.image.memory.detect import choose_device
from pipelines.image.memory.device import DeviceOptions

UNET = "unet/diffusion_pytorch_model.safetensors"


@pytest.fixture
def folder(shelf, tmp_path):
    """Return a copy of the tiny SD 1.5 folder that may be changed."""
    shelf.load("sd15-folder")
    return shutil.copytree(shelf.folder / "sd15-folder", tmp_path / "models" / "copy")


def opened(folder):
    plan = choose_device(DeviceOptions(use_cpu=True, no_half=True))
    return load(Library([folder.parent], pins={}).open_verified(folder.name), plan)


def change(path, **values):
    path.write_text(json.dumps(json.loads(path.read_text()) | values))


def weights(pipeline, part="unet"):
    return getattr(pipeline, part).state_dict()


def assert_same(one, other):
    assert one.keys() == other.keys()
    assert all(torch.equal(one[name], other[name]) for name in one)


def test_half_precision_variants_are_opened(shelf, folder):
    for part in ("unet", "vae", "text_encoder"):
        (path,) = (folder / part).glob("*.safetensors")
        path.rename(path.with_name(path.name.replace(".safetensors", ".fp16.safetensors")))
    model = opened(folder)
    for part in ("unet", "vae", "text_encoder"):
        expected = weights(shelf.load("sd15-folder").pipeline, part)
        assert_same(weights(model.pipeline, part), expected)


def test_plain_file_comes_before_its_variants(folder):
    plain, other = folder / UNET, folder / UNET.replace(".safetensors", ".fp16.safetensors")
    other.write_bytes(plain.read_bytes()[:-4] + b"\0\0\0\0")
    assert opened(folder).sha256 == sha256_of(plain)


@pytest.mark.parametrize("variant", [None, "fp16"])
def test_shards_are_joined(shelf, folder, variant):
    pipeline = shelf.load("sd15-folder").pipeline
    (folder / UNET).unlink()
    pipeline.unet.save_pretrained(folder / "unet", max_shard_size="200KB", variant=variant)
    assert len(list((folder / "unet").glob("*.safetensors"))) > 1
    model = opened(folder)
    assert_same(weights(model.pipeline), weights(pipeline))
    next((folder / "unet").glob("*00001-of*.safetensors")).unlink()
    with pytest.raises((CannotDraw, IncompleteModel)):
        opened(folder)


@pytest.mark.parametrize("kept", [("tokenizer.json",), ("vocab.json", "merges.txt")])
def test_either_kind_of_tokenizer_will_do(shelf, folder, kept):
    tokenizer = shelf.load("sd15-folder").pipeline.tokenizer
    text = "Blue smell, 파란 냄새!"
    expected = tokenizer(text).input_ids
    (folder / "tokenizer" / "vocab.json").write_text(json.dumps(tokenizer.get_vocab()))
    (folder / "tokenizer" / "merges.txt").write_text("#version: 0.2\n")
    for path in (folder / "tokenizer").iterdir():
        if path.name not in kept:
            path.unlink()
    model = opened(folder)
    assert model.pipeline.tokenizer(text).input_ids == expected
    assert model.encoder.chunk_length == 75


def test_without_a_tokenizer_it_is_told(folder):
    shutil.rmtree(folder / "tokenizer")
    with pytest.raises(ModelFileError) as caught:
        opened(folder)
    assert (caught.value.key, caught.value.values["parts"]) == ("model.parts", "tokenizer")


def test_classes_that_the_index_names_are_not_followed(folder):
    change(
        folder / "model_index.json",
        _class_name="StableDiffusionImg2ImgPipeline",
        safety_checker=["stable_diffusion", "StableDiffusionSafetyChecker"],
        feature_extractor=["transformers", "CLIPFeatureExtractor"],
        unet=["os", "system"],
    )
    assert opened(folder).family.name == "sd15"


@pytest.mark.parametrize("name", ["PNDMScheduler", "LCMScheduler", "NobodyKnowsScheduler"])
def test_class_of_the_scheduler_does_not_matter(folder, name):
    change(folder / "scheduler" / "scheduler_config.json", _class_name=name)
    assert opened(folder).prediction == "epsilon"


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"_class_name": "EDMEulerScheduler"}, "EDMEulerScheduler"),
        ({"prediction_type": "flow_prediction"}, "flow_prediction"),
    ],
)
def test_other_ways_of_training_are_refused_by_name(folder, values, told):
    change(folder / "scheduler" / "scheduler_config.json", **values)
    with pytest.raises(CannotDraw) as caught:
        opened(folder)
    assert (caught.value.key, caught.value.values["prediction"]) == ("draw.prediction", told)


@pytest.mark.parametrize(
    ("values", "key"),
    [({"beta_schedule": "sigmoid"}, "draw.load"), ({"trained_betas": "many"}, "draw.load")],
)
def test_noise_that_nobody_knows_is_refused(folder, values, key):
    change(folder / "scheduler" / "scheduler_config.json", **values)
    with pytest.raises(CannotDraw) as caught:
        opened(folder)
    assert caught.value.key == key


def test_without_a_scheduler_it_is_told(folder):
    shutil.rmtree(folder / "scheduler")
    with pytest.raises(ModelFileError) as caught:
        opened(folder)
    assert caught.value.values["file"] == "scheduler/scheduler_config.json"


def test_denoiser_that_is_told_more_than_a_prompt_is_refused(folder):
    change(folder / "unet" / "config.json", num_class_embeds=8)
    path = folder / UNET
    from safetensors.torch import load_file, save_file

    tensors = load_file(path) | {"class_embedding.weight": torch.zeros(8, 64)}
    save_file(tensors, path, metadata={"format": "pt"})
    with pytest.raises(CannotDraw) as caught:
        opened(folder)
    assert caught.value.key == "draw.condition"


@pytest.mark.parametrize(
    ("name", "expected"), [("sd15", torch.float16), ("sd2", torch.float16), ("sdxl", torch.float32)]
)
@pytest.mark.parametrize("kind", ["file", "folder"])
def test_only_a_vae_that_overflows_is_kept_in_fp32(shelf, name, kind, expected):
    shelf.load(f"{name}-{kind}")
    plan = dataclasses.replace(choose_device(DeviceOptions(use_cpu=True)), dtype="float16")
    model = load(shelf.library.open_verified(f"{name}-{kind}"), plan)
    assert (model.pipeline.unet.dtype, model.pipeline.vae.dtype) == (torch.float16, expected)


@pytest.mark.parametrize(
    ("channels", "called"),
    [(8, "InstructPix2Pix"), (5, "depth-to-image"), (7, "x4 upscaler")],
)
def test_folder_of_another_kind_is_refused_by_name(folder, channels, called):
    from safetensors.torch import load_file, save_file

    tensors = load_file(folder / UNET)
    shape = tensors["conv_in.weight"].shape
    tensors["conv_in.weight"] = torch.zeros(shape[0], channels, *shape[2:])
    save_file(tensors, folder / UNET, metadata={"format": "pt"})
    library = Library([folder.parent], pins={})
    assert not library.find(folder.name).can_draw
    with pytest.raises(ModelFileError) as caught:
        library.open_verified(folder.name)
    assert caught.value.key == "model.family"
    assert caught.value.values["family"] == f"Stable Diffusion 1.5 {called}"


def test_vae_with_names_of_older_versions_is_opened(shelf, folder):
    from safetensors.torch import load_file, save_file

    path = folder / "vae" / "diffusion_pytorch_model.safetensors"
    tensors = load_file(path)
    for old, new in (
        ("query", "to_q"),
        ("key", "to_k"),
        ("value", "to_v"),
        ("proj_attn", "to_out.0"),
    ):
        for name in [name for name in tensors if f".{new}." in name]:
            tensors[name.replace(f".{new}.", f".{old}.")] = tensors.pop(name)
    save_file(tensors, path, metadata={"format": "pt"})
    expected = weights(shelf.load("sd15-folder").pipeline, "vae")
    assert_same(weights(opened(folder).pipeline, "vae"), expected)


def test_leftovers_beside_the_parts_are_not_loaded(folder):
    """A clone of a whole repository holds checkpoints, too."""
    (folder / "v1-5-pruned.safetensors").write_bytes((folder / UNET).read_bytes())
    model = opened(folder)
    assert model.sha256 == sha256_of(folder / UNET)


@pytest.mark.parametrize("part", ["unet", "vae", "text_encoder"])
@pytest.mark.parametrize("setting", ["quantization_config", "auto_map"])
def test_config_that_asks_for_more_than_sizes_is_told(folder, part, setting):
    change(folder / part / "config.json", **{setting: {"quant_method": "torchao"}})
    with pytest.raises(ModelFileError) as caught:
        opened(folder)
    assert caught.value.key == "model.foreign_config"
    assert caught.value.values["setting"] == setting


def test_adapter_beside_a_text_encoder_is_told(folder):
    (folder / "text_encoder" / "adapter_config.json").write_text("{}")
    with pytest.raises(ModelFileError) as caught:
        opened(folder)
    assert caught.value.key == "model.foreign_config"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no such files")
@pytest.mark.parametrize(
    "name",
    ["unet/config.json", "vae/config.json", "text_encoder/config.json", "tokenizer/tokenizer.json",
     "tokenizer/tokenizer_config.json", "text_encoder/generation_config.json", "preview.json"],
)  # fmt: skip
def test_pipe_or_device_in_a_folder_ends_in_a_sentence(folder, name):
    shutil.rmtree(folder / name, ignore_errors=True)
    (folder / name).unlink(missing_ok=True)
    os.mkfifo(folder / name)
    if name == "preview.json":
        assert opened(folder).previewer is not None  # a picture does not need it
        return
    with pytest.raises(ModelFileError) as caught:
        opened(folder)
    assert caught.value.key == "model.not_a_file"


def test_programme_in_a_tokenizer_is_not_followed(folder):
    path = folder / "tokenizer" / "tokenizer.json"
    before = opened(folder).pipeline.tokenizer("a blue cat").input_ids
    step = {"type": "Replace", "pattern": {"String": "a"}, "content": "b" * 1000}
    wide = {"max_length": 1 << 62, "strategy": "LongestFirst", "stride": 0, "direction": "Right"}
    change(path, normalizer=step, truncation=wide)
    tokenizer = opened(folder).pipeline.tokenizer
    assert tokenizer("a blue cat").input_ids == before


@pytest.mark.parametrize(
    "vocabulary", [{"a": 1 << 40}, {"a" * 257: 1}, {}, {"a": True}, {"a": "1"}]
)
def test_vocabulary_is_bounded(folder, vocabulary):
    (folder / "tokenizer" / "vocab.json").write_text(json.dumps(vocabulary))
    (folder / "tokenizer" / "merges.txt").write_text("#version: 0.2\n")
    with pytest.raises(CannotDraw) as caught:
        opened(folder)
    assert str(folder.parent) not in str(caught.value)
