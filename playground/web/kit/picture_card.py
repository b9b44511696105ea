"""A kept picture in words: its facts and what took part, as the stage and the album show them.

Cards travel as JSON and the page writes them as text, never as HTML. Knows no Gradio and no HTTP.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.contract.errors import InvalidRequest
from pipelines.contract.picture_settings import UPSCALERS
from pipelines.contract.requests import PLAIN, PictureRequest
from pipelines.image.prompt.networks import Network, take_networks
from pipelines.image.sampling.schedules import AUTOMATIC
from playground.messages import Language, text
from playground.studio.pictures.shelf import KeptPicture


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
