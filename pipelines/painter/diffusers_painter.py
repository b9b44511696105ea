"""Requests become pictures: bridge, load, draw. The one implementation of Painter.

Knows no queue and no files but the library's. The build lock (contract/build_lock.py) guards every
model construction; nothing else is locked: drawing happens on the one worker thread.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from importlib.metadata import version

from models.library import Library
from pipelines.bridge import noise_seed_for, prompt_for
from pipelines.contract.cancel import NEVER, CancelToken, when_all
from pipelines.contract.errors import Cancelled, InvalidRequest, OutOfMemory
from pipelines.contract.painter import (
    AddonFile,
    Hooks,
    KnownModel,
    Meter,
    PainterStage,
    Picture,
    PlanSummary,
    Progress,
    UsedFile,
)
from pipelines.contract.requests import DEFAULT_MODEL, DEFAULT_SIDE, PictureRequest
from pipelines.image.accelerate.denoiser import drawn_by
from pipelines.image.generate.generate import generate
from pipelines.image.generate.hires import hires_size
from pipelines.image.generate.init_image import OpenPicture, no_pictures
from pipelines.image.generate.spec import GenerationSpec
from pipelines.image.loading.load import LoadedModel
from pipelines.image.loading.model_cache import ModelCache, WorkloadSize
from pipelines.image.memory.device import DeviceOptions, DevicePlan
from pipelines.image.memory.oom_history import OomHistory
from pipelines.image.networks.apply import NetworkApplier
from pipelines.painter.model_info import ModelInfo

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Group:
    """A batch: requests that are drawn in one go, with hooks each."""

    requests: tuple[PictureRequest, ...]
    hooks: tuple[Hooks, ...]

    @property
    def first(self) -> PictureRequest:
        return self.requests[0]

    @property
    def cancel(self) -> CancelToken:
        return when_all(hooks.cancel for hooks in self.hooks)

    def singles(self) -> tuple[_Group, ...]:
        """Return a batch of one for each picture."""
        pairs = zip(self.requests, self.hooks, strict=True)
        return tuple(_Group((request,), (hooks,)) for request, hooks in pairs)


class DiffusersPainter:
    """Draws with diffusers; keeps models loaded while they fit.

    Args:
        library: where models come from, verified.
        options: device flags of the command line.
        on_loaded: called after every load with one line: what, where, how long each part took.
        open_picture: finds init images and masks; see `open_pictures_with`.
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
        self._open_picture = open_picture
        self._stage = PainterStage.WAITING
        self._model_cache = ModelCache(
            library,
            options or DeviceOptions(),
            memory or OomHistory(),
            on_loaded or log.info,
            self._enter,
        )
        self._networks = NetworkApplier(library)
        self._info = ModelInfo(library, self._model_cache, self._networks)

    def open_pictures_with(self, open_picture: OpenPicture) -> None:
        """Use another finder of init images and masks; see the Painter protocol."""
        self._open_picture = open_picture

    @property
    def stage(self) -> PainterStage:
        """What it is doing right now; may be read from any thread."""
        return self._stage

    def _enter(self, stage: PainterStage) -> None:
        self._stage = stage

    # ---- what is known of models; from any thread

    def families(self) -> Mapping[str, str]:
        """Return the models that a request may name: name -> family."""
        return self._info.families()

    def known(self, name: str) -> KnownModel | None:
        """Return the model that a name means; see the Painter protocol."""
        return self._info.known(name)

    def check(self, request: PictureRequest) -> None:
        """Raise what `draw` would raise about names and sizes; see the Painter protocol."""
        self._info.check(request)

    def parts(self) -> tuple[AddonFile, ...]:
        """Return what may take part besides a model, by kind and name."""
        return self._info.parts()

    def plan(self, model: str) -> tuple[PlanSummary, ...]:
        """Return how a model works on this machine; () while it is not loaded."""
        return self._info.plan(model)

    def measure(self, prompt: str, model: str, steps: int) -> Meter | None:
        """Count a prompt's tokens; None while the model is not loaded."""
        return self._info.measure(prompt, model, steps)

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
        return tuple(self._alone(one) for one in group.singles())

    def _alone(self, group: _Group) -> Picture | None:
        try:
            return self._pictures(group)[0]
        except Cancelled:
            return None

    def _pictures(self, group: _Group) -> tuple[Picture, ...]:
        """Draw a batch; where memory runs out, once more by the next plan."""
        is_second_try = False
        while True:
            model = self._ready_for(group)
            try:
                return self._drawn(model, group)
            except OutOfMemory as error:
                is_hopeless = is_second_try or len(group.requests) > 1
                if is_hopeless or not self._model_cache.step_down(model):
                    raise
                # its frames hold the tensors that did not fit
                error.__cause__ = error.__context__ = error.__traceback__ = None
            del model  # it has left; the next one comes before this name is given anew
            is_second_try = True

    def _drawn(self, model: LoadedModel, group: _Group) -> tuple[Picture, ...]:
        with ExitStack() as stack:
            spec, prompt, used = self._spec(model, group, stack)
            self._stage = PainterStage.DRAWING
            stack.callback(self._enter, PainterStage.READY)
            result = generate(model, spec, group.hooks, self._open_picture)
        self._model_cache.release_work(model)
        return tuple(
            Picture(
                image=image,
                request=request,
                prompt=prompt,
                model_sha256=model.sha256,
                seconds=result.seconds / len(group.requests),
                versions=_versions(model.plan, drawn_by(model.denoiser)),
                used=used,
            )
            for image, request in zip(result.images, group.requests, strict=True)
        )

    def _spec(
        self, model: LoadedModel, group: _Group, stack: ExitStack
    ) -> tuple[GenerationSpec, str, tuple[UsedFile, ...]]:
        """Return what to generate, the prompt as it was written, and the files that take part."""
        first, language = group.first, model.family.language
        prompt = first.prompt or prompt_for(first.phrase, language)
        applied = self._networks.apply_networks(model, first, prompt, group.cancel)
        used = applied.used
        refiner = None
        if first.refiner is not None:
            stack.enter_context(self._model_cache.using(model))
            refiner = self._ready(first.refiner.model, _size(model, group), group.cancel)
            _check_refiner(model, refiner)
            # what the prompt names was made for the first model; nothing of an older drawing stays
            self._networks.remove_networks(refiner)
            used += (UsedFile("refiner", refiner.name, refiner.sha256, refiner.sha256[:10]),)
        # a prompt of one's own is the whole of what is drawn: its seed is the seed
        seeds = tuple(
            one.seed if one.prompt else noise_seed_for(one.phrase, language, one.seed)
            for one in group.requests
        )
        variation_seeds = tuple(one.tuning.variation_seed for one in group.requests)
        spec = GenerationSpec(
            first,
            applied.prompt,
            seeds,
            variation_seeds,
            space=applied.space,
            refiner=refiner,
            enlarge=applied.enlarge,
        )
        return spec, prompt, used

    def _ready_for(self, group: _Group) -> LoadedModel:
        """Return the model of a batch, loaded; report to its hooks while it is being loaded."""
        first = group.first

        def report(checked: float | None = None) -> None:
            for hooks in group.hooks:
                hooks.on_progress(Progress(0, first.steps, PainterStage.LOADING, checked=checked))

        if self._model_cache.peek(first.model) is None:
            report()
        return self._ready(first.model, _size(None, group), group.cancel, report)

    def _ready(
        self,
        name: str,
        size: WorkloadSize,
        cancel: CancelToken,
        on_checked: Callable[[float], None] = lambda _share: None,
    ) -> LoadedModel:
        try:
            model = self._model_cache.ready(name, size, cancel, on_checked)
        except BaseException as error:
            is_empty = self._model_cache.latest is None
            lost = PainterStage.WAITING if isinstance(error, Cancelled) else PainterStage.FAILED
            self._stage = lost if is_empty else PainterStage.READY
            raise
        self._stage = PainterStage.READY
        self._info.note_language(model)
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
    """Refuse a refiner whose latents are others than those of the base model."""
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
