"""What the model never sees in training, so that the scores can ask for it.

One rule, used by the training mixture and by the scores: a hash keeps a fifth of all pairs of
things, of all tints, of all looks of a thing and of all colour-shape combinations out, and some
named ones besides.
"""

from __future__ import annotations

import hashlib
from itertools import combinations

from pipelines.training.crayon.glyphs import DEFAULT_COLOURS
from pipelines.training.crayon.scenes import Scene, Thing
from pipelines.training.crayon.vocabulary import DrawableVocabulary

SHARE = 0.2
NAMED_PAIRS = frozenset(
    frozenset(pair)
    for pair in (
        ("장미", "코"),
        ("고양이", "우산"),
        ("문어", "우산"),
        ("로켓", "사과"),
        ("펭귄", "피자"),
        ("해골", "튤립"),
        ("바나나", "전화기"),
        ("상어", "자전거"),
        ("유령", "커피"),
        ("뇌", "선인장"),
    )
)
NAMED_SHAPES = frozenset(
    {("파란", "triangle"), ("빨간", "star"), ("초록색", "heart"), ("보라색", "circle")}
)
NAMED_TINTS = frozenset(
    {("파란", "장미"), ("분홍색", "고래"), ("초록색", "고양이"), ("파란", "바나나")}
)


def is_pair_held_out(first: str, second: str) -> bool:
    """Return whether two nouns never stand in one training picture."""
    if frozenset((first, second)) in NAMED_PAIRS:
        return True
    return _is_chosen("pair", *sorted((first, second)))


def is_colour_held_out(thing: Thing, vocabulary: DrawableVocabulary) -> bool:
    """Return whether training never shows this thing in this colour."""
    if not thing.colour:
        return False
    noun, colour = vocabulary.noun(thing.noun), vocabulary.colour(thing.colour)
    if noun.shape:
        if DEFAULT_COLOURS[noun.shape] == colour.en:
            return False  # bare "하트" is already red: the combination cannot be unseen
        return (colour.ko, noun.shape) in NAMED_SHAPES or _is_chosen("shape", colour.en, noun.shape)
    return (colour.ko, noun.ko) in NAMED_TINTS or _is_chosen("tint", colour.en, noun.ko)


def is_look_held_out(thing: Thing) -> bool:
    """Return whether training never shows this thing with this look."""
    return bool(thing.look) and _is_chosen("look", thing.look, thing.noun)


def is_held_out(scene: Scene, vocabulary: DrawableVocabulary) -> bool:
    """Return whether the scene has anything that training must not show."""
    pairs = combinations([thing.noun for thing in scene.things], 2)
    return any(is_pair_held_out(*pair) for pair in pairs) or any(
        is_colour_held_out(thing, vocabulary) or is_look_held_out(thing) for thing in scene.things
    )


def _is_chosen(*parts: str) -> bool:
    digest = hashlib.sha256("|".join(parts).encode()).digest()
    return int.from_bytes(digest[:4], "big") < SHARE * 2**32
