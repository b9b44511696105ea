"""Phrase -> the text that a given picture model understands, and the noise it starts from.

The phrase carries its own translation: an engine that drew the words knows their glosses, so no
translator repairs the nonsense; what was typed is glossed word by word. Where pipelines.text and
pipelines.image may meet. `english.py` makes the prompt of an English model, `prompts.py`
does so inside of a typed prompt, `readings.py` makes a game of it.
"""

from __future__ import annotations

import hashlib

from pipelines.bridge.caption_parser import caption_for
from pipelines.bridge.english import EnglishPrompt, tell
from pipelines.bridge.prompts import Worded, word
from pipelines.bridge.readings import Reading, ReadingKind, readings
from pipelines.contract.phrase import Phrase
from pipelines.image.families import PromptLanguage
from pipelines.image.prompt.escape import escape
from pipelines.text.translation import Translator

__all__ = [
    "EnglishPrompt",
    "Reading",
    "ReadingKind",
    "Worded",
    "noise_seed_for",
    "prompt_for",
    "readings",
    "tell",
    "word",
]


def prompt_for(
    phrase: Phrase, language: PromptLanguage, translator: Translator | None = None
) -> str:
    """Return the prompt for a model whose encoder reads `language`; nothing in it is syntax.

    The crayon gets a short caption of what it can draw, an encoder that reads Korean the sentence
    itself. An English model gets the phrase's own rendering, or what was glossed of a typed one
    (by the translator when there is one); the sentence only where no word of it is known.
    """
    if language is PromptLanguage.CAPTION:
        return escape(caption_for(phrase))
    if language is PromptLanguage.KOREAN:
        return escape(phrase.ko)
    return tell(phrase, translator).prompt


def noise_seed_for(phrase: Phrase, language: PromptLanguage, seed: int) -> int:
    """Return the seed of the noise that a picture of `phrase` starts from.

    A caption leaves words out; two phrases about the same rose would give one picture. So what was
    left out shapes the noise. Everywhere else the seed is the seed, as in every other program.
    """
    if language is not PromptLanguage.CAPTION or caption_for(phrase) == phrase.ko:
        return seed
    mixed = hashlib.sha256(f"{seed}\n{phrase.ko}".encode()).digest()
    return int.from_bytes(mixed[:8], "big") >> 1  # 63 bits, what a torch generator takes
