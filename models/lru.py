"""A cache that evicts what was used longest ago.

Knows nothing of what it keeps but its key and, where that counts, its size. Takes no lock: who
shares one between threads holds their own.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Lru(Generic[Key, Value]):
    """Values by key.

    >>> cache = Lru[str, int](2)
    >>> for number, name in enumerate("abac"):
    ...     cache.put(name, number)
    >>> list(cache)
    ['a', 'c']

    Args:
        most: how much all values may be together; the newest stays even if it alone is more.
        size: how much one value is; 1 for a cache that counts its values.
    """

    def __init__(self, most: int, size: Callable[[Value], int] = lambda _value: 1) -> None:
        self._most, self._size = most, size
        self._values: OrderedDict[Key, Value] = OrderedDict()  # the latest used last
        self._sizes: dict[Key, int] = {}
        self._held = 0

    def __len__(self) -> int:
        return len(self._values)

    def __contains__(self, key: Key) -> bool:
        return key in self._values

    def __iter__(self) -> Iterator[Key]:
        """Go through the keys, the latest used last."""
        return iter(self._values)

    def get(self, key: Key) -> Value | None:
        """Return a value, which makes it the latest used."""
        if key in self._values:
            self._values.move_to_end(key)
        return self._values.get(key)

    def peek(self, key: Key) -> Value | None:
        """Return a value without calling that a use."""
        return self._values.get(key)

    def put(self, key: Key, value: Value) -> None:
        """Keep a value as the latest used, and evict until all fit."""
        self.pop(key)
        self._values[key] = value
        self._sizes[key] = self._size(value)
        self._held += self._sizes[key]
        while len(self._values) > 1 and self._held > self._most:
            self.pop(next(iter(self._values)))

    def pop(self, key: Key) -> Value | None:
        """Take a value out; None if it is not here."""
        self._held -= self._sizes.pop(key, 0)
        return self._values.pop(key, None)

    def clear(self) -> None:
        """Take everything out."""
        self._values.clear()
        self._sizes.clear()
        self._held = 0
