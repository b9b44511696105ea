"""Open event streams: a watched job as lines for a browser, and their end when the server stops.

A stream has no thread: the job's log rings a bell, which wakes its coroutine on the server's loop.
Whoever leaves is forgotten in the same moment. Knows no frames; job_routes.py makes the lines.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playground.studio.jobs.events import JobEvent, Watcher

log = logging.getLogger(__name__)

HEARTBEAT_SECONDS = 15.0  # a comment line, so that proxies keep a waiting stream open
HEARTBEAT = ": still here\n\n"
END = "event: end\ndata: {}\n\n"


class Streams:
    """The event streams that are open, so that the server can end them before it stops."""

    def __init__(self) -> None:
        self._endings: set[Callable[[], None]] = set()

    def add(self, end: Callable[[], None]) -> None:
        """Remember how to end one more stream."""
        self._endings.add(end)

    def remove(self, end: Callable[[], None]) -> None:
        """Forget a stream that is over."""
        self._endings.discard(end)

    def close(self) -> None:
        """End them all; the pages connect again when there is a server again."""
        for end in tuple(self._endings):
            end()


async def lines(
    watch: Watcher, as_line: Callable[[JobEvent], str], streams: Streams
) -> AsyncGenerator[str, None]:
    """Yield a line for every event of a job, as they come, and one now and then in between."""
    loop = asyncio.get_running_loop()
    rung = asyncio.Event()

    def ring() -> None:
        with suppress(RuntimeError):  # the server has stopped, and its loop is closed
            loop.call_soon_threadsafe(rung.set)

    def end() -> None:
        watch.close()
        ring()

    streams.add(end)
    watch.ring_with(ring)
    try:
        while True:
            rung.clear()  # before reading: what comes while we read rings again
            for event in watch.ready():
                yield await _line(as_line, event)
            if watch.is_closed:
                return  # without saying that the job is over: the page connects again
            if watch.is_over:
                yield END
                return
            try:
                await asyncio.wait_for(rung.wait(), HEARTBEAT_SECONDS)
            except TimeoutError:
                yield HEARTBEAT
    except Exception:  # the border to the browser, which will connect again
        log.exception("a watched job could not be shown")
        yield END
    finally:
        watch.close()
        streams.remove(end)


async def _line(as_line: Callable[[JobEvent], str], event: JobEvent) -> str:
    """Make a line here, but the last one, which looks its picture up, in a worker."""
    if event.job.state.is_final:
        return await asyncio.to_thread(as_line, event)
    return as_line(event)
