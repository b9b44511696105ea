"""The cancel token: a request to stop, passed down to the worker that has to end.

As in .NET and anyio, the worker polls the token; nothing is interrupted from outside. Knows neither
threads nor queues: the maker of a token defines how a request to stop is detected.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from pipelines.contract.errors import Cancelled


def _never() -> bool:
    return False


class CancelToken:
    """A request to stop that may come at any time and from any thread; it is never taken back.

    Args:
        is_requested: returns whether to stop; cheap, since it is called at every step.

    >>> import threading
    >>> stop = threading.Event()
    >>> token = CancelToken(stop.is_set)
    >>> token.check()
    >>> stop.set()
    >>> token.is_cancelled
    True
    """

    __slots__ = ("_is_requested",)

    def __init__(self, is_requested: Callable[[], bool] = _never) -> None:
        self._is_requested = is_requested

    @property
    def is_cancelled(self) -> bool:
        """Return whether a stop was requested."""
        return self._is_requested()

    def check(self) -> None:
        """Raise Cancelled when a stop was requested."""
        if self._is_requested():
            raise Cancelled

    def check_progress(self, _done: int) -> None:
        """Do the same, for readers of files that report how far they are."""
        self.check()

    def __or__(self, other: CancelToken) -> CancelToken:
        """Return a token that stops when either does."""
        return CancelToken(lambda: self.is_cancelled or other.is_cancelled)


NEVER = CancelToken()  # for work that nobody can stop


def when_all(tokens: Iterable[CancelToken]) -> CancelToken:
    """Return a token that stops once all of them do: work that several wait for."""
    kept = tuple(tokens)
    return CancelToken(lambda: all(token.is_cancelled for token in kept))
