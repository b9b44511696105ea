"""A line that anybody can cause stands in the log once a minute, not a million times.

Who keeps the log must not have the disk filled by whoever sends rubbish. Knows log records only.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

LOGGERS = (
    "uvicorn.error",
    "asyncio",
    "playground.web.http.gradio_values",
    "playground.web.kit.private_gradio",
)
EVERY_SECONDS = 60.0
MOST_TEMPLATES = 200  # they are written in programs, not by visitors; to be sure


class OnceAMinute(logging.Filter):
    """Let a message of one template (before its values) through once a minute.

    Args:
        clock: seconds that only grow.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._lock = threading.Lock()  # taken alone
        self._last: dict[str, float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Return whether the record is written."""
        now, template = self._clock(), str(record.msg)[:200]
        with self._lock:
            last = self._last.get(template)
            if last is not None and now - last < EVERY_SECONDS:
                return False
            if len(self._last) >= MOST_TEMPLATES:
                self._last.clear()
            self._last[template] = now
        return True


def quieten() -> Callable[[], None]:
    """Put the filter before what a visitor can cause; return what takes it away again."""
    one = OnceAMinute()
    for name in LOGGERS:
        logging.getLogger(name).addFilter(one)

    def undo() -> None:
        for name in LOGGERS:
            logging.getLogger(name).removeFilter(one)

    return undo
