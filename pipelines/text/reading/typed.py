"""What a person typed becomes a phrase: its known words are found, the sentence is glossed.

Knows no grammar (glossing does). Raises InvalidRequest for text that no request may hold, and
nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.contract.phrase import Phrase, Word, WordKind
from pipelines.contract.validate import check_text
from pipelines.text.glossing import english
from pipelines.text.reading import recognise

NAME = "typed"
LEADS = (WordKind.ADJECTIVE, WordKind.COLOUR, WordKind.NUMBER)  # stand before the next word


def typed(text: str) -> Phrase:
    """Return the phrase of a text that a person typed; raise InvalidRequest when it is none.

    >>> phrase = typed("사랑은 착한 뼈다귀")
    >>> phrase.en, [word.ko for word in phrase.words]
    ('love is a kind bone', ['사랑', '착하다', '뼈다귀'])
    """
    text = check_text(text, "phrase")
    words = recognise.builtin().words(text)
    return Phrase(text, in_english(text, words), words, engine=NAME)


def in_english(text: str, words: Sequence[Word] = ()) -> str:
    """Return the gloss of a sentence in English, else those of its words; "" for neither."""
    return english(text).text or rough_english(words)


def rough_english(words: Sequence[Word]) -> str:
    """Return the glosses that are known, separated by commas; "" when nothing is known."""
    groups: list[list[str]] = []
    is_open = False
    for word in words:
        if not word.en:
            is_open = False
            continue
        if is_open:
            groups[-1].append(word.en)
        else:
            groups.append([word.en])
        is_open = word.kind in LEADS
    return ", ".join(" ".join(group) for group in groups)
