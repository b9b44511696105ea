"""A painter without a model: the same picture for the same request, as slow or broken as told."""

from __future__ import annotations

import hashlib
import io
import random
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from PIL import Image, ImageDraw

from pipelines.contract.cancel import when_all
from pipelines.contract.painter import (
    AddonFile,
    Hooks,
    KnownModel,
    Meter,
    Painter,
    PainterStage,
    Picture,
    PlanSummary,
    Progress,
    UsedFile,
)
from pipelines.contract.requests import PictureRequest
from pipelines.image.families import PromptLanguage
from pipelines.image.families import find as find_family

FAKE_SHA256 = hashlib.sha256(b"fake weights").hexdigest()


class FakePainter:
    """Implements pipelines.contract.painter.Painter.

    Args:
        step_seconds: how long each step takes.

    Attributes:
        raises: what the next drawings raise after their first step; None draws normally.
        refuses: what `check` raises; None lets everything pass.
        used: what its pictures say was used besides the model.
        aliases: other names of its models -> their names.
        variants: of the models that are no plain ones.
        reads: of the models that do not read what their family does.
        drawn: the requests that were begun, in order; of those in one go the first.
        batches: how many were drawn in each go.
        threads: names of the threads that drew.
        steps_taken: by all drawings together.
    """

    def __init__(self, *, step_seconds: float = 0.0, raises: BaseException | None = None) -> None:
        self.step_seconds = step_seconds
        self.raises = raises
        self.refuses: BaseException | None = None
        self.used: tuple[UsedFile, ...] = ()
        self.aliases: dict[str, str] = {}
        self.variants: dict[str, str] = {}
        self.reads: dict[str, PromptLanguage] = {}
        self.drawn: list[PictureRequest] = []
        self.batches: list[int] = []
        self.threads: set[str] = set()
        self.steps_taken = 0
        self._stage = PainterStage.WAITING
        self._open = threading.Event()
        self._open.set()
        self._begun = threading.Semaphore(0)

    @property
    def stage(self) -> PainterStage:
        """What it is doing right now."""
        return self._stage

    def open_pictures_with(self, open_picture: Callable[[str], Image.Image]) -> None:
        """Draw without init images."""

    def families(self) -> Mapping[str, str]:
        """Return the crayon and a model that reads English."""
        return {"crayon": "crayon", "english": "sd15"}

    def known(self, name: str) -> KnownModel | None:
        """Return one of `families`, by its name or by an alias."""
        name = self.aliases.get(name, name)
        of = self.families().get(name)
        if of is None:
            return None
        family = find_family(of)
        usual = PromptLanguage.ENGLISH if family is None else family.language
        reads = self.reads.get(name, usual)
        return KnownModel(name, of, self.variants.get(name, ""), reads)

    def check(self, request: PictureRequest) -> None:
        """Refuse nothing unless told to."""
        if self.refuses is not None:
            raise self.refuses

    def parts(self) -> tuple[AddonFile, ...]:
        """Return one of each kind, and a LoRA of another family."""
        return (
            AddonFile("embedding", "scribble", "sd15"),
            AddonFile("lora", "ink", "sd15", ("ink", "paper")),
            AddonFile("lora", "wax", "crayon"),
            AddonFile("vae", "softer", ""),
        )

    def plan(self, model: str) -> tuple[PlanSummary, ...]:
        """Tell nothing: there is no machine below."""
        return ()

    def measure(self, prompt: str, model: str, steps: int) -> Meter | None:
        """Count words instead of tokens; the crayon learnt thirty."""
        words = prompt.split()
        return Meter(len(words), 30, " ".join(words[30:])) if model == "crayon" else None

    def warm_up(self) -> None:
        """Pretend to load, or raise `raises`."""
        self._stage = PainterStage.LOADING
        time.sleep(self.step_seconds)
        if self.raises is not None:
            self._stage = PainterStage.FAILED
            raise self.raises
        self._stage = PainterStage.READY

    def hold(self) -> None:
        """Make drawings wait before their first step until `release` or a cancel."""
        self._open.clear()

    def release(self) -> None:
        """Let held drawings go on."""
        self._open.set()

    def wait_until_drawing(self, timeout_seconds: float = 5.0) -> None:
        """Return when one more drawing has begun; fail loudly if none does."""
        if not self._begun.acquire(timeout=timeout_seconds):
            raise TimeoutError("no drawing began")

    def draw(self, request: PictureRequest, hooks: Hooks) -> Picture:
        """Draw `request`; same request, same pixels."""
        self.drawn.append(request)
        self.threads.add(threading.current_thread().name)
        self._stage = PainterStage.DRAWING
        image = draw_fake(request)
        started = time.monotonic()
        hooks.on_progress(Progress(0, request.steps, PainterStage.LOADING))
        self._begun.release()
        try:
            for step in range(1, request.steps + 1):
                self._take_step(hooks)
                left = (request.steps - step) * self.step_seconds
                preview = small_jpeg(image, step)
                hooks.on_progress(
                    Progress(step, request.steps, PainterStage.DRAWING, preview, left)
                )
                if self.raises is not None:
                    raise self.raises
        finally:
            self._stage = PainterStage.READY
        return Picture(
            image=image,
            request=request,
            prompt=fake_prompt(request),
            model_sha256=FAKE_SHA256,
            seconds=time.monotonic() - started,
            versions=(("fake", "1"),),
            used=self.used,
        )

    def draw_together(
        self, requests: Sequence[PictureRequest], hooks: Sequence[Hooks]
    ) -> tuple[Picture | None, ...]:
        """Draw them step by step at the same time; note how many there were."""
        self.batches.append(len(requests))

        def tell_all(progress: Progress) -> None:
            for one in hooks:
                one.on_progress(progress)

        together = Hooks(tell_all, when_all(one.cancel for one in hooks))
        first = self.draw(requests[0], together)
        others = [replace(first, image=draw_fake(one), request=one) for one in requests[1:]]
        return (first, *others)

    def _take_step(self, hooks: Hooks) -> None:
        time.sleep(self.step_seconds)
        self.steps_taken += 1
        while not self._open.wait(timeout=0.005):
            if hooks.cancel.is_cancelled:
                break
        hooks.cancel.check()


def fake_prompt(request: PictureRequest) -> str:
    """Return the prompt that the fake model pretends to get."""
    return f"a drawing of {request.phrase.en or request.phrase.ko}"


def draw_fake(request: PictureRequest) -> Image.Image:
    """Return blobs that depend on the phrase, the seed and the size, and on nothing else."""
    digest = hashlib.sha256(f"{request.phrase.ko}/{request.seed}".encode()).digest()
    chance = random.Random(digest)
    width, height = request.width, request.height
    image = Image.new("RGB", (width, height), _colour(chance))
    pen = ImageDraw.Draw(image)
    for _ in range(5):
        x, y = chance.randrange(width), chance.randrange(height)
        radius = chance.randrange(8, max(9, min(width, height) // 3))
        pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=_colour(chance))
    return image


def small_jpeg(image: Image.Image, step: int) -> bytes:
    """Return a preview that is different at every step."""
    small = image.resize((32, 32))
    small.putpixel((step % 32, 0), (255, 255, 255))
    buffer = io.BytesIO()
    small.save(buffer, "JPEG", quality=60)
    return buffer.getvalue()


def _colour(chance: random.Random) -> tuple[int, int, int]:
    return chance.randrange(256), chance.randrange(256), chance.randrange(256)


_IS_A_PAINTER: type[Painter] = FakePainter  # mypy finds what a painter has and this one lacks
