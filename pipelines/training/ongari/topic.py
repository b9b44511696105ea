"""Does a reply take up its question? Measured with the lexicon, never with the model.

A reply takes a question up when it holds one of its content words (a noun, adjective, verb or
colour of the lexicon, in any form) or a noun of the same category.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.phrase import WordKind
from pipelines.text import lexicon, recognise

CONTENT = (WordKind.NOUN, WordKind.ADJECTIVE, WordKind.VERB, WordKind.COLOUR)


@dataclass(frozen=True, slots=True)
class Uptake:
    """How many of some replies take their question up."""

    asked: int
    by_word: int
    by_category: int  # by the category alone

    @property
    def rate(self) -> float:
        """Return the share that does, in either way."""
        return (self.by_word + self.by_category) / max(1, self.asked)

    @property
    def word_rate(self) -> float:
        """Return the share that holds a word of the question."""
        return self.by_word / max(1, self.asked)


def content(text: str) -> frozenset[str]:
    """Return the dictionary forms of the content words of a text.

    >>> sorted(content("문어는 왜 웃어?"))
    ['문어', '웃다']
    """
    return frozenset(word.ko for word in recognise.builtin().words(text) if word.kind in CONTENT)


def categories(words: frozenset[str]) -> frozenset[str]:
    """Return the categories of the nouns among some words."""
    return frozenset(noun.cat for noun in lexicon.builtin().nouns if noun.ko in words)


def uptake(questions: Sequence[str], replies: Sequence[str]) -> Uptake:
    """Count; raise ValueError for a question without a content word, of which nothing is known."""
    by_word = by_category = 0
    for question, reply in zip(questions, replies, strict=True):
        asked, said = content(question), content(reply)
        if not asked:
            raise ValueError(f"no word of the lexicon in {question!r}")
        if asked & said:
            by_word += 1
        elif categories(asked) & categories(said):
            by_category += 1
    return Uptake(len(questions), by_word, by_category)
