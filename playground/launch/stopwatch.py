"""How long the start took, in one line, and step by step for --log-startup.

Knows names and seconds; what a step is called is a row of `playground/messages/serving.py`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

# name of a step, seconds it took, seconds since the start
OnStep = Callable[[str, float, float], None]


class Stopwatch:
    """Named parts of the start.

    Args:
        started: when the program began, on the clock of ``time.perf_counter``.
        on_step: called at the end of every part and of every step inside of one.
    """

    def __init__(self, started: float, on_step: OnStep | None = None) -> None:
        self._started = started
        self._on_step = on_step
        self._parts: list[tuple[str, float]] = []
        self._add("python", time.perf_counter() - started)

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        """Time the block, for the line too."""
        started = time.perf_counter()
        yield
        self._add(name, time.perf_counter() - started)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Time the block for those alone who follow every step."""
        started = time.perf_counter()
        yield
        self._tell(name, time.perf_counter() - started)

    @property
    def line(self) -> str:
        """Return "1.23 s (python 0.10, studio 0.02, ...)"."""
        total = time.perf_counter() - self._started
        parts = ", ".join(f"{name} {seconds:.2f}" for name, seconds in self._parts)
        return f"{total:.2f} s ({parts})"

    def _add(self, name: str, seconds: float) -> None:
        self._parts.append((name, seconds))
        self._tell(name, seconds)

    def _tell(self, name: str, seconds: float) -> None:
        if self._on_step is not None:
            self._on_step(name, seconds, time.perf_counter() - self._started)
