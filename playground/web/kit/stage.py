"""What the stage shows: one event of a job becomes one frame, in words of the visitor's language.

Frames travel as JSON and the page writes them as text, never as HTML. The stage's empty frame is
the HTML below. Knows no Gradio and no HTTP.
"""

from __future__ import annotations

import base64
import math
from dataclasses import dataclass

from pipelines.contract.errors import InvalidRequest
from pipelines.contract.painter import PainterStage, Progress
from pipelines.contract.picture_settings import UPSCALERS
from pipelines.contract.requests import PLAIN, PictureRequest
from pipelines.image.prompt.networks import Network, take_networks
from pipelines.image.sampling.schedules import AUTOMATIC
from playground.messages import Language, explain, text
from playground.studio.jobs.queue import Job, JobEvent, JobState
from playground.studio.pictures.shelf import KeptPicture
from playground.web.kit.wording import bilingual

SKELETON = f"""
<div class="frame">
  <div class="welcome"><span class="doodle" aria-hidden="true"></span>
    <strong>{bilingual("stage.welcome")}</strong><span>{bilingual("stage.welcome.more")}</span>
  </div>
  <img class="shown" alt="" hidden>
</div>
<p class="caption" hidden></p>
<div class="bar" role="progressbar" aria-valuemin="0" aria-valuemax="100" aria-valuenow="0">
  <span></span></div>
<div class="line"><span class="words"></span><span class="count"></span></div>
<p class="unseen" role="status" aria-live="polite"></p>
<p class="alert" role="alert" hidden></p>
<p class="prompt" hidden><b>{bilingual("stage.prompt")}</b> <span></span></p>
<p class="used" hidden></p>
<div class="tools" hidden></div>
<div class="offers"></div>
"""


@dataclass(frozen=True, slots=True)
class PictureCard:
    """A kept picture as the page shows it.

    Attributes:
        used: the model, and the files that took part besides it.
        is_detailed: only the Draw tab has all the controls that it was made with.
    """

    id: int
    phrase: str
    alt: str
    prompt: str
    facts: str
    file: str
    width: int
    height: int
    used: str = ""
    is_detailed: bool = False


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


def card(picture: KeptPicture, language: Language) -> PictureCard:
    """Return a kept picture in the words of `language`."""
    request = picture.request
    facts = f"{picture.width}x{picture.height}"
    if request is not None:
        facts = text(
            "album.facts",
            language,
            width=picture.width,
            height=picture.height,
            sampler=request.sampler,
            steps=request.steps,
            guidance=request.guidance,
            seed=str(request.seed),
        )
    return PictureCard(
        id=picture.id,
        phrase=picture.phrase,
        alt=text("stage.alt", language, phrase=picture.phrase),
        prompt=picture.prompt,
        facts=facts,
        file=f"{text('album.file', language)}-{picture.id}.png",
        width=picture.width,
        height=picture.height,
        used=_used(picture, request, language) if request else "",
        is_detailed=request is not None and _is_detailed(request),
    )


def _is_detailed(request: PictureRequest) -> bool:
    whole = (request.prompt, request.source, request.hires, request.vae, request.refiner)
    return any(whole) or request.tuning != PLAIN or request.schedule != AUTOMATIC


def _used(picture: KeptPicture, request: PictureRequest, language: Language) -> str:
    """Name the model and what took part besides it."""
    found = [text("used.model", language, name=request.model)]
    for network in _networks(request.prompt):
        weight = ":".join(network.args) or "1"
        kind = "LoRA" if network.kind in ("lora", "lyco") else network.kind
        found.append(text("used.network", language, kind=kind, name=network.name, weight=weight))
    for file in picture.used:  # they stand in the prompt as words like any other
        if file.kind == "embedding":
            found.append(text("used.embedding", language, name=file.name))
    if request.vae:
        found.append(text("used.vae", language, name=request.vae))
    if request.hires is not None and request.hires.upscaler not in UPSCALERS:
        found.append(text("used.upscaler", language, name=request.hires.upscaler))
    if request.refiner is not None:
        percent = round(100 * request.refiner.switch_at)
        name = request.refiner.model
        found.append(text("used.refiner", language, name=name, percent=percent))
    return " · ".join(found)


def _networks(prompt: str) -> tuple[Network, ...]:
    try:
        return take_networks(prompt)[1]
    except InvalidRequest:  # a tag that names nothing, in a picture of another time
        return ()


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
