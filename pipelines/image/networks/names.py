"""Match the tensor names of LoRA files with the layers of a diffusers pipeline.

Knows the namings of kohya, LyCORIS, diffusers, PEFT, ComfyUI and of the original checkpoints.
Every name is flattened (dots become underscores), so that one table holds them all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pipelines.image.private_parts import without_compiler

UNET, TEXT, TEXT_2 = "unet", "text_encoder", "text_encoder_2"
PARTS = (UNET, TEXT, TEXT_2)

# prefix of a name -> the part; longer ones first, and a name with none of them is the UNet's
_STARTS: tuple[tuple[str, str], ...] = (
    ("text_encoders_clip_l_transformer_", TEXT),
    ("text_encoders_clip_g_transformer_", TEXT_2),
    ("model_diffusion_model_", UNET),
    ("diffusion_model_", UNET),
    ("text_encoder_2_", TEXT_2),
    ("text_encoder_", TEXT),
    ("lora_unet_", UNET),
    ("oft_unet_", UNET),
    ("lora_te1_", TEXT),
    ("lora_te2_", TEXT_2),
    ("lora_te_", TEXT),
    ("lycoris_", UNET),
    ("unet_", UNET),
)
_WRAPPERS = ("base_model_model_", "text_model_")
_OLD_ATTENTION = re.compile(r"_self_attn_to_(q|k|v|out)$")

_RESNET = {
    "norm1": "in_layers.0",
    "conv1": "in_layers.2",
    "time_emb_proj": "emb_layers.1",
    "norm2": "out_layers.0",
    "conv2": "out_layers.3",
    "conv_shortcut": "skip_connection",
}
_OUTSIDE = {
    "conv_in": "input_blocks.0.0",
    "time_embedding.linear_1": "time_embed.0",
    "time_embedding.linear_2": "time_embed.2",
    "add_embedding.linear_1": "label_emb.0.0",
    "add_embedding.linear_2": "label_emb.0.2",
    "conv_norm_out": "out.0",
    "conv_out": "out.2",
}
_BLOCK = re.compile(r"(?:(down|up)_blocks\.(\d+)|mid_block)\.(\w+)\.(\d+)(?:\.(.+))?")


@dataclass(frozen=True, slots=True)
class Site:
    """A layer of the model that a LoRA can change: its part, its path in there, its module."""

    part: str
    path: str
    module: Any


def sites(pipeline: Any) -> dict[tuple[str, str], Site]:
    """Return (part, flattened name) -> layer, under every name that files have for the layer."""
    found: dict[tuple[str, str], Site] = {}
    for part in PARTS:
        whole = getattr(pipeline, part, None)
        if whole is None:
            continue
        whole = without_compiler(whole)
        for path, module in whole.named_modules():
            if getattr(module, "weight", None) is None:
                continue
            site = Site(part, path, module)
            for name in _names(whole, part, path):
                found[part, name.replace(".", "_")] = site
    return found


def address(stem: str) -> tuple[str, str]:
    """Return the part and the flattened name of a layer from its name in a file.

    >>> address("lora_te1_text_model_encoder_layers_0_mlp_fc1")
    ('text_encoder', 'encoder_layers_0_mlp_fc1')
    >>> address("unet.mid_block.attentions.0.transformer_blocks.0.attn1.processor.to_out")[1][-16:]
    's_0_attn1_to_out'
    """
    name = stem.replace(".", "_")
    part = UNET
    for start, meant in _STARTS:
        if name.startswith(start):
            name, part = name.removeprefix(start), meant
            break
    for wrapper in _WRAPPERS:
        name = name.removeprefix(wrapper)
    if part == UNET:
        return part, name.replace("_processor_", "_")
    return part, _OLD_ATTENTION.sub(_new_attention, name)


def _new_attention(found: re.Match[str]) -> str:
    return f"_self_attn_{found[1]}_proj"


def _names(whole: Any, part: str, path: str) -> Iterator[str]:
    if part != UNET:
        yield path.removeprefix("text_model.")
        return
    yield path
    if path.endswith(".to_out.0"):
        yield path.removesuffix(".0")  # what diffusers wrote before 0.22
    original = _original(whole, path)
    if original:
        yield original
        if original.endswith(".to_out.0"):
            yield original.removesuffix(".0")


def _original(unet: Any, path: str) -> str:
    """Return a UNet layer's name in the original checkpoints; "" where they have none."""
    if path in _OUTSIDE:
        return _OUTSIDE[path]
    found = _BLOCK.fullmatch(path)
    if found is None:
        return ""
    direction, block, kind, layer, rest = found.groups()
    if direction is None:
        place = f"middle_block.{int(layer) * 2 if kind == 'resnets' else 1}"
    else:
        place = _place(unet, direction, int(block), kind, int(layer))
    if kind == "resnets":
        return f"{place}.{_RESNET.get(rest, rest)}"
    if kind == "downsamplers":
        return f"{place}.op"
    return f"{place}.{rest}"


def _place(unet: Any, direction: str, block: int, kind: str, layer: int) -> str:
    per_level = unet.config.layers_per_block
    count = (per_level if isinstance(per_level, int) else max(per_level)) + 1
    if direction == "down":
        if kind == "downsamplers":
            return f"input_blocks.{(block + 1) * count}.0"
        return f"input_blocks.{block * count + layer + 1}.{int(kind == 'attentions')}"
    if kind == "upsamplers":
        has_attention = hasattr(unet.up_blocks[block], "attentions")
        return f"output_blocks.{block * count + count - 1}.{1 + has_attention}"
    return f"output_blocks.{block * count + layer}.{int(kind == 'attentions')}"
