"""Networks that a request names are applied, recorded with the picture, and then removed."""

from __future__ import annotations

import dataclasses

import pytest
import torch
from safetensors.torch import load_file, save_file

from models.digest import sha256_of
from models.errors import ModelFileError, ModelNotFound
from models.library import Library
from pipelines.contract.cancel import NEVER
from pipelines.contract.errors import InvalidRequest
from pipelines.contract.painter import Hooks
from pipelines.image.memory.device import DeviceOptions
from pipelines.painter.diffusers_painter import DiffusersPainter
from tests.pipelines.image.shelf import FROM_TEXT

TO_K = "down_blocks_0_attentions_0_transformer_blocks_0_attn2_to_k"
REQUEST = dataclasses.replace(FROM_TEXT, model="sd15-file", prompt="blue smell", seed=5)


def rand(*shape):
    return torch.randn(shape, generator=torch.Generator().manual_seed(sum(shape)))


@pytest.fixture(scope="module")
def painter(shelf, tmp_path_factory):
    shelf.load("sd15-file")
    folder = tmp_path_factory.mktemp("parts")
    for name, width in (("ink", 768), ("wax", 192)):
        layers = {"lora_down.weight": rand(4, width), "lora_up.weight": rand(16, 4)}
        tensors = {f"lora_unet_{TO_K}.{key}": tensor for key, tensor in layers.items()}
        save_file(tensors, folder / f"{name}.safetensors")
    save_file({"emb_params": rand(2, 768)}, folder / "scribble.safetensors")
    weights = load_file(shelf.folder / "sd15-folder/vae/diffusion_pytorch_model.safetensors")
    weights["decoder.conv_out.bias"] = weights["decoder.conv_out.bias"] + 0.2
    save_file(weights, folder / "lighter.safetensors")
    library = Library([*shelf.library.roots, folder])
    library.families, library.known = shelf.library.families, shelf.library.known
    return DiffusersPainter(library, DeviceOptions(use_cpu=True))


def drawn(painter, **changes):
    request = dataclasses.replace(REQUEST, **changes)
    return painter.draw(request, Hooks(lambda _event: None, NEVER))


@pytest.fixture(scope="module")
def plain(painter):
    return drawn(painter).image.tobytes()


CHANGES = {
    "lora": ({"prompt": "blue smell <lora:ink:0.8>"}, "ink"),
    "embedding": ({"prompt": "blue smell scribble"}, "scribble"),
    "embedding left out": ({"negative_prompt": "embedding:scribble"}, "scribble"),
    "vae": ({"vae": "lighter"}, "lighter"),
}


@pytest.mark.parametrize(("changes", "name"), CHANGES.values(), ids=CHANGES.keys())
def test_it_changes_the_picture_and_is_gone_from_the_next(painter, plain, changes, name):
    picture = drawn(painter, **changes)
    assert picture.image.tobytes() != plain
    (used,) = picture.used
    assert used.name == name
    assert used.sha256 == sha256_of(painter._info._library.find(name).path)
    again = drawn(painter)
    assert again.image.tobytes() == plain
    assert again.used == ()


def test_the_prompt_that_is_kept_has_its_tags(painter):
    picture = drawn(painter, prompt="blue smell <lora:ink:0.5>")
    assert picture.prompt == "blue smell <lora:ink:0.5>"


def test_several_take_part_at_once(painter):
    changes = {"prompt": "scribble <lora:ink:0.5>", "vae": "lighter"}
    kinds = [used.kind for used in drawn(painter, **changes).used]
    assert kinds == ["lora", "embedding", "vae"]


def test_a_page_is_told_what_there_is(painter):
    found = {(part.kind, part.name, part.family) for part in painter.parts()}
    assert ("lora", "ink", "sd15") in found
    assert ("lora", "wax", "crayon") in found
    assert ("embedding", "scribble", "sd15") in found


WRONG = {
    "lora:imk": ({"prompt": "x <lora:imk:1>"}, ModelNotFound, "ink"),
    "lora of another family": ({"prompt": "x <lora:wax:1>"}, InvalidRequest, "crayon"),
    "kind": ({"prompt": "x <lorra:ink:1>"}, InvalidRequest, "lora"),
    "weight": ({"prompt": "x <lora:ink:much>"}, InvalidRequest, "much"),
    "embedding:scribbel": ({"prompt": "embedding:scribbel"}, ModelNotFound, "scribble"),
    "vae": ({"vae": "ligther"}, ModelNotFound, "lighter"),
    "a lora as vae": ({"vae": "ink"}, ModelFileError, "ink"),
}


@pytest.mark.parametrize(("changes", "kind", "value"), WRONG.values(), ids=WRONG.keys())
def test_what_cannot_take_part_is_refused_and_leaves_no_trace(painter, plain, changes, kind, value):
    with pytest.raises(kind) as caught:
        drawn(painter, **changes)
    assert value in str(caught.value.values.values())
    assert drawn(painter).image.tobytes() == plain


@pytest.mark.parametrize(("changes", "kind", "value"), WRONG.values(), ids=WRONG.keys())
def test_what_cannot_take_part_is_refused_before_anything_is_drawn(painter, changes, kind, value):
    with pytest.raises(kind) as drawing:
        drawn(painter, **changes)
    with pytest.raises(kind) as checked:
        painter.check(dataclasses.replace(REQUEST, **changes))
    assert checked.value.key == drawing.value.key
    assert value in str(checked.value.values.values())


@pytest.mark.parametrize(("changes", "name"), CHANGES.values(), ids=CHANGES.keys())
def test_what_can_take_part_is_let_through(painter, changes, name):
    painter.check(dataclasses.replace(REQUEST, **changes))


def test_a_meter_counts_an_embedding_by_its_vectors(painter):
    drawn(painter)
    words = painter.measure("cat", "sd15-file", 4)
    both = painter.measure("cat scribble <lora:ink:1>", "sd15-file", 4)
    assert both.used == words.used + 2
    assert painter.measure("cat", "sd15-file.safetensors", 4) == words
