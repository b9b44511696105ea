"""Model families as data: latent channels, text width, sizes, presets."""

from pipelines.contract.prompt_language import PromptLanguage
from pipelines.image.families.family import Family, Preset
from pipelines.image.families.recognise import recognise
from pipelines.image.families.suggest import (
    Suited,
    presets_of,
    settings_of,
    sizes_of,
    suggested_preset,
    suited_to,
)
from pipelines.image.families.table import FAMILIES, find

__all__ = [
    "FAMILIES",
    "Family",
    "Preset",
    "PromptLanguage",
    "Suited",
    "find",
    "presets_of",
    "recognise",
    "settings_of",
    "sizes_of",
    "suggested_preset",
    "suited_to",
]
