"""What a picture is called: what was drawn, not what stands in a box beside it.

A phrase is the title of a picture that shows it. Where the prompt is about something else (it was
replaced, the phrase stayed) the prompt is the title. Knows no widgets.
"""

from __future__ import annotations

import re

from pipelines.bridge import prompt_for
from pipelines.contract.phrase import Phrase
from pipelines.contract.prompt_language import PromptLanguage

WORD = re.compile(r"\w{2,}")
ENGLISH_WORD = re.compile(r"[a-z]{4,}")  # leaves out most of what carries no meaning
STEM = 4  # letters: somersault, somersaults
# Shares of a phrase's words that its prompt has. Of 300 phrases of the grammar, 93 % are known by
# their captions and 98 % by their English prompts (a sentence may be put in two ways); of other
# phrases' prompts 2 % and none are taken for theirs.
KOREAN_SHARE, ENGLISH_SHARE = 0.75, 0.5


def is_about(prompt: str, phrase: Phrase, reads: PromptLanguage) -> bool:
    """Return whether a prompt draws a phrase: as the bridge would put it, or in its own words.

    Args:
        phrase: its words are known.
        reads: the language of the model's prompts.
    """
    if phrase.ko in prompt or _share(WORD, phrase.ko, prompt) >= KOREAN_SHARE:
        return True
    told = prompt_for(phrase, reads)
    if reads is PromptLanguage.ENGLISH:
        return _share(ENGLISH_WORD, told, prompt) >= ENGLISH_SHARE
    return _share(WORD, told, prompt) >= KOREAN_SHARE


def _share(word: re.Pattern[str], asked: str, prompt: str) -> float:
    """Return the share of the words of `asked` that are in a prompt; 0 when it has none."""
    words, there = _words(word, asked), _words(word, prompt)
    return len(words & there) / len(words) if words else 0.0


def _words(word: re.Pattern[str], text: str) -> set[str]:
    cut = STEM if word is ENGLISH_WORD else None
    return {found[:cut] for found in word.findall(text.casefold())}
