"""An LRU cache of loaded models with a budget in bytes: the least recently used is evicted first.

Knows no more of a model than its key and its size. A model in use is never evicted. One thread at
a time changes the cache (the painter, under the build lock); any thread may read it. Not built on
models/lru.py: that one evicts after a new value has come; here room is made before, around the
models in use, and `on_evict` is called for each that goes.
"""

from __future__ import annotations

import logging
from collections import Counter, OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Generic, TypeVar

from pipelines.image.memory.malloc import give_back

log = logging.getLogger(__name__)

Kept = TypeVar("Kept")
SHARE = 0.5  # of the memory that is free at the start; the rest is for work and other programs


def budget(free_bytes: int, asked_bytes: int | None = None) -> int:
    """Return the budget of the cache in bytes.

    --model-cache-gb as it is; otherwise half of the free memory where the models stay: the device's
    when they lie there whole, RAM when they are offloaded. A model that is requested is loaded
    whatever the budget: with 0, it alone is in memory.

    >>> budget(8 << 30) == 4 << 30, budget(8 << 30, 0)
    (True, 0)
    """
    if asked_bytes is not None:
        return asked_bytes
    return int(max(0, free_bytes) * SHARE)


@dataclass(frozen=True, slots=True)
class _Entry(Generic[Kept]):
    model: Kept
    size_bytes: int


class ModelLru(Generic[Kept]):
    """Loaded models by key.

    Args:
        budget_bytes: see `budget`.
        on_evict: called with each model that is evicted, before its memory is released.
        give_back: releases memory after an eviction.
    """

    def __init__(
        self,
        budget_bytes: int,
        on_evict: Callable[[Kept], None] = lambda _model: None,
        give_back: Callable[[], None] = give_back,
    ) -> None:
        self.budget_bytes = budget_bytes
        self._on_evict, self._give_back = on_evict, give_back
        self._entries: OrderedDict[Hashable, _Entry[Kept]] = OrderedDict()  # the most recent last
        self._users: Counter[Hashable] = Counter()

    @property
    def held_bytes(self) -> int:
        """Return how many bytes the cached models take."""
        return sum(entry.size_bytes for entry in tuple(self._entries.values()))

    def __len__(self) -> int:
        return len(self._entries)

    def __contains__(self, key: Hashable) -> bool:
        return key in self._entries

    def get(self, key: Hashable) -> Kept | None:
        """Return a cached model, which makes it the most recently used, or None."""
        entry = self._entries.get(key)
        if entry is None:
            return None
        self._entries.move_to_end(key)
        return entry.model

    def peek(self, key: Hashable) -> Kept | None:
        """Return a cached model without counting that as a use; from any thread."""
        entry = self._entries.get(key)
        return None if entry is None else entry.model

    def items(self) -> tuple[tuple[Hashable, Kept], ...]:
        """Return keys and models, the most recently used last."""
        return tuple((key, entry.model) for key, entry in tuple(self._entries.items()))

    def is_used(self, key: Hashable) -> bool:
        """Return whether a model must not be evicted now."""
        return self._users[key] > 0

    def put(self, key: Hashable, model: Kept, size_bytes: int) -> None:
        """Cache a model, after evicting others until it fits; it stays even if it never does."""
        if key in self._entries:
            self._evict([key])
        self.make_room(size_bytes)
        self._entries[key] = _Entry(model, size_bytes)

    @contextmanager
    def using(self, key: Hashable) -> Iterator[None]:
        """Pin a model against eviction for the length of the block."""
        self._users[key] += 1
        try:
            yield
        finally:
            self._users[key] -= 1
            if not self._users[key]:
                del self._users[key]

    def make_room(self, size_bytes: int) -> None:
        """Evict models until so many bytes more are within the budget, or all others are in use.

        Called before a model is built, so that old and new are not in memory together.
        """
        evicted: list[Hashable] = []
        held = self.held_bytes
        for key, entry in self._entries.items():
            if held + size_bytes <= self.budget_bytes:
                break
            if not self._users[key]:
                evicted.append(key)
                held -= entry.size_bytes
        self._evict(evicted)

    def drop(self, key: Hashable) -> None:
        """Evict one model, unless it is in use."""
        if key in self._entries and not self._users[key]:
            self._evict([key])

    def clear(self) -> None:
        """Evict every model that is not in use."""
        self._evict([key for key in self._entries if not self._users[key]])

    def _evict(self, keys: list[Hashable]) -> None:
        if not keys:
            return
        for key in keys:
            self._on_evict(self._entries.pop(key).model)
        self._give_back()
        log.info("%d models left memory, %d stay", len(keys), len(self._entries))
