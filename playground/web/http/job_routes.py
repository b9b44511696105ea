"""Jobs as the page follows them: what is going on, frame by frame, and stop, again, dismiss.

Server-sent events, one per progress of the painter: Gradio's queue would join frames that come
close together, and a reloaded page could not find its job again. Knows no widgets.
"""

from __future__ import annotations

import asyncio
import dataclasses
import json
from collections.abc import Callable
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
from playground.web.http.event_streams import Streams, lines
from playground.web.http.files import Number
from playground.web.kit.border import Visit
from playground.web.kit.stage_frame import frame
from playground.web.kit.wording import language_of

if TYPE_CHECKING:
    from playground.studio.studio import Studio


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
            lines(watch, _framer(studio, language), streams),
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
