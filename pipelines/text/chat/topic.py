"""Does a reply take up the question? Judged by the lexicon, never by the model that replied.

It does when it holds a content word of the question (noun, adjective, verb or colour, in any
form), or a noun of the same category. Knows no models and no conversations.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache

from pipelines.contract.phrase import Word, WordKind
from pipelines.text import lexicon
from pipelines.text.reading import recognise

CONTENT = (WordKind.NOUN, WordKind.ADJECTIVE, WordKind.VERB, WordKind.COLOUR)
SHORTEST_NAME = 2  # letters; of one alone nobody knows whether it is a name


class Link(StrEnum):
    """How a reply hangs together with its question."""

    WORD = "word"
    CATEGORY = "category"
    NONE = "none"


def link(question: str, reply: str) -> Link:
    """Return how the reply takes up the question.

    >>> [
    ...     link("문어가 뭐야?", reply).value
    ...     for reply in ("문어는 젖은 시계", "고래 세 쌍", "파란 수학")
    ... ]
    ['word', 'category', 'none']
    """
    question_words, reply_words = content(question), content(reply)
    if question_words & reply_words:
        return Link.WORD
    return Link.CATEGORY if _categories(question_words) & _categories(reply_words) else Link.NONE


def content(text: str) -> frozenset[str]:
    """Return the dictionary forms of the content words of a text.

    >>> sorted(content("문어는 왜 웃어?"))
    ['문어', '웃다']
    """
    return frozenset(word.ko for word in _words(text) if word.kind in CONTENT)


def echoes_a_name(question: str, reply: str) -> bool:
    """Say whether the reply holds a word of the question that the lexicon does not know.

    >>> echoes_a_name("두릅이는 뭐 해?", "두릅이가 녹았다."), echoes_a_name("문어는?", "문어!")
    (True, False)
    """
    return any(name in reply for name in _names(question))


def _names(text: str) -> frozenset[str]:
    """Return the unknown words of a text without their particles."""
    tails = recognise.builtin().tails
    found: set[str] = set()
    for word in _words(text):
        if word.kind is not WordKind.OTHER:
            continue
        stems = (word.ko[:end] for end in range(SHORTEST_NAME, len(word.ko) + 1))
        found.update(stem for stem in stems if word.ko[len(stem) :] in tails)
    return frozenset(found)


def _words(text: str) -> tuple[Word, ...]:
    return recognise.builtin().words(text)


def _categories(words: frozenset[str]) -> frozenset[str]:
    of = _category_of()
    return frozenset(of[word] for word in words if word in of)


@cache
def _category_of() -> dict[str, str]:
    return {noun.ko: noun.cat for noun in lexicon.builtin().nouns}
