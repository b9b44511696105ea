"""One phrase being made: the words chosen so far, and the words used lately.

Does not know how a blank chooses.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import TypeVar

from pipelines.text.grammar.stock import RecentWords, WeightedChoices
from pipelines.text.lexicon import Adjective, Adverb, Colour, Interjection, Noun, Verb
from pipelines.text.rendering.filling import Filling

REST_NOUNS = 24  # a noun rests while so many others are used; about ten phrases
REST_OTHERS = 8  # so do verbs, adjectives and adverbs

Other = TypeVar("Other", Adjective, Verb, Adverb, Colour, Interjection)


@dataclass(slots=True)
class Draw:
    """The phrase being made: what has been chosen so far, and by which dice."""

    dice: random.Random
    nouns: RecentWords = field(default_factory=lambda: RecentWords(REST_NOUNS))
    others: RecentWords = field(default_factory=lambda: RecentWords(REST_OTHERS))
    chosen: dict[str, Filling] = field(default_factory=dict)

    def noun(self, slot: str) -> Noun:
        """Return the noun that fills a slot."""
        filling = self.chosen[slot]
        if not isinstance(filling, Noun):
            raise TypeError(f"slot {slot!r} holds no noun")
        return filling

    def verb(self, slot: str) -> Verb:
        """Return the verb that fills a slot."""
        filling = self.chosen[slot]
        if not isinstance(filling, Verb):
            raise TypeError(f"slot {slot!r} holds no verb")
        return filling

    def other(self, pool: WeightedChoices[Other]) -> Other:
        """Return a word that was not used a moment ago."""
        word = pool.pick(self.dice, self.others.is_fresh)
        self.others.note(word)
        return word
