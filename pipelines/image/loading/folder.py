"""A verified diffusers folder becomes a pipeline, offline, from safetensors alone."""

from __future__ import annotations

from typing import Any

from models.diffusers_folder import read_class_name
from models.entry import OpenedModel


def build(opened: OpenedModel, dtype: Any) -> Any:
    """Return a StableDiffusionPipeline or StableDiffusionXLPipeline of the folder's weights."""
    import diffusers

    options: dict[str, Any] = {"local_files_only": True, "use_safetensors": True, "dtype": dtype}
    if read_class_name(opened.model.path) == "StableDiffusionXLPipeline":
        return diffusers.StableDiffusionXLPipeline.from_pretrained(
            str(opened.model.path), **options, add_watermarker=False
        )
    return diffusers.StableDiffusionPipeline.from_pretrained(
        str(opened.model.path), **options, safety_checker=None, requires_safety_checker=False
    )
