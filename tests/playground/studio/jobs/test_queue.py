"""playground/studio/jobs/queue.py: one drawing after the other, and everybody hears how it ends."""

from __future__ import annotations

import logging
import threading
import time

import pytest

from models.errors import DiskError, DiskFull, NotWritable
from pipelines.contract.errors import Cancelled, OutOfMemory
from pipelines.contract.requests import RANDOM_SEED
from playground.studio.errors import DatabaseError, JobNotFound, QueueFull, StudioError
from playground.studio.jobs.places import QueuePlaces
from playground.studio.jobs.queue import MAX_QUEUED_PER_OWNER, JobState
from playground.studio.pictures.shelf import open_png
from playground.studio.plain_json import write_json
from playground.studio.studio import Studio
from tests.fakes import FakePainter, draw_fake


def wait_for(condition, timeout_seconds: float = 5.0) -> None:
    deadline = time.monotonic() + timeout_seconds
    while not condition():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.002)


def test_a_job_becomes_a_picture(studio, request_of, finish):
    job = studio.jobs.submit(request_of(seed=RANDOM_SEED), "me")
    assert job.request.seed != RANDOM_SEED
    event = finish(job.id)
    assert event.job.state is JobState.DONE
    assert event.job.request == job.request
    kept = studio.pictures.get(event.job.picture_id, "me")
    assert kept.request == job.request
    assert event.job == studio.jobs.get(job.id, "me")
    assert job.created_at <= event.job.started_at <= event.job.finished_at


def test_every_step_reaches_every_listener_in_order(studio, painter, request_of):
    painter.hold()
    job = studio.jobs.submit(request_of(steps=30), "me")
    heard: list[list] = [[], []]
    threads = [
        threading.Thread(target=lambda box=box: box.extend(studio.jobs.watch(job.id, "me")))
        for box in heard
    ]
    for thread in threads:
        thread.start()
    painter.wait_until_drawing()
    wait_for(lambda: all(heard))
    painter.release()
    for thread in threads:
        thread.join(5)
    for box in heard:
        steps = [event.progress.step for event in box if event.progress and event.progress.preview]
        assert steps[:30] == list(range(1, 31))
        assert box[-1].job.state is JobState.DONE


def test_a_late_listener_gets_the_latest_first(studio, painter, request_of):
    painter.hold()
    job = studio.jobs.submit(request_of(), "me")
    painter.wait_until_drawing()
    first = next(studio.jobs.watch(job.id, "me"))
    assert first.job.state is JobState.RUNNING
    assert first.progress is not None


def test_watching_a_finished_job_is_one_event(studio, request_of, finish):
    job = studio.jobs.submit(request_of(), "me")
    finish(job.id)
    (event,) = studio.jobs.watch(job.id, "me")
    assert event.job.state is JobState.DONE
    assert event.position == 0


def test_an_abandoned_listener_stops_nothing(studio, painter, request_of, finish):
    painter.hold()
    job = studio.jobs.submit(request_of(), "me")
    events = studio.jobs.watch(job.id, "me")
    next(events)
    events.close()
    with pytest.raises(StopIteration):
        next(events)
    painter.release()
    assert finish(job.id).job.state is JobState.DONE


def test_positions_count_down(studio, painter, request_of):
    painter.hold()
    running, second, third = (studio.jobs.submit(request_of(), "me") for _ in range(3))
    painter.wait_until_drawing()
    assert next(studio.jobs.watch(running.id, "me")).position == 0
    assert next(studio.jobs.watch(second.id, "me")).position == 1
    events = studio.jobs.watch(third.id, "me")
    assert next(events).position == 2
    studio.jobs.cancel(second.id, "me")
    assert next(events).position == 1
    painter.release()
    assert [event.position for event in events][-1] == 0


def test_jobs_are_drawn_in_order_by_one_thread(studio, painter, request_of, finish):
    jobs = [studio.jobs.submit(request_of(seed=seed), "me") for seed in range(5)]
    for job in jobs:
        assert finish(job.id).job.state is JobState.DONE
    assert [request.seed for request in painter.drawn] == [0, 1, 2, 3, 4]
    assert painter.threads == {"studio-worker"}


def test_many_threads_lose_and_double_nothing(tmp_path, request_of):
    painter = FakePainter()
    with Studio.open(tmp_path / "data", painter) as studio:
        studio.jobs._places = QueuePlaces(in_all=1000, per_owner=1000)
        asked: list[tuple[int, str]] = []

        def press(owner: str) -> None:
            for number in range(15):
                job = studio.jobs.submit(request_of(seed=number, steps=1), owner)
                asked.append((job.id, owner))
                if number % 3 == 0:
                    studio.jobs.cancel(job.id, owner)
                else:
                    list(studio.jobs.watch(job.id, owner))

        threads = [threading.Thread(target=press, args=(f"owner {n}",)) for n in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        wait_for(lambda: not studio.jobs._live)
        jobs = [studio.jobs.get(job_id, owner) for job_id, owner in asked]
        done = [job for job in jobs if job.state is JobState.DONE]
        assert len({job.id for job in jobs}) == 60
        assert {job.state for job in jobs} <= {JobState.DONE, JobState.CANCELLED}
        assert len(done) >= 40
        assert len({job.picture_id for job in done}) == len(done)
        assert len(studio.pictures.latest(None, limit=100)) == len(done)


# ---- cancelling


def test_a_queued_job_is_cancelled_at_once(studio, painter, request_of, finish):
    painter.hold()
    first = studio.jobs.submit(request_of(seed=1), "me")
    second = studio.jobs.submit(request_of(seed=2), "me")
    assert studio.jobs.cancel(second.id, "me").state is JobState.CANCELLED
    painter.release()
    finish(first.id)
    assert [request.seed for request in painter.drawn] == [1]
    assert studio.jobs.get(second.id, "me").state is JobState.CANCELLED


def test_a_running_job_stops_at_its_next_step(studio, painter, request_of, finish):
    painter.hold()
    job = studio.jobs.submit(request_of(steps=100), "me")
    painter.wait_until_drawing()
    assert studio.jobs.cancel(job.id, "me").state is JobState.RUNNING
    assert finish(job.id).job.state is JobState.CANCELLED
    assert studio.pictures.latest("me") == ()


def test_cancelling_while_the_last_step_ends_keeps_no_picture(tmp_path, request_of):
    class Deaf(FakePainter):
        def draw(self, request, hooks):
            picture = super().draw(request, hooks)
            studio.jobs.cancel(job.id, "me")
            return picture

    painter = Deaf()
    with Studio.open(tmp_path / "data", painter) as studio:
        painter.hold()
        job = studio.jobs.submit(request_of(), "me")
        painter.release()
        assert list(studio.jobs.watch(job.id, "me"))[-1].job.state is JobState.CANCELLED
        assert studio.pictures.latest("me") == ()


def test_a_final_job_stays_as_it_is(studio, request_of, finish):
    job = studio.jobs.submit(request_of(), "me")
    finish(job.id)
    assert studio.jobs.cancel(job.id, "me").state is JobState.DONE


def test_a_cancel_hits_its_own_job_only(studio, painter, request_of, finish):
    painter.hold()
    first = studio.jobs.submit(request_of(seed=1), "me")
    second = studio.jobs.submit(request_of(seed=2), "me")
    painter.wait_until_drawing()
    studio.jobs.cancel(first.id, "me")
    painter.release()
    assert finish(first.id).job.state is JobState.CANCELLED
    assert finish(second.id).job.state is JobState.DONE


# ---- owners and limits


def test_somebody_elses_job_does_not_exist(studio, painter, request_of):
    painter.hold()
    job = studio.jobs.submit(request_of(), "me")
    for call in (studio.jobs.get, studio.jobs.watch, studio.jobs.cancel, studio.jobs.run_again):
        with pytest.raises(JobNotFound):
            call(job.id, "you")
    with pytest.raises(JobNotFound):
        studio.jobs.get(job.id + 1, "me")
    assert studio.jobs.active("you") is None
    assert studio.jobs.active("me").id == job.id


def test_limits_per_owner_and_in_all(studio, painter, request_of):
    painter.hold()
    for owner in ("a", "b", "c"):
        for _ in range(MAX_QUEUED_PER_OWNER):
            studio.jobs.submit(request_of(), owner)
        with pytest.raises(QueueFull) as caught:
            studio.jobs.submit(request_of(), owner)
    assert caught.value.key == "queue.full"
    studio.jobs.cancel(studio.jobs.active("c").id, "c")
    with pytest.raises(QueueFull) as caught:
        studio.jobs.submit(request_of(), "a")
    assert caught.value.key == "queue.full.owner"


@pytest.mark.parametrize(("owner", "room"), [("me", 2), ("you", 1)])
def test_several_that_do_not_fit_are_told_how_many_would(studio, painter, request_of, owner, room):
    queue = studio.jobs
    queue._places = QueuePlaces(in_all=4, per_owner=3)
    painter.hold()
    queue.submit(request_of(), "me")
    if owner == "you":
        queue.submit_all((request_of(),) * 2, "me")
    with pytest.raises(QueueFull) as caught:
        queue.submit_all((request_of(),) * 3, owner)
    assert caught.value.key == "queue.full.together"
    assert caught.value.values == {"wanted": 3, "room": room}
    assert len(queue.submit_all((request_of(),) * room, owner)) == room


def test_several_are_queued_all_or_none_when_the_disk_fails_on_the_way(
    studio, painter, request_of, finish, monkeypatch
):
    painter.hold()
    first = studio.jobs.submit(request_of(), "me")
    painter.wait_until_drawing()
    calls = []

    def refuses_the_third(value):
        calls.append(value)
        if len(calls) == 3:
            raise DatabaseError("database.failed", name="x", reason="full")
        return write_json(value)

    monkeypatch.setattr("playground.studio.jobs.store.write_json", refuses_the_third)
    with pytest.raises(DatabaseError):
        studio.jobs.submit_all((request_of(),) * 3, "me")
    monkeypatch.undo()
    assert studio.jobs.active("me").id == first.id
    painter.release()
    assert finish(first.id).job.state is JobState.DONE
    assert studio.jobs.active("me") is None
    assert not studio.jobs.interrupted("me")


def test_active_is_the_newest(studio, painter, request_of):
    painter.hold()
    assert studio.jobs.active("me") is None
    studio.jobs.submit(request_of(), "me")
    newest = studio.jobs.submit(request_of(), "me")
    assert studio.jobs.active("me").id == newest.id


# ---- what goes wrong


@pytest.mark.parametrize(
    ("raised", "key"),
    [
        (OutOfMemory("picture.memory", width=64, height=64), "picture.memory"),
        (ValueError("a secret prompt"), "job.unexpected"),
        (MemoryError(), "job.unexpected"),
        (SystemExit(3), "job.unexpected"),
        (KeyboardInterrupt(), "job.unexpected"),
    ],
)
def test_the_worker_survives_its_painter(studio, painter, request_of, finish, raised, key):
    painter.raises = raised
    job = studio.jobs.submit(request_of(), "me")
    error = finish(job.id).job.error
    assert error.key == key
    assert error.__traceback__ is None  # frames would keep tensors alive
    stored = studio.jobs.get(job.id, "me")
    assert stored.state is JobState.FAILED
    assert (stored.error.key, stored.error.values) == (error.key, error.values)
    if key == "job.unexpected":
        assert error.values == {"kind": type(raised).__name__}
    painter.raises = None
    assert finish(studio.jobs.submit(request_of(), "me").id).job.state is JobState.DONE


def test_a_painter_that_stops_by_itself_counts_as_cancelled(studio, painter, request_of, finish):
    painter.raises = Cancelled()
    job = studio.jobs.submit(request_of(), "me")
    assert finish(job.id).job.state is JobState.CANCELLED


def test_an_error_that_cannot_be_written_down_is_an_unexpected_one(
    studio, painter, request_of, finish
):
    painter.raises = OutOfMemory("picture.memory", share=float("nan"))
    job = studio.jobs.submit(request_of(), "me")
    assert finish(job.id).job.state is JobState.FAILED
    assert studio.jobs.get(job.id, "me").error.key == "job.unexpected"


@pytest.mark.parametrize("refusal", [DiskFull("disk.full", name="a", free_mb=0), OSError(5, "x")])
def test_a_save_that_fails_fails_the_job(studio, painter, request_of, finish, monkeypatch, refusal):
    def refuse(*_args, **_kwargs):
        raise refusal

    with monkeypatch.context() as patch:
        patch.setattr(studio.pictures, "_write", refuse)
        job = finish(studio.jobs.submit(request_of(), "me").id).job
    assert job.state is JobState.FAILED
    assert job.error.key == ("disk.full" if isinstance(refusal, DiskError) else "job.unexpected")
    assert finish(studio.jobs.submit(request_of(), "me").id).job.state is JobState.DONE


def test_too_little_space_refuses_the_job(studio, request_of, monkeypatch):
    monkeypatch.setattr("models.disk.free_bytes", lambda path: 10 * 2**20)
    with pytest.raises(DiskFull) as caught:
        studio.jobs.submit(request_of(), "me")
    assert caught.value.values == {"free_mb": 10.0, "need_mb": 64.0}
    assert studio.jobs.active("me") is None


def test_listeners_hear_the_end_that_no_row_could_hold(
    studio, painter, request_of, finish, monkeypatch
):
    def refuse(*_args, **_kwargs):
        raise DiskFull("disk.full", name="playground.db", free_mb=0.0)

    with monkeypatch.context() as patch:
        patch.setattr(studio.jobs._store, "finish", refuse)
        painter.raises = OutOfMemory("picture.memory")
        job = studio.jobs.submit(request_of(), "me")
        assert finish(job.id).job.error.key == "picture.memory"
        assert studio.jobs.get(job.id, "me").state is JobState.FAILED
        assert studio.jobs._store.get(job.id, "me").state is JobState.RUNNING
        painter.raises = None
        # The worker is alive, but must write down the old end before it claims anything.
        again = studio.jobs.submit(request_of(), "me")
        assert finish(again.id).job.error.key == "disk.full"
    last = studio.jobs.submit(request_of(), "me")
    assert finish(last.id).job.state is JobState.DONE
    assert studio.jobs._store.get(job.id, "me").error.key == "picture.memory"
    assert studio.jobs._store.get(again.id, "me").error.key == "disk.full"


def test_a_claim_that_fails_fails_that_job_only(studio, request_of, finish, monkeypatch):
    def refuse(*_args):
        raise NotWritable("disk.not_writable", name="playground.db")

    with monkeypatch.context() as patch:
        patch.setattr(studio.jobs._store, "claim", refuse)
        job = studio.jobs.submit(request_of(), "me")
        assert finish(job.id).job.error.key == "disk.not_writable"
    assert finish(studio.jobs.submit(request_of(), "me").id).job.state is JobState.DONE


def test_a_job_whose_row_vanished_is_no_deadlock(studio, painter, request_of, finish):
    painter.hold()
    first = studio.jobs.submit(request_of(), "me")
    second = studio.jobs.submit(request_of(), "me")
    painter.wait_until_drawing()
    with studio._database.transaction() as connection:
        connection.execute("delete from job where id = ?", (second.id,))
    painter.release()
    finish(first.id)
    with pytest.raises(JobNotFound):
        list(studio.jobs.watch(second.id, "me"))
        studio.jobs.get(second.id, "me")


def test_pruning_that_fails_hurts_nobody(studio, request_of, finish, monkeypatch):
    def refuse(*_args):
        raise DatabaseError("database.busy", name="playground.db")

    monkeypatch.setattr(studio.jobs._store, "prune", refuse)
    for _ in range(2):
        assert finish(studio.jobs.submit(request_of(), "me").id).job.state is JobState.DONE


def test_no_prompt_in_the_log(studio, request_of, finish, caplog):
    with caplog.at_level(logging.INFO):
        finish(studio.jobs.submit(request_of(), "me").id)
    assert "job 1 is done" in caplog.text
    assert "냄새" not in caplog.text
    assert "smell" not in caplog.text


# ---- interrupted and run again


def test_close_interrupts_and_run_again_gives_the_same_picture(tmp_path, request_of):
    painter = FakePainter()
    studio = Studio.open(tmp_path / "data", painter)
    painter.hold()
    running, queued = (studio.jobs.submit(request_of(seed=RANDOM_SEED), "me") for _ in range(2))
    painter.wait_until_drawing()
    listeners = [studio.jobs.watch(job.id, "me") for job in (running, queued)]
    for events in listeners:
        next(events)
    studio.close()
    for events in listeners:
        assert list(events)[-1].job.state is JobState.INTERRUPTED
    with pytest.raises(StudioError):
        studio.jobs.submit(request_of(), "me")

    with Studio.open(tmp_path / "data", FakePainter()) as studio:
        assert [job.id for job in studio.jobs.interrupted("me")] == [queued.id, running.id]
        assert studio.jobs.interrupted("you") == ()
        again = studio.jobs.run_again(running.id, "me")
        assert again.again_of == running.id
        assert again.request == running.request
        event = list(studio.jobs.watch(again.id, "me"))[-1]
        kept = studio.pictures.get(event.job.picture_id, "me")
        assert open_png(kept.path).tobytes() == draw_fake(running.request).tobytes()
        assert [job.id for job in studio.jobs.interrupted("me")] == [queued.id]
        with pytest.raises(JobNotFound):
            studio.jobs.dismiss(queued.id, "you")
        assert len(studio.jobs.interrupted("me")) == 1
        studio.jobs.dismiss(queued.id, "me")
        assert studio.jobs.interrupted("me") == ()


def test_a_cancelled_job_is_not_interrupted_by_closing(tmp_path, request_of):
    painter = FakePainter()
    studio = Studio.open(tmp_path / "data", painter)
    painter.hold()
    job = studio.jobs.submit(request_of(), "me")
    painter.wait_until_drawing()
    events = studio.jobs.watch(job.id, "me")
    next(events)
    studio.jobs.cancel(job.id, "me")
    studio.close()
    studio.close()
    assert list(events)[-1].job.state is JobState.CANCELLED


def test_a_painter_that_does_not_answer_is_left_behind(tmp_path, request_of):
    gate = threading.Event()

    class Stuck(FakePainter):
        def draw(self, request, hooks):
            self._begun.release()
            gate.wait(10)
            return super().draw(request, hooks)

    painter = Stuck()
    with Studio.open(tmp_path / "data", painter) as studio:
        job = studio.jobs.submit(request_of(), "me")
        painter.wait_until_drawing()
        studio.jobs.close(timeout_seconds=0.05)
        assert studio.jobs.get(job.id, "me").state is JobState.INTERRUPTED
        gate.set()
        wait_for(lambda: not studio.jobs._worker.is_alive())
        assert studio.jobs.get(job.id, "me").state is JobState.INTERRUPTED
    assert list((tmp_path / "data" / "outputs").rglob("*.png")) == []


def test_old_rows_go(studio, request_of, finish):
    ids = [studio.jobs.submit(request_of(steps=1), "me").id for _ in range(4)]
    for number in ids:
        finish(number)
    wait_for(lambda: studio.jobs._store.prune(keep=2) == 2)
    with pytest.raises(JobNotFound):
        studio.jobs.get(ids[1], "me")
    assert studio.jobs.get(ids[2], "me").id == ids[2]
    assert len(studio.pictures.latest("me")) == 4


def test_damaged_rows_are_no_jobs(studio, painter, request_of):
    painter.hold()
    job = studio.jobs.submit(request_of(), "me")
    studio.jobs.cancel(job.id, "me")
    with studio._database.transaction() as connection:
        connection.execute(
            "insert into job (owner, state, request, created_at) values (?, ?, ?, 0)",
            ("me", "interrupted", '{"phrase": 1}'),
        )
        broken = connection.execute("select max(id) from job").fetchone()[0]
    assert studio.jobs.interrupted("me") == ()
    with pytest.raises(JobNotFound):
        studio.jobs.get(broken, "me")


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"key": 1, "values": 2}'])
def test_a_damaged_error_is_an_unexpected_one(studio, painter, request_of, finish, text):
    painter.raises = OutOfMemory("picture.memory")
    job = studio.jobs.submit(request_of(), "me")
    finish(job.id)
    with studio._database.transaction() as connection:
        connection.execute("update job set error = ? where id = ?", (text, job.id))
    assert studio.jobs.get(job.id, "me").error.key == "job.unexpected"


# ---- several in one go


def held_behind_another(studio, painter, request_of, count, **changes):
    """Submit `count` alike requests while the worker is busy with another."""
    painter.hold()
    other = studio.jobs.submit(request_of(steps=1), "me")
    painter.wait_until_drawing()
    alike = [
        studio.jobs.submit(request_of(seed=20 + number, **changes), "me") for number in range(count)
    ]
    return other, alike


def test_alike_requests_are_drawn_in_one_go(studio, painter, request_of, finish):
    _, jobs = held_behind_another(studio, painter, request_of, 5, batch_size=3)
    painter.release()
    for job in jobs:
        event = finish(job.id)
        kept = studio.pictures.get(event.job.picture_id, "me")
        assert kept.request == job.request
        with open_png(kept.path) as image:
            assert image.tobytes() == draw_fake(job.request).tobytes()
    assert painter.batches == [1, 3, 2]


def test_requests_that_differ_in_more_are_drawn_apart(studio, painter, request_of, finish):
    _, jobs = held_behind_another(studio, painter, request_of, 2, batch_size=4)
    jobs.append(studio.jobs.submit(request_of(steps=4, batch_size=4), "me"))
    jobs.append(studio.jobs.submit(request_of(steps=4, batch_size=4), "you"))
    painter.release()
    finish(jobs[2].id)
    list(studio.jobs.watch(jobs[3].id, "you"))
    assert painter.batches == [1, 2, 1, 1]


def test_one_of_several_can_be_cancelled_and_the_others_go_on(studio, painter, request_of, finish):
    other, jobs = held_behind_another(studio, painter, request_of, 3, batch_size=3, steps=2)
    studio.jobs.cancel(other.id, "me")
    painter.wait_until_drawing()
    assert studio.jobs.cancel(jobs[1].id, "me").state is JobState.CANCELLED
    painter.release()
    states = [finish(job.id).job.state for job in jobs]
    assert states == [JobState.DONE, JobState.CANCELLED, JobState.DONE]
    assert painter.batches[-1] == 3


def test_all_of_several_cancelled_stop_the_drawing(studio, painter, request_of, finish):
    other, jobs = held_behind_another(studio, painter, request_of, 2, batch_size=2, steps=2)
    studio.jobs.cancel(other.id, "me")
    painter.wait_until_drawing()
    for job in jobs:
        studio.jobs.cancel(job.id, "me")
    assert [finish(job.id).job.state for job in jobs] == [JobState.CANCELLED] * 2


def test_a_failure_is_told_to_each_of_several(studio, painter, request_of, finish):
    other, jobs = held_behind_another(studio, painter, request_of, 2, batch_size=2)
    studio.jobs.cancel(other.id, "me")
    painter.wait_until_drawing()
    painter.raises = OutOfMemory("draw.memory", width=64, height=64)
    painter.release()
    errors = [finish(job.id).job.error for job in jobs]
    assert [error.key for error in errors] == ["draw.memory"] * 2
