"""What goes by itself once its time is over: the bin, uploads, pictures to start from.

One thread that sleeps nearly always. Knows who lets go of what, not how.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from models.errors import PlaygroundError

TICK_SECONDS = 5.0
TICKS_BETWEEN_TIDYING = 720  # an hour

log = logging.getLogger(__name__)


class Housekeeper:
    """Calls what has to be done now and then.

    Args:
        often: done every few seconds.
        seldom: done once an hour.
    """

    def __init__(
        self, often: tuple[Callable[[], object], ...], seldom: Callable[[], object]
    ) -> None:
        self._often, self._seldom = often, seldom
        self._ticks = 0
        self._is_closing = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin, in a thread of its own."""
        self._thread = threading.Thread(target=self._work, name="housekeeper", daemon=True)
        self._thread.start()

    def tick(self) -> None:
        """Do what is due; a failure is no reason not to do the rest, or to do it the next time."""
        self._ticks += 1
        is_hour = self._ticks % TICKS_BETWEEN_TIDYING == 0
        for act in (*self._often, *([self._seldom] if is_hour else [])):
            try:
                act()
            except PlaygroundError as error:
                log.warning("something is still to be tidied up: %s", error)
            except Exception:  # the border: a thread that ends would let nothing go any more
                log.exception("something is still to be tidied up")

    def close(self) -> None:
        """End the thread; what it is at is finished first."""
        self._is_closing.set()
        if self._thread is not None:
            self._thread.join()

    def _work(self) -> None:
        while not self._is_closing.wait(TICK_SECONDS):
            self.tick()
