"""The families: numbers of their papers and model cards, one row each."""

from __future__ import annotations

from pipelines.contract.prompt_language import PromptLanguage
from pipelines.image.families.family import Family, Preset
from pipelines.image.latents.preview import SD15_MAP, SDXL_MAP

# distilled models of few steps: guidance is built in (1 is off), and the first step has to be at
# the last timestep, which Trailing and SGM Uniform schedules do
_TURBO = Preset("Turbo", 4, 1.0, "Euler a", "Trailing")
_LIGHTNING = Preset("Lightning", 8, 1.0, "Euler", "Trailing")
_LCM = Preset("LCM", 6, 1.5, "LCM", "SGM Uniform")
_HYPER = Preset("Hyper", 8, 1.0, "DDIM", "Trailing")
_FEW_STEPS = (_TURBO, _LIGHTNING, _LCM, _HYPER)

FAMILIES: tuple[Family, ...] = (
    Family(
        "crayon", 16, 192, 16, PromptLanguage.CAPTION,
        sizes=((256, 256), (192, 256), (256, 192)),
        presets=(Preset("usual", 6, 2.5, "DDIM"),),
    ),
    Family(
        "sd15", 4, 768, 8, PromptLanguage.ENGLISH,
        sizes=((512, 512), (512, 768), (768, 512)),
        presets=(Preset("usual", 20, 7.0, "DPM++ 2M"), *_FEW_STEPS),
        preview_map=SD15_MAP,
    ),
    Family(
        "sd2", 4, 1024, 8, PromptLanguage.ENGLISH,
        sizes=((768, 768), (576, 768), (768, 576)),
        presets=(Preset("usual", 20, 7.0, "DPM++ 2M"), *_FEW_STEPS),
        preview_map=SD15_MAP,  # its VAE has the latents of 1.x
        may_answer_either=True,
    ),
    Family(
        "sdxl", 4, 2048, 8, PromptLanguage.ENGLISH,
        sizes=((1024, 1024), (832, 1216), (1216, 832)),
        presets=(Preset("usual", 25, 6.0, "DPM++ 2M"), *_FEW_STEPS),
        preview_map=SDXL_MAP,
        overflows_in_half=True,
    ),
    Family(
        "sdxl-refiner", 4, 1280, 8, PromptLanguage.ENGLISH,
        sizes=((1024, 1024), (832, 1216), (1216, 832)),
        presets=(Preset("usual", 25, 6.0, "DPM++ 2M"),),
        preview_map=SDXL_MAP,
        overflows_in_half=True,
    ),
)  # fmt: skip


def find(name: str) -> Family | None:
    """Return the family of that name, or None."""
    return next((family for family in FAMILIES if family.name == name), None)
