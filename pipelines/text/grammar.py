"""The grammar engine: frames with slots, filled by chance. Thin first version."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path

from pipelines.phrase import Phrase, Word, WordKind
from pipelines.requests import TextRequest
from pipelines.text.josa import attach

FOLDER = Path(__file__).parent / "lexicon"


def _read(name: str) -> list[dict[str, str]]:
    lines = (FOLDER / name).read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines if line]


def _noun(row: dict[str, str]) -> Word:
    drawable = "emoji" in row or "shape" in row or "scene" in row
    return Word(row["ko"], row["en"], WordKind.NOUN, drawable)


Made = tuple[str, str, tuple[Word, ...]]


def _kind(one: Word, other: Word, colour: Word) -> Made:
    ko = f"{attach(one.ko, '은/는')} {colour.ko} {other.ko}"
    return ko, f"{one.en} is a {colour.en} {other.en}", (one, colour, other)


def _into(one: Word, other: Word, colour: Word) -> Made:
    ko = f"{colour.ko} {attach(one.ko, '을/를')} {other.ko}에"
    return ko, f"a {colour.en} {one.en} into a {other.en}", (colour, one, other)


def _too_many(one: Word, other: Word, colour: Word) -> Made:
    ko = f"{attach(one.ko, '이/가')} 너무 많은 {colour.ko} {other.ko}."
    return ko, f"a {colour.en} {other.en} with too many {one.en}s", (one, colour, other)


FRAMES: dict[str, Callable[[Word, Word, Word], Made]] = {
    "is": _kind,
    "into": _into,
    "too-many": _too_many,
}


def phrases(request: TextRequest) -> Iterator[Phrase]:
    """Yield phrases without end; equal requests yield equal phrases."""
    dice = random.Random(request.seed)
    nouns = [_noun(row) for row in _read("nouns.jsonl")]
    colours = [Word(r["ko"], r["en"], WordKind.COLOUR, True) for r in _read("colours.jsonl")]
    last = ""
    while True:
        frame = dice.choice([name for name in FRAMES if name != last])
        one, other = dice.sample(nouns, 2)
        ko, en, words = FRAMES[frame](one, other, dice.choice(colours))
        last = frame
        yield Phrase(ko, en, words, engine="grammar", seed=request.seed, frame=frame)
