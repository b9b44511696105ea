"""Which family a model belongs to: told by the shape of its denoiser, never by a file name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipelines.contract.errors import CannotDraw
from pipelines.image.families.family import Family
from pipelines.image.families.table import FAMILIES

# what other models of these shapes are told besides the prompt, and we do not tell
_UNTOLD = ("class_embed_type", "encoder_hid_dim_type", "num_class_embeds")


def input_channels(latent_channels: int) -> tuple[int, int]:
    """Return how many channels a denoiser may take in: the latents, or what inpainting needs.

    >>> input_channels(4)
    (4, 9)
    """
    return latent_channels, 2 * latent_channels + 1


def recognise(unet_config: Mapping[str, Any], model: str) -> Family:
    """Return the family of a UNet config.

    Raises:
        CannotDraw: it is none that we know how to ask; says what was found.
    """
    channels = int(unet_config.get("in_channels") or 0)
    width = unet_config.get("cross_attention_dim") or 0
    width = int(width) if isinstance(width, int) else 0
    for key in _UNTOLD:
        if unet_config.get(key) is not None:
            raise CannotDraw("draw.condition", model=model, condition=key)
    for family in FAMILIES:
        is_known = channels in input_channels(family.latent_channels)
        if is_known and family.text_width == width:
            return family
    raise CannotDraw("draw.family", model=model, channels=channels, width=width)
