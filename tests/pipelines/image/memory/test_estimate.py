"""A model's weights are counted from headers, a folder's and a single file's alike."""

from __future__ import annotations

import json
import math
import struct
from types import SimpleNamespace
from typing import Any

import pytest

from models.library import BUILTIN, Library
from models.structure import expected_tensors
from pipelines.image.memory.estimate import MemoryEstimate, estimate_memory
from tests.tiny import save_tiny_model


def write_header(path, tensors):
    """Write a safetensors file of zeros, without its zeros: a sparse file."""
    header, end = {}, 0
    for name, shape in tensors:
        start, end = end, end + 2 * math.prod(shape)
        header[name] = {"dtype": "F16", "shape": shape, "data_offsets": [start, end]}
    text = json.dumps(header).encode()
    with path.open("wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        file.truncate(8 + len(text) + end)


@pytest.mark.parametrize(
    ("family", "denoiser", "encoders", "block"),
    [
        ("sd15", 859_520_964, (123_060_480,), 258_330_880),
        ("sdxl", 2_567_463_684, (123_060_480, 694_659_840), 1_206_568_960),
    ],
)
def test_a_single_file_is_counted_part_by_part(tmp_path, family, denoiser, encoders, block):
    path = tmp_path / "model.safetensors"
    write_header(path, expected_tensors(family))
    model: Any = SimpleNamespace(path=path, is_folder=False, probe=SimpleNamespace(family=family))
    needs = estimate_memory(model)
    assert (needs.family, needs.denoiser, needs.vae) == (family, denoiser, 83_653_863)
    assert needs.encoders == encoders
    assert needs.largest_block == block
    assert block < needs.largest_pair < denoiser


def test_a_folder_is_counted_as_its_pipeline_is(tmp_path):
    from diffusers import StableDiffusionPipeline

    folder = save_tiny_model(tmp_path / "tiny")
    model: Any = SimpleNamespace(path=folder, is_folder=True, probe=None)
    needs = estimate_memory(model)
    pipeline = StableDiffusionPipeline.from_pretrained(folder, safety_checker=None)

    def weights(part):
        return sum(weight.numel() for weight in part.parameters())

    assert needs.denoiser == weights(pipeline.unet)
    assert needs.vae == weights(pipeline.vae)
    assert needs.encoders == (weights(pipeline.text_encoder),)
    blocks = [*pipeline.unet.down_blocks, *pipeline.unet.up_blocks]
    assert needs.largest_block == max(weights(block) for block in blocks)
    assert needs.outside_blocks == needs.denoiser - sum(weights(block) for block in blocks)


def test_a_second_copy_in_fp16_is_not_counted(tmp_path):
    for name in ("unet/model.safetensors", "unet/model.fp16.safetensors"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        write_header(path, [("conv_in.weight", (4, 4))])
    model: Any = SimpleNamespace(path=tmp_path, is_folder=True, probe=None)
    assert estimate_memory(model).denoiser == 16


def test_fp16_alone_is_counted(tmp_path):
    write_header_at = tmp_path / "unet" / "model.fp16.safetensors"
    write_header_at.parent.mkdir()
    write_header(write_header_at, [("conv_in.weight", (4, 4))])
    model: Any = SimpleNamespace(path=tmp_path, is_folder=True, probe=None)
    assert estimate_memory(model).denoiser == 16


def test_the_builtin_model_can_be_counted():
    needs = estimate_memory(Library(()).find("crayon"))
    files = [path.stat().st_size for path in (BUILTIN / "crayon").rglob("*.safetensors")]
    assert needs.family == "crayon"
    assert sum(files) / 4 <= needs.weights <= sum(files)


def test_a_larger_picture_needs_more_of_everything_but_weights():
    small = MemoryEstimate("sd15", 10, 10, (10,), 5, 10, 0)
    large = small.at(1024, 1024, 2)
    assert large.weights == small.weights
    assert large.step_bytes("float16") > 4 * small.step_bytes("float16")
    decode = {"is_tiled": False, "is_cpu": False}
    assert large.decode_bytes("float16", **decode) > 3 * small.decode_bytes("float16", **decode)


def test_tiles_bound_the_decode():
    large = MemoryEstimate("sdxl", 10, 10, (10,), 5, 10, 0, 2048, 2048)
    whole, tiled = (
        large.decode_bytes("float32", is_tiled=is_tiled, is_cpu=False) for is_tiled in (False, True)
    )
    assert tiled < whole / 10
