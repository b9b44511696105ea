"""Words that a person wants in the phrases, and the places in the frames that take them.

Knows slots and lines. A word of the lexicon stays what it is; any other word becomes a name. Does
not choose anything.
"""

from __future__ import annotations

from pipelines.contract.errors import InvalidRequest
from pipelines.contract.phrase import WordKind
from pipelines.text.korean.blocklist import is_clean
from pipelines.text.korean.romanise import romanise
from pipelines.text.lexicon import Category, Lexicon, Noun
from pipelines.text.reading.recognise import Recogniser
from pipelines.text.rendering.filling import Filling

NAMES_ARE = Category.PERSON  # a word nobody knows may be somebody: nothing cruel happens to it


def topic(text: str, words: Lexicon, recogniser: Recogniser) -> Filling:
    """Return what to put into a phrase for a typed word; raise InvalidRequest for a slur."""
    if not is_clean(text):
        raise InvalidRequest("request.topic.blocked", value=text[:40])
    found = recogniser.words(text)
    if len(found) == 1 and found[0].kind is not WordKind.OTHER:
        for entry in _entries(words, found[0].kind):
            if entry.ko == found[0].ko:
                return entry
    return Noun(text, romanise(text), NAMES_ARE, article="")


def _entries(words: Lexicon, kind: WordKind) -> tuple[Filling, ...]:
    shelves: dict[WordKind, tuple[Filling, ...]] = {
        WordKind.NOUN: words.nouns,
        WordKind.ADJECTIVE: words.adjectives,
        WordKind.VERB: words.verbs,
        WordKind.ADVERB: words.adverbs,
        WordKind.COLOUR: words.colours,
        WordKind.INTERJECTION: words.interjections,
    }
    return shelves.get(kind, ())
