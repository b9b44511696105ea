"""Jobs as the page follows them: what is going on, frame by frame, and stop, again, dismiss.

Server-sent events, one per progress of the painter: Gradio's queue would join frames that come
close together, and a reloaded page could not find its job again. Knows no widgets.
"""

from __future__ import annotations

import asyncio
import dataclasses
import json
import logging
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, StreamingResponse

from models.errors import PlaygroundError
from pipelines.contract.painter import PainterStage
from playground.gate import visitor
from playground.messages import Language, explain, text
from playground.studio.errors import PictureNotFound
from playground.studio.jobs.queue import Job, JobEvent, JobState
from playground.web.http.files import Number
from playground.web.kit.border import Visit
from playground.web.kit.stage_frame import frame
from playground.web.kit.wording import language_of

if TYPE_CHECKING:
    from playground.studio.jobs.events import Watcher
    from playground.studio.studio import Studio

log = logging.getLogger(__name__)

HEARTBEAT_SECONDS = 15.0  # a comment line, so that proxies keep a waiting stream open


CLOSING = ""  # a line that ends a stream without telling the page that the job is over


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


def job_routes(studio: Studio, streams: Streams) -> APIRouter:
    """Return the routes under /jobs, and /visit, the page's first question."""
    router = APIRouter()

    @router.get("/visit")
    def visit(request: Request) -> JSONResponse:
        """Say how ready the painter is and which jobs this visitor has open."""
        owner, language = visitor(request.scope).owner, language_of(request.scope)
        active = studio.jobs.active(owner)
        answer = {
            "painter": _painter(studio.painter.stage, language),
            "job": active.id if active else None,
            "interrupted": [_offer(job, language) for job in studio.jobs.interrupted(owner)],
        }
        return JSONResponse(answer, headers={"Cache-Control": "no-store"})

    @router.get("/jobs/{job_id}/events")
    async def events(job_id: Number, request: Request, replay: bool = False) -> StreamingResponse:
        """Stream the job's frames: all of them with `replay`, else from the latest one on."""
        owner, language = visitor(request.scope).owner, language_of(request.scope)
        # JobNotFound before the 200
        watch = await asyncio.to_thread(studio.jobs.watch, job_id, owner, from_start=replay)
        return StreamingResponse(
            _stream(watch, _framer(studio, language), streams),
            media_type="text/event-stream",
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )

    @router.post("/jobs/{job_id}/cancel")
    def cancel(job_id: Number, request: Request) -> dict[str, str]:
        """Ask the job to stop."""
        job = studio.jobs.cancel(job_id, visitor(request.scope).owner)
        return {"state": job.state.value}

    @router.post("/jobs/{job_id}/again")
    def again(job_id: Number, request: Request) -> dict[str, int]:
        """Run an interrupted job again with the same seed."""
        visit = Visit.of(request.scope)
        job = studio.jobs.run_again(job_id, visit.owner, visit.guest)
        return {"job": job.id}

    @router.post("/jobs/{job_id}/dismiss")
    def dismiss(job_id: Number, request: Request) -> dict[str, bool]:
        """Stop offering an interrupted job."""
        studio.jobs.dismiss(job_id, visitor(request.scope).owner)
        return {"dismissed": True}

    return router


def explain_errors(app: Any) -> None:
    """Make every route of ours answer a PlaygroundError with its sentence."""

    @app.exception_handler(PlaygroundError)  # type: ignore[untyped-decorator]
    def answer(request: Request, error: PlaygroundError) -> JSONResponse:
        status = 404 if error.is_missing else 409
        alert = explain(error, language_of(request.scope))
        return JSONResponse({"alert": alert}, status, headers={"Cache-Control": "no-store"})


def _painter(stage: PainterStage, language: Language) -> dict[str, str]:
    return {"stage": stage.value, "words": text(f"pill.{stage.value}", language)}


def _offer(job: Job, language: Language) -> dict[str, Any]:
    phrase = job.request.phrase.ko
    return {"id": job.id, "words": text("offer.text", language, phrase=phrase)}


def _framer(studio: Studio, language: Language) -> Callable[[JobEvent], str]:
    def as_line(event: JobEvent) -> str:
        job, picture = event.job, None
        if job.state is JobState.DONE and job.picture_id is not None:
            with suppress(PictureNotFound):  # it was thrown away meanwhile
                picture = studio.pictures.get(job.picture_id, job.owner)
        shown = dataclasses.asdict(frame(event, picture, language))
        return f"data: {json.dumps(shown, ensure_ascii=False)}\n\n"

    return as_line


async def _stream(
    watch: Watcher, as_line: Callable[[JobEvent], str], streams: Streams
) -> AsyncIterator[str]:
    """Relay a blocking watch from a thread of its own, so that it uses up nobody's worker."""
    loop = asyncio.get_running_loop()
    lines: asyncio.Queue[str | None] = asyncio.Queue()

    def put(line: str | None) -> None:
        with suppress(RuntimeError):  # the server has stopped, and its loop is closed
            loop.call_soon_threadsafe(lines.put_nowait, line)

    def relay() -> None:
        try:
            for event in watch:
                put(as_line(event))
        except Exception:  # the border to the browser, which will connect again
            log.exception("a watched job could not be shown")
        finally:
            put(None)

    def end() -> None:
        put(CLOSING)

    streams.add(end)
    threading.Thread(target=relay, name="watch", daemon=True).start()
    try:
        while True:
            try:
                line = await asyncio.wait_for(lines.get(), HEARTBEAT_SECONDS)
            except TimeoutError:
                yield ": still here\n\n"
                continue
            if line == CLOSING:
                return
            if line is None:
                yield "event: end\ndata: {}\n\n"
                return
            yield line
    finally:
        watch.close()  # its thread ends at once, not with the job's next event
        streams.remove(end)
