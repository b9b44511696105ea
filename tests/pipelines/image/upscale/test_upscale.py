"""Pictures made larger by their pixels: networks with known answers, tiles, drawings."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
import torch
from PIL import Image
from safetensors.torch import save_file

from models.errors import ModelFileError, ModelNotFound
from models.library import Library
from pipelines.contract.cancel import NEVER
from pipelines.contract.painter import Hooks, Progress
from pipelines.contract.phrase import Phrase
from pipelines.contract.picture_settings import Hires, ImageToImage
from pipelines.contract.requests import PictureRequest
from pipelines.image.memory.device import DeviceOptions
from pipelines.image.upscale.esrgan import Esrgan, NotEsrgan
from pipelines.image.upscale.tiles import in_tiles
from pipelines.painter.diffusers_painter import DiffusersPainter

WIDTH, GROWTH, BLOCKS = 8, 4, 1
PICTURE = "a" * 64
REQUEST = PictureRequest(
    Phrase("파란 냄새", "blue smell", (), "typed"),
    model="tiny",
    width=64,
    height=64,
    steps=3,
    seed=7,
)


def tensors(channels=3, doublings=2, weight=0.0, seed=0):
    """A network that copies its picture; `weight` of random numbers on top."""
    generator = torch.Generator().manual_seed(seed)
    shapes = {"conv_first": (WIDTH, channels), "conv_body": (WIDTH, WIDTH)}
    for part in (1, 2, 3):
        for number in range(1, 6):
            out = WIDTH if number == 5 else GROWTH
            shapes[f"body.0.rdb{part}.conv{number}"] = (out, WIDTH + (number - 1) * GROWTH)
    shapes |= {f"conv_up{number}": (WIDTH, WIDTH) for number in range(1, doublings + 1)}
    shapes |= {"conv_hr": (WIDTH, WIDTH), "conv_last": (3, WIDTH)}
    found = {}
    for name, (out, taken) in shapes.items():
        kernel = weight * torch.randn(out, taken, 3, 3, generator=generator)
        if not name.startswith("body") and name != "conv_body":
            for one in range(min(out, taken, 3 if "up" not in name and "hr" not in name else 8)):
                kernel[one, one, 1, 1] += 1
        found[f"{name}.weight"] = kernel
        found[f"{name}.bias"] = torch.zeros(out)
    return found


def in_old_names(new):
    tail = {"conv_first": "0", "conv_body": "1.sub.1", "conv_up1": "3", "conv_up2": "6",
            "conv_hr": "8", "conv_last": "10"}  # fmt: skip
    found = {}
    for name, tensor in new.items():
        parts = name.split(".")
        if parts[0] == "body":
            block, dense, conv = parts[1], parts[2].upper(), parts[3]
            found[f"model.1.sub.{block}.{dense}.{conv}.0.{parts[4]}"] = tensor
        else:
            found[f"model.{tail[parts[0]]}.{parts[1]}"] = tensor
    return found


@pytest.fixture
def pixels():
    return torch.rand(1, 3, 20, 28, generator=torch.Generator().manual_seed(1))


def test_a_network_that_copies_makes_each_pixel_a_square(pixels):
    network = Esrgan(tensors())
    assert network.scale == 4
    expected = pixels.repeat_interleave(4, 2).repeat_interleave(4, 3)
    assert torch.allclose(network(pixels), expected, atol=1e-6)


def test_both_namings_are_the_same_network(pixels):
    new = tensors(weight=0.05)
    assert torch.equal(Esrgan(new)(pixels), Esrgan(in_old_names(new))(pixels))


@pytest.mark.parametrize(("channels", "scale"), [(12, 2), (48, 1)])
def test_networks_for_a_smaller_scale_take_cells_in(pixels, channels, scale):
    network = Esrgan(tensors(channels=channels, weight=0.05))
    assert network.scale == scale
    odd = pixels[..., :19, :27]
    assert network(odd).shape == (1, 3, 19 * scale, 27 * scale)


def test_tiles_give_what_the_whole_gives(pixels):
    network = Esrgan(tensors(weight=0.03))
    calls = []
    parts = in_tiles(network, pixels, 4, network.margin, lambda *one: calls.append(one), tile=9)
    assert torch.allclose(parts, network(pixels), atol=2e-3)
    assert calls == [(number, 12) for number in range(12)]


@pytest.mark.parametrize(
    "broken",
    [
        {},
        {"conv_first.weight": torch.zeros(8, 5, 3, 3)},
        {"body.0.rdb2.conv3.weight": torch.zeros(4, 4, 3, 3)},
        {"conv_last.bias": torch.zeros(4)},
        {"body.7.rdb1.conv1.weight": torch.zeros(4, 8, 3, 3)},
    ],
    ids=["empty", "channels", "width", "bias", "a block is missing"],
)
def test_what_is_no_such_network_is_refused(broken):
    found = {**tensors(), **broken} if broken else {}
    with pytest.raises(NotEsrgan):
        Esrgan(found)


# ---- in a drawing


@pytest.fixture
def library(tiny_models, tmp_path):
    save_file(tensors(), tmp_path / "sharp.safetensors")
    save_file({"conv_first.weight": torch.zeros(64, 3, 3, 3)}, tmp_path / "half.safetensors")
    return Library([tiny_models, tmp_path], pins={})


@pytest.fixture
def image():
    return Image.fromarray(np.random.default_rng(0).integers(0, 255, (64, 64, 3), dtype=np.uint8))


@pytest.fixture
def painter(library, image):
    options = DeviceOptions(use_cpu=True)
    return DiffusersPainter(library, options, open_picture={PICTURE: image}.__getitem__)


def drawn(painter, heard=None, **changes):
    hooks = Hooks((heard if heard is not None else []).append, NEVER)
    return painter.draw(dataclasses.replace(REQUEST, **changes), hooks)


def test_a_second_pass_may_begin_with_a_network(painter):
    picture = drawn(painter, hires=Hires(2, "sharp", steps=2))
    assert picture.image.size == (128, 128)
    assert [(one.kind, one.name) for one in picture.used] == [("upscaler", "sharp")]
    assert "sharp" in {part.name for part in painter.parts() if part.kind == "upscaler"}


def test_a_finished_picture_is_made_larger_and_nothing_else(painter, image):
    heard: list[Progress] = []
    asked = {"source": ImageToImage(PICTURE, strength=0), "hires": Hires(4, "sharp", strength=0)}
    picture = drawn(painter, heard, **asked)
    assert picture.image.size == (256, 256)
    assert [event.step for event in heard if event.steps == 1][-1] == 1  # one tile
    assert picture.image.tobytes() == image.resize((256, 256), Image.Resampling.NEAREST).tobytes()


def test_lanczos_alone_is_pillows(painter, image):
    asked = {"source": ImageToImage(PICTURE, strength=0), "hires": Hires(2, "Lanczos", strength=0)}
    expected = image.resize((128, 128), Image.Resampling.LANCZOS)
    assert drawn(painter, **asked).image.tobytes() == expected.tobytes()


def test_a_drawing_may_be_made_larger_without_drawing_over_it(painter):
    plain = drawn(painter).image
    larger = drawn(painter, hires=Hires(2, "Nearest", strength=0)).image
    assert larger.tobytes() == plain.resize((128, 128), Image.Resampling.NEAREST).tobytes()


def test_a_source_of_no_strength_stays_as_it_is(painter, image):
    assert (
        drawn(painter, source=ImageToImage(PICTURE, strength=0)).image.tobytes() == image.tobytes()
    )


def test_an_unknown_upscaler_names_the_nearest(painter):
    with pytest.raises(ModelNotFound) as caught:
        drawn(painter, hires=Hires(2, "sharpe"))
    assert caught.value.key == "upscaler.unknown"
    assert "sharp" in str(caught.value.values["nearest"])


def test_a_file_that_is_no_network_is_refused(painter):
    with pytest.raises(ModelFileError) as caught:
        drawn(painter, hires=Hires(2, "half"))
    assert caught.value.key == "upscaler.structure"
    assert drawn(painter).image.size == (64, 64)
