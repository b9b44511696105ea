"""A verified single-file checkpoint becomes a diffusers pipeline, without asking anybody anything.

diffusers gets tensors and our own configs: never a path, which it might open as a pickle, and never
the name of a repository, which it would ask the network about.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from models.entry import OpenedModel
from models.structure import read_config
from models.tokenizer import read_merges, vocabulary

CONTEXT_TOKENS = 77  # what CLIP was trained with


def build(opened: OpenedModel, dtype: Any) -> Any:
    """Return a StableDiffusionPipeline or StableDiffusionXLPipeline of the file's weights."""
    import diffusers
    import transformers
    from diffusers import AutoencoderKL, UNet2DConditionModel
    from diffusers.loaders.single_file_utils import create_diffusers_clip_model_from_ldm
    from safetensors.torch import load_file

    if opened.configs is None or opened.merges is None:
        raise ValueError("a folder is not a single file")
    index = read_config(opened.configs / "model_index.json")
    tensors = load_file(opened.model.path)  # mapped, not read
    config = str(opened.configs)  # a Path passes the pipeline and fails in its parts
    parts: dict[str, Any] = {}
    for name, model_class in (("unet", UNet2DConditionModel), ("vae", AutoencoderKL)):
        parts[name] = model_class.from_single_file(
            dict(tensors), config=config, subfolder=name, local_files_only=True, torch_dtype=dtype
        )
    for name in ("text_encoder", "text_encoder_2"):
        if name in index:
            parts[name] = create_diffusers_clip_model_from_ldm(
                getattr(transformers, index[name][1]),
                checkpoint=dict(tensors),
                config=config,
                subfolder=name,
                torch_dtype=dtype,
                local_files_only=True,
            ).eval()
    parts["tokenizer"] = _tokenizer(opened.merges, "<|endoftext|>")
    if "text_encoder_2" in index:
        parts["tokenizer_2"] = _tokenizer(opened.merges, "!")
    scheduler = read_config(opened.configs / "scheduler" / "scheduler_config.json")
    parts["scheduler"] = getattr(diffusers, scheduler["_class_name"]).from_config(scheduler)
    return _pipeline(index, parts)


def _pipeline(index: dict[str, Any], parts: dict[str, Any]) -> Any:
    import diffusers

    if index["_class_name"] == "StableDiffusionXLPipeline":
        return diffusers.StableDiffusionXLPipeline(
            **parts,
            force_zeros_for_empty_prompt=index["force_zeros_for_empty_prompt"],
            add_watermarker=False,
        )
    return diffusers.StableDiffusionPipeline(
        **parts, safety_checker=None, feature_extractor=None, requires_safety_checker=False
    )


def _tokenizer(merges: Path, pad: str) -> Any:
    from transformers import CLIPTokenizer

    pairs = read_merges(merges)
    return CLIPTokenizer(
        vocab=vocabulary(pairs), merges=pairs, model_max_length=CONTEXT_TOKENS, pad_token=pad
    )
