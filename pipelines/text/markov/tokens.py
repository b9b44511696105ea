"""The units a sentence is taken apart into and put together from: eojeol, or Kiwi's morphemes.

Knows one class for each. Kiwi is optional and imported only when morphemes are needed; without
it there are eojeol, and a notice that says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from importlib import import_module
from typing import Any, Protocol


class Unit(StrEnum):
    """What a sentence is made of."""

    EOJEOL = "eojeol"
    MORPHEME = "morpheme"


class Tokenizer(Protocol):
    """Takes sentences apart and puts them together."""

    @property
    def unit(self) -> Unit:
        """What the tokens are."""

    def split(self, sentence: str) -> tuple[str, ...]:
        """Return the tokens of a sentence."""

    def join(self, tokens: Sequence[str]) -> str:
        """Return the sentence of some tokens."""


class Eojeols:
    """What stands between blanks."""

    unit = Unit.EOJEOL

    def split(self, sentence: str) -> tuple[str, ...]:
        return tuple(sentence.split())

    def join(self, tokens: Sequence[str]) -> str:
        return " ".join(tokens)


class Morphemes:
    """Kiwi's morphemes with their tags: "착하/VA"."""

    unit = Unit.MORPHEME

    def __init__(self, kiwi: Any) -> None:
        self._kiwi = kiwi

    def split(self, sentence: str) -> tuple[str, ...]:
        return tuple(f"{token.form}/{token.tag}" for token in self._kiwi.tokenize(sentence))

    def join(self, tokens: Sequence[str]) -> str:
        pairs = [token.rpartition("/") for token in tokens]
        return str(self._kiwi.join([(form, tag) for form, _, tag in pairs]))


def tokenizer(unit: Unit) -> Tokenizer:
    """Return the tokenizer of a unit, eojeol when Kiwi is not installed."""
    if unit is Unit.MORPHEME:
        try:
            kiwi = import_module("kiwipiepy")
        except ImportError:
            return Eojeols()
        return Morphemes(kiwi.Kiwi())
    return Eojeols()
