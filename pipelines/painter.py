"""Requests become pictures: bridge, load, draw. The one implementation of Painter.

Knows no queue and no files but the library's. The build lock (build.py) guards every model
construction; nothing else is locked: drawing happens on the one worker thread.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import version
from itertools import pairwise

from models.errors import ModelFileError
from models.library import Library
from models.probe import Kind
from pipelines.bridge import noise_seed_for, prompt_for
from pipelines.build import building
from pipelines.errors import Cancelled
from pipelines.image.draw import Order, draw
from pipelines.image.families import PromptLanguage
from pipelines.image.loading.load import LoadedModel, import_libraries, load
from pipelines.image.machine.device import DeviceOptions, DevicePlan, choose_device
from pipelines.image.pictures import OpenPicture, no_pictures
from pipelines.image.prompt.meter import Reader, measure_prompt
from pipelines.requests import (
    DEFAULT_MODEL,
    Hooks,
    Meter,
    Part,
    Picture,
    PictureRequest,
    PlanSummary,
    Progress,
    Stage,
)

log = logging.getLogger(__name__)

PART_KINDS = (Kind.LORA, Kind.EMBEDDING, Kind.VAE)


class DiffusersPainter:
    """Draws with diffusers; keeps one model loaded.

    Args:
        library: where models come from, verified.
        options: device flags of the command line.
        on_loaded: called after every load with one line: what, where, how long each part took.
        open_picture: finds the pictures that a request starts from.
    """

    def __init__(
        self,
        library: Library,
        options: DeviceOptions | None = None,
        on_loaded: Callable[[str], None] | None = None,
        open_picture: OpenPicture = no_pictures,
    ) -> None:
        self._library = library
        self._options = options or DeviceOptions()
        self._on_loaded = on_loaded or log.info
        self.open_picture = open_picture
        self._plan: DevicePlan | None = None
        self._model: LoadedModel | None = None
        self._stage = Stage.WAITING

    @property
    def stage(self) -> Stage:
        """What it is doing right now; may be read from any thread."""
        return self._stage

    def families(self) -> Mapping[str, str]:
        """Return the models that a request may name: name -> family."""
        found = self._library.drawable()
        return {model.name: model.probe.family for model in found if model.probe is not None}

    def parts(self) -> tuple[Part, ...]:
        """Return what may take part besides a model, by kind and name."""
        found = [
            Part(
                model.probe.kind.value,
                model.name,
                model.probe.family,
                model.probe.lora.words if model.probe.lora else (),
            )
            for model in self._library.models()
            if model.probe is not None and model.probe.kind in PART_KINDS and model.is_usable
        ]
        return tuple(sorted(found, key=lambda part: (part.kind, part.name)))

    def plan(self) -> PlanSummary | None:
        """Tell how the model that drew last works here; None before that."""
        return None

    def measure(self, prompt: str, model: str, steps: int) -> Meter | None:
        """Count a prompt's tokens with the model's own tokenizer; None while it is not loaded."""
        loaded = self._model
        if loaded is None or loaded.name != model:
            return None
        pipeline, encoder = loaded.pipeline, loaded.encoder
        tokenizer = getattr(pipeline, "tokenizer", None) or pipeline.tokenizer_2
        # the crayon was taught captions of one chunk; what comes later it hears, but never learnt
        most = 1 if loaded.family.language is PromptLanguage.CAPTION else None
        return measure_prompt(
            prompt, steps, encoder.chunks, Reader(encoder.size, most, tokenizer.decode)
        )

    def warm_up(self) -> None:
        """Import the libraries and load the default model."""
        self._ready(DEFAULT_MODEL, is_cancelled=bool)

    def draw(self, request: PictureRequest, hooks: Hooks) -> Picture:
        """Draw one picture on the calling thread; see the Painter protocol."""
        return self.draw_together((request,), (hooks,))[0]

    def draw_together(
        self, requests: Sequence[PictureRequest], hooks: Sequence[Hooks]
    ) -> tuple[Picture, ...]:
        """Draw requests that differ only in their seeds in one go; see the Painter protocol."""
        requests = tuple(request.settled() for request in requests)
        first = requests[0]

        def is_cancelled() -> bool:
            return all(one.is_cancelled() for one in hooks)

        if self._model is None or self._model.name != first.model:
            for one in hooks:
                one.on_progress(Progress(0, first.steps, Stage.LOADING))
        model = self._ready(first.model, is_cancelled)
        order = _order(model, requests)
        self._stage = Stage.DRAWING
        try:
            drawing = draw(model, order, hooks, self.open_picture)
        finally:
            self._stage = Stage.READY
        return tuple(
            Picture(
                image=image,
                request=request,
                prompt=order.prompt,
                model_sha256=model.sha256,
                seconds=drawing.seconds / len(requests),
                versions=_versions(model.plan),
            )
            for image, request in zip(drawing.images, requests, strict=True)
        )

    def _ready(self, name: str, is_cancelled: Callable[[], bool]) -> LoadedModel:
        """Return the model of that name, loading it when it is not the one that is loaded."""
        with building(is_cancelled):
            if self._model is not None and self._model.name == name:
                return self._model
            try:
                model = self._load(name, is_cancelled)
            except Cancelled:
                self._stage = Stage.WAITING if self._model is None else Stage.READY
                raise
            except BaseException:
                self._stage = Stage.FAILED if self._model is None else Stage.READY
                raise
            self._model = model
            self._stage = Stage.READY
            return model

    def _load(self, name: str, is_cancelled: Callable[[], bool]) -> LoadedModel:
        def stop_if_asked(_done: int) -> None:
            if is_cancelled():
                raise Cancelled

        found = self._library.find(name)  # told before seconds of imports; may be an alias
        if found.probe is not None and found.probe.kind is Kind.TEXT_MODEL:
            raise ModelFileError("model.kind", model=found.name, kind=found.probe.kind.value)
        name = found.name
        times = [("start", time.perf_counter())]
        if self._plan is None:
            self._stage = Stage.IMPORTING
            import_libraries(self._options)
            self._plan = choose_device(self._options)
            times.append(("import", time.perf_counter()))
        stop_if_asked(0)
        self._stage = Stage.LOADING
        opened = self._library.open_verified(name, stop_if_asked)
        times.append(("verify", time.perf_counter()))
        self._model = None  # the old one goes before the new one comes: one model in memory
        model = load(opened, self._plan, xformers=self._options.xformers)
        times.append(("build", time.perf_counter()))
        self._on_loaded(f"{name}, {self._plan.line}, {_spent(times)}")
        return model


def _order(model: LoadedModel, requests: Sequence[PictureRequest]) -> Order:
    """Return what the model is asked for: its words, and the noise each picture starts from."""
    first, language = requests[0], model.family.language
    prompt = first.prompt or prompt_for(first.phrase, language)
    # a prompt of one's own is the whole of what is drawn: its seed is the seed
    seeds = tuple(
        one.seed if one.prompt else noise_seed_for(one.phrase, language, one.seed)
        for one in requests
    )
    variations = tuple(one.tuning.variation_seed for one in requests)
    return Order(first, prompt, seeds, variations)


def _spent(times: list[tuple[str, float]]) -> str:
    """Return "1.2 s (import 0.9, verify 0.1, build 0.2)" of a list of moments."""
    parts = ", ".join(
        f"{name} {after - before:.2f}" for (_, before), (name, after) in pairwise(times)
    )
    return f"{times[-1][1] - times[0][1]:.2f} s ({parts})"


def _versions(plan: DevicePlan) -> tuple[tuple[str, str], ...]:
    names = ("torch", "diffusers", "transformers")
    return (*((name, version(name)) for name in names), ("device", f"{plan.device} {plan.dtype}"))
