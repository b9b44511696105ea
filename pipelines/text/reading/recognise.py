"""Find the words of the lexicon in typed Korean: longest match, no statistics, no model.

Knows forms.py's lists. Guesses nothing: what it does not find stays a word of kind OTHER.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from pipelines.contract.phrase import Word, WordKind
from pipelines.text import lexicon
from pipelines.text.lexicon import Lexicon
from pipelines.text.reading import forms

# one eojeol falls into runs of Hangul, Latin letters, digits; anything else stands alone
RUN = re.compile(r"[가-힣]+|[A-Za-z][A-Za-z'-]*|[0-9][0-9.,]*|[ㄱ-ㅣ]+|[^\s]")
INVISIBLE = "\ufe0f\ufe0e\u200d\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"
# read as something else far more often than as the word of the lexicon they look like
NOT_THESE = frozenset(
    "나는 나도 난 나 너는 너 넌 저는 이는 이가 가지고 해도 해서 또는 사는".split()
)
MAX_PARTS = 4  # nouns written together: 토끼모자뼈다귀


def other(text: str) -> Word:
    """Return a word that nobody knows; Latin letters are their own gloss.

    >>> other("뷁").en, other("cat").en
    ('', 'cat')
    """
    gloss = text if text.isascii() and text[0].isalpha() else ""
    return Word(text, gloss, WordKind.OTHER, is_drawable=False)


@dataclass(frozen=True, slots=True)
class Recogniser:
    """The tables of one lexicon, and the search in them."""

    nouns: dict[str, Word]
    short_tails: dict[str, frozenset[str]]
    tails: frozenset[str]
    exact: dict[str, Word]
    phrases: dict[str, Word]  # forms of two eojeol: 코를 고는
    emoji: dict[str, Word]
    counters: dict[str, Word]
    numbers: dict[str, Word]

    def words(self, text: str) -> tuple[Word, ...]:
        """Return the words of a text in its order."""
        runs = [RUN.findall(eojeol) for eojeol in text.split()]
        found: list[Word] = []
        place = 0
        while place < len(runs):
            taken, words = self._at(runs, place)
            found += words
            place += taken
        return tuple(found)

    def _at(self, runs: list[list[str]], place: int) -> tuple[int, list[Word]]:
        """Return how many eojeol were read at a place, and their words."""
        here = [run for run in runs[place] if run[0].isalnum()]
        if place + 1 < len(runs) and len(here) == 1:
            following = [run for run in runs[place + 1] if run[0].isalnum()]
            if len(following) == 1:
                pair = self._pair(here[0], following[0])
                if pair:
                    return 2, pair
        return 1, self._eojeol(runs[place])

    def _pair(self, first: str, second: str) -> list[Word]:
        """Read two eojeol that belong together: 코를 골다, 세 마리."""
        word = self.phrases.get(f"{first} {second}")
        if word:
            return [replace(word, surface=f"{first} {second}")]
        number = self.numbers.get(first) or _digits(first)
        counter = self._counter(second)
        return [number, counter] if number and counter else []

    def _eojeol(self, runs: list[str]) -> list[Word]:
        found: list[Word] = []
        for run in runs:
            if "가" <= run[0] <= "힣":
                found += self._hangul(run, found[-1] if found else None)
            elif run[0].isascii() and run[0].isalnum():
                found.append(_digits(run) or other(run))
            elif run in self.emoji:
                found.append(self.emoji[run])
            elif ord(run[0]) > 0x2190 and run not in INVISIBLE and not run.isspace():
                found.append(other(run))
        return found

    def _hangul(self, run: str, before: Word | None) -> list[Word]:
        """Read a run of Hangul; `before` is what it is written onto, if anything."""
        if before:
            counter = self._counter(run)
            if counter and before.kind is WordKind.NUMBER:
                return [counter]
            if run in self.tails:  # the particle of a number or an emoji: 3은, 🐙가
                return []
        if run in NOT_THESE:
            return [other(run)]
        if run in self.exact:
            return [_standing_as(self.exact[run], run)]
        return self._nouns(run, MAX_PARTS) or self._number_and_counter(run) or [other(run)]

    def _nouns(self, run: str, parts: int) -> list[Word]:
        """Read nouns written together with a tail, longest first; [] when something is left."""
        for length in range(len(run), 0, -1):
            word = self.nouns.get(run[:length])
            if word is None:
                continue
            rest = run[length:]
            if rest in (self.tails if length > 1 else self.short_tails[word.ko]):
                return [word]
            if length > 1 and parts > 1:
                following = self._nouns(rest, parts - 1)
                if following and len(following[0].ko) > 1:
                    return [word, *following]
        return []

    def _number_and_counter(self, run: str) -> list[Word]:
        """Read a number and its counter written together: 세마리."""
        for length in range(min(3, len(run) - 1), 0, -1):
            number = self.numbers.get(run[:length])
            counter = self._counter(run[length:])
            if number and counter:
                return [number, counter]
        return []

    def _counter(self, run: str) -> Word | None:
        for length in range(len(run), 0, -1):
            word = self.counters.get(run[:length])
            if word and run[length:] in self.tails:
                return word
        return None


def _standing_as(word: Word, surface: str) -> Word:
    return word if word.ko == surface else replace(word, surface=surface)


def _digits(run: str) -> Word | None:
    """Return the number that a run of digits stands for."""
    if not (run[0].isascii() and run[0].isdigit()):
        return None
    number = run.rstrip(".,")
    return Word(number, number, WordKind.NUMBER, is_drawable=False)


@cache
def builtin() -> Recogniser:
    """Return the recogniser of the lexicon that ships, built once (about 0.1 s)."""
    return build(lexicon.builtin())


def build(words: Lexicon) -> Recogniser:
    """Return the recogniser of a lexicon."""
    nouns = {
        noun.ko: Word(noun.ko, noun.en, WordKind.NOUN, noun.is_drawable) for noun in words.nouns
    }
    exact = dict(nouns)
    for adverb in words.adverbs:
        exact.setdefault(adverb.ko, Word(adverb.ko, adverb.en, WordKind.ADVERB, False))
    for cry in words.interjections:
        exact.setdefault(cry.ko, Word(cry.ko, cry.en, WordKind.INTERJECTION, False))
    for form, word in forms.inflected(words):
        if len(form) > 1 or word.kind is not WordKind.VERB:  # 팔 is an arm, not 팔다
            exact.setdefault(form, word)
    return Recogniser(
        nouns=nouns,
        short_tails={ko: forms.short_noun_tails(ko) for ko in nouns if len(ko) == 1},
        tails=forms.noun_tails(),
        exact=exact,
        phrases={form: word for form, word in exact.items() if " " in form},
        emoji={
            noun.emoji: replace(nouns[noun.ko], surface=noun.emoji)
            for noun in words.nouns
            if noun.emoji
        },
        counters={
            counter.ko: Word(counter.ko, counter.en, WordKind.COUNTER, False)
            for counter in words.counters
        },
        numbers=forms.numbers(),
    )
