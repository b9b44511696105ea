"""The words the picture model learns to draw, read from the lexicon.

Knows the two lexicon files and their fields. Does not know how anything is drawn or captioned.
A snapshot of what was read is kept beside the training data, because the lexicon may grow
while a model trains.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

LEXICON = Path(__file__).parents[2] / "text" / "lexicon"


@dataclass(frozen=True, slots=True)
class DrawableNoun:
    """A drawable noun; exactly one of `emoji`, `shape` and `scene` is not empty."""

    ko: str
    en: str
    category: str
    emoji: str = ""
    shape: str = ""
    scene: str = ""
    counters: tuple[str, ...] = ("개",)

    @property
    def is_thing(self) -> bool:
        """Return whether it can stand in a picture beside something else."""
        return not self.scene


@dataclass(frozen=True, slots=True)
class PaintColour:
    """A colour: `ko` modifies a noun ("파란"), `noun` names it ("파랑")."""

    ko: str
    noun: str
    en: str
    rgb: tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class DrawableVocabulary:
    """All drawable nouns and colours, in lexicon order."""

    nouns: tuple[DrawableNoun, ...]
    colours: tuple[PaintColour, ...]

    @property
    def things(self) -> tuple[DrawableNoun, ...]:
        """Return the nouns that can stand in a picture."""
        return tuple(noun for noun in self.nouns if noun.is_thing)

    @property
    def scenes(self) -> tuple[DrawableNoun, ...]:
        """Return the nouns that are whole backgrounds."""
        return tuple(noun for noun in self.nouns if noun.scene)

    def noun(self, ko: str) -> DrawableNoun:
        """Return the noun spelt `ko`."""
        for noun in self.nouns:
            if noun.ko == ko:
                return noun
        raise KeyError(ko)

    def colour(self, en: str) -> PaintColour:
        """Return the colour called `en` in English."""
        for colour in self.colours:
            if colour.en == en:
                return colour
        raise KeyError(en)


def read_lexicon(folder: Path = LEXICON) -> DrawableVocabulary:
    """Read the drawable nouns and the colours of the lexicon in `folder`."""
    nouns = tuple(
        _parse_noun(row)
        for row in _rows(folder / "nouns.jsonl")
        if row.get("emoji") or row.get("shape") or row.get("scene")
    )
    colours = tuple(_parse_colour(row) for row in _rows(folder / "colours.jsonl"))
    return DrawableVocabulary(nouns, colours)


def snapshot(vocabulary: DrawableVocabulary) -> str:
    """Return the vocabulary as JSON text that `read_snapshot` understands."""
    return json.dumps(asdict(vocabulary), ensure_ascii=False, indent=1)


def read_snapshot(text: str) -> DrawableVocabulary:
    """Return the vocabulary that `snapshot` wrote."""
    data = json.loads(text)
    nouns = tuple(
        DrawableNoun(**{**row, "counters": tuple(row["counters"])}) for row in data["nouns"]
    )
    colours = tuple(PaintColour(**{**row, "rgb": tuple(row["rgb"])}) for row in data["colours"])
    return DrawableVocabulary(nouns, colours)


def _rows(path: Path) -> Iterator[Mapping[str, Any]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield json.loads(line)


def _parse_noun(row: Mapping[str, Any]) -> DrawableNoun:
    return DrawableNoun(
        ko=row["ko"],
        en=row["en"],
        category=row.get("cat", ""),
        emoji=row.get("emoji", ""),
        shape=row.get("shape", ""),
        scene=row.get("scene", ""),
        counters=tuple(row.get("counters") or ("개",)),
    )


def _parse_colour(row: Mapping[str, Any]) -> PaintColour:
    value = row["hex"].lstrip("#")
    red, green, blue = (int(value[i : i + 2], 16) for i in (0, 2, 4))
    return PaintColour(ko=row["ko"], noun=row["noun"], en=row["en"], rgb=(red, green, blue))
