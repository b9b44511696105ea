"""The book of phrases that were said, newest first."""

from __future__ import annotations

import time
from collections.abc import Callable

from pipelines.contract.phrase import Phrase
from playground.studio.phrases.store import PhraseStore


class PhraseBook:
    """Keeps phrases for their owners."""

    def __init__(self, store: PhraseStore, *, clock: Callable[[], float] = time.time) -> None:
        self._store = store
        self._clock = clock

    def keep(self, phrases: tuple[Phrase, ...], owner: str) -> None:
        """Write phrases down in the order they were said."""
        if phrases:
            self._store.add(phrases, owner, self._clock())

    def latest(self, owner: str | None, limit: int = 50) -> tuple[Phrase, ...]:
        """Return phrases of `owner`, newest first; None is the person at the machine."""
        return self._store.latest(owner, limit)
