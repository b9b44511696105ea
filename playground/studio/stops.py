"""The stop buttons of everything that answers while a person waits: one per owner and tool.

Knows neither threads nor what is being made. Picture jobs have their own (jobs/queue.py).
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from pipelines.contract.cancel import CancelToken


class Stops:
    """Says stop to what one owner runs with one tool; may be called from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._running: dict[tuple[str, str], threading.Event] = {}

    @contextmanager
    def running(self, owner: str, tool: str) -> Iterator[CancelToken]:
        """Yield the token of what is begun now; what ran there before is stopped.

        >>> stops = Stops()
        >>> with stops.running("me", "novel") as cancel:
        ...     before = cancel.is_cancelled
        ...     stops.stop("me", "novel")
        ...     before, cancel.is_cancelled
        True
        (False, True)
        """
        event = threading.Event()
        with self._lock:
            earlier = self._running.get((owner, tool))
            if earlier is not None:
                earlier.set()
            self._running[owner, tool] = event
        try:
            yield CancelToken(event.is_set)
        finally:
            with self._lock:
                if self._running.get((owner, tool)) is event:
                    del self._running[owner, tool]

    def stop(self, owner: str, tool: str) -> bool:
        """Stop it; return whether anything was running."""
        with self._lock:
            event = self._running.get((owner, tool))
        if event is None:
            return False
        event.set()
        return True

    def stop_owner(self, owner: str) -> None:
        """Stop everything that one owner runs."""
        with self._lock:
            for (whose, _tool), event in self._running.items():
                if whose == owner:
                    event.set()

    def stop_all(self) -> None:
        """Stop everything, when the program ends."""
        with self._lock:
            for event in self._running.values():
                event.set()
