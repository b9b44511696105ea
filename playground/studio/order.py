"""The one way to have something drawn: what somebody wants becomes checked requests, then jobs.

Keeps the pictures it starts from, settles seeds, lets styles and word lists have the prompt, asks
the painter whether all of it can be drawn, and only then queues it. The faces hand in a
WantedPicture and follow the jobs. Knows no widgets and no flags.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from pipelines.bridge import Reading, prompt_for, readings
from pipelines.contract.errors import InvalidRequest
from pipelines.contract.painter import KnownModel, Painter
from pipelines.contract.phrase import Phrase
from pipelines.contract.picture_settings import ImageToImage
from pipelines.contract.requests import PictureRequest
from pipelines.contract.validate import check_range
from pipelines.image.families import PromptLanguage
from pipelines.text.translation import Translator
from playground.studio.jobs.guest import Guest
from playground.studio.jobs.places import MAX_QUEUED_PER_OWNER
from playground.studio.jobs.queue import JobQueue
from playground.studio.jobs.store import Job
from playground.studio.pictures.inputs import InputShelf
from playground.studio.prompts import PromptDesk
from playground.studio.series import check_all, nth
from playground.studio.uploads import Uploads
from playground.studio.wanted import (
    ParsedPicture,
    StartPicture,
    Upload,
    WantedPicture,
    parse_picture,
)


@dataclass(frozen=True, slots=True)
class Misreading:
    """One reading of a phrase, and the request that draws it."""

    reading: Reading
    request: PictureRequest


class Orders:
    """Takes orders for one studio; may be used from any thread.

    Args:
        read_phrase: finds the known words of a typed sentence.
    """

    def __init__(
        self,
        painter: Painter,
        jobs: JobQueue,
        inputs: InputShelf,
        uploads: Uploads,
        prompts: PromptDesk,
        read_phrase: Callable[[str], Phrase],
    ) -> None:
        self._painter, self._jobs = painter, jobs
        self._inputs, self._uploads = inputs, uploads
        self._prompts, self._read_phrase = prompts, read_phrase

    def order(
        self, wanted: WantedPicture, owner: str, guest: Guest | None = None
    ) -> tuple[Job, ...]:
        """Queue what is wanted, all of it or nothing; return its jobs, one a picture.

        Args:
            guest: how its owner is counted; None is the person at the machine.

        Raises:
            InvalidRequest, ModelNotFound, ModelFileError: it cannot be drawn; says why.
            QueueFull, DiskFull: not now.
        """
        return self._jobs.submit_all(self.requests(wanted, owner), owner, guest=guest)

    def requests(self, wanted: WantedPicture, owner: str) -> tuple[PictureRequest, ...]:
        """Return the checked requests, one a picture, their seeds settled; queue nothing."""
        parsed = self._parsed(wanted)
        first = self._with_start(parsed, wanted, owner)
        first = self._with_prompt(first, parsed.styles).settled()
        found = tuple(
            self._prompts.ready(nth(first, number), self._painter, parsed.styles)
            for number in range(parsed.count)
        )
        check_all(found, self._painter)
        return found

    def misread(
        self, wanted: WantedPicture, translator: Translator | None = None
    ) -> tuple[Misreading, ...]:
        """Return the readings of a phrase with the requests that draw them: one seed, one model.

        Raises what `order` does; nothing is queued.
        """
        plain = self._parsed(wanted).request.settled()
        self._painter.check(plain)
        return tuple(
            Misreading(reading, replace(plain, prompt=reading.prompt))
            for reading in readings(
                plain.phrase, self.language(plain.model), translator, seed=plain.seed
            )
        )

    def submit(
        self, found: tuple[Misreading, ...], owner: str, guest: Guest | None = None
    ) -> tuple[Job, ...]:
        """Queue what `misread` returned."""
        return self._jobs.submit_all(tuple(one.request for one in found), owner, guest=guest)

    def language(self, model: str) -> PromptLanguage:
        """Return the language that a model reads; that of most where nobody knows it."""
        known = self._known(model)
        return PromptLanguage.ENGLISH if known is None else known.reads

    def _known(self, name: str) -> KnownModel | None:
        return self._painter.known(name)

    def _parsed(self, wanted: WantedPicture) -> ParsedPicture:
        parsed = parse_picture(wanted, self._known, self._read_phrase)
        check_range(parsed.count, "count", 1, MAX_QUEUED_PER_OWNER)
        return parsed

    def _with_start(
        self, parsed: ParsedPicture, wanted: WantedPicture, owner: str
    ) -> PictureRequest:
        """Keep the pictures that it starts from; return the request that names their digests."""
        if parsed.start is None:
            return parsed.request
        image = self._kept(wanted.image, "image", owner)
        mask = self._kept(wanted.mask, "mask", owner) if wanted.mask else ""
        return replace(parsed.request, source=ImageToImage(image, mask, **parsed.start))

    def _kept(self, chosen: StartPicture, field: str, owner: str) -> str:
        """Return the sha256 of a picture of this owner's, kept now unless it was before."""
        if isinstance(chosen, Upload):
            chosen = self._uploads.get(owner, chosen.token).data
        if isinstance(chosen, bytes):
            return self._inputs.keep(chosen, owner, is_mask=field == "mask")
        if not self._inputs.take_over(chosen, owner, owner):
            raise InvalidRequest("request.picture", field=field, value=chosen[:12])
        return chosen

    def _with_prompt(self, request: PictureRequest, styles: tuple[str, ...]) -> PictureRequest:
        """Let the bridge have a phrase without a prompt; styles need something to stand around."""
        if request.prompt or not styles:
            return request
        return replace(request, prompt=prompt_for(request.phrase, self.language(request.model)))
