"""The game of mistranslation: one phrase, one seed, three prompts, three pictures.

Knows what suits a model and makes the requests; submits nothing. The readings are the bridge's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from pipelines.bridge import Reading, readings
from pipelines.image.families import PromptLanguage, find, suggested_preset
from pipelines.phrase import Phrase
from pipelines.requests import DEFAULT_MODEL, PictureRequest
from pipelines.text.translation import Translator


@dataclass(frozen=True, slots=True)
class Misreading:
    """One reading and the request that draws it."""

    reading: Reading
    request: PictureRequest


def misread(
    phrase: Phrase,
    plain: PictureRequest,
    families: Mapping[str, str],
    translator: Translator | None = None,
) -> tuple[Misreading, ...]:
    """Return the three readings of a phrase with the requests that draw them.

    Args:
        plain: the model, the seed and every other setting that the three share.
        families: the models there are; an unknown one is told when it is drawn.
    """
    family = find(families.get(plain.model, ""))
    language = family.language if family is not None else PromptLanguage.ENGLISH
    return tuple(
        Misreading(reading, replace(plain, phrase=phrase, prompt=reading.prompt))
        for reading in readings(phrase, language, translator, seed=plain.seed)
    )


def usual_request(
    phrase: Phrase, model: str, seed: int, families: Mapping[str, str]
) -> PictureRequest:
    """Return a request with the settings that suit a model, its seed settled."""
    family = find(families.get(model, ""))
    if family is None or model == DEFAULT_MODEL:
        return PictureRequest(phrase=phrase, model=model, seed=seed).settled()
    preset = suggested_preset(model, family.name)
    width, height = family.sizes[0]
    return PictureRequest(
        phrase=phrase,
        model=model,
        seed=seed,
        steps=preset.steps,
        guidance=preset.guidance,
        width=width,
        height=height,
        sampler=preset.sampler,
        schedule=preset.schedule,
    ).settled()
