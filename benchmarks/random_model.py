"""Models in the shape of Stable Diffusion with random weights: what the engine is measured with.

Speed and memory do not depend on what weights say. Small ones draw nothing but run in a second.
"""

from __future__ import annotations

import json
import math
import shutil
from pathlib import Path
from typing import Any

from models.library import Library
from models.structure import FAMILIES, expected_tensors, read_config
from models.tokenizer import read_merges, vocabulary
from pipelines.image.loading.load import LoadedModel, import_libraries, load
from pipelines.image.memory.device import DevicePlan

ENCODERS = {"text_encoder": "CLIPTextModel", "text_encoder_2": "CLIPTextModelWithProjection"}
CONTEXT_TOKENS = 77
POOL = 1_299_709  # random numbers that all weights are filled with; a prime, so no row repeats
SMALL_VOCABULARY = 514  # bytes, bytes at the end of a word, two marks
SMALL: dict[str, dict[str, Any]] = {
    "unet": {
        "block_out_channels": [32, 64],
        "down_block_types": ["CrossAttnDownBlock2D", "DownBlock2D"],
        "up_block_types": ["UpBlock2D", "CrossAttnUpBlock2D"],
        "layers_per_block": 1,
        "norm_num_groups": 4,
        "attention_head_dim": 4,
    },
    "vae": {
        "block_out_channels": [8, 16, 16, 16],
        "layers_per_block": 1,
        "norm_num_groups": 4,
    },
    "text_encoder": {
        "num_hidden_layers": 1,
        "intermediate_size": 32,
        "vocab_size": SMALL_VOCABULARY,
        "bos_token_id": 512,
        "eos_token_id": 513,
        "pad_token_id": 513,
    },
}
SMALL_SDXL = {
    "transformer_layers_per_block": [1, 2],
    "addition_time_embed_dim": 8,
    "projection_class_embeddings_input_dim": 6 * 8 + 1280,
}


def write_folder(folder: Path, family: str, *, is_small: bool, dtype: str = "float16") -> Path:
    """Write a diffusers folder of "sd15" or "sdxl" with random weights; return it."""
    import diffusers
    import torch
    import transformers

    import_libraries()
    source = FAMILIES / family
    shutil.copytree(source / "scheduler", folder / "scheduler")
    shutil.copy(source / "model_index.json", folder)
    torch.manual_seed(0)
    for name in ("unet", "vae", *ENCODERS):
        if not (source / name).is_dir():
            continue
        config = _config(source / name / "config.json", family, name, is_small)
        with torch.device("meta"):
            if name in ENCODERS:
                part = getattr(transformers, ENCODERS[name])(transformers.CLIPTextConfig(**config))
            else:
                kind = diffusers.UNet2DConditionModel if name == "unet" else diffusers.AutoencoderKL
                part = kind.from_config(config)
        _fill(part.to(dtype=getattr(torch, dtype)).to_empty(device="cpu"))
        part.save_pretrained(folder / name, safe_serialization=True)
        if name in ENCODERS:
            pairs = [] if is_small else read_merges(FAMILIES / "clip" / "merges.txt")
            tokenizer = transformers.CLIPTokenizer(
                vocab=vocabulary(pairs), merges=pairs, model_max_length=CONTEXT_TOKENS
            )
            tokenizer.save_pretrained(folder / name.replace("text_encoder", "tokenizer"))
    return folder


def write_single_file(path: Path, family: str, *, dtype: str = "float16") -> Path:
    """Write a checkpoint of a family, in real size, under the names of the original files."""
    import torch
    from safetensors.torch import save_file

    path.parent.mkdir(parents=True, exist_ok=True)
    tensors = {
        name: torch.zeros(shape, dtype=getattr(torch, dtype)) + 0.01
        for name, shape in expected_tensors(family)
    }
    save_file(tensors, path, metadata={"format": "pt"})
    return path


def library_of(root: Path) -> Library:
    """Return a library of the models below a folder; what it learns stays beside them."""
    return Library.open(root / "data", [root / "models"])


def load_random(root: Path, name: str, plan: DevicePlan) -> LoadedModel:
    """Load a model below `root` the way the playground does: verified, placed, laid out."""
    return load(library_of(root).open_verified(name), plan)


def _config(path: Path, family: str, part: str, is_small: bool) -> dict[str, Any]:
    config: dict[str, Any] = read_config(path)
    if is_small:
        config |= SMALL["text_encoder" if part in ENCODERS else part]
        if family == "sdxl" and part == "unet":
            config |= SMALL_SDXL
    return json.loads(json.dumps(config))  # type: ignore[no-any-return]


def _fill(part: Any) -> None:
    """Give each weight what torch's layers begin with; from a pool, as chance takes its time."""
    import torch

    pool = torch.rand(POOL) * 2 - 1
    for name, weight in part.named_parameters():
        if weight.ndim > 1:
            bound = 1 / math.sqrt(weight[0].numel())
            start, count = int(torch.randint(POOL, ())), weight.numel()
            values = pool.roll(start).repeat(count // POOL + 1)[:count] * bound
            weight.data.copy_(values.reshape(weight.shape))
        else:
            weight.data.fill_(0.0 if name.endswith("bias") else 1.0)
