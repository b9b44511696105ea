"""The same file, merged here and loaded by diffusers with PEFT, makes the same model."""

from __future__ import annotations

import pytest
import torch

from pipelines.image.networks.lora_manager import LoraManager
from pipelines.image.prompt.networks import take_networks

UNET = {
    "sd15": (
        "lora_unet_down_blocks_0_attentions_0_transformer_blocks_0_attn1_to_q",
        "lora_unet_mid_block_attentions_0_transformer_blocks_0_ff_net_0_proj",
        "lora_unet_up_blocks_1_attentions_1_transformer_blocks_0_attn2_to_out_0",
        "lora_unet_down_blocks_1_resnets_0_conv1",
    ),
    "sdxl": (
        "lora_unet_input_blocks_1_1_transformer_blocks_0_attn1_to_q",
        "lora_unet_middle_block_1_transformer_blocks_0_ff_net_0_proj",
        "lora_unet_output_blocks_3_1_transformer_blocks_0_attn2_to_out_0",
    ),
}
TEXT = {"sd15": ("lora_te_",), "sdxl": ("lora_te1_", "lora_te2_")}


def rand(seed, *shape):
    return 0.3 * torch.randn(shape, generator=torch.Generator().manual_seed(seed))


def file_for(family, model):
    from pipelines.image.networks.names import address, sites

    stems = list(UNET[family])
    # diffusers 0.42 drops attention layers of kohya's text encoders with transformers 5
    stems += [f"{start}text_model_encoder_layers_0_mlp_fc1" for start in TEXT[family]]
    table, tensors = sites(model.pipeline), {}
    for seed, stem in enumerate(stems):
        out, width, *sides = table[address(stem)].module.weight.shape
        tensors[f"{stem}.lora_down.weight"] = rand(seed, 3, width, *sides)
        tensors[f"{stem}.lora_up.weight"] = rand(seed + 50, out, 3, *[1] * len(sides))
        tensors[f"{stem}.alpha"] = torch.tensor(2.0)
    return tensors


@pytest.mark.parametrize("family", ["sd15", "sdxl"])
@pytest.mark.filterwarnings("ignore::UserWarning", "ignore::FutureWarning")
def test_the_numbers_are_those_of_peft(model_of, library, put, family):
    ours, theirs = model_of(family), model_of(family)
    tensors = file_for(family, ours)
    put("net", tensors)
    LoraManager(library).apply(ours, take_networks("<lora:net>")[1])
    theirs.pipeline.load_lora_weights({key: value.clone() for key, value in tensors.items()})
    width = 2048 if family == "sdxl" else 768
    inputs = {"encoder_hidden_states": rand(1, 1, 5, width)}
    if family == "sdxl":
        inputs["added_cond_kwargs"] = {"text_embeds": rand(2, 1, 1280), "time_ids": rand(3, 1, 6)}
    with torch.no_grad():
        one, two = (m.pipeline.unet(rand(4, 1, 4, 8, 8), 7, **inputs)[0] for m in (ours, theirs))
        torch.testing.assert_close(one, two, atol=1e-4, rtol=1e-4)
        for name in ("text_encoder", "text_encoder_2"):
            if hasattr(ours.pipeline, name):
                ids = torch.tensor([[512, 5, 6, 513]])
                one, two = (getattr(m.pipeline, name)(ids)[0] for m in (ours, theirs))
                torch.testing.assert_close(one, two, atol=1e-4, rtol=1e-4)
