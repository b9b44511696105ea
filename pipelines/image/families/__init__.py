"""Picture model families as data: what each can be asked, what it is usually asked for."""

from pipelines.image.families.family import Family, Preset, PromptLanguage
from pipelines.image.families.recognise import recognise
from pipelines.image.families.suggest import presets_of, suggested_preset
from pipelines.image.families.table import FAMILIES, find

__all__ = [
    "FAMILIES",
    "Family",
    "Preset",
    "PromptLanguage",
    "find",
    "presets_of",
    "recognise",
    "suggested_preset",
]
