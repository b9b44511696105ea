"""Korean inside of a typed prompt becomes English where the model reads English; syntax stays.

A prompt is cut at what A1111's language calls syntax (brackets, weights, schedules, tags, commas,
AND, BREAK); each piece with Hangul in it is glossed like a sentence of its own, everything else
is left as it was typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pipelines.bridge.english import HANGUL, gloss
from pipelines.image.families import PromptLanguage
from pipelines.image.prompt.escape import escape

SYNTAX = re.compile(r"(<(?:[^<>\\\n]|\\[^\n])*>|\\.|[()\[\]|:,\n]|(?<!\w)(?:AND|BREAK)(?!\w))")
EMBEDDING = r"(?<!\w)embedding:\S+"


@dataclass(frozen=True, slots=True)
class Worded:
    """A prompt in the words that a model reads.

    Attributes:
        unread: Korean words that nobody could put into English.
    """

    prompt: str
    unread: tuple[str, ...] = ()


def word(prompt: str, language: PromptLanguage, names: Iterable[str] = ()) -> Worded:
    """Return a typed prompt as a model that reads `language` should get it.

    Args:
        names: words that stand for files, such as embeddings; they are left as they are.

    >>> word("(파란 고양이:1.3), <lora:먹:0.8>, 4k", PromptLanguage.ENGLISH).prompt
    '(a blue cat:1.3), <lora:먹:0.8>, 4k'
    >>> word("(파란 고양이:1.3)", PromptLanguage.CAPTION).prompt
    '(파란 고양이:1.3)'
    """
    if language is not PromptLanguage.ENGLISH or not HANGUL.search(prompt):
        return Worded(prompt)
    parts: list[str] = []
    unread: list[str] = []
    last = 0
    for kept in _names(names).finditer(prompt):
        parts += [_pieces(prompt[last : kept.start()], unread), kept[0]]
        last = kept.end()
    parts.append(_pieces(prompt[last:], unread))
    return Worded("".join(parts), tuple(dict.fromkeys(unread)))


def _names(names: Iterable[str]) -> re.Pattern[str]:
    """Return what finds the names of files in a prompt, the longest first."""
    korean = sorted((name for name in names if HANGUL.search(name)), key=len, reverse=True)
    alone = (rf"(?<!\w){re.escape(name)}(?!\w)" for name in korean)
    return re.compile("|".join((EMBEDDING, *alone)), re.IGNORECASE)


def _pieces(text: str, unread: list[str]) -> str:
    parts = SYNTAX.split(text)
    return "".join(
        part if number % 2 or not HANGUL.search(part) else _piece(part, unread)
        for number, part in enumerate(parts)
    )


def _piece(text: str, unread: list[str]) -> str:
    """Return one piece in English, with the blanks that stood around it."""
    bare = text.strip()
    glossed = gloss(bare)
    unread += glossed.unread
    parts = tuple(part for part in (*glossed.parts, *glossed.looks) if part)
    if not parts:
        return text
    start = text.index(bare)
    return text[:start] + escape(", ".join(parts)) + text[start + len(bare) :]
