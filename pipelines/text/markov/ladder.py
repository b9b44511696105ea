"""What is tried when a text has no new sentence left: one rung after the other, each looser.

A text of ten sentences hardly ever has a word twice, so a chain of words has nowhere to leap.
Shorter contexts are tried, then morphemes, then halves of sentences that could go on the same way,
at last a word of the lexicon in place of one of the text. Knows how sentences are made; which of
them are new is engine.py's affair.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pipelines.text import lexicon
from pipelines.text.korean.hangul import is_syllable
from pipelines.text.korean.josa import josa
from pipelines.text.lexicon import Noun
from pipelines.text.markov.endings import EojeolRole, role_of

Eojeols = tuple[str, ...]
Make = Callable[[], Eojeols | None]
# the particle of a noun that may be another: what is replaced -> the pair to agree with
PAIRS = {
    "은": "은/는", "는": "은/는", "이": "이/가", "가": "이/가", "을": "을/를", "를": "을/를",
    "도": "도", "에": "에",
}  # fmt: skip


class Rung(StrEnum):
    """How far down a sentence was made; the order in which they are tried."""

    ASKED = "asked"
    SHORTER = "shorter"
    MORPHEMES = "morphemes"
    JOINED = "joined"
    BORROWED = "borrowed"


@dataclass(frozen=True, slots=True)
class _Half:
    """A place at which a sentence may be left or entered."""

    sentence: int
    place: int  # of the eojeol behind the joint


def joining(sentences: Sequence[Eojeols], dice: random.Random) -> Make:
    """Return what joins the head of a sentence with the tail of another at a role they share."""
    by_role: dict[EojeolRole, list[_Half]] = {}
    for number, sentence in enumerate(sentences):
        for place, eojeol in enumerate(sentence[:-1], start=1):
            role = role_of(eojeol)
            if role is not None:
                by_role.setdefault(role, []).append(_Half(number, place))
    joints = [halves for halves in by_role.values() if len({one.sentence for one in halves}) > 1]

    def make() -> Eojeols | None:
        if not joints:
            return None
        halves = dice.choice(joints)
        head, tail = dice.choice(halves), dice.choice(halves)
        return sentences[head.sentence][: head.place] + sentences[tail.sentence][tail.place :]

    return make


def borrowing(sentences: Sequence[Eojeols], dice: random.Random) -> Make:
    """Return what puts a noun of the lexicon in the place of a noun of a sentence."""
    places = [
        (sentence, place, pair)
        for sentence in sentences
        for place, pair in _nouns(sentence)
    ]  # fmt: skip
    nouns: list[Noun] = [noun for noun in lexicon.builtin().nouns if noun.is_spoken]

    def make() -> Eojeols | None:
        if not places:
            return None
        sentence, place, pair = dice.choice(places)
        noun = dice.choice(nouns).ko
        return (*sentence[:place], noun + josa(noun, pair), *sentence[place + 1 :])

    return make


def _nouns(sentence: Eojeols) -> Iterator[tuple[int, str]]:
    """Yield where a noun stands for certain, with the pair of its particle."""
    for place, eojeol in enumerate(sentence[:-1]):
        pair = PAIRS.get(eojeol[-1:])
        # "-는" and "-은" may end a verb anywhere but at the beginning, "-이" and "-을" nearly
        is_certain = place == 0 or eojeol[-1:] in ("를", "가", "에")
        if pair and role_of(eojeol) and is_certain and all(map(is_syllable, eojeol)):
            yield place, pair
