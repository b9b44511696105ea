"""Listeners of a job: any number, no thread for any of them, forgotten when they leave."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from typing import Any

import pytest

from pipelines.contract.painter import PainterStage, Progress
from playground.studio.jobs.events import EventLog, JobEvent
from playground.studio.jobs.store import Job, JobState
from playground.web.http import event_streams
from playground.web.http.event_streams import END, HEARTBEAT, Streams, lines

LISTENERS = 200
NOTHING: Any = None  # nobody looks at what the job draws


def event(state=JobState.QUEUED, position=3, step=None):
    progress = None if step is None else Progress(step, 9, PainterStage.DRAWING, None)
    return JobEvent(Job(1, "me", state, NOTHING, 0.0), position, progress)


def spoken(one):
    return f"{one.job.state} {one.position}"


async def take(stream):
    return await asyncio.wait_for(anext(stream), 10)


def test_two_hundred_listeners_of_a_waiting_job_cost_no_thread_and_leave_nothing():
    log, streams = EventLog([event()]), Streams()

    async def listen():
        before = threading.active_count()
        listening = [lines(log.watch(from_start=False), spoken, streams) for _ in range(LISTENERS)]
        assert [await take(one) for one in listening] == ["queued 3"] * LISTENERS
        nexts = [asyncio.create_task(take(one)) for one in listening]
        for _ in range(10):  # until all of them wait
            await asyncio.sleep(0)
        assert threading.active_count() == before
        for one in nexts[: LISTENERS // 2]:  # they leave while the job waits
            one.cancel()
        await asyncio.gather(*nexts[: LISTENERS // 2], return_exceptions=True)
        assert len(log._bells) == len(streams._endings) == LISTENERS // 2
        threading.Thread(target=log.append, args=(event(position=2),)).start()  # as the queue does
        assert await asyncio.gather(*nexts[LISTENERS // 2 :]) == ["queued 2"] * (LISTENERS // 2)
        for stream in listening:
            await stream.aclose()
        assert not log._bells and not streams._endings
        assert threading.active_count() == before

    asyncio.run(listen())


def test_a_listener_gets_every_event_and_the_end_whenever_it_comes():
    log = EventLog([event(), event(position=1)])

    async def listen():
        early = lines(log.watch(from_start=True), spoken, Streams())
        said = [await take(early), await take(early)]
        log.append(event(JobState.RUNNING, 0, step=1))
        log.append(event(JobState.DONE, 0))
        said += [line async for line in early]
        late = [line async for line in lines(log.watch(from_start=True), spoken, Streams())]
        assert said == late == ["queued 3", "queued 1", "running 0", "done 0", END]

    asyncio.run(listen())


def test_a_job_that_waits_for_long_is_still_heard_of(monkeypatch):
    monkeypatch.setattr(event_streams, "HEARTBEAT_SECONDS", 0.01)
    log = EventLog([event()])

    async def listen():
        stream = lines(log.watch(from_start=False), spoken, Streams())
        assert [await take(stream) for _ in range(3)] == ["queued 3", HEARTBEAT, HEARTBEAT]
        await stream.aclose()

    asyncio.run(listen())


def test_what_cannot_be_shown_ends_the_stream(caplog):
    def broken(_event):
        raise RuntimeError("no words")

    async def listen():
        stream = lines(EventLog([event()]).watch(from_start=False), broken, Streams())
        assert [line async for line in stream] == [END]

    asyncio.run(listen())
    assert "could not be shown" in caplog.text


def test_an_event_after_the_server_is_gone_hurts_nobody():
    log = EventLog([event()])

    async def listen():
        watch = log.watch(from_start=False)
        stream = lines(watch, spoken, Streams())
        await take(stream)
        keep.append(stream)  # left open, as by a server that was killed

    keep: list[Any] = []
    loop = asyncio.new_event_loop()
    loop.run_until_complete(listen())
    loop.close()
    log.append(event(position=2))
    with contextlib.suppress(RuntimeError), pytest.raises(StopIteration):
        keep.pop().aclose().send(None)
