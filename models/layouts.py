"""The tensors that a single-file checkpoint must have: names and shapes, computed from a config.

Speaks the names of the original Stable Diffusion files (model.diffusion_model..., first_stage_model
..., cond_stage_model...). Numbers come from our own configs in `models/families/`, in diffusers'
words. Standard library only: a checkpoint can be checked before torch is imported.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Config = Mapping[str, Any]
Named = Iterator[tuple[str, tuple[int, ...]]]

DENOISER = "model.diffusion_model."
VAE = "first_stage_model."


def unet_tensors(config: Config) -> Named:
    """Yield name and shape of every tensor of a UNet, as the original files name them."""
    channels = list(config["block_out_channels"])
    levels, time = len(channels), channels[0] * 4
    per_level = int(config["layers_per_block"])
    depths = _per_level(config.get("transformer_layers_per_block", 1), levels)
    has_attention = ["CrossAttn" in name for name in config["down_block_types"]]

    # 1. time, size conditions, first convolution
    yield from _linear("time_embed.0", channels[0], time)
    yield from _linear("time_embed.2", time, time)
    if config.get("addition_embed_type") == "text_time":
        yield from _linear("label_emb.0.0", config["projection_class_embeddings_input_dim"], time)
        yield from _linear("label_emb.0.2", time, time)
    if config.get("time_cond_proj_dim"):  # models with the guidance scale as an input
        yield "time_embed.cond_proj.weight", (channels[0], config["time_cond_proj_dim"])
    yield from _conv("input_blocks.0.0", config["in_channels"], channels[0], 3)

    # 2. down: what each block leaves behind is what a block on the way up takes in again
    skips, width, number = [channels[0]], channels[0], 1
    for level, out in enumerate(channels):
        for _ in range(per_level):
            yield from _resnet(f"input_blocks.{number}.0", width, out, time)
            if has_attention[level]:
                yield from _attention(f"input_blocks.{number}.1", out, depths[level], config)
            width, number = out, number + 1
            skips.append(out)
        if level < levels - 1:
            yield from _conv(f"input_blocks.{number}.0.op", out, out, 3)
            number += 1
            skips.append(out)

    # 3. middle
    yield from _resnet("middle_block.0", width, width, time)
    yield from _attention("middle_block.1", width, depths[-1], config)
    yield from _resnet("middle_block.2", width, width, time)

    # 4. up
    number = 0
    for level in reversed(range(levels)):
        out = channels[level]
        for layer in range(per_level + 1):
            place = 1
            yield from _resnet(f"output_blocks.{number}.0", width + skips.pop(), out, time)
            if has_attention[level]:
                yield from _attention(f"output_blocks.{number}.1", out, depths[level], config)
                place = 2
            if level and layer == per_level:
                yield from _conv(f"output_blocks.{number}.{place}.conv", out, out, 3)
            width, number = out, number + 1
    yield from _norm("out.0", channels[0])
    yield from _conv("out.2", channels[0], config["out_channels"], 3)


def vae_tensors(config: Config) -> Named:
    """Yield name and shape of every tensor of a VAE, as the original files name them."""
    channels = list(config["block_out_channels"])
    latent, last = int(config["latent_channels"]), len(channels) - 1
    per_level = int(config["layers_per_block"])
    yield from _conv("encoder.conv_in", config["in_channels"], channels[0], 3)
    width = channels[0]
    for level, out in enumerate(channels):
        for layer in range(per_level):
            yield from _vae_resnet(f"encoder.down.{level}.block.{layer}", width, out)
            width = out
        if level < last:
            yield from _conv(f"encoder.down.{level}.downsample.conv", out, out, 3)
    yield from _vae_middle("encoder", width)
    yield from _conv("encoder.conv_out", width, 2 * latent, 3)
    yield from _conv("decoder.conv_in", latent, width, 3)
    yield from _vae_middle("decoder", channels[0], middle=width)
    for level in reversed(range(len(channels))):
        out = channels[level]
        for layer in range(per_level + 1):
            yield from _vae_resnet(f"decoder.up.{level}.block.{layer}", width, out)
            width = out
        if level:
            yield from _conv(f"decoder.up.{level}.upsample.conv", out, out, 3)
    yield from _conv("decoder.conv_out", width, config["out_channels"], 3)
    yield from _conv("quant_conv", 2 * latent, 2 * latent, 1)
    yield from _conv("post_quant_conv", latent, latent, 1)


def clip_tensors(config: Config) -> Named:
    """Yield name and shape of every tensor of a CLIP text encoder in transformers' names."""
    width, inner = int(config["hidden_size"]), int(config["intermediate_size"])
    yield "embeddings.token_embedding.weight", (config["vocab_size"], width)
    yield "embeddings.position_embedding.weight", (config["max_position_embeddings"], width)
    for number in range(config["num_hidden_layers"]):
        layer = f"encoder.layers.{number}"
        for part in ("k_proj", "v_proj", "q_proj", "out_proj"):
            yield from _linear(f"{layer}.self_attn.{part}", width, width)
        yield from _norm(f"{layer}.layer_norm1", width)
        yield from _linear(f"{layer}.mlp.fc1", width, inner)
        yield from _linear(f"{layer}.mlp.fc2", inner, width)
        yield from _norm(f"{layer}.layer_norm2", width)
    yield from _norm("final_layer_norm", width)


def open_clip_tensors(config: Config) -> Named:
    """Yield name and shape of every tensor of a text encoder in OpenCLIP's names."""
    yield "text_projection", (config["hidden_size"], config["projection_dim"])
    yield from open_clip_states(config)


def open_clip_states(config: Config) -> Named:
    """Yield the same without the projection of pooled states, which SD 2 does not use."""
    width, inner = int(config["hidden_size"]), int(config["intermediate_size"])
    yield "positional_embedding", (config["max_position_embeddings"], width)
    yield "token_embedding.weight", (config["vocab_size"], width)
    for number in range(config["num_hidden_layers"]):
        block = f"transformer.resblocks.{number}"
        yield f"{block}.attn.in_proj_weight", (3 * width, width)
        yield f"{block}.attn.in_proj_bias", (3 * width,)
        yield from _linear(f"{block}.attn.out_proj", width, width)
        yield from _norm(f"{block}.ln_1", width)
        yield from _norm(f"{block}.ln_2", width)
        yield from _linear(f"{block}.mlp.c_fc", width, inner)
        yield from _linear(f"{block}.mlp.c_proj", inner, width)
    yield from _norm("ln_final", width)


def _resnet(name: str, width: int, out: int, time: int) -> Named:
    yield from _norm(f"{name}.in_layers.0", width)
    yield from _conv(f"{name}.in_layers.2", width, out, 3)
    yield from _linear(f"{name}.emb_layers.1", time, out)
    yield from _norm(f"{name}.out_layers.0", out)
    yield from _conv(f"{name}.out_layers.3", out, out, 3)
    if width != out:
        yield from _conv(f"{name}.skip_connection", width, out, 1)


def _attention(name: str, width: int, depth: int, config: Config) -> Named:
    project = _linear if config.get("use_linear_projection") else _conv
    text = int(config["cross_attention_dim"])
    yield from _norm(f"{name}.norm", width)
    yield from project(f"{name}.proj_in", width, width)
    for number in range(depth):
        block = f"{name}.transformer_blocks.{number}"
        for attention, source in (("attn1", width), ("attn2", text)):
            yield f"{block}.{attention}.to_q.weight", (width, width)
            yield f"{block}.{attention}.to_k.weight", (width, source)
            yield f"{block}.{attention}.to_v.weight", (width, source)
            yield from _linear(f"{block}.{attention}.to_out.0", width, width)
        yield from _linear(f"{block}.ff.net.0.proj", width, 8 * width)  # GEGLU: value and gate
        yield from _linear(f"{block}.ff.net.2", 4 * width, width)
        for norm in ("norm1", "norm2", "norm3"):
            yield from _norm(f"{block}.{norm}", width)
    yield from project(f"{name}.proj_out", width, width)


def _vae_resnet(name: str, width: int, out: int) -> Named:
    yield from _norm(f"{name}.norm1", width)
    yield from _conv(f"{name}.conv1", width, out, 3)
    yield from _norm(f"{name}.norm2", out)
    yield from _conv(f"{name}.conv2", out, out, 3)
    if width != out:
        yield from _conv(f"{name}.nin_shortcut", width, out, 1)


def _vae_middle(half: str, last: int, middle: int | None = None) -> Named:
    """Yield the middle of an encoder or decoder, and the norm before its last convolution."""
    width = middle or last
    yield from _vae_resnet(f"{half}.mid.block_1", width, width)
    yield from _norm(f"{half}.mid.attn_1.norm", width)
    for part in ("q", "k", "v", "proj_out"):
        yield from _conv(f"{half}.mid.attn_1.{part}", width, width, 1)
    yield from _vae_resnet(f"{half}.mid.block_2", width, width)
    yield from _norm(f"{half}.norm_out", last)


def _linear(name: str, width: int, out: int) -> Named:
    yield f"{name}.weight", (out, width)
    yield f"{name}.bias", (out,)


def _conv(name: str, width: int, out: int, side: int = 1) -> Named:
    yield f"{name}.weight", (out, width, side, side)
    yield f"{name}.bias", (out,)


def _norm(name: str, width: int) -> Named:
    yield f"{name}.weight", (width,)
    yield f"{name}.bias", (width,)


def _per_level(number: int | list[int], levels: int) -> list[int]:
    return [number] * levels if isinstance(number, int) else list(number)
