"""A queued or running job as the queue holds it in memory. Knows no rows and no worker."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field

from pipelines.contract.painter import Progress
from playground.studio.errors import PlaygroundError
from playground.studio.jobs.events import EventLog, JobEvent
from playground.studio.jobs.guest import Guest
from playground.studio.jobs.store import Job, JobState

log = logging.getLogger(__name__)


@dataclass(slots=True)
class LiveJob:
    """A queued or running job; guarded by the queue's lock, `stop` excepted."""

    job: Job
    guest: Guest | None = None  # whose place it takes; None is the person at the machine
    stop: threading.Event = field(default_factory=threading.Event)
    stopped_as: JobState = JobState.CANCELLED
    progress: Progress | None = None
    events: EventLog = field(default_factory=EventLog)
    together: tuple[LiveJob, ...] = ()  # drawn in one go with it, itself included
    is_forgotten: bool = False  # nothing of it is kept once it ends

    def record(self, place: int = 0) -> None:
        """Add how it is now to its events; `place` is how many jobs of the queue come first."""
        position = place if self.job.state is JobState.QUEUED else 0
        self.events.append(JobEvent(self.job, position, self.progress))


def alike(lives: Iterable[LiveJob]) -> tuple[LiveJob, ...]:
    """Return the first job and those right behind it that may be drawn with it."""
    first, *others = lives
    request = first.job.request
    found = [first]
    for other in others:
        is_alike = request.differs_only_in_seed(other.job.request)
        if len(found) >= request.batch_size or not is_alike:
            break
        if other.job.owner != first.job.owner:
            break
        found.append(other)
    return tuple(found)


def explained(error: BaseException) -> PlaygroundError:
    """Return an error with a sentence, without the frames (and tensors) it came through."""
    if not isinstance(error, PlaygroundError):
        log.error("unexpected", exc_info=error)
        return PlaygroundError("job.unexpected", kind=type(error).__name__)
    error.__cause__ = error.__context__ = None
    return error.with_traceback(None)
