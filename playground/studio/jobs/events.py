"""What happens to a job, event by event: appended by the queue, read by any number of watchers.

A log only grows, so a watcher is no more than a place in it: it reads at its own pace, an event
that is there costs it no lock, and one that leaves takes back no more than its bell. A log's lock
is taken after the queue's, held to append, to go to sleep or to ring only, and never while an event
is made or shown. Knows no queue, no painter and no HTTP.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from pipelines.contract.painter import Progress
from playground.studio.jobs.store import Job

EVENT_BYTES = 250  # of an event without its preview; measured: 200
MAX_ENDED_BYTES = 64 * 2**20  # of the logs of all jobs that have ended


@dataclass(frozen=True, slots=True)
class JobEvent:
    """What a watcher gets.

    Attributes:
        job: as it is now.
        position: 0 when running or final, else how many jobs come first.
        progress: the latest of a running job.
    """

    job: Job
    position: int
    progress: Progress | None = None


class EventLog:
    """Every event of one job, from its first; ends with the first final one.

    Args:
        events: what has happened already.
        is_over: nothing will be appended any more.
    """

    def __init__(self, events: Iterable[JobEvent] = (), *, is_over: bool = False) -> None:
        self._events = list(events)  # append only: read without the lock
        self._is_over = is_over
        self._changed = threading.Condition()
        self._bells: dict[Watcher, Callable[[], None]] = {}  # of those that wait without a thread
        self._size_bytes = 0

    @property
    def size_bytes(self) -> int:
        """About how much memory the events take; what two of them share counts once."""
        return self._size_bytes

    def append(self, event: JobEvent) -> None:
        """Add an event, unless nothing has changed; called with the queue's lock.

        Nor is anything after a final one: a cancelled job may be drawn on beside others.
        """
        last = self._events[-1] if self._events else None
        if self._is_over or (last is not None and _is_same(last, event)):
            return
        preview = event.progress.preview if event.progress else None
        is_shown = last is not None and last.progress is event.progress  # its preview is counted
        with self._changed:
            self._events.append(event)
            self._size_bytes += EVENT_BYTES + (0 if is_shown else len(preview or b""))
            self._is_over = event.job.state.is_final
            self._changed.notify_all()
            for ring in self._bells.values():
                ring()

    def watch(self, *, from_start: bool) -> Watcher:
        """Read the events from the first or from the latest on, then each that comes."""
        return Watcher(self, 0 if from_start else max(0, len(self._events) - 1))


class Watcher(Iterator[JobEvent]):
    """The events of a log for one watcher: iterating waits for the next, `ready` never does.

    One thread iterates. Any thread may close it, also while that one waits. Who would rather be
    woken than wait calls `ring_with`, and `ready` whenever it has been rung for.
    """

    def __init__(self, log: EventLog, start: int) -> None:
        self._log = log
        self._next = start
        self._is_closed = False

    def __next__(self) -> JobEvent:
        """Return the next event; wait for it where there is none yet."""
        # 1. Wait, unless there is something to read: who is behind must not get in the queue's way.
        log = self._log
        if not self._is_ready():
            with log._changed:
                log._changed.wait_for(lambda: self._is_ready() or log._is_over)
        # 2. Read. A log that is over has all its events already.
        if not self._is_ready() or self._is_closed:
            raise StopIteration
        event = log._events[self._next]
        self._next += 1
        return event

    def ring_with(self, ring: Callable[[], None]) -> None:
        """Have `ring` called with every event from now on, until this is closed.

        It is called by whoever adds the event, with the log's lock: it must not wait for anything.
        """
        with self._log._changed:
            self._log._bells[self] = ring

    def ready(self) -> Iterator[JobEvent]:
        """Yield the events that are there and not yet read; ends where iterating would wait."""
        while self._next < len(self._log._events) and not self._is_closed:
            self._next += 1
            yield self._log._events[self._next - 1]

    @property
    def is_over(self) -> bool:
        """Whether everything is read and nothing will come."""
        return self._log._is_over and self._next >= len(self._log._events)

    @property
    def is_closed(self) -> bool:
        """Whether somebody has closed it."""
        return self._is_closed

    def _is_ready(self) -> bool:
        return self._is_closed or self._next < len(self._log._events)

    def close(self) -> None:
        """Let the iteration end, at once where it waits."""
        with self._log._changed:
            self._is_closed = True
            self._log._bells.pop(self, None)
            self._log._changed.notify_all()


class EndedLogs:
    """The logs of the jobs that ended last, for late subscribers: a small picture is quickly drawn.

    Guarded by the queue's lock. Never more than `most` logs, nor more than `most_bytes` of them
    together; the oldest go first, read or not: no models.lru, which counts one way and keeps the
    newest whatever its size. A watcher that is reading one keeps it until it leaves.

    Args:
        most: as many as the queue takes, so that of a full queue nothing is lost.
        most_bytes: 64 MB. A preview of 256 pixels is a few kilobytes, 40 at the very most, and a
            job has at most 300 (150 steps, twice): usually 100 kilobytes, at the very most 12 MB.
            Not counted: the requests, a few kilobytes a job, and what has not ended yet: jobs that
            wait have no previews, and not more than one batch is being drawn.
    """

    def __init__(self, most: int, most_bytes: int = MAX_ENDED_BYTES) -> None:
        self._most, self._most_bytes = most, most_bytes
        self._logs: dict[int, EventLog] = {}  # by job, in the order in which they ended
        self._size_bytes = 0

    @property
    def size_bytes(self) -> int:
        """About how much memory they take together."""
        return self._size_bytes

    def add(self, job_id: int, log: EventLog) -> None:
        """Keep the log of a job that has just ended."""
        self._logs[job_id] = log
        self._size_bytes += log.size_bytes
        while len(self._logs) > self._most or self._size_bytes > self._most_bytes:
            oldest = self._logs.pop(next(iter(self._logs)))
            self._size_bytes -= oldest.size_bytes

    def forget(self, job_ids: Iterable[int]) -> None:
        """Let go of the logs of these jobs, previews and all."""
        for job_id in job_ids:
            log = self._logs.pop(job_id, None)
            self._size_bytes -= log.size_bytes if log else 0

    def get(self, job_id: int) -> EventLog | None:
        """Return the log of a job, unless it ended long ago."""
        return self._logs.get(job_id)


def _is_same(one: JobEvent, other: JobEvent) -> bool:
    """Return whether nothing has changed; by identity, as requests are long to compare."""
    is_same_moment = one.job is other.job and one.progress is other.progress
    return is_same_moment and one.position == other.position
