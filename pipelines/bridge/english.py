"""The English prompt of a phrase, and what is left out of it.

Knows which phrases bring their own English. Shortens to one chunk of CLIP: the first clauses, then
times and cries, then what words of Korean culture look like. What does not fit is reported, not
lost silently. Does not gloss (text/glossing) and does not count tokens (budget.py).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipelines.bridge.budget import CHUNK, fit
from pipelines.contract.phrase import Phrase, Word
from pipelines.image.prompt.escape import escape
from pipelines.text.glossing import English, english
from pipelines.text.glossing.dictionary import culture
from pipelines.text.korean.kiwi import holder
from pipelines.text.translation import Translator

OWN_ENGLISH = frozenset(("grammar",))  # engines that render their own structure
SENTENCE = re.compile(r"(?<=[.!?])\s+")
HANGUL = re.compile(r"[\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff]")


@dataclass(frozen=True, slots=True)
class EnglishPrompt:
    """What an English model gets.

    Attributes:
        prompt: to be sent; escaped.
        unread: Korean words that nobody could put into English.
        cut: English parts that one chunk has no room for.
        is_korean: nothing could be glossed; the prompt is the sentence itself.
    """

    prompt: str
    unread: tuple[str, ...] = ()
    cut: tuple[str, ...] = ()
    is_korean: bool = False


def tell(phrase: Phrase, translator: Translator | None = None) -> EnglishPrompt:
    """Return the prompt of a phrase for an English model."""
    if phrase.en and phrase.engine in OWN_ENGLISH:
        looks = looks_of(phrase.words, phrase.en)
        return _fitted((*SENTENCE.split(phrase.en), *looks), ())
    if translator is not None:
        translated = translator.translate(phrase.ko)
        if translated and not HANGUL.search(translated):
            return _fitted(SENTENCE.split(translated), ())
    glossed = gloss(phrase.ko)
    parts = (*glossed.parts, *glossed.looks)
    if not any(parts):
        return _unglossed(phrase, glossed)
    return _fitted(parts, glossed.unread)


def gloss(text: str) -> English:
    """Gloss a text in English, with Kiwi's help where it is installed."""
    return english(text, holder().get())


def looks_of(words: tuple[Word, ...], rendering: str) -> tuple[str, ...]:
    """Return what words of Korean culture look like, where the English has not got it already."""
    known = culture()
    found = (known[word.ko] for word in words if word.ko in known)
    return tuple(dict.fromkeys(entry.looks for entry in found if entry.looks not in rendering))


def _unglossed(phrase: Phrase, glossed: English) -> EnglishPrompt:
    """Fall back to the glosses the phrase brings, then to the sentence as it stands."""
    known = ", ".join(word.en for word in phrase.words if word.en)
    if phrase.en or known:
        return _fitted((phrase.en or known,), glossed.unread)
    return EnglishPrompt(escape(phrase.ko[:CHUNK]), glossed.unread, is_korean=True)


def _fitted(parts: tuple[str, ...] | list[str], unread: tuple[str, ...]) -> EnglishPrompt:
    kept, cut = fit(parts)
    return EnglishPrompt(escape(_joined(kept)), unread, cut)


def _joined(parts: tuple[str, ...]) -> str:
    """Return sentences side by side, everything else separated by commas."""
    text = ""
    for part in parts:
        if text:
            text += " " if text.endswith((".", "!", "?")) and part[:1].isupper() else ", "
        text += part
    return text.replace("., ", ", ")
