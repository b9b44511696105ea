"""The words of looks and moods in the forms that captions use, from the lexicon's adjectives.

뜨겁다 has the look HOT: 뜨거운 stands before a noun, 뜨거워요 ends a sentence. Adjectives without a
look are padding, of which nothing is drawn.
"""

from __future__ import annotations

from functools import cache

from pipelines.bridge import adjective_effects as known
from pipelines.bridge.adjective_effects import Look
from pipelines.bridge.caption import MOODS
from pipelines.bridge.caption_parser import LOOK_MOODS, LOOK_PLACES, SIZES
from pipelines.text.korean.conjugate import conjugate
from pipelines.text.lexicon import Adjective, builtin

ENDINGS = ("다", "어요", "었다", "습니다")
# Shown by nothing in a picture with a thing, but to be kept for sizes.
NEVER_PLAIN = (*SIZES, "누렇다", "푸르다", "많다")


@cache
def looks() -> dict[str, tuple[str, ...]]:
    """Return the words for each look as they stand before a noun; the first is the plainest."""
    found: dict[str, list[str]] = {look.value: [] for look in Look}
    for word, look in _adjectives():
        found[look.value].append(_before_a_noun(word))
    for form, look in known.forms().items():
        found[look.value].append(form)
    return {look: tuple(dict.fromkeys(words)) for look, words in found.items()}


@cache
def predicates() -> dict[str, tuple[str, ...]]:
    """Return the words for each look as they end a sentence."""
    found: dict[str, list[str]] = {look.value: [] for look in Look}
    for word, look in _adjectives():
        found[look.value] += [_ending(word, ending) for ending in ENDINGS]
    return {look: tuple(words) for look, words in found.items()}


@cache
def plain() -> tuple[str, ...]:
    """Return the adjectives that have no look."""
    shown = known.adjectives()
    rest = [word for word in builtin().adjectives if word.ko not in shown]
    return tuple(_before_a_noun(word) for word in rest if word.ko not in NEVER_PLAIN)


@cache
def moody() -> dict[str, tuple[str, ...]]:
    """Return the words for each mood as they stand before a noun; the first is the plainest."""
    found = {mood: [word] for mood, word in MOODS.items()}
    shown = known.adjectives()
    for word in builtin().adjectives:
        look = shown.get(word.ko)
        if look in LOOK_PLACES:
            continue
        mood = LOOK_MOODS.get(look, word.mood) if look else word.mood
        if mood in found:
            found[mood].append(_before_a_noun(word))
    return {mood: tuple(dict.fromkeys(words)) for mood, words in found.items()}


@cache
def _adjectives() -> tuple[tuple[Adjective, Look], ...]:
    """Return the adjectives with a look, in the order of `pipelines.bridge.adjective_effects`."""
    words = {word.ko: word for word in builtin().adjectives}
    return tuple((words[ko], look) for ko, look in known.adjectives().items() if ko in words)


def _before_a_noun(word: Adjective) -> str:
    return conjugate(word.ko, "은", word.irregular)


def _ending(word: Adjective, ending: str) -> str:
    return word.ko if ending == "다" else conjugate(word.ko, ending, word.irregular)
