"""How much of guests' bodies is in memory at once, while they come and while they are worked on.

One body is bounded (bodies.py), and so are those of one address and of all guests. Knows bytes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from playground.studio.jobs.guest import Guest
from playground.web.http.bodies import BodyRefused

MAX_OF_SOURCE = 32_000_000  # bytes; eight of the longest forms
MAX_OF_ALL = 96_000_000


class HeldBodies:
    """Counts what is held of each address; lives on the loop of one server."""

    def __init__(self) -> None:
        self._bytes: Counter[str] = Counter()

    @contextmanager
    def held(self, guest: Guest | None) -> Iterator[Callable[[int], None]]:
        """Give what is called with the size of each piece; inside, all of them count.

        Raises (a piece) BodyRefused for too much.
        """
        came = 0

        def count(size_bytes: int) -> None:
            nonlocal came
            if guest is None:
                return
            is_source_full = self._bytes[guest.source] + size_bytes > MAX_OF_SOURCE
            if is_source_full or self._bytes.total() + size_bytes > MAX_OF_ALL:
                raise BodyRefused(429, "body.turns")
            self._bytes[guest.source] += size_bytes
            came += size_bytes

        try:
            yield count
        finally:
            if guest is not None:
                self._bytes[guest.source] -= came
                self._bytes += Counter()  # without the zeros
