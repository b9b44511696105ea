"""Tapes: every event of the jobs that were just begun, kept for the page that begins to watch.

A small picture is drawn in less time than a browser needs to ask for its events. So the recording
starts with the job, and a page plays it from the beginning. Knows no HTTP and no widgets.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING

from playground.studio.jobs.queue import JobEvent

if TYPE_CHECKING:
    from playground.studio.jobs.queue import JobQueue

log = logging.getLogger(__name__)

MOST_TAPES = 32  # more than the queue takes; previews of a few kilobytes each


class _Tape:
    """The events of one job so far; guarded by `changed`."""

    def __init__(self) -> None:
        self.events: list[JobEvent] = []
        self.is_complete = False
        self.changed = threading.Condition()

    def wait_beyond(self, number: int) -> tuple[list[JobEvent], bool]:
        """Wait for events from `number` on; return them and whether they are the last."""
        with self.changed:
            self.changed.wait_for(lambda: len(self.events) > number or self.is_complete)
            return self.events[number:], self.is_complete


class Tapes:
    """Records jobs from their first moment and plays them to any number of listeners."""

    def __init__(self, jobs: JobQueue) -> None:
        self._jobs = jobs
        self._lock = threading.Lock()
        self._tapes: dict[int, _Tape] = {}

    def record(self, job_id: int, owner: str) -> None:
        """Begin to record a job; call it right after submitting."""
        tape = _Tape()
        with self._lock:
            while len(self._tapes) >= MOST_TAPES:
                self._tapes.pop(next(iter(self._tapes)))
            self._tapes[job_id] = tape
        arguments = (tape, job_id, owner)
        threading.Thread(target=self._run, args=arguments, name="tape", daemon=True).start()

    def play(self, job_id: int, owner: str, *, start: int | None = 0) -> Iterator[JobEvent]:
        """Yield the job's events from number `start` on, then live; None is live only.

        Whether the job is the owner's is checked by the queue either way.
        """
        self._jobs.get(job_id, owner)
        with self._lock:
            tape = self._tapes.get(job_id)
        if tape is None or start is None:
            yield from self._jobs.watch(job_id, owner)
            return
        number = min(max(0, start), max(0, len(tape.events) - 1))  # the end is always told
        while True:
            fresh, is_complete = tape.wait_beyond(number)
            yield from fresh
            number += len(fresh)
            if is_complete:
                return

    def _run(self, tape: _Tape, job_id: int, owner: str) -> None:
        try:
            for event in self._jobs.watch(job_id, owner):
                with tape.changed:
                    tape.events.append(event)
                    tape.changed.notify_all()
        except Exception:  # the border of the thread: a listener must not wait for ever
            log.exception("a job could not be recorded")
        finally:
            with tape.changed:
                tape.is_complete = True
                tape.changed.notify_all()
