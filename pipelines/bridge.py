"""Phrase -> the text that a given picture model understands, and the noise it starts from.

The phrase carries its own translation: an engine that drew the words knows their glosses, so no
translator repairs the nonsense. Where pipelines.text and pipelines.image may meet.
"""

from __future__ import annotations

import hashlib

from pipelines.caption import caption_for
from pipelines.image.families import PromptLanguage
from pipelines.phrase import Phrase


def prompt_for(phrase: Phrase, language: PromptLanguage) -> str:
    """Return what to say to a model that was taught `language`.

    The crayon gets a short caption of what it can draw. An English model gets the phrase's own
    rendering, else the glosses of the words it knows, else the sentence: CLIP then sees bytes, and
    the prompt shown with the picture says so.
    """
    if language is PromptLanguage.CAPTION:
        return caption_for(phrase)
    glosses = ", ".join(word.en for word in phrase.words if word.en)
    return phrase.en or glosses or phrase.ko


def noise_seed_for(phrase: Phrase, language: PromptLanguage, seed: int) -> int:
    """Return the seed of the noise that a picture of `phrase` starts from.

    A caption leaves words out; two phrases about the same rose would give one picture. So what was
    left out shapes the noise. Everywhere else the seed is the seed, as in every other program.
    """
    if language is not PromptLanguage.CAPTION or prompt_for(phrase, language) == phrase.ko:
        return seed
    mixed = hashlib.sha256(f"{seed}\n{phrase.ko}".encode()).digest()
    return int.from_bytes(mixed[:8], "big") >> 1  # 63 bits, what a torch generator takes
