"""The translation model of the library, verified and loaded when it is first needed.

Knows which one: the first by name that can be used. None is a usual answer; typed text is glossed
word by word then. Does not know what is translated.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from models.library import Library
from pipelines.text.translation import Translator

Load = Callable[[Path, str], Translator]


class TranslatorShelf:
    """Keeps one translator in memory."""

    def __init__(self, library: Library, load: Load | None = None) -> None:
        self._library = library
        self._load = load or _load
        self._lock = threading.Lock()
        self._kept: tuple[str, Translator] | None = None

    def names(self) -> tuple[str, ...]:
        """Return the translators there are."""
        return tuple(model.name for model in self._library.translators())

    def get(self) -> Translator | None:
        """Return the translator, None when the library has none.

        Raises:
            ModelFileError, LanguageModelError: there is one, and it cannot be used.
        """
        with self._lock:
            names = self.names()
            if not names:
                return None
            opened = self._library.open_verified(names[0])
            if self._kept is None or self._kept[0] != opened.sha256:
                with opened.reading() as folder:
                    self._kept = (opened.sha256, self._load(folder, names[0]))
            return self._kept[1]


def _load(folder: Path, name: str) -> Translator:
    from pipelines.text.translation import load

    return load(folder, name)
