"""Phrase -> the short Korean caption that the crayon was taught: "파란 장미와 고양이 두 마리".

The crayon knows a few hundred words and the ways they stand beside each other. A sentence full of
other words confuses it, so it gets what it can draw: at most two things, their colours and
counts, how they stand, and a place. Knows the lexicon, no picture model and no ML library.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.phrase import Phrase, Word, WordKind
from pipelines.text.josa import attach
from pipelines.text.lexicon import builtin

MOST_THINGS = 2  # three different things in one picture are beyond it
COUNTS = {"한": 1, "두": 2, "세": 3, "하나": 1, "둘": 2, "셋": 3}
POSITIONS = ("위에", "아래에", "옆에")
# What a caption of its own may hold besides drawable words and still be sent as it is.
UNDERSTOOD = (*POSITIONS, "아래", "위", "옆", "배경에", "배경", "그림")
SIZES = ("작다", "조그맣다", "거대하다", "커다랗다", "크다")
COUNTED = ("", "", "두", "세")


@dataclass(slots=True)
class _Thing:
    noun: str
    colour: str = ""
    count: int = 1

    def named(self) -> str:
        name = f"{self.colour} {self.noun}".strip()
        if self.count < 2:
            return name
        return f"{name} {COUNTED[self.count]} {_counter_of(self.noun)}"


@dataclass(slots=True)
class _Collected:
    """What was found on the way through the words."""

    things: list[_Thing]
    place: str = ""
    position: str = ""
    colour: str = ""  # said, and waiting for the next thing
    count: int = 0


def caption_for(phrase: Phrase) -> str:
    """Return the caption of what can be drawn of a phrase; "" when there is nothing.

    >>> from pipelines.text.typed import typed
    >>> caption_for(typed("파란 냄새 삼각형")), caption_for(typed("자유는 슬픈 월요일"))
    ('파란 삼각형', '')
    """
    if not any(_is_thing_or_place(word) for word in phrase.words):
        return ""
    if all(_is_understood(word) for word in phrase.words):
        return phrase.ko
    found = _collect(phrase.words)
    names = [thing.named() for thing in found.things]
    if not names:
        return found.place
    if len(names) == 1:
        text = names[0]
    elif found.position:
        text = f"{names[0]} {found.position} {names[1]}"
    else:
        text = f"{attach(names[0], '과/와')} {names[1]}"
    return f"{found.place} 배경에 {text}" if found.place else text


def _is_thing_or_place(word: Word) -> bool:
    return word.is_drawable and word.kind is WordKind.NOUN


def _is_understood(word: Word) -> bool:
    if word.kind in (WordKind.NUMBER, WordKind.COUNTER):
        return word.kind is WordKind.COUNTER or word.ko in COUNTS
    return word.is_drawable or word.shown in UNDERSTOOD or word.ko in SIZES


def _collect(words: tuple[Word, ...]) -> _Collected:
    found = _Collected([])
    for before, word in zip((None, *words), words, strict=False):
        if word.kind is WordKind.COLOUR:
            found.colour = word.ko
        elif word.kind is WordKind.NUMBER:
            _count(found, before, COUNTS.get(word.ko, 0))
        elif word.shown in POSITIONS and len(found.things) == 1:
            found.position = word.shown
        elif _is_thing_or_place(word):
            _place_or_thing(found, word)
    if found.colour and len(found.things) == 1 and not found.things[0].colour:
        found.things[0].colour = found.colour  # "번개는 주황색 그리움"
    return found


def _count(found: _Collected, before: Word | None, count: int) -> None:
    follows_a_thing = before is not None and found.things and before.ko == found.things[-1].noun
    if follows_a_thing:  # "고양이 두 마리"; otherwise "세 스푼의 고양이"
        found.things[-1].count = count
    else:
        found.count = count


def _place_or_thing(found: _Collected, word: Word) -> None:
    if _is_place(word.ko):
        found.place = found.place or word.ko
        return
    known = any(thing.noun == word.ko for thing in found.things)
    if not known and len(found.things) < MOST_THINGS:
        found.things.append(_Thing(word.ko, found.colour, found.count))
        found.colour, found.count = "", 0


def _is_place(ko: str) -> bool:
    return any(noun.ko == ko and noun.scene for noun in builtin().nouns)


def _counter_of(ko: str) -> str:
    for noun in builtin().nouns:
        if noun.ko == ko and noun.counters:
            return noun.counters[0]
    return "개"
