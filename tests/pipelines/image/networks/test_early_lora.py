"""The first LoRA files count layers: the names given to the numbers are the layers counted."""

from __future__ import annotations

import pytest
import torch

from models.errors import ModelFileError
from models.probe import ModelKind, probe
from pipelines.image.networks.early_lora import is_early, with_names
from pipelines.image.networks.names import address, sites
from tests.models.golden import header_of

RANK = 2


@pytest.fixture(scope="module")
def unet():
    """Return SD 1.5's UNet, narrow and without numbers."""
    from diffusers import UNet2DConditionModel

    with torch.device("meta"):
        return UNet2DConditionModel(
            block_out_channels=(8, 16, 32, 32), cross_attention_dim=12, attention_head_dim=2,
            norm_num_groups=2,
        )  # fmt: skip


def counted(unet, kinds):
    """Return the linear layers in the order in which cloneofsimo/lora counted them."""
    return [
        (f"{path}.{name}", layer)
        for path, module in unet.named_modules()
        if type(module).__name__ in kinds
        for name, layer in module.named_modules()
        if isinstance(layer, torch.nn.Linear)
    ]


def numbered(layers):
    tensors = {}
    for number, (_, layer) in enumerate(layers):
        tensors[f"unet:{number}:up"] = torch.full((layer.out_features, RANK), float(number))
        tensors[f"unet:{number}:down"] = torch.full((RANK, layer.in_features), float(number))
    return tensors


def paths(named, unet):
    """Return the model's own path of every layer that a file names, by its number."""
    table = sites(type("Pipeline", (), {"unet": unet, "text_encoder": None}))
    return {
        int(tensor[0, 0]): table[address(name.removesuffix(".lora_down.weight"))].path
        for name, tensor in named.items()
        if name.endswith("down.weight")
    }


@pytest.mark.parametrize("kinds", [{"Attention"}, {"Attention", "GEGLU"}])
def test_every_number_is_the_layer_that_was_counted(unet, kinds):
    layers = counted(unet, kinds)
    assert len(layers) == 16 * (8 + ("GEGLU" in kinds))
    found = paths(with_names(numbered(layers), "early"), unet)
    assert found == {number: path for number, (path, _) in enumerate(layers)}


def test_order_of_older_diffusers_is_seen_by_the_shapes(unet):
    layers = counted(unet, {"Attention", "GEGLU"})
    blocks = [layers[start : start + 9] for start in range(0, len(layers), 9)]
    middle = [*blocks[:6], blocks[-1], *blocks[6:-1]]  # the middle in the middle
    old = [layer for block in middle for layer in (*block[:4], block[8], *block[4:8])]
    found = paths(with_names(numbered(old), "early"), unet)
    assert found == {number: path for number, (path, _) in enumerate(old)}


def test_file_that_ends_early_has_the_first_layers(unet):
    layers = counted(unet, {"Attention"})[:11]
    found = paths(with_names(numbered(layers), "early"), unet)
    assert found == {number: path for number, (path, _) in enumerate(layers)}


def test_text_encoder_counts_k_v_q_out(model_of, library, put):
    from tests.pipelines.image.networks.test_formats import applied, weight_of

    model = model_of()
    path = "encoder.layers.0.self_attn.q_proj"
    before = weight_of(model, path, "text_encoder").clone()
    tensors = {}
    for number in range(4):
        is_it = float(number == 2)
        tensors[f"text_encoder:{number}:up"] = is_it * torch.ones(768, RANK)
        tensors[f"text_encoder:{number}:down"] = 0.01 * torch.ones(RANK, 768)
    put("net", tensors | {"<s1>": torch.ones(768)})
    applied(model, library)
    added = weight_of(model, path, "text_encoder") - before
    torch.testing.assert_close(added, torch.full_like(added, 0.02))


@pytest.mark.parametrize(
    "tensors",
    [
        {"unet:1:up": torch.ones(4, 2), "unet:1:down": torch.ones(2, 4)},
        {f"unet:{n}:{role}": torch.ones(4, 4) for n in range(129) for role in ("up", "down")},
        {f"unet:{number}:up": torch.ones(4, 2) for number in range(128)},
        {"unet:0:up": torch.ones(4, 2), "strange": torch.ones(3)},
        {f"unet:{n}:{role}": torch.ones(3) for n in range(128) for role in ("up", "down")},
    ],
)
def test_what_is_no_model_of_that_time_is_told(tensors):
    with pytest.raises(ModelFileError) as caught:
        with_names(tensors, "early")
    assert caught.value.key == "network.format"


@pytest.mark.parametrize(("width", "family"), [(768, "sd15"), (1024, "sd2"), (320, "")])
def test_it_is_a_lora_of_the_family_its_widths_tell(width, family):
    header = header_of({"unet:0:down": (4, width), "unet:0:up": (320, 4), "<s1>": (768,)})
    found = probe(header)
    assert (found.kind, found.variant, found.family) == (ModelKind.LORA, "cloneofsimo", family)
    assert is_early({"unet:0:down": 1}) and not is_early({"lora_unet_x.alpha": 1})
