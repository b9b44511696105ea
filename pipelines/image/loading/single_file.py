"""Build a diffusers pipeline of a verified single-file checkpoint, offline.

diffusers gets a state dict and our own configs: never a path, which it might open as a pickle, and
never the name of a repository, which it would download.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from models.entry import OpenedModel
from models.layouts import DENOISER
from models.structure import GUIDANCE, current_name, read_config, unet_changes
from models.tokenizer import read_merges, vocabulary
from pipelines.image.loading.assemble import TEXT_ENCODERS, assemble

CONTEXT_TOKENS = 77  # CLIP's context length
PADS = {  # the padding token of each tokenizer
    "sd2": {"tokenizer": "!"},
    "sdxl": {"tokenizer": "<|endoftext|>", "tokenizer_2": "!"},
    "sdxl-refiner": {"tokenizer_2": "!"},
    "sd15": {"tokenizer": "<|endoftext|>"},
}


def build(opened: OpenedModel, file: Path, dtype: Any) -> Any:
    """Return a StableDiffusionPipeline or StableDiffusionXLPipeline of the file's weights."""
    import transformers
    from diffusers.loaders.single_file_utils import create_diffusers_clip_model_from_ldm
    from safetensors.torch import load_file

    if opened.configs is None or opened.merges is None:
        raise ValueError("a folder is not a single file")
    mapped = load_file(file)  # mapped, not read
    tensors = {current_name(name): tensor for name, tensor in mapped.items()}
    config = str(opened.configs)  # a Path passes the pipeline and fails in its parts
    parts = {"unet": _unet(tensors, config, dtype), "vae": _vae(tensors, config, dtype)}
    for name, class_name in TEXT_ENCODERS.items():
        if (opened.configs / name).is_dir():
            parts[name] = create_diffusers_clip_model_from_ldm(
                getattr(transformers, class_name),
                checkpoint=dict(tensors),
                config=config,
                subfolder=name,
                torch_dtype=dtype,
                local_files_only=True,
            ).eval()
    for name, pad in PADS[opened.configs.name].items():
        parts[name] = _tokenizer(opened.merges, pad)
    index = read_config(opened.configs / "model_index.json")
    return assemble(parts, zeros_when_empty=index.get("force_zeros_for_empty_prompt", True))


def _unet(tensors: dict[str, Any], config: str, dtype: Any) -> Any:
    from diffusers import UNet2DConditionModel
    from diffusers.loaders.single_file_utils import convert_ldm_unet_checkpoint

    own = {name: tensor for name, tensor in tensors.items() if name.startswith(DENOISER)}
    changes = unet_changes({name: tuple(tensor.shape) for name, tensor in own.items()})
    base = UNet2DConditionModel.load_config(config, subfolder="unet", local_files_only=True)
    converted = convert_ldm_unet_checkpoint(own, config={**base, **changes})
    if GUIDANCE in own:  # the converter does not know it
        converted["time_embedding.cond_proj.weight"] = own[GUIDANCE]
    return UNet2DConditionModel.from_single_file(
        converted,
        config=config,
        subfolder="unet",
        local_files_only=True,
        torch_dtype=dtype,
        **changes,
    )


def _vae(tensors: dict[str, Any], config: str, dtype: Any) -> Any:
    from diffusers import AutoencoderKL

    return AutoencoderKL.from_single_file(
        dict(tensors), config=config, subfolder="vae", local_files_only=True, torch_dtype=dtype
    )


def _tokenizer(merges: Path, pad: str) -> Any:
    from transformers import CLIPTokenizer

    pairs = read_merges(merges)
    return CLIPTokenizer(
        vocab=vocabulary(pairs), merges=pairs, model_max_length=CONTEXT_TOKENS, pad_token=pad
    )
