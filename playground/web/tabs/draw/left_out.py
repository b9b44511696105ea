"""What did not reach an English model, as one sentence or two for the person who wrote it.

Knows the bridge's account of a phrase and the message table.
"""

from __future__ import annotations

from pipelines.bridge import EnglishPrompt
from playground.messages import Language, text

MOST_WORDS = 12  # named; who wrote a page sees that without a list of it
MOST_LETTERS = 120


def left_out(told: EnglishPrompt, language: Language) -> str:
    """Return which words nobody could put into English and what was too long; "" for nothing."""
    if told.is_korean:
        return text("bridge.korean", language)
    said = []
    if told.unread:
        said.append(text("bridge.unread", language, words=_listed(told.unread)))
    if told.cut:
        said.append(text("bridge.cut", language, words=_listed(told.cut)))
    return " ".join(said)


def _listed(words: tuple[str, ...]) -> str:
    listed = ", ".join(words[:MOST_WORDS])
    is_short = len(words) <= MOST_WORDS and len(listed) <= MOST_LETTERS
    return listed if is_short else f"{listed[:MOST_LETTERS]} …"
