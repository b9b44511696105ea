"""Phrase -> the text that a given picture model understands.

The phrase carries its own translation: an engine that drew the words knows their glosses, so no
translator repairs the nonsense. Where pipelines.text and pipelines.image may meet.
"""

from __future__ import annotations

from pipelines.image.families import PromptLanguage
from pipelines.phrase import Phrase


def prompt_for(phrase: Phrase, language: PromptLanguage) -> str:
    """Return what to say to a model that was taught `language`.

    A Korean model gets the sentence itself. An English one gets the phrase's own rendering, else
    the glosses of the words it knows, else the sentence: CLIP then sees bytes, and the prompt that
    is shown with the picture says so.
    """
    if language is PromptLanguage.KOREAN:
        return phrase.ko
    glosses = ", ".join(word.en for word in phrase.words if word.en)
    return phrase.en or glosses or phrase.ko
