"""Requests become pictures: bridge, load, draw. The one implementation of Painter.

Knows no queue and no files but the library's. The build lock (build.py) guards every model
construction; nothing else is locked: drawing happens on the one worker thread.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from importlib.metadata import version

from models.library import Library
from pipelines.bridge import noise_seed_for, prompt_for
from pipelines.contract.cancel import NEVER, CancelToken, when_all
from pipelines.contract.errors import Cancelled, InvalidRequest, OutOfMemory
from pipelines.contract.painter import (
    Hooks,
    PainterStage,
    Picture,
    Progress,
    UsedFile,
)
from pipelines.contract.requests import DEFAULT_MODEL, DEFAULT_SIDE, PictureRequest
from pipelines.image.accelerate.denoiser import drawn_by
from pipelines.image.generate.generate import GenerationSpec, generate
from pipelines.image.generate.hires import hires_size
from pipelines.image.generate.init_image import OpenPicture, no_pictures
from pipelines.image.loading.load import LoadedModel
from pipelines.image.loading.model_cache import ModelCache, WorkloadSize
from pipelines.image.memory.device import DeviceOptions, DevicePlan
from pipelines.image.memory.oom_history import OomHistory
from pipelines.image.networks.apply import NetworkApplier
from pipelines.painter.model_info import ModelInfo

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Group:
    """Requests that are drawn in one go, with a listener each."""

    requests: tuple[PictureRequest, ...]
    hooks: tuple[Hooks, ...]

    @property
    def first(self) -> PictureRequest:
        return self.requests[0]

    @property
    def cancel(self) -> CancelToken:
        return when_all(hooks.cancel for hooks in self.hooks)

    def alone(self) -> tuple[_Group, ...]:
        """Return one group a picture."""
        pairs = zip(self.requests, self.hooks, strict=True)
        return tuple(_Group((request,), (hooks,)) for request, hooks in pairs)


class DiffusersPainter(ModelInfo):
    """Draws with diffusers; keeps models loaded while they fit.

    Args:
        library: where models come from, verified.
        options: device flags of the command line.
        on_loaded: called after every load with one line: what, where, how long each part took.
        open_picture: finds the pictures that a request starts from.
        memory: which plans ran out of memory before; None remembers until the process ends.
    """

    def __init__(
        self,
        library: Library,
        options: DeviceOptions | None = None,
        on_loaded: Callable[[str], None] | None = None,
        open_picture: OpenPicture = no_pictures,
        memory: OomHistory | None = None,
    ) -> None:
        self.open_picture = open_picture
        self._stage = PainterStage.WAITING
        residents = ModelCache(
            library,
            options or DeviceOptions(),
            memory or OomHistory(),
            on_loaded or log.info,
            self._enter,
        )
        super().__init__(library, residents, NetworkApplier(library))

    @property
    def stage(self) -> PainterStage:
        """What it is doing right now; may be read from any thread."""
        return self._stage

    def _enter(self, stage: PainterStage) -> None:
        self._stage = stage

    # ---- drawing; on one thread

    def warm_up(self) -> None:
        """Import the libraries and load the default model."""
        self._ready(DEFAULT_MODEL, WorkloadSize(DEFAULT_SIDE, DEFAULT_SIDE), cancel=NEVER)

    def draw(self, request: PictureRequest, hooks: Hooks) -> Picture:
        """Draw one picture on the calling thread; see the Painter protocol."""
        (picture,) = self.draw_together((request,), (hooks,))
        if picture is None:
            raise Cancelled
        return picture

    def draw_together(
        self, requests: Sequence[PictureRequest], hooks: Sequence[Hooks]
    ) -> tuple[Picture | None, ...]:
        """Draw requests that differ only in their seeds in one go; see the Painter protocol."""
        group = _Group(tuple(request.settled() for request in requests), tuple(hooks))
        try:
            return self._pictures(group)
        except OutOfMemory as error:
            if len(requests) == 1:
                raise
            log.warning("%d pictures in one go: %s; one at a time, then", len(requests), error.key)
        return tuple(self._alone(one) for one in group.alone())

    def _alone(self, group: _Group) -> Picture | None:
        try:
            return self._pictures(group)[0]
        except Cancelled:
            return None

    def _pictures(self, group: _Group) -> tuple[Picture, ...]:
        """Draw a group; where memory runs out, once more by the next plan."""
        is_second_try = False
        while True:
            model = self._ready_for(group)
            try:
                return self._drawn(model, group)
            except OutOfMemory as error:
                is_hopeless = is_second_try or len(group.requests) > 1
                if is_hopeless or not self._residents.step_down(model):
                    raise
                # its frames hold the tensors that did not fit
                error.__cause__ = error.__context__ = error.__traceback__ = None
            del model  # it has left; the next one comes before this name is given anew
            is_second_try = True

    def _drawn(self, model: LoadedModel, group: _Group) -> tuple[Picture, ...]:
        with ExitStack() as stack:
            order, prompt, used = self._order(model, group, stack)
            self._stage = PainterStage.DRAWING
            stack.callback(self._enter, PainterStage.READY)
            drawing = generate(model, order, group.hooks, self.open_picture)
        self._residents.rest(model)
        return tuple(
            Picture(
                image=image,
                request=request,
                prompt=prompt,
                model_sha256=model.sha256,
                seconds=drawing.seconds / len(group.requests),
                versions=_versions(model.plan, drawn_by(model.denoiser)),
                used=used,
            )
            for image, request in zip(drawing.images, group.requests, strict=True)
        )

    def _order(
        self, model: LoadedModel, group: _Group, stack: ExitStack
    ) -> tuple[GenerationSpec, str, tuple[UsedFile, ...]]:
        """Return what the model is asked for, the whole prompt, and what else takes part."""
        first, language = group.first, model.family.language
        prompt = first.prompt or prompt_for(first.phrase, language)
        ready = self._ingredients.put_on(model, first, prompt, group.cancel)
        used = ready.used
        refiner = None
        if first.refiner is not None:
            stack.enter_context(self._residents.using(model))
            refiner = self._ready(first.refiner.model, _size(model, group), group.cancel)
            _check_refiner(model, refiner)
            # what the prompt names was made for the first model; nothing of an older drawing stays
            self._ingredients.take_off(refiner)
            used += (UsedFile("refiner", refiner.name, refiner.sha256, refiner.sha256[:10]),)
        # a prompt of one's own is the whole of what is drawn: its seed is the seed
        seeds = tuple(
            one.seed if one.prompt else noise_seed_for(one.phrase, language, one.seed)
            for one in group.requests
        )
        variations = tuple(one.tuning.variation_seed for one in group.requests)
        order = GenerationSpec(
            first, ready.prompt, seeds, variations, ready.space, refiner, ready.enlarge
        )
        return order, prompt, used

    def _ready_for(self, group: _Group) -> LoadedModel:
        """Return the model of a group, and tell its listeners what it takes to load it."""
        first = group.first

        def tell(checked: float | None = None) -> None:
            for hooks in group.hooks:
                hooks.on_progress(Progress(0, first.steps, PainterStage.LOADING, checked=checked))

        if self._residents.peek(first.model) is None:
            tell()
        return self._ready(first.model, _size(None, group), group.cancel, tell)

    def _ready(
        self,
        name: str,
        size: WorkloadSize,
        cancel: CancelToken,
        on_checked: Callable[[float], None] = lambda _share: None,
    ) -> LoadedModel:
        try:
            model = self._residents.ready(name, size, cancel, on_checked)
        except BaseException as error:
            is_empty = self._residents.latest is None
            lost = PainterStage.WAITING if isinstance(error, Cancelled) else PainterStage.FAILED
            self._stage = lost if is_empty else PainterStage.READY
            raise
        self._stage = PainterStage.READY
        self._read_by[model.name] = model.family.language
        return model


def _size(model: LoadedModel | None, group: _Group) -> WorkloadSize:
    """Return the largest size that is drawn."""
    first, count = group.first, len(group.requests)
    if first.hires is None:
        return WorkloadSize(first.width, first.height, count)
    multiple = model.family.side_multiple if model is not None else 8
    width, height = hires_size(first.width, first.height, first.hires.scale, multiple)
    return WorkloadSize(width, height, count)


def _check_refiner(model: LoadedModel, refiner: LoadedModel) -> None:
    """Refuse a second model that reads other latents than the first one writes."""
    if not model.space.is_like(refiner.space):
        raise InvalidRequest(
            "draw.refiner",
            model=model.name,
            family=model.family.name,
            refiner=refiner.name,
            other=refiner.family.name,
        )


def _versions(plan: DevicePlan, stand_in: str) -> tuple[tuple[str, str], ...]:
    names = ("torch", "diffusers", "transformers")
    device = f"{plan.device} {plan.dtype} {stand_in}".rstrip()
    return (*((name, version(name)) for name in names), ("device", device))
