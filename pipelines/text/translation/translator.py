"""The protocol of a translation model."""

from __future__ import annotations

from typing import Protocol


class Translator(Protocol):
    """Turns Korean into English."""

    @property
    def name(self) -> str:
        """The model's name in the library."""

    def translate(self, text: str) -> str:
        """Return the text in English, "" when nothing can be translated."""
