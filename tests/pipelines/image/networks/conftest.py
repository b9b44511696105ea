"""Tiny models to dress, and files of every format with known numbers in them."""

from __future__ import annotations

import copy
from types import SimpleNamespace

import pytest
import torch

from models.library import Library
from pipelines.image.conditioning.encode import PromptEncoder
from tests.models.ldm import build, write_configs


@pytest.fixture(scope="session")
def bare_pipelines(tmp_path_factory):
    from tests.tiny import tiny_parts

    configs = write_configs(tmp_path_factory.mktemp("networks") / "families")
    found = {family: build(family, configs) for family in ("sd15", "sdxl")}
    from diffusers import StableDiffusionPipeline

    found["crayon"] = StableDiffusionPipeline(**tiny_parts())
    for pipeline in found.values():
        pipeline.set_progress_bar_config(disable=True)
    return found


@pytest.fixture
def model_of(bare_pipelines):
    """Return a fresh model of a family: what a test does to it, no other test sees."""

    def make(family="sd15", dtype=torch.float32):
        pipeline = copy.deepcopy(bare_pipelines[family]).to(dtype)
        return SimpleNamespace(name=family, pipeline=pipeline, encoder=PromptEncoder(pipeline))

    return make


@pytest.fixture
def folder(tmp_path):
    return tmp_path


@pytest.fixture
def library(folder):
    return Library([folder], pins={})


@pytest.fixture
def put(folder):
    """Write a safetensors file of random or given tensors below the models folder."""

    def write(name, tensors, metadata=None):
        from safetensors.torch import save_file

        path = folder / f"{name}.safetensors"
        path.parent.mkdir(exist_ok=True)
        plain = {key: tensor.contiguous().clone() for key, tensor in tensors.items()}
        save_file(plain, path, metadata=metadata)
        return path

    return write
