"""What a person typed becomes a phrase: known words are found. Thin first version."""

from __future__ import annotations

from pipelines.phrase import Phrase, Word, WordKind
from pipelines.requests import check_text
from pipelines.text import lexicon


def typed(text: str) -> Phrase:
    """Return the phrase of a text that a person typed; raise InvalidRequest when it is none."""
    text = check_text(text, "phrase")
    book = lexicon.builtin()
    known = {n.ko: Word(n.ko, n.en, WordKind.NOUN, n.is_drawable) for n in book.nouns}
    known |= {c.ko: Word(c.ko, c.en, WordKind.COLOUR, True) for c in book.colours}
    words = []
    for eojeol in text.split():
        found = next(
            (known[eojeol[:n]] for n in range(len(eojeol), 0, -1) if eojeol[:n] in known), None
        )
        words.append(found or Word(eojeol, "", WordKind.OTHER, is_drawable=False))
    en = ", ".join(word.en for word in words if word.en)
    return Phrase(text, en, tuple(words), engine="typed")
