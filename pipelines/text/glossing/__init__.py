"""Korean sentences glossed in English, as a picture model wants them: who, doing what, where.

No translator: every word is looked up and put into English order, so that nonsense stays nonsense.
`english` is the one way in. Kiwi helps where it is installed; without it lists decide.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pipelines.text.glossing.cleaning import cleaned
from pipelines.text.glossing.collocating import together
from pipelines.text.glossing.composing import Composer
from pipelines.text.glossing.dictionary import builtin, culture
from pipelines.text.glossing.pieces import GlossedWord, PartOfSpeech
from pipelines.text.glossing.reading import Glosser, first_reading


@dataclass(frozen=True, slots=True)
class English:
    """A text glossed in English.

    Attributes:
        parts: clauses and single words, the important ones first.
        looks: what words of Korean culture in it look like.
        unread: words as they stand in the text that nobody could gloss.
        pieces: what the text was read into.
    """

    parts: tuple[str, ...]
    looks: tuple[str, ...]
    unread: tuple[str, ...]
    pieces: tuple[GlossedWord, ...]

    @property
    def text(self) -> str:
        """Return the whole of it."""
        return ", ".join((*self.parts, *self.looks))


def read(text: str, kiwi: Any = None) -> tuple[GlossedWord, ...]:
    """Return the pieces of a text; `kiwi` is a kiwipiepy.Kiwi or None."""
    words = builtin()
    if kiwi is None:
        return Glosser(words, first_reading).read(text)
    from pipelines.text.glossing.morphemes import Chooser

    return Glosser(words, Chooser(words, kiwi, cleaned(text))).read(text)


def english(text: str, kiwi: Any = None) -> English:
    """Gloss a Korean text in English.

    >>> english("빨간 모자를 쓴 고양이 세 마리").text
    'three cats wearing a red hat'
    """
    pieces = read(text, kiwi)
    unread = tuple(dict.fromkeys(p.surface for p in pieces if p.part is PartOfSpeech.UNKNOWN))
    return English(Composer(together(pieces)).compose(), _looks(pieces), unread, pieces)


def _looks(pieces: tuple[GlossedWord, ...]) -> tuple[str, ...]:
    """Return what the words of Korean culture among the pieces look like."""
    known = culture()
    words = (piece.gloss.ko for piece in pieces if piece.part is PartOfSpeech.NOUN)
    return tuple(dict.fromkeys(known[ko].looks for ko in words if ko in known))
