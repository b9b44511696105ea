"""The currency between text and pictures: a phrase and the words it was made of.

Knows nothing of engines, grammars or picture models. Standard library only.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self

from models.composed import composed

Setting = str | int | float | bool
Settings = tuple[tuple[str, Setting], ...]
MAX_SETTINGS = 40  # of one phrase; more was not written by this program


class WordKind(StrEnum):
    """What a word is in a sentence."""

    NOUN = "noun"
    ADJECTIVE = "adjective"
    VERB = "verb"
    ADVERB = "adverb"
    COLOUR = "colour"
    NUMBER = "number"
    COUNTER = "counter"
    INTERJECTION = "interjection"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Word:
    """One content word of a phrase.

    Attributes:
        ko: dictionary form ("착하다", "뼈다귀").
        en: English gloss, "" when nobody knows it.
        kind: what it is in the sentence.
        is_drawable: a picture model of ours has a picture for it.
        surface: how it stands in the phrase ("착한"); "" means the same as `ko`.
    """

    ko: str
    en: str
    kind: WordKind
    is_drawable: bool
    surface: str = ""

    @property
    def shown(self) -> str:
        """Return the word as it stands in the phrase."""
        return self.surface or self.ko


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence of 아무말 that carries its own translation.

    Attributes:
        ko: the sentence, NFC.
        en: an English rendering of its own structure; "" when no word of it is known.
        words: its content words in the order of the Korean sentence.
        engine: what made it: "grammar", "typed", ...
        seed: the seed that makes it again with the same engine; None for typed text.
        frame: the engine's name for the pattern, "" when there is none.
        settings: of the engine besides the seed: text options, temperature, model.
    """

    ko: str
    en: str
    words: tuple[Word, ...]
    engine: str
    seed: int | None = None
    frame: str = ""
    settings: Settings = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "ko", composed(self.ko))

    def to_json(self) -> dict[str, Any]:
        """Return plain data that `from_json` turns back into an equal phrase."""
        return {
            "ko": self.ko,
            "en": self.en,
            "words": [
                {
                    "ko": word.ko,
                    "en": word.en,
                    "kind": word.kind.value,
                    "is_drawable": word.is_drawable,
                    "surface": word.surface,
                }
                for word in self.words
            ],
            "engine": self.engine,
            "seed": self.seed,
            "frame": self.frame,
            "settings": dict(self.settings),
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """Build a phrase from `to_json` data; raise ValueError when it is not that."""
        try:
            words = tuple(
                Word(
                    ko=str(word["ko"]),
                    en=str(word["en"]),
                    kind=WordKind(word["kind"]),
                    is_drawable=bool(word["is_drawable"]),
                    surface=str(word.get("surface", "")),
                )
                for word in data["words"]
            )
            seed = data["seed"]
            return cls(
                ko=str(data["ko"]),
                en=str(data["en"]),
                words=words,
                engine=str(data["engine"]),
                seed=None if seed is None else int(seed),
                frame=str(data.get("frame", "")),
                settings=_settings(data.get("settings", {})),
            )
        except (KeyError, TypeError, AttributeError, OverflowError) as error:
            raise ValueError(f"not a phrase: {error!r}") from error


def _settings(data: Any) -> Settings:
    """Return the settings of `to_json` data; phrases of earlier versions have none."""
    pairs = tuple((str(name)[:40], value) for name, value in data.items())
    if len(pairs) > MAX_SETTINGS or not all(isinstance(value, Setting) for _, value in pairs):
        raise TypeError("settings that no engine has")
    return pairs
