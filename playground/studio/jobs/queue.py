"""The queue of drawings: one worker thread, any number of watchers.

Locks are taken in this order: the queue's, then the database's or that of a job's events; the
shelf's is taken alone. None is held while the painter draws or the shelf writes. What is queued or
running lives in memory and in a row at once; watchers read from memory (events.py), so that
they get to know how a job ended even when the disk takes no more rows. Knows no widgets and no
model.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from pipelines.contract.cancel import CancelToken
from pipelines.contract.errors import Cancelled
from pipelines.contract.painter import Hooks, Painter, Picture, Progress
from pipelines.contract.requests import PictureRequest
from playground.studio.errors import JobNotFound, PlaygroundError, StudioError
from playground.studio.jobs.events import EndedLogs, EventLog, JobEvent, Watcher
from playground.studio.jobs.guest import Guest
from playground.studio.jobs.live import LiveJob, alike, explained
from playground.studio.jobs.places import MAX_QUEUED, MAX_QUEUED_PER_OWNER, QueuePlaces
from playground.studio.jobs.store import Job, JobState, JobStore
from playground.studio.pictures.shelf import PictureShelf

__all__ = ["MAX_QUEUED", "MAX_QUEUED_PER_OWNER", "Job", "JobEvent", "JobQueue", "JobState"]

log = logging.getLogger(__name__)


class JobQueue:
    """Takes jobs from any thread and has them drawn one after the other.

    Args:
        store: the rows.
        painter: draws; called on the worker's thread only.
        pictures: keeps what was drawn.
        clock: the time of day.
        places: how many jobs may be under way, in all and of whom.
    """

    def __init__(
        self,
        store: JobStore,
        painter: Painter,
        pictures: PictureShelf,
        *,
        clock: Callable[[], float] = time.time,
        places: QueuePlaces | None = None,
    ) -> None:
        self._store = store
        self._painter = painter
        self._pictures = pictures
        self._clock = clock
        self._places = places or QueuePlaces()
        self._changed = threading.Condition()  # the queue's lock; its waiter is the worker
        self._live: dict[int, LiveJob] = {}  # in the order of ids, which is that of the queue
        self._ended = EndedLogs(self._places.in_all)
        self._unwritten: dict[int, Job] = {}  # ended, but the disk did not take the row
        self._is_closing = False
        self._worker: threading.Thread | None = None

    def start(self) -> None:
        """Mark what a dead process left behind as interrupted and begin to work."""
        count = self._store.interrupt_all(self._clock())
        self._store.prune()
        if count:
            log.info("%d jobs of the last run were interrupted", count)
        self._worker = threading.Thread(target=self._work, name="studio-worker", daemon=True)
        self._worker.start()

    @property
    def is_drawing(self) -> bool:
        """Whether the painter is at work, also when what it draws is wanted by nobody."""
        with self._changed:
            return any(live.job.state is JobState.RUNNING for live in self._live.values())

    def interrupt(self) -> None:
        """Interrupt what is under way, so that it can be run again; take nothing more."""
        with self._changed:
            self._is_closing = True
            for live in tuple(self._live.values()):
                if live.job.state is JobState.QUEUED:
                    self._end(live, JobState.INTERRUPTED)
                elif not live.stop.is_set():
                    live.stopped_as = JobState.INTERRUPTED
                    live.stop.set()
            self._changed.notify_all()

    def close(self, timeout_seconds: float = 5) -> None:
        """Interrupt what is under way and end the worker."""
        self.interrupt()
        if self._worker is not None:
            self._worker.join(timeout_seconds)
        with self._changed:  # a painter that does not answer is left to itself
            for live in tuple(self._live.values()):
                self._end(live, live.stopped_as)

    # ---- what faces call

    def submit(
        self,
        request: PictureRequest,
        owner: str,
        *,
        again_of: int | None = None,
        guest: Guest | None = None,
    ) -> Job:
        """Queue a drawing; its seed is settled now.

        Args:
            guest: how its owner is counted; None is the person at the machine.

        Raises:
            QueueFull: too many are under way.
            DiskFull: there is no room for its picture.
        """
        (job,) = self.submit_all((request,), owner, again_of=again_of, guest=guest)
        return job

    def submit_all(
        self,
        requests: Sequence[PictureRequest],
        owner: str,
        *,
        again_of: int | None = None,
        guest: Guest | None = None,
    ) -> tuple[Job, ...]:
        """Queue drawings that were requested together, where there is room for all of them.

        Raises as `submit` does; then none of them is queued.
        """
        self._pictures.check_space()
        with self._changed:
            if self._is_closing:
                raise StudioError("studio.closing")
            self._places.check(self._live.values(), owner, guest, len(requests))
            settled = [request.settled() for request in requests]
            jobs = self._store.add_all(owner, settled, self._clock(), again_of)
            for job in jobs:
                self._live[job.id] = live = LiveJob(job, guest)
                live.record(len(self._live) - 1)
                log.info("job %d is queued", job.id)
            self._changed.notify_all()
        return jobs

    def get(self, job_id: int, owner: str) -> Job:
        """Return a job; raise JobNotFound if it is not the owner's."""
        with self._changed:
            live = self._live.get(job_id)
            job = self._unwritten.get(job_id) if live is None else live.job
        if job is not None and job.owner == owner:
            return job
        return self._store.get(job_id, owner)

    def watch(self, job_id: int, owner: str, *, from_start: bool = False) -> Watcher:
        """Yield the job as it is now, then every change and step, up to its end.

        Blocks between events. A watcher that goes away does not stop the job.

        Args:
            from_start: yield every event since the job was submitted, the same to whoever comes,
                whenever. Of a job that ended long ago (EndedLogs) there is only how it ended.

        Raises:
            JobNotFound: at once, not at the first event.
        """
        self.get(job_id, owner)
        with self._changed:
            live = self._live.get(job_id)
            events = self._ended.get(job_id) if live is None else live.events
        if events is None:  # not live any more: only its final state is left
            events = EventLog([JobEvent(self.get(job_id, owner), 0)], is_over=True)
        return events.watch(from_start=from_start)

    def cancel(self, job_id: int, owner: str) -> Job:
        """Stop a job: a queued one at once, a running one after its step."""
        with self._changed:
            live = self._live.get(job_id)
            if live is None or live.job.owner != owner:
                return self.get(job_id, owner)
            live.stop.set()
            goes_on = any(not other.stop.is_set() for other in live.together)
            if live.job.state is JobState.QUEUED or goes_on:
                self._end(live, JobState.CANCELLED)
            return live.job

    def run_again(self, job_id: int, owner: str, guest: Guest | None = None) -> Job:
        """Queue the same drawing once more, seed included."""
        request = self.get(job_id, owner).request
        return self.submit(request, owner, again_of=job_id, guest=guest)

    def active(self, owner: str) -> Job | None:
        """Return the newest job of `owner` that is queued or running."""
        with self._changed:
            mine = [live.job for live in self._live.values() if live.job.owner == owner]
        return mine[-1] if mine else None

    def interrupted(self, owner: str) -> tuple[Job, ...]:
        """Return interrupted jobs, newest first, until they are run again or dismissed."""
        return self._store.interrupted(owner)

    def dismiss(self, job_id: int, owner: str) -> None:
        """Stop offering an interrupted job; raise JobNotFound if it is not the owner's."""
        self.get(job_id, owner)
        self._store.dismiss(job_id, owner)

    def forget(self, job_ids: frozenset[int]) -> None:
        """Let go of the events of ended jobs, whose rows are gone."""
        with self._changed:
            self._ended.forget(job_ids)
            for job_id in job_ids:
                self._unwritten.pop(job_id, None)

    def forget_owner(self, owner: str) -> None:
        """Stop all jobs of an owner and keep nothing of them, of a running one after its step."""
        with self._changed:
            mine = [live for live in self._live.values() if live.job.owner == owner]
            for live in mine:
                live.is_forgotten = True
                self.cancel(live.job.id, owner)
            ended = self._store.delete_ended(owner)
            self.forget(ended | {i for i, job in self._unwritten.items() if job.owner == owner})

    # ---- the worker's thread

    def _work(self) -> None:
        while lives := self._next():
            self._run(lives)
            if not self._is_closing:
                self._prune()

    def _prune(self) -> None:
        try:
            self._store.prune()
        except PlaygroundError as error:
            log.warning("old jobs stay: %s", error)

    def _next(self) -> tuple[LiveJob, ...]:
        """Wait for jobs that can be drawn in one go and claim them; () when it is time to go."""
        with self._changed:
            while True:
                while not self._live and not self._is_closing:
                    self._changed.wait()
                if self._is_closing:
                    return ()
                lives = alike(self._live.values())
                for live in lives:
                    live.together = lives
                try:
                    self._claim(lives)
                except Exception as error:  # the border: whatever it is, the next job has a chance
                    for live in lives:
                        self._end(live, JobState.FAILED, explained(error))
                else:
                    return lives

    def _claim(self, lives: tuple[LiveJob, ...]) -> None:
        # Before the claim: a row that ended in memory only must not be claimed a second time.
        for job in tuple(self._unwritten.values()):
            self._store.finish(job.id, job.state, job.finished_at or self._clock(), job.error)
            del self._unwritten[job.id]
        for live in lives:
            claimed = self._store.claim(self._clock())
            if claimed is None or claimed.id != live.job.id:  # somebody else changed the rows
                raise JobNotFound("job.not_found", id=live.job.id)
            live.job = claimed
        self._record_all()

    def _run(self, lives: tuple[LiveJob, ...]) -> None:
        requests = tuple(live.job.request for live in lives)
        try:
            pictures = self._painter.draw_together(requests, tuple(map(self._hooks, lives)))
        except Cancelled:
            for live in lives:
                self._end(live, live.stopped_as)
        except BaseException as error:  # the border: the worker outlives every painter
            for live in lives:
                self._end(live, JobState.FAILED, explained(error))
        else:
            for live, picture in zip(lives, pictures, strict=True):
                self._keep(live, picture)

    def _hooks(self, live: LiveJob) -> Hooks:
        def report(progress: Progress) -> None:
            with self._changed:
                live.progress = progress
                live.record()

        return Hooks(on_progress=report, cancel=CancelToken(live.stop.is_set))

    def _keep(self, live: LiveJob, picture: Picture | None) -> None:
        if picture is None or live.stop.is_set():  # too late for the painter, not for the person
            self._end(live, live.stopped_as)
            return
        try:
            kept = self._pictures.keep(picture, live.job.owner, live.job.id)
        except BaseException as error:  # the border: one full disk, one failed job
            self._end(live, JobState.FAILED, explained(error))
            return
        log.info("job %d is done after %.1f s", live.job.id, kept.seconds)
        done = replace(
            live.job, state=JobState.DONE, finished_at=kept.created_at, picture_id=kept.id
        )
        with self._changed:
            if live.is_forgotten:  # in the very moment in which it was kept
                self._pictures.throw_away(kept)
            self._leave(live, done)

    # ---- with the queue's lock

    def _end(self, live: LiveJob, state: JobState, error: PlaygroundError | None = None) -> None:
        with self._changed:
            if live.job.id not in self._live:
                return
            job = replace(live.job, state=state, finished_at=self._clock(), error=error)
            try:
                self._store.finish(job.id, state, job.finished_at or 0.0, error)
            except Exception as refusal:  # the border, as watchers must get to know of the end
                log.warning("the row of job %d could not be written: %s", job.id, refusal)
                self._unwritten[job.id] = job
            log.info("job %d is %s", job.id, state)
            self._leave(live, job)

    def _leave(self, live: LiveJob, job: Job) -> None:
        if self._live.pop(job.id, None) is None:
            return
        live.job = job
        live.record()
        if live.is_forgotten:
            self._delete_ended(job.owner)
        else:
            self._ended.add(job.id, live.events)
        self._record_all()

    def _delete_ended(self, owner: str) -> None:
        try:
            self._store.delete_ended(owner)
        except PlaygroundError as error:
            log.warning("rows of jobs stay: %s", error)

    def _record_all(self) -> None:
        for place, live in enumerate(self._live.values()):
            live.record(place)
