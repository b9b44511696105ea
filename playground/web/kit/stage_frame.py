"""One event of a job as a frame of the stage, in words of the visitor's language.

Frames travel as JSON and the page writes them as text, never as HTML. Knows no Gradio and no HTTP.
"""

from __future__ import annotations

import base64
import math
from dataclasses import dataclass

from pipelines.contract.painter import PainterStage, Progress
from playground.messages import Language, explain, text
from playground.studio.jobs.queue import Job, JobEvent, JobState
from playground.studio.pictures.shelf import KeptPicture
from playground.web.kit.picture_card import PictureCard, card


@dataclass(frozen=True, slots=True)
class StageFrame:
    """One moment of a job.

    Attributes:
        state: the job's state.
        words: the line under the picture.
        count: "3/12", "" before the first step.
        percent: how full the bar is.
        preview: data URI of the half-done picture.
        picture: the finished one.
        alert: what went wrong, "" when nothing did.
    """

    job: int
    state: str
    is_final: bool
    phrase: str
    words: str
    count: str = ""
    percent: int = 0
    preview: str | None = None
    picture: PictureCard | None = None
    alert: str = ""


def frame(event: JobEvent, picture: KeptPicture | None, language: Language) -> StageFrame:
    """Return what the stage shows for `event`; `picture` is the kept one of a finished job."""
    job, progress = event.job, event.progress
    steps = progress.steps if progress else job.request.steps  # a second pass has more
    preview = progress.preview if progress and job.state is JobState.RUNNING else None
    step = steps if job.state is JobState.DONE else progress.step if progress else 0
    share = progress.checked if progress and progress.checked is not None else step / steps
    return StageFrame(
        job=job.id,
        state=job.state.value,
        is_final=job.state.is_final,
        phrase=job.request.phrase.ko,
        words=_words(event, picture, language),
        count=f"{step}/{steps}" if step else "",
        percent=round(100 * share),
        preview=_data_uri(preview) if preview else None,
        picture=card(picture, language) if picture else None,
        alert=_alert(job, language),
    )


def _words(event: JobEvent, picture: KeptPicture | None, language: Language) -> str:
    job = event.job
    if job.state is JobState.QUEUED:
        if event.position > 0:
            return text("stage.queued", language, ahead=event.position)
        return text("stage.queued.next", language)
    if job.state is JobState.RUNNING:
        return _progress_words(event.progress, language)
    if job.state is JobState.DONE:
        seconds = f"{picture.seconds:.1f}" if picture else "?"
        return text("stage.done", language, seconds=seconds, seed=str(job.request.seed))
    return text(f"stage.{job.state.value}", language)  # cancelled, failed, interrupted


_BEFORE_DRAWING = {
    PainterStage.WAITING: "stage.loading",
    PainterStage.IMPORTING: "stage.importing",
    PainterStage.LOADING: "stage.loading",
    PainterStage.WARMING_UP: "stage.warming_up",
}


def _progress_words(progress: Progress | None, language: Language) -> str:
    if progress is None:
        return text("stage.queued.next", language)
    if progress.checked is not None:
        return text("stage.checking", language, percent=round(100 * progress.checked))
    if progress.stage in _BEFORE_DRAWING:
        return text(_BEFORE_DRAWING[progress.stage], language)
    if progress.step >= progress.steps:
        return text("stage.finishing", language)
    if progress.seconds_left is None:
        return text("stage.drawing", language)
    return text("stage.drawing.left", language, seconds=max(1, math.ceil(progress.seconds_left)))


def _alert(job: Job, language: Language) -> str:
    if job.state is not JobState.FAILED or job.error is None:
        return ""
    return explain(job.error, language)


def _data_uri(jpeg: bytes) -> str:
    return "data:image/jpeg;base64," + base64.b64encode(jpeg).decode()
