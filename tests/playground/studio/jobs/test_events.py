"""playground/studio/jobs/events.py: whoever comes, whenever, gets the same events."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from pipelines.contract.painter import PainterStage, Progress
from playground.studio.jobs.events import EVENT_BYTES, EndedLogs, EventLog, JobEvent
from playground.studio.jobs.queue import MAX_QUEUED, MAX_QUEUED_PER_OWNER
from playground.studio.jobs.store import Job, JobState
from playground.studio.studio import Studio
from tests.fakes import FakePainter
from tests.playground.studio.jobs.test_queue import held_behind_another, wait_for

SECONDS = 20.0  # until a test gives up


@pytest.fixture
def job(request_of) -> Job:
    """A job that nobody draws."""
    return Job(1, "me", JobState.RUNNING, request_of(), 0.0)


def drawing(job: Job, step: int, preview: bytes | None = None) -> JobEvent:
    return JobEvent(job, 0, Progress(step, 9, PainterStage.DRAWING, preview))


def ending(job: Job) -> JobEvent:
    return JobEvent(replace(job, state=JobState.DONE), 0)


class Listener(threading.Thread):
    """Collects what a watcher yields, on a thread of its own."""

    def __init__(self, events) -> None:
        super().__init__(daemon=True)
        self.events = events
        self.found: list[JobEvent] = []
        self.start()

    def run(self) -> None:
        for event in self.events:
            self.found.append(event)

    def all(self) -> list[JobEvent]:
        self.join(SECONDS)
        assert not self.is_alive()
        return self.found


# ---- every watcher sees the same


def test_whatever_moment_a_watcher_comes_it_gets_the_same(studio, painter, request_of):
    painter.hold()
    ahead = studio.jobs.submit(request_of(steps=1), "you")
    job = studio.jobs.submit(request_of(steps=40), "me")
    painter.wait_until_drawing()
    painter.release()
    listeners = []
    for _ in studio.jobs.watch(job.id, "me", from_start=True):
        listeners.append(Listener(studio.jobs.watch(job.id, "me", from_start=True)))
    whole = list(studio.jobs.watch(job.id, "me", from_start=True))
    assert len(listeners) == len(whole)
    for listener in listeners:
        assert listener.all() == whole
    assert [event.job.state for event in whole[:2]] == [JobState.QUEUED] * 2
    assert [event.position for event in whole[:2]] == [1, 0]
    shown = [event.progress for event in whole if event.job.state is JobState.RUNNING]
    assert [one.step for one in shown if one and one.preview] == list(range(1, 41))
    assert whole[-1].job == studio.jobs.get(job.id, "me")
    assert studio.jobs.get(ahead.id, "you").state is JobState.DONE


def test_twenty_watchers_at_once_get_the_same(studio, request_of):
    job = studio.jobs.submit(request_of(steps=60), "me")
    start = threading.Barrier(20)

    def watch():
        start.wait(SECONDS)
        yield from studio.jobs.watch(job.id, "me", from_start=True)

    first, *others = [Listener(watch()) for _ in range(20)]
    assert first.all()[0].job.state is JobState.QUEUED
    assert first.found[-1].job.state is JobState.DONE
    for other in others:
        assert other.all() == first.found


@pytest.mark.parametrize("ended", [False, True])
def test_of_a_full_queue_every_job_is_there_from_its_first_moment(tmp_path, request_of, ended):
    painter = FakePainter()
    painter.hold()
    with Studio.open(tmp_path / "data", painter) as studio:
        jobs = [
            studio.jobs.submit(
                request_of(seed=number, steps=2), f"{number // MAX_QUEUED_PER_OWNER}"
            )
            for number in range(MAX_QUEUED)
        ]
        watchers = (
            [] if ended else [studio.jobs.watch(one.id, one.owner, from_start=True) for one in jobs]
        )
        painter.release()
        if ended:
            wait_for(lambda: not studio.jobs._live, SECONDS)
            watchers = [studio.jobs.watch(one.id, one.owner, from_start=True) for one in jobs]
        for place, events in enumerate(map(list, watchers)):
            assert events[0].job.state is JobState.QUEUED
            waits = [event.position for event in events if event.job.state is JobState.QUEUED]
            assert waits == list(range(place, -1, -1))
            shown = [event.progress for event in events if event.job.state is JobState.RUNNING]
            assert [one.step for one in shown if one and one.preview] == [1, 2]
            assert events[-1].job.state is JobState.DONE


def test_one_of_several_that_is_cancelled_ends_for_whoever_comes(studio, painter, request_of):
    other, jobs = held_behind_another(studio, painter, request_of, 3, batch_size=3, steps=2)
    studio.jobs.cancel(other.id, "me")
    painter.wait_until_drawing()
    listener = Listener(studio.jobs.watch(jobs[1].id, "me", from_start=True))
    studio.jobs.cancel(jobs[1].id, "me")
    painter.release()  # the others are drawn to their end, and it with them
    list(studio.jobs.watch(jobs[2].id, "me"))
    whole = list(studio.jobs.watch(jobs[1].id, "me", from_start=True))
    assert whole[-1].job.state is JobState.CANCELLED
    assert listener.all() == whole


# ---- nobody waits for a watcher


def test_a_slow_watcher_misses_nothing_and_holds_up_nobody(studio, painter, request_of, finish):
    painter.hold()
    job = studio.jobs.submit(request_of(steps=30), "me")
    slow, late = (studio.jobs.watch(job.id, "me", from_start=start) for start in (True, False))
    seen = [next(slow)]
    painter.release()
    assert finish(job.id).job.state is JobState.DONE
    assert seen + list(slow) == list(studio.jobs.watch(job.id, "me", from_start=True))
    assert [event.progress.step for event in late if event.progress][-1] == 30


def test_what_is_there_is_read_without_the_lock(job):
    log = EventLog([drawing(job, 1), drawing(job, 2)])
    held, over = threading.Event(), threading.Event()

    def hold() -> None:
        with log._changed:
            held.set()
            over.wait(SECONDS)

    holder = threading.Thread(target=hold)
    holder.start()
    assert held.wait(SECONDS)
    events = log.watch(from_start=True)
    reader = threading.Thread(target=lambda: [next(events), next(events)], daemon=True)
    reader.start()
    reader.join(SECONDS)
    is_stuck = reader.is_alive()
    over.set()
    holder.join(SECONDS)
    assert not is_stuck


def test_a_watcher_that_is_closed_while_it_waits_ends_at_once(studio, painter, request_of):
    painter.hold()
    job = studio.jobs.submit(request_of(), "me")
    painter.wait_until_drawing()
    leaving, staying = (Listener(studio.jobs.watch(job.id, "me")) for _ in range(2))
    wait_for(lambda: leaving.found and staying.found)
    leaving.events.close()
    assert leaving.all()[-1].job.state is JobState.RUNNING
    assert staying.is_alive()
    painter.release()
    assert staying.all()[-1].job.state is JobState.DONE


def test_jobs_leave_no_thread_behind(studio, request_of):
    before = threading.active_count()
    jobs = [studio.jobs.submit(request_of(seed=number), "me") for number in range(5)]
    assert threading.active_count() == before
    listeners = [Listener(studio.jobs.watch(job.id, "me", from_start=True)) for job in jobs]
    for listener in listeners:
        listener.all()
    assert threading.active_count() == before


# ---- what is kept


def test_what_has_not_changed_is_not_kept(studio, painter, request_of):
    painter.hold()
    job = studio.jobs.submit(request_of(), "me")
    painter.wait_until_drawing()
    log = studio.jobs._live[job.id].events
    size = log.size_bytes
    for _ in range(5):
        studio.jobs.cancel(studio.jobs.submit(request_of(), "you").id, "you")
    assert log.size_bytes == size


def test_a_preview_counts_once_and_nothing_follows_the_end(job):
    log = EventLog()
    log.append(drawing(job, 1, b"x" * 1000))
    log.append(replace(ending(job), progress=log._events[0].progress))
    log.append(drawing(job, 2, b"x" * 1000))
    assert [event.job.state for event in log.watch(from_start=True)] == ["running", "done"]
    assert log.size_bytes == 2 * EVENT_BYTES + 1000


def test_ended_logs_are_bounded_in_number_and_in_bytes(job):
    ended = EndedLogs(3, most_bytes=10_000)

    def add(number: int, size: int) -> None:
        log = EventLog()
        log.append(drawing(job, 1, b"x" * (size - 2 * EVENT_BYTES)))
        log.append(ending(job))
        ended.add(number, log)

    def kept() -> list[int]:
        return [number for number in range(10) if ended.get(number)]

    for number in range(5):
        add(number, 2_000)
    assert (kept(), ended.size_bytes) == ([2, 3, 4], 6_000)
    add(5, 7_000)
    assert (kept(), ended.size_bytes) == ([4, 5], 9_000)
    add(6, 11_000)
    assert (kept(), ended.size_bytes) == ([], 0)


def test_a_job_that_ended_long_ago_replays_its_end_alone(studio, request_of, finish):
    studio.jobs._ended = EndedLogs(1)
    first, second = (studio.jobs.submit(request_of(), "me") for _ in range(2))
    reading = studio.jobs.watch(first.id, "me", from_start=True)
    next(reading)
    finish(second.id)
    (only,) = studio.jobs.watch(first.id, "me", from_start=True)
    assert only == JobEvent(studio.jobs.get(first.id, "me"), 0)
    assert len(list(studio.jobs.watch(second.id, "me", from_start=True))) > 3
    assert len(list(reading)) > 3  # whoever reads it keeps it


def test_a_job_of_an_earlier_run_replays_its_end_alone(tmp_path, request_of):
    with Studio.open(tmp_path / "data", FakePainter()) as studio:
        job = studio.jobs.submit(request_of(), "me")
        list(studio.jobs.watch(job.id, "me"))
    with Studio.open(tmp_path / "data", FakePainter()) as studio:
        (only,) = studio.jobs.watch(job.id, "me", from_start=True)
        assert only.job.state is JobState.DONE
