"""Build a pipeline of a verified diffusers folder, offline, from safetensors alone.

Each part is opened as the class that our families have there: the class names in
`model_index.json` are not used, and neither are parts that do not draw (safety checker, feature
extractor).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from models.diffusers_folder import INDEX, part_files, read_json
from models.errors import ModelFileError
from pipelines.image.loading.assemble import TEXT_ENCODERS, assemble


def build(folder: Path, model: str, dtype: Any) -> Any:
    """Return a StableDiffusionPipeline or StableDiffusionXLPipeline of the folder's weights."""
    import diffusers
    import transformers

    classes = {
        "unet": diffusers.UNet2DConditionModel,
        "vae": diffusers.AutoencoderKL,
        **{name: getattr(transformers, found) for name, found in TEXT_ENCODERS.items()},
    }
    parts: dict[str, Any] = {}
    for name, part_class in classes.items():
        variant, files = part_files(folder / name)
        if files:
            parts[name] = _open(part_class, folder / name, variant, dtype)
    for name in TEXT_ENCODERS.keys() & parts.keys():
        tokenizer = name.replace("text_encoder", "tokenizer")
        most = int(parts[name].config.max_position_embeddings)
        parts[tokenizer] = _tokenizer(folder / tokenizer, model, most)
    index = read_json(folder, INDEX)
    return assemble(parts, zeros_when_empty=index.get("force_zeros_for_empty_prompt") is not False)


def _open(part_class: Any, path: Path, variant: str, dtype: Any) -> Any:
    part = part_class.from_pretrained(
        str(path),
        local_files_only=True,
        use_safetensors=True,
        variant=variant or None,
        dtype=dtype,
    )
    return part.eval()


def _tokenizer(folder: Path, model: str, most: int) -> Any:
    """Open a tokenizer; one without a limit of its own gets the text encoder's context length."""
    from transformers import CLIPTokenizer

    has_table = (folder / "vocab.json").is_file() and (folder / "merges.txt").is_file()
    if not has_table and not (folder / "tokenizer.json").is_file():
        raise ModelFileError("model.parts", model=model, parts=folder.name)
    tokenizer = CLIPTokenizer.from_pretrained(str(folder), local_files_only=True)
    tokenizer.model_max_length = min(tokenizer.model_max_length, most)
    return tokenizer
