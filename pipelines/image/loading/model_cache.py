"""Load models by name, each by the best memory plan, and cache them within a budget of bytes.

Knows the library and the machine, and of a request only its size. Everything but `peek` and
`latest` is called on the one thread that draws.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import pairwise

from models.entry import Model, OpenedModel
from models.library import Library
from models.shelves import check_drawable
from pipelines.contract.build_lock import building
from pipelines.contract.cancel import CancelToken
from pipelines.contract.errors import OutOfMemory
from pipelines.contract.painter import PainterStage
from pipelines.image.loading.load import LoadedModel, import_libraries, load
from pipelines.image.loading.lru import ModelLru, budget
from pipelines.image.memory.detect import Machine, detect
from pipelines.image.memory.device import DeviceOptions, DevicePlan, Offload
from pipelines.image.memory.estimate import MemoryEstimate, estimate_memory
from pipelines.image.memory.malloc import give_back, keep_freed, trim
from pipelines.image.memory.oom import is_out_of_memory
from pipelines.image.memory.oom_history import OomHistory
from pipelines.image.memory.place import set_tiles
from pipelines.image.memory.plan import (
    CPU_RESERVE,
    GPU_RESERVE,
    plans,
    weight_bytes,
    working_bytes,
)

log = logging.getLogger(__name__)

SMALL_WORK = 256 << 20  # bytes of freed memory that are not returned to the system

MOST_PLANS = 8  # a ladder has six steps, and the CPU two


@dataclass(frozen=True, slots=True)
class WorkloadSize:
    """The largest picture of a request, and how many are drawn in one batch."""

    width: int
    height: int
    pictures: int = 1


@dataclass(slots=True)
class _CachedModel:
    """A loaded model, and the memory estimate that its plan was made for."""

    model: LoadedModel
    estimate: MemoryEstimate


class _HashProgress:
    """Report the share of bytes that were hashed, and raise Cancelled when the job is cancelled."""

    def __init__(
        self, total: int, cancel: CancelToken, on_checked: Callable[[float], None]
    ) -> None:
        self._total, self._cancel, self._on_checked = total, cancel, on_checked
        self._percent = -1

    def check_cancelled(self) -> None:
        self._cancel.check()

    def __call__(self, done: int) -> None:
        self.check_cancelled()
        percent = min(100, 100 * done // max(1, self._total))
        if percent > self._percent:
            self._percent = percent
            self._on_checked(percent / 100)


class ModelCache:
    """Load models on request and evict the least recently used.

    Args:
        options: device flags of the command line.
        oom_history: which plans ran out of memory before.
        on_loaded: called after every load with one line: model, plan, seconds of each stage.
        on_stage: called with each stage of a load.
    """

    def __init__(
        self,
        library: Library,
        options: DeviceOptions,
        oom_history: OomHistory,
        on_loaded: Callable[[str], None],
        on_stage: Callable[[PainterStage], None],
    ) -> None:
        self._library, self._options, self._oom_history = library, options, oom_history
        self._on_loaded, self._on_stage = on_loaded, on_stage
        self._pool: ModelLru[_CachedModel] | None = None
        self._latest: LoadedModel | None = None

    @property
    def latest(self) -> LoadedModel | None:
        """Return the model that was requested last; may be called from any thread."""
        return self._latest

    def peek(self, name: str) -> LoadedModel | None:
        """Return a model if it is loaded; may be called from any thread."""
        latest, pool = self._latest, self._pool
        if latest is not None and latest.name == name:
            return latest
        cached = None if pool is None else pool.peek(name)
        return None if cached is None else cached.model

    def ready(
        self,
        name: str,
        size: WorkloadSize,
        cancel: CancelToken,
        on_checked: Callable[[float], None] = lambda _share: None,
    ) -> LoadedModel:
        """Return the model of that name, loaded by a plan that has memory for that size.

        Args:
            on_checked: called with the share of the model's bytes that were hashed, a hundred times
                at most; a model whose digest is known is not hashed again.

        Raises:
            ModelNotFound, ModelFileError, CannotDraw: it cannot be used.
            OutOfMemory: no plan has memory for its weights.
            Cancelled: the job was cancelled before the model was loaded.
        """
        with building(cancel):
            found = self._library.find(name)  # fails before seconds of imports; may be an alias
            if found.probe is not None:
                check_drawable(found, found.probe)
            cached = None if self._pool is None else self._pool.get(found.name)
            if cached is None or not self._suits(cached, size):
                progress = _HashProgress(found.size_bytes, cancel, on_checked)
                cached = self._load(found, size, progress)
            self._latest = cached.model
            return cached.model

    @contextmanager
    def using(self, model: LoadedModel) -> Iterator[None]:
        """Pin a model against eviction while another one is loaded."""
        if self._pool is None:
            raise RuntimeError("no model was loaded yet")
        with self._pool.using(model.name):
            yield

    def release_work(self, model: LoadedModel) -> None:
        """Return the working memory of a large picture to the system; a small one's is kept."""
        cached = None if self._pool is None else self._pool.peek(model.name)
        if cached is not None and working_bytes(model.plan, cached.estimate) > SMALL_WORK:
            trim()

    def step_down(self, model: LoadedModel) -> bool:
        """Record that a model's plan ran out of memory; return whether there is another plan.

        The model is evicted then, and `ready` loads it by the next plan.
        """
        cached = None if self._pool is None else self._pool.get(model.name)
        if self._pool is None or cached is None:
            return False
        self._oom_history.remember_failure(model.plan, cached.estimate)
        others = self._plans(self._machine(beside=cached), cached.estimate)
        if _load_key(others[0]) == _load_key(model.plan):
            return False
        failed, following = model.plan.line, others[0].line
        log.warning("%s ran out of memory (%s), next: %s", model.name, failed, following)
        self._latest = None
        self._pool.drop(model.name)
        return True

    def _suits(self, cached: _CachedModel, size: WorkloadSize) -> bool:
        """Return whether a loaded model's plan has memory for this size; set its VAE's tiling."""
        estimate = cached.estimate.at(size.width, size.height, size.pictures)
        if estimate.size_class == cached.estimate.size_class:
            return True
        best = self._plans(self._machine(beside=cached), estimate)[0]
        plan = cached.model.plan
        if _load_key(replace(best, is_tiled=plan.is_tiled)) != _load_key(plan):
            if self._pool is not None:
                self._pool.drop(cached.model.name)
            return False
        set_tiles(cached.model.pipeline.vae, is_tiled=best.is_tiled)
        best = replace(best, attention=plan.attention)
        cached.model = replace(cached.model, plan=best)
        cached.estimate = estimate
        return True

    def _load(self, found: Model, size: WorkloadSize, progress: _HashProgress) -> _CachedModel:
        times = [("start", time.perf_counter())]
        if self._pool is None:
            self._on_stage(PainterStage.IMPORTING)
            import_libraries(self._options)
            keep_freed()
            self._pool = ModelLru(self._budget())
            times.append(("import", time.perf_counter()))
        progress.check_cancelled()
        self._on_stage(PainterStage.LOADING)
        opened = self._library.open_verified(found.name, progress)
        times.append(("verify", time.perf_counter()))
        estimate = estimate_memory(found).at(size.width, size.height, size.pictures)
        self._latest = None
        model = self._built(self._pool, opened, estimate)
        cached = _CachedModel(model, estimate)
        self._pool.put(found.name, cached, weight_bytes(model.plan, estimate))
        times.append(("build", time.perf_counter()))
        self._on_loaded(f"{found.name}, {model.plan.line}, {_spent(times)}")
        return cached

    def _built(
        self, pool: ModelLru[_CachedModel], opened: OpenedModel, estimate: MemoryEstimate
    ) -> LoadedModel:
        """Build a model by the best plan; by the next ones where not even its weights fit."""
        failed: DevicePlan | None = None
        for _ in range(MOST_PLANS):
            plan = self._plans(self._machine(), estimate)[0]
            if failed is not None and _load_key(plan) == _load_key(failed):
                break
            self._make_room(pool, plan, estimate)
            try:
                return load(opened, plan, xformers=self._options.xformers)
            except (RuntimeError, MemoryError) as error:
                if not is_out_of_memory(error):
                    raise
                log.warning("%s: no memory to load it (%s)", opened.name, plan.line)
            self._oom_history.remember_failure(plan, estimate)
            give_back()  # here, where the error's traceback no longer holds tensors
            failed = plan
        raise OutOfMemory("draw.memory", width=estimate.width, height=estimate.height)

    def _budget(self) -> int:
        """Return the cache's budget, of RAM when models are offloaded, else of the device."""
        machine, options = detect(self._options), self._options
        is_offloaded = options.offload is not Offload.NONE
        return budget(machine.ram.free if is_offloaded else machine.free, options.cache_bytes)

    def _plans(self, machine: Machine, estimate: MemoryEstimate) -> tuple[DevicePlan, ...]:
        return plans(machine, estimate, self._options, self._oom_history)

    def _machine(self, beside: _CachedModel | None = None) -> Machine:
        """Return the machine as if everything that can be evicted were, `beside` included."""
        machine = detect(self._options)
        pool = self._pool
        if pool is None:
            return machine
        held = sum(
            weight_bytes(one.model.plan, one.estimate)
            for name, one in pool.items()
            if _lies_on(one.model.plan, machine) and (one is beside or not pool.is_used(name))
        )
        return replace(machine, free=min(machine.total, machine.free + held))

    def _make_room(
        self, pool: ModelLru[_CachedModel], plan: DevicePlan, estimate: MemoryEstimate
    ) -> None:
        """Evict others until the budget allows the model, and until it fits into free memory."""
        pool.make_room(weight_bytes(plan, estimate))
        reserve = CPU_RESERVE if plan.device == "cpu" else GPU_RESERVE
        missing = plan.peak_bytes + reserve - detect(self._options).free
        if missing > 0 and len(pool):
            pool.make_room(pool.budget_bytes - pool.held_bytes + missing)


def _load_key(plan: DevicePlan) -> tuple[str, str, Offload, str, bool]:
    """Return the fields of a plan for which a model has to be loaded again, and its tiling."""
    return plan.device, plan.dtype, plan.offload, plan.storage, plan.is_tiled


def _lies_on(plan: DevicePlan, machine: Machine) -> bool:
    """Return whether a model's weights lie in the memory of the machine's device."""
    return plan.device == machine.device and (machine.is_cpu or plan.offload is Offload.NONE)


def _spent(times: list[tuple[str, float]]) -> str:
    """Return "1.2 s (import 0.9, verify 0.1, build 0.2)" of a list of moments."""
    parts = ", ".join(
        f"{name} {after - before:.2f}" for (_, before), (name, after) in pairwise(times)
    )
    return f"{times[-1][1] - times[0][1]:.2f} s ({parts})"
