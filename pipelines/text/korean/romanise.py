"""Hangul in Latin letters, syllable by syllable, for names that have no gloss.

Knows the letters of the Revised Romanization and none of its sound changes.
"""

from __future__ import annotations

from pipelines.text.korean import hangul

INITIALS = dict(
    zip(hangul.INITIALS, "g kk n d tt r m b pp s ss _ j jj ch k t p h".split(), strict=True)
)
VOWELS = dict(
    zip(
        hangul.VOWELS,
        "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i".split(),
        strict=True,
    )
)
FINALS = dict(
    zip(
        hangul.FINALS.strip(),
        "k k k n n n t l k m l l l p l m p p t t ng t t k t p t".split(),
        strict=True,
    )
)


def romanise(text: str) -> str:
    """Return the text in Latin letters, each word with a capital.

    >>> romanise("다율"), romanise("우리 집"), romanise("GPT")
    ('Dayul', 'Uri Jip', 'GPT')
    """
    return " ".join(word[:1].upper() + word[1:] for word in map(_word, text.split()))


def _word(word: str) -> str:
    return "".join(_syllable(letter) if hangul.is_syllable(letter) else letter for letter in word)


def _syllable(syllable: str) -> str:
    initial, vowel, final = hangul.split(syllable)
    return INITIALS[initial].strip("_") + VOWELS[vowel] + FINALS.get(final, "")
