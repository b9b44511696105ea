"""Presets of a model: those of its family, and the one that its name suggests.

A name suggests and never decides: the page shows the suggestion, and the person may take it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from pipelines.contract.painter import KnownModel
from pipelines.image.families.family import Preset, Size
from pipelines.image.families.table import FAMILIES, find

_OTHERS = "sd15"  # for a family that has no row here
# patterns of names; "hyper" begins too many other words (hyperrealism)
_WORDS = (
    ("Turbo", r"turbo"),
    ("Lightning", r"lightning"),
    ("LCM", r"(?<![a-z])lcm(?![a-z])"),
    ("Hyper", r"(?<![a-z])hyper(?![a-z])|hyper[-_ ]?sd"),
)
# of LCM models with a guidance-scale embedding: Luo et al. 2023, arXiv 2310.04378
_EMBEDDED_GUIDANCE = 8.0


@dataclass(frozen=True, slots=True)
class Suited:
    """The settings that suit a model, under the names of a request's fields."""

    width: int
    height: int
    steps: int
    guidance: float
    sampler: str
    schedule: str
    clip_skip: int


def suited_to(model: KnownModel | None) -> Suited:
    """Return the default settings of a model.

    An unknown one gets those of the builtin model; drawing raises that it is not there.
    """
    if model is None:
        return settings_of(FAMILIES[0].usual, FAMILIES[0].name)
    return settings_of(suggested_preset(model.name, model.family, model.variant), model.family)


def settings_of(preset: Preset, family: str, shape: int = 0) -> Suited:
    """Return the settings of a preset.

    Args:
        shape: 0, 1 or 2: square, upright, wide.
    """
    width, height = sizes_of(family)[shape]
    return Suited(
        width,
        height,
        preset.steps,
        preset.guidance,
        preset.sampler,
        preset.schedule,
        preset.clip_skip,
    )


def sizes_of(family: str) -> tuple[Size, Size, Size]:
    """Return a family's sizes: square, upright, wide."""
    return (find(family) or find(_OTHERS) or FAMILIES[0]).sizes


def presets_of(family: str) -> tuple[Preset, ...]:
    """Return the presets of a family, the usual one first.

    >>> [preset.name for preset in presets_of("sdxl")]
    ['usual', 'Turbo', 'Lightning', 'LCM', 'Hyper']
    """
    found = find(family) or find(_OTHERS)
    return found.presets if found is not None else FAMILIES[0].presets


def suggested_preset(model: str, family: str, variant: str = "") -> Preset:
    """Return the preset that a model's name suggests, the usual one where it suggests none.

    Args:
        variant: of the model's probe; "lcm" is detected in its tensors.

    >>> suggested_preset("sd_xl_turbo_1.0_fp16", "sdxl").name
    'Turbo'
    >>> suggested_preset("hyperrealism_v3", "sdxl").name
    'usual'
    """
    presets = presets_of(family)
    by_name = {preset.name: preset for preset in presets}
    if variant == "lcm" and "LCM" in by_name:
        return replace(by_name["LCM"], guidance=_EMBEDDED_GUIDANCE)
    for name, pattern in _WORDS:
        if name in by_name and re.search(pattern, model, re.IGNORECASE):
            return by_name[name]
    return presets[0]
