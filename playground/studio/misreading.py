"""The game of mistranslation: one phrase, one seed, three prompts, three pictures.

Knows what suits a model and makes the requests; submits nothing. The readings are the bridge's.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from pipelines.bridge import Reading, readings
from pipelines.contract.painter import KnownModel
from pipelines.contract.phrase import Phrase
from pipelines.contract.picture_settings import Tuning
from pipelines.contract.requests import PictureRequest
from pipelines.image.families import PromptLanguage, suited_to
from pipelines.text.translation import Translator


@dataclass(frozen=True, slots=True)
class Misreading:
    """One reading and the request that draws it."""

    reading: Reading
    request: PictureRequest


def misread(
    phrase: Phrase,
    plain: PictureRequest,
    model: KnownModel | None,
    translator: Translator | None = None,
) -> tuple[Misreading, ...]:
    """Return the three readings of a phrase with the requests that draw them.

    Args:
        plain: the model, the seed and every other setting that the three share.
        model: the one that `plain` names; None where nobody knows it, which `check` tells.
    """
    language = PromptLanguage.ENGLISH if model is None else model.reads
    return tuple(
        Misreading(reading, replace(plain, phrase=phrase, prompt=reading.prompt))
        for reading in readings(phrase, language, translator, seed=plain.seed)
    )


def usual_request(phrase: Phrase, name: str, seed: int, model: KnownModel | None) -> PictureRequest:
    """Return a request with the settings that suit a model, its seed settled."""
    suited = suited_to(model)
    return PictureRequest(
        phrase=phrase,
        model=name,
        seed=seed,
        steps=suited.steps,
        guidance=suited.guidance,
        width=suited.width,
        height=suited.height,
        sampler=suited.sampler,
        schedule=suited.schedule,
        tuning=Tuning(clip_skip=suited.clip_skip),
    ).settled()
