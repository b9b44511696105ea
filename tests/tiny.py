"""A real but tiny picture model in the crayon layout, built by code in under a second.

Random weights: it draws noise, but through the whole real path (files, digests, diffusers).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

SIDE_MULTIPLE = 16
CHANNELS = 16


def byte_vocabulary() -> dict[str, int]:
    """Return the 256 byte characters of CLIP's BPE, each also word-final, and two specials."""
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [byte for byte in range(256) if byte not in printable]
    characters = [chr(byte) for byte in printable] + [chr(256 + n) for n in range(len(others))]
    tokens = characters + [f"{character}</w>" for character in characters]
    tokens += ["<|startoftext|>", "<|endoftext|>"]
    return {token: number for number, token in enumerate(tokens)}


def tiny_tokenizer() -> Any:
    from transformers import CLIPTokenizer

    return CLIPTokenizer(vocab=byte_vocabulary(), merges=[], model_max_length=32)


def tiny_parts(channels: int = CHANNELS, text_width: int = 192) -> dict[str, Any]:
    """Return the parts of a tiny StableDiffusionPipeline with fixed random weights."""
    import torch
    from diffusers import AutoencoderKL, DDIMScheduler, UNet2DConditionModel
    from transformers import CLIPTextConfig, CLIPTextModel

    torch.manual_seed(0)
    tokenizer = tiny_tokenizer()
    text_encoder = CLIPTextModel(
        CLIPTextConfig(
            vocab_size=len(tokenizer),
            hidden_size=text_width,
            intermediate_size=32,
            num_hidden_layers=1,
            num_attention_heads=4,
            max_position_embeddings=32,
            bos_token_id=tokenizer.bos_token_id,
            eos_token_id=tokenizer.eos_token_id,
        )
    )
    unet = UNet2DConditionModel(
        sample_size=4,
        in_channels=channels,
        out_channels=channels,
        block_out_channels=(16, 32),
        layers_per_block=1,
        down_block_types=("DownBlock2D", "CrossAttnDownBlock2D"),
        up_block_types=("CrossAttnUpBlock2D", "UpBlock2D"),
        cross_attention_dim=text_width,
        attention_head_dim=8,
        norm_num_groups=4,
    )
    vae = AutoencoderKL(
        block_out_channels=(8, 8, 8, 8, 8),
        down_block_types=("DownEncoderBlock2D",) * 5,
        up_block_types=("UpDecoderBlock2D",) * 5,
        latent_channels=channels,
        layers_per_block=1,
        norm_num_groups=4,
        mid_block_add_attention=False,
    )
    scheduler = DDIMScheduler(
        prediction_type="v_prediction",
        beta_schedule="scaled_linear",
        rescale_betas_zero_snr=True,
        timestep_spacing="trailing",
        clip_sample=False,
        set_alpha_to_one=False,
        steps_offset=1,
    )
    return {
        "vae": vae,
        "text_encoder": text_encoder,
        "tokenizer": tokenizer,
        "unet": unet,
        "scheduler": scheduler,
        "safety_checker": None,
        "feature_extractor": None,
        "requires_safety_checker": False,
    }


def save_tiny_model(folder: Path) -> Path:
    """Write the tiny model as a diffusers folder with a preview map; return the folder."""
    from diffusers import StableDiffusionPipeline

    StableDiffusionPipeline(**tiny_parts()).save_pretrained(folder, safe_serialization=True)
    rows = [[0.1, 0.0, 0.0], [0.0, 0.1, 0.0], [0.0, 0.0, 0.1]] * 6
    preview = {"matrix": rows[:CHANNELS], "bias": [0.5, 0.5, 0.5], "range": "0..1"}
    (folder / "preview.json").write_text(json.dumps(preview), encoding="utf-8")
    return folder
