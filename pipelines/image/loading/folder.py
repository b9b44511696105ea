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
from models.small_file import read_small
from pipelines.image.loading.assemble import TEXT_ENCODERS, assemble
from pipelines.image.loading.clip_tokenizer import read_clip_tokenizer

CONFIG, ADAPTER = "config.json", "adapter_config.json"
WEIGHT_SUFFIX = ".safetensors"
FOREIGN_SETTINGS = ("quantization_config", "auto_map")
MAX_SMALL_BYTES = 16_000_000


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
            check_part(folder / name, model)
            parts[name] = _open(part_class, folder / name, variant, dtype)
    for name in TEXT_ENCODERS.keys() & parts.keys():
        tokenizer = name.replace("text_encoder", "tokenizer")
        most = int(parts[name].config.max_position_embeddings)
        parts[tokenizer] = read_clip_tokenizer(folder / tokenizer, model, most)
    index = read_json(folder, INDEX)
    return assemble(parts, zeros_when_empty=index.get("force_zeros_for_empty_prompt") is not False)


def check_part(part: Path, model: str) -> None:
    """Refuse a part whose small files would take the libraries elsewhere, or nowhere.

    Raises:
        ModelFileError: a file is no plain file or far too long, or the config asks for a
            quantiser, an adapter or code.
    """
    for path in sorted(part.iterdir()):
        if path.suffix != WEIGHT_SUFFIX and not path.is_dir():
            read_small(path, MAX_SMALL_BYTES)
    if (part / ADAPTER).exists():
        raise ModelFileError("model.foreign_config", model=model, file=ADAPTER, setting="PEFT")
    config = read_json(part, CONFIG) if (part / CONFIG).exists() else {}
    for setting in FOREIGN_SETTINGS:
        if config.get(setting):
            raise ModelFileError(
                "model.foreign_config", model=model, file=f"{part.name}/{CONFIG}", setting=setting
            )


def _open(part_class: Any, path: Path, variant: str, dtype: Any) -> Any:
    part = part_class.from_pretrained(
        str(path),
        local_files_only=True,
        use_safetensors=True,
        variant=variant or None,
        dtype=dtype,
    )
    return part.eval()
