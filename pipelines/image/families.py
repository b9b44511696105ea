"""Picture model families as data: what each can be asked and in which language.

A family is recognised by the shape of its denoiser, never by a file name. Knows no ML library.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pipelines.errors import CannotDraw


class PromptLanguage(StrEnum):
    """The language a model's text encoder was taught."""

    CAPTION = "caption"  # short Korean captions of the words it knows, see pipelines/caption.py
    ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class Family:
    """One family of picture models.

    Attributes:
        name: short name, as in `PictureRequest.model` for builtin ones.
        latent_channels, text_width: what recognises it: the denoiser's input channels and the
            width of the text states it attends to.
        side_multiple: pixels; sides must be multiples of it.
        native_side: pixels the model was trained at.
        language: what to say to it.
    """

    name: str
    latent_channels: int
    text_width: int
    side_multiple: int
    native_side: int
    language: PromptLanguage


FAMILIES: tuple[Family, ...] = (
    Family("crayon", 16, 192, 16, 256, PromptLanguage.CAPTION),
    Family("sd15", 4, 768, 8, 512, PromptLanguage.ENGLISH),
    Family("sdxl", 4, 2048, 8, 1024, PromptLanguage.ENGLISH),
)


def recognise(unet_config: Mapping[str, Any], model: str) -> Family:
    """Return the family of a UNet config, or raise CannotDraw saying what was found."""
    channels = int(unet_config.get("in_channels", 0))
    width = int(unet_config.get("cross_attention_dim", 0) or 0)
    for family in FAMILIES:
        if (family.latent_channels, family.text_width) == (channels, width):
            return family
    raise CannotDraw("draw.family", model=model, channels=channels, width=width)
