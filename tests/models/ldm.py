"""Tiny Stable Diffusion models, each as a diffusers folder and as the single file of that folder.

The names of the single file are derived here, by rule, from the names of diffusers; the program
goes the other way through diffusers' own converters, so the two check each other.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from models.digest import sha256_of
from models.structure import FAMILIES, expected_tensors, read_config
from models.tokenizer import PLACE
from models.trust import KnownFile

UNET: dict[str, Any] = {
    "block_out_channels": [16, 32],
    "down_block_types": ["CrossAttnDownBlock2D", "DownBlock2D"],
    "up_block_types": ["UpBlock2D", "CrossAttnUpBlock2D"],
    "layers_per_block": 1,
    "norm_num_groups": 4,
    "attention_head_dim": 8,
    "sample_size": 8,
}
VAE: dict[str, Any] = {
    "block_out_channels": [8, 8, 16, 16],
    "down_block_types": ["DownEncoderBlock2D"] * 4,
    "up_block_types": ["UpDecoderBlock2D"] * 4,
    "layers_per_block": 1,
    "norm_num_groups": 4,
    "sample_size": 64,
}
TEXT = {
    "num_hidden_layers": 1,
    "intermediate_size": 32,
    "vocab_size": 514,
    "bos_token_id": 512,
    "eos_token_id": 513,
    "pad_token_id": 513,
}
SDXL_UNET = UNET | {"transformer_layers_per_block": [1, 2], "addition_time_embed_dim": 8}
TINY: dict[str, dict[str, dict[str, Any]]] = {
    "sd15": {"unet": UNET, "vae": VAE, "text_encoder": TEXT},
    "sd2": {"unet": UNET, "vae": VAE, "text_encoder": TEXT | {"pad_token_id": 0}},
    "sdxl": {
        "unet": SDXL_UNET | {"projection_class_embeddings_input_dim": 6 * 8 + 1280},
        "vae": VAE,
        "text_encoder": TEXT,
        "text_encoder_2": TEXT,
    },
    "sdxl-refiner": {
        "unet": SDXL_UNET | {"projection_class_embeddings_input_dim": 5 * 8 + 1280},
        "vae": VAE,
        "text_encoder_2": TEXT,
    },
}
INPAINT = {"in_channels": 9}
LCM = {"time_cond_proj_dim": 32}


def write_configs(root: Path) -> Path:
    """Write our configs with tiny numbers in them; return the folder of families."""
    merges = root / PLACE
    merges.parent.mkdir(parents=True)
    merges.write_text("#version: 0.2\n")
    for family, parts in TINY.items():
        shutil.copytree(FAMILIES / family, root / family)
        for part, changes in parts.items():
            path = root / family / part / "config.json"
            path.write_text(json.dumps(read_config(path) | changes))
    return root


def tiny_merges(families: Path) -> KnownFile:
    """Return the pin of the table of words that write_configs wrote: `Library.known` for it."""
    return KnownFile("merges.txt", sha256_of(families / PLACE), 0, "clip-tokenizer", "MIT", "")


def build(
    family: str,
    configs: Path,
    unet_changes: dict[str, int] | None = None,
    noise_changes: dict[str, Any] | None = None,
) -> Any:
    """Return a pipeline of that family with fixed random weights.

    Args:
        unet_changes: what makes it a variant: INPAINT, LCM.
        noise_changes: of its scheduler's config.
    """
    import diffusers
    import torch
    import transformers

    torch.manual_seed(0)
    folder = configs / family

    def text_encoder(name, class_name):
        config = transformers.CLIPTextConfig(**read_config(folder / name / "config.json"))
        return getattr(transformers, class_name)(config).eval()

    scheduler = read_config(folder / "scheduler" / "scheduler_config.json") | (noise_changes or {})
    unet = read_config(folder / "unet/config.json") | (unet_changes or {})
    parts = {
        "unet": diffusers.UNet2DConditionModel.from_config(unet),
        "vae": diffusers.AutoencoderKL.from_config(read_config(folder / "vae/config.json")),
        "text_encoder": None,
        "tokenizer": None,
        "scheduler": getattr(diffusers, scheduler["_class_name"]).from_config(scheduler),
    }
    if family != "sdxl-refiner":
        parts["text_encoder"] = text_encoder("text_encoder", "CLIPTextModel")
        parts["tokenizer"] = _tokenizer("!" if family == "sd2" else "<|endoftext|>")
    if family.startswith("sdxl"):
        parts["text_encoder_2"] = text_encoder("text_encoder_2", "CLIPTextModelWithProjection")
        parts["tokenizer_2"] = _tokenizer("!")
    return _pipeline(family, parts)


def _tokenizer(pad: str) -> Any:
    from transformers import CLIPTokenizer

    from tests.tiny import byte_vocabulary

    return CLIPTokenizer(vocab=byte_vocabulary(), merges=[], model_max_length=77, pad_token=pad)


def _pipeline(family: str, parts: dict[str, Any]) -> Any:
    """Return the pipeline of the class that such models are published with."""
    import diffusers

    is_inpaint = parts["unet"].config.in_channels == INPAINT["in_channels"]
    is_told = parts["unet"].config.time_cond_proj_dim is not None
    options: dict[str, Any] = {"add_watermarker": False}
    if family == "sdxl-refiner":
        found = diffusers.StableDiffusionXLImg2ImgPipeline
        options |= {"requires_aesthetics_score": True, "force_zeros_for_empty_prompt": False}
    elif family == "sdxl":
        found = diffusers.StableDiffusionXLPipeline
        if is_inpaint:
            found = diffusers.StableDiffusionXLInpaintPipeline
    else:
        options = {"safety_checker": None, "feature_extractor": None}
        options["requires_safety_checker"] = False
        found = diffusers.StableDiffusionPipeline
        if is_inpaint:
            found = diffusers.StableDiffusionInpaintPipeline
        elif is_told:
            found = diffusers.LatentConsistencyModelPipeline
            parts["scheduler"] = diffusers.LCMScheduler.from_config(parts["scheduler"].config)
    return found(**parts, **options)


def save_single_file(
    pipeline: Any, family: str, configs: Path, path: Path, metadata: dict[str, str] | None = None
) -> None:
    """Write the pipeline's weights under the names of the original files."""
    from safetensors.torch import save_file

    save_file(
        original_tensors(pipeline, family, configs),
        path,
        metadata={"format": "pt", **(metadata or {})},
    )


def original_tensors(pipeline: Any, family: str, configs: Path) -> dict[str, Any]:
    """Return the pipeline's weights under the names of the original files."""
    config = pipeline.unet.config
    changes = {name: config[name] for name in ("in_channels", "time_cond_proj_dim") if config[name]}
    return {
        name: _tensor(pipeline, family, name).reshape(shape).contiguous()
        for name, shape in expected_tensors(family, configs, changes)
    }


def _tensor(pipeline: Any, family: str, name: str) -> Any:
    starts: dict[str, tuple[str, Callable[[str], str]]] = {
        "model.diffusion_model.": ("unet", _unet_name),
        "first_stage_model.": ("vae", _vae_name),
        "cond_stage_model.transformer.text_model.": ("text_encoder", str),
        "conditioner.embedders.0.transformer.text_model.": ("text_encoder", str),
    }
    for start, (part, rename) in starts.items():
        if name.startswith(start):
            weights = getattr(pipeline, part).state_dict()
            return weights[rename(name.removeprefix(start))]
    open_clip = {
        "cond_stage_model.model.": ("text_encoder", ""),
        "conditioner.embedders.0.model.": ("text_encoder_2", "text_model."),
        "conditioner.embedders.1.model.": ("text_encoder_2", "text_model."),
    }
    start, (part, inside) = next(item for item in open_clip.items() if name.startswith(item[0]))
    weights = getattr(pipeline, part).state_dict()
    return _open_clip_tensor(weights, name.removeprefix(start), inside)


_RESNET = {
    "in_layers.0": "norm1",
    "in_layers.2": "conv1",
    "out_layers.0": "norm2",
    "out_layers.3": "conv2",
    "emb_layers.1": "time_emb_proj",
    "skip_connection": "conv_shortcut",
}


def _unet_name(name: str) -> str:
    per_level = UNET["layers_per_block"]
    for old, new in _RESNET.items():
        name = name.replace(f".{old}.", f".{new}.")
    for old, new in (
        ("time_embed.0", "time_embedding.linear_1"),
        ("time_embed.2", "time_embedding.linear_2"),
        ("time_embed.cond_proj", "time_embedding.cond_proj"),
        ("label_emb.0.0", "add_embedding.linear_1"),
        ("label_emb.0.2", "add_embedding.linear_2"),
        ("input_blocks.0.0", "conv_in"),
        ("out.0.", "conv_norm_out."),
        ("out.2.", "conv_out."),
        ("middle_block.0", "mid_block.resnets.0"),
        ("middle_block.1", "mid_block.attentions.0"),
        ("middle_block.2", "mid_block.resnets.1"),
    ):
        if name.startswith(old):
            return new + name.removeprefix(old)
    direction, number, place, rest = re.fullmatch(
        r"(input|output)_blocks\.(\d+)\.(\d)\.(.*)", name
    ).groups()
    level, layer = divmod(int(number) - (direction == "input"), per_level + 1)
    blocks = "down_blocks" if direction == "input" else "up_blocks"
    if rest.startswith("op."):
        return f"{blocks}.{level}.downsamplers.0.conv.{rest.removeprefix('op.')}"
    if rest.startswith("conv."):
        return f"{blocks}.{level}.upsamplers.0.{rest}"
    part = "resnets" if place == "0" else "attentions"
    return f"{blocks}.{level}.{part}.{layer}.{rest}"


def _vae_name(name: str) -> str:
    last = len(VAE["block_out_channels"]) - 1
    name = re.sub(r"mid\.block_(\d)", lambda m: f"mid_block.resnets.{int(m[1]) - 1}", name)
    attention = {
        "norm": "group_norm",
        "q": "to_q",
        "k": "to_k",
        "v": "to_v",
        "proj_out": "to_out.0",
    }
    name = re.sub(
        r"mid\.attn_1\.(\w+)", lambda m: f"mid_block.attentions.0.{attention[m[1]]}", name
    )
    name = re.sub(r"down\.(\d)\.block", r"down_blocks.\1.resnets", name)
    name = re.sub(r"down\.(\d)\.downsample", r"down_blocks.\1.downsamplers.0", name)
    name = re.sub(r"up\.(\d)\.block", lambda m: f"up_blocks.{last - int(m[1])}.resnets", name)
    name = re.sub(
        r"up\.(\d)\.upsample", lambda m: f"up_blocks.{last - int(m[1])}.upsamplers.0", name
    )
    return name.replace("norm_out", "conv_norm_out").replace("nin_shortcut", "conv_shortcut")


def _open_clip_tensor(weights: Any, name: str, inside: str) -> Any:
    import torch

    if name == "text_projection":
        return weights["text_projection.weight"].T
    name = re.sub(r"transformer\.resblocks\.(\d+)", r"encoder.layers.\1", name)
    if ".attn.in_proj" in name:
        start, kind = name.split(".attn.in_proj_")
        parts = [f"{inside}{start}.self_attn.{part}_proj.{kind}" for part in "qkv"]
        return torch.cat([weights[part] for part in parts])
    for old, new in (
        ("positional_embedding", "embeddings.position_embedding.weight"),
        ("token_embedding", "embeddings.token_embedding"),
        ("attn.out_proj", "self_attn.out_proj"),
        ("ln_1", "layer_norm1"),
        ("ln_2", "layer_norm2"),
        ("mlp.c_fc", "mlp.fc1"),
        ("mlp.c_proj", "mlp.fc2"),
        ("ln_final", "final_layer_norm"),
    ):
        name = name.replace(old, new)
    return weights[inside + name]
