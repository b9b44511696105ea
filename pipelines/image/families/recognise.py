"""Recognise a model's family by the config of its UNet, never by a file name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipelines.contract.errors import CannotDraw
from pipelines.image.families.family import Family
from pipelines.image.families.table import FAMILIES

# config keys of UNets with conditioning inputs that are not supported here
_UNSUPPORTED = ("class_embed_type", "encoder_hid_dim_type", "num_class_embeds")


def input_channels(latent_channels: int) -> tuple[int, int]:
    """Return the input channels a UNet may have: latents; and mask and masked image as well.

    >>> input_channels(4)
    (4, 9)
    """
    return latent_channels, 2 * latent_channels + 1


def recognise(unet_config: Mapping[str, Any], model: str) -> Family:
    """Return the family of a UNet config.

    Raises:
        CannotDraw: the family is not supported; names what was found.
    """
    channels = int(unet_config.get("in_channels") or 0)
    width = unet_config.get("cross_attention_dim") or 0
    width = int(width) if isinstance(width, int) else 0
    for key in _UNSUPPORTED:
        if unet_config.get(key) is not None:
            raise CannotDraw("draw.condition", model=model, condition=key)
    for family in FAMILIES:
        is_known = channels in input_channels(family.latent_channels)
        if is_known and family.text_width == width:
            return family
    raise CannotDraw("draw.family", model=model, channels=channels, width=width)
