"""Assemble the parts of a model into one diffusers pipeline.

Inpainting, image-to-image and distilled models have the same parts as their base; how each is
called follows from its UNet's config, not from a pipeline class. The denoising loop is ours: the
scheduler is there only because diffusers requires one.
"""

from __future__ import annotations

from typing import Any

TEXT_ENCODERS = {
    "text_encoder": "CLIPTextModel",
    "text_encoder_2": "CLIPTextModelWithProjection",
}


def assemble(parts: dict[str, Any], *, zeros_when_empty: bool = True) -> Any:
    """Return a StableDiffusionXLPipeline where there is a second text encoder, else SD's.

    Args:
        parts: name of the part -> the part; text encoders with their tokenizers.
        zeros_when_empty: an empty negative prompt is embedded as zeros (SDXL).
    """
    import diffusers

    scheduler = diffusers.DDIMScheduler(clip_sample=False, steps_offset=1)
    if "text_encoder_2" in parts:
        missing = {"text_encoder": None, "tokenizer": None}  # the refiner has the second one only
        return diffusers.StableDiffusionXLPipeline(
            **missing | parts,
            scheduler=scheduler,
            force_zeros_for_empty_prompt=zeros_when_empty,
            add_watermarker=False,
        )
    return diffusers.StableDiffusionPipeline(
        **parts,
        scheduler=scheduler,
        safety_checker=None,
        feature_extractor=None,
        requires_safety_checker=False,
    )
