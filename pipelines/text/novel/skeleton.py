"""What is left of a sentence when its words are taken out: "귀신이 웃었다" is "N이 V었다".

Knows the lexicon's forms and particles. Two sentences with one skeleton are one joke twice;
rank.py allows two, novelty.py notices.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from pipelines.contract.phrase import Word, WordKind
from pipelines.text import lexicon
from pipelines.text.korean import josa
from pipelines.text.korean.conjugate import conjugate
from pipelines.text.reading import forms, recognise
from pipelines.text.rendering.render import adnominal

TAGS = {
    WordKind.NOUN: "N",
    WordKind.ADJECTIVE: "A",
    WordKind.VERB: "V",
    WordKind.ADVERB: "M",
    WordKind.COLOUR: "A",
    WordKind.NUMBER: "#",
    WordKind.COUNTER: "D",
    WordKind.INTERJECTION: "I",
}
UNKNOWN = "N"  # a word that nobody knows, before a particle: most likely a noun
INFLECTED = (WordKind.ADJECTIVE, WordKind.VERB, WordKind.COLOUR)
COUNTED = (WordKind.NUMBER, WordKind.COUNTER)  # say nothing about what a sentence is about
MARKS = re.compile(r"[^\w\s#?]|_")
TAGGED = re.compile(r"[NAVMD#I]+")
PARTICLES = {
    form: consonant for consonant, vowel in josa.PAIRS.values() for form in (vowel, consonant)
}
# after a word that nobody knows only these are taken as particles
SAFE = ("에게", "에서", "으로", "은", "는", "이", "가", "을", "를", "과", "와", "의", "로")
OTHER_EDGES = ".,!?~…\"'“”‘’()[]{}<>·-"


@dataclass(frozen=True, slots=True)
class Bones:
    """One sentence, taken apart.

    Attributes:
        slots: the skeleton, one slot an eojeol.
        content: the dictionary forms of its words.
    """

    slots: tuple[str, ...]
    content: frozenset[str]

    @property
    def skeleton(self) -> str:
        """Return the skeleton as one text, equal for sentences that differ in words only."""
        return " ".join(self.slots)

    def likeness(self, other: Bones) -> float:
        """Return how alike two skeletons are, 0 to 1: the pairs of neighbours they share."""
        mine, theirs = self._pairs(), other._pairs()
        return 2 * len(mine & theirs) / (len(mine) + len(theirs))

    def _pairs(self) -> frozenset[tuple[str, str]]:
        row = ("^", *self.slots, "$")
        return frozenset(pairwise(row))


def bones(sentence: str) -> Bones:
    """Take a sentence apart.

    >>> bones("귀신이 웃었다.").skeleton, bones("냉장고가 울었다!").skeleton
    ('N이 V었다', 'N이 V었다')
    >>> sorted(bones("착한 뼈다귀를 접었다").content)
    ['뼈다귀', '접다', '착하다']
    """
    place, tagged, content = 0, [], set()
    for word in recognise.builtin().words(sentence):
        start = sentence.find(word.shown, place)
        if start < 0:
            continue
        tagged.append(sentence[place:start])
        place = start + len(word.shown)
        tagged.append(_slot(word))
        if word.kind not in COUNTED:
            content.add(_stem(word.ko) if word.kind is WordKind.OTHER else word.ko)
    tagged.append(sentence[place:])
    slots = (_settled(slot) for slot in MARKS.sub(" ", "".join(tagged)).split())
    return Bones(tuple(slot for slot in slots if slot), frozenset(content - {""}))


def _slot(word: Word) -> str:
    if word.kind is WordKind.OTHER:
        return word.shown
    ending = _endings().get(word.shown, "") if word.kind in INFLECTED else ""
    return TAGS[word.kind] + ending


def _settled(slot: str) -> str:
    """Return one slot with its particle in one form, and unknown words before one taken out."""
    slot = slot.replace("?", "") + "?" * ("?" in slot)
    bare = slot.rstrip("?")
    tag = TAGGED.match(bare)
    if tag:
        rest = bare[tag.end() :]
        return tag[0] + PARTICLES.get(rest, rest) + slot[len(bare) :]
    stem = _stem(bare)
    if stem != bare:
        rest = bare[len(stem) :]
        return UNKNOWN + PARTICLES.get(rest, rest) + slot[len(bare) :]
    return slot


def _stem(word: str) -> str:
    """Return an unknown word without its particle."""
    word = word.strip(OTHER_EDGES)
    for particle in SAFE:
        if word.endswith(particle) and len(word) - len(particle) >= 2:
            return word[: -len(particle)]
    return word


@cache
def _endings() -> dict[str, str]:
    """Return the ending of every form in which a verb or an adjective may stand."""
    found: dict[str, str] = {}
    for form, ending in _forms():
        found.setdefault(form, ending)
    return found


def _forms() -> Iterator[tuple[str, str]]:
    words = lexicon.builtin()
    describing = (*forms.SHARED_ENDINGS, *forms.ADJECTIVE_ENDINGS)
    for colour in words.colours:
        yield colour.ko, "은"
        if colour.adjective:
            for ending in describing:
                yield conjugate(colour.adjective, ending, colour.irregular), ending
    for adjective in words.adjectives:
        yield adnominal(adjective.ko, adjective.irregular), "은"
        for ending in describing:
            yield conjugate(adjective.ko, ending, adjective.irregular), ending
    for verb in words.verbs:
        yield verb.ko, "다"
        for ending in (*forms.SHARED_ENDINGS, *forms.VERB_ENDINGS):
            yield conjugate(verb.ko, ending, verb.irregular), ending
