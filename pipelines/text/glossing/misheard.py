"""A word is misheard: the drawable noun that sounds most like it. 사랑 becomes 사탕.

Knows sounds as letters, one by one. Knows the nouns that the crayon can draw.
"""

from __future__ import annotations

import random
from functools import cache

from pipelines.text import lexicon
from pipelines.text.korean import hangul


def misheard(word: str, dice: random.Random) -> str:
    """Return a drawable noun that sounds like the word and is another.

    >>> misheard("사랑", random.Random(0)), misheard("자유", random.Random(0))
    ('사탕', '장미')
    """
    sounds = spelt(word)
    ranked = sorted((_distance(sounds, spelt(noun)), noun) for noun in drawable() if noun != word)
    nearest = ranked[0][0]
    return dice.choice([noun for distance, noun in ranked if distance <= nearest])


@cache
def drawable() -> tuple[str, ...]:
    """Return the nouns that can be drawn as things."""
    nouns = lexicon.builtin().nouns
    return tuple(noun.ko for noun in nouns if (noun.emoji or noun.shape) and not noun.scene)


def spelt(word: str) -> str:
    """Return the letters of a word.

    >>> spelt("사탕")
    'ㅅㅏㅌㅏㅇ'
    """
    return "".join("".join(hangul.split(s)) if hangul.is_syllable(s) else s for s in word)


def _distance(one: str, other: str) -> int:
    """Return how many letters have to be changed, put in or left out (Levenshtein)."""
    row = list(range(len(other) + 1))
    for i, mine in enumerate(one, start=1):
        diagonal, row[0] = row[0], i
        for j, theirs in enumerate(other, start=1):
            change = diagonal + (mine != theirs)
            diagonal, row[j] = row[j], min(change, row[j] + 1, row[j - 1] + 1)
    return row[-1]
