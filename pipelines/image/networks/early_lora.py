"""The first LoRA files (cloneofsimo/lora, 2022): layers by their number, here given their names.

`unet:0:up`, `unet:0:down`, ... count the linear layers of the attention blocks in the order in
which diffusers had them then: down blocks, up blocks, middle (or the middle between them), and in
a block attn1, perhaps the first layer of ff, and attn2, in one of two orders. Which order it was,
the shapes tell. Text encoders count k, v, q, out of every layer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from models.errors import ModelFileError

_NAME = re.compile(r"(unet|text_encoder):(\d{1,4}):(up|down)")
_ATTENTION = ("to_q", "to_k", "to_v", "to_out_0")
_TEXT_LAYERS = ("k_proj", "v_proj", "q_proj", "out_proj")
FF = "ff_net_0_proj"
# (block, attentions) of SD 1.x and 2.x
_DOWN = (("down_blocks_0", 2), ("down_blocks_1", 2), ("down_blocks_2", 2))
_UP = (("up_blocks_1", 3), ("up_blocks_2", 3), ("up_blocks_3", 3))
_MIDDLE = (("mid_block", 1),)
BLOCKS = 16

Numbered = dict[int, dict[str, Any]]


def is_early(tensors: Mapping[str, Any]) -> bool:
    """Return whether a file numbers its layers."""
    return any(_NAME.fullmatch(name) for name in tensors)


def with_names(tensors: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Return the tensors under kohya's names; the embeddings that may lie beside them left out.

    Raises:
        ModelFileError: the layers are not those of any model of that time.
    """
    parts: dict[str, Numbered] = {"unet": {}, "text_encoder": {}}
    for key, tensor in tensors.items():
        match = _NAME.fullmatch(key)
        if match is not None:
            parts[match[1]].setdefault(int(match[2]), {})[match[3]] = tensor
        elif not key.startswith("<"):
            raise ModelFileError("network.format", name=name, format="?", tensor=key[:120])
    found: dict[str, Any] = {}
    for stems, layers in (
        (_unet_stems(parts["unet"], name), parts["unet"]),
        (_text_stems(len(parts["text_encoder"])), parts["text_encoder"]),
    ):
        for number, stem in enumerate(stems):
            layer = _layer(layers, number, name)
            found[f"{stem}.lora_down.weight"] = layer["down"]
            found[f"{stem}.lora_up.weight"] = layer["up"]
    return found


def _layer(layers: Numbered, number: int, name: str) -> dict[str, Any]:
    layer = layers.get(number, {})
    if layer.keys() != {"up", "down"} or any(tensor.ndim != 2 for tensor in layer.values()):
        raise ModelFileError(
            "network.format", name=name, format="cloneofsimo", tensor=f"{number}:up, {number}:down"
        )
    return layer


def _text_stems(count: int) -> Iterator[str]:
    for number in range(count):
        layer, place = divmod(number, len(_TEXT_LAYERS))
        yield f"lora_te_text_model_encoder_layers_{layer}_self_attn_{_TEXT_LAYERS[place]}"


def _unet_stems(layers: Numbered, name: str) -> list[str]:
    if not layers:
        return []
    pairs = [_layer(layers, number, name) for number in range(len(layers))]
    each = 9 if any(map(_is_ff, pairs)) else 8
    if len(pairs) > BLOCKS * each:
        raise ModelFileError(
            "network.format", name=name, format="cloneofsimo", tensor=f"unet: {len(pairs)}"
        )
    # a whole file ends with the widest level where the middle comes last
    is_whole = len(pairs) == BLOCKS * each
    is_middle_inside = is_whole and pairs[-each]["up"].shape[0] == pairs[0]["up"].shape[0]
    blocks = (*_DOWN, *_MIDDLE, *_UP) if is_middle_inside else (*_DOWN, *_UP, *_MIDDLE)
    inside = _inside(pairs, each)
    stems = [
        f"lora_unet_{block}_attentions_{number}_transformer_blocks_0_{layer}"
        for block, count in blocks
        for number in range(count)
        for layer in inside
    ]
    return stems[: len(pairs)]


def _inside(pairs: list[dict[str, Any]], each: int) -> list[str]:
    """Return the layers of a block in their order."""
    first = [f"attn1_{layer}" for layer in _ATTENTION]
    second = [f"attn2_{layer}" for layer in _ATTENTION]
    if each == 8:
        return first + second
    is_ff_between = len(pairs) > 4 and _is_ff(pairs[4])
    return [*first, FF, *second] if is_ff_between else [*first, *second, FF]


def _is_ff(pair: dict[str, Any]) -> bool:
    """Return whether it is the first layer of ff: twice (GEGLU) four times as wide as its input."""
    return bool(pair["up"].shape[0] == 8 * pair["down"].shape[1])
