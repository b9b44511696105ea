"""The models that are loaded: opened, planned, placed, kept within a budget of memory.

Knows the library and the machine. Does not know what is drawn, only how large. Everything but
`peek` is called on the one thread that draws.
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

SMALL_WORK = 256 << 20  # bytes that may stay with us between drawings

MOST_PLANS = 8  # a ladder has six steps, and the CPU two


@dataclass(frozen=True, slots=True)
class WorkloadSize:
    """How large the work is: the largest picture of a drawing, and how many in one go."""

    width: int
    height: int
    pictures: int = 1


@dataclass(slots=True)
class _CachedModel:
    """A loaded model, and the work that its plan was made for."""

    model: LoadedModel
    needs: MemoryEstimate


class _HashProgress:
    """Told how many bytes were checked: passes the share on, and leaves when asked to stop."""

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
    """Loads models when they are asked for and lets the oldest go.

    Args:
        options: device flags of the command line.
        memory: which plans ran out of memory before.
        on_loaded: called after every load with one line: what, where, how long each part took.
        on_stage: told what is going on.
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
        """Return the model that was asked for last; may be called from any thread."""
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
        """Return the model of that name, loaded in a way that work of that size fits into.

        Args:
            on_checked: told the share of the model's bytes that were compared with their digest,
                a hundred times at most; a model that is known is not read again.

        Raises:
            ModelNotFound, ModelFileError, CannotDraw: it cannot be used.
            Cancelled: asked to stop before it was loaded.
        """
        with building(cancel):
            found = self._library.find(name)  # told before seconds of imports; may be an alias
            if found.probe is not None:
                check_drawable(found, found.probe)
            cached = None if self._pool is None else self._pool.get(found.name)
            if cached is None or not self._suits(cached, size):
                watch = _HashProgress(found.size_bytes, cancel, on_checked)
                cached = self._load(found, size, watch)
            self._latest = cached.model
            return cached.model

    @contextmanager
    def using(self, model: LoadedModel) -> Iterator[None]:
        """Keep a model from leaving while another one is made ready."""
        if self._pool is None:
            raise RuntimeError("no model was loaded yet")
        with self._pool.using(model.name):
            yield

    def rest(self, model: LoadedModel) -> None:
        """Give back what a large drawing worked with; a small one's is kept for the next."""
        cached = None if self._pool is None else self._pool.peek(model.name)
        if cached is not None and working_bytes(model.plan, cached.needs) > SMALL_WORK:
            trim()

    def step_down(self, model: LoadedModel) -> bool:
        """Remember that a model's plan ran out of memory; tell whether there is another plan.

        The model leaves then; `ready` loads it by the next plan.
        """
        cached = None if self._pool is None else self._pool.get(model.name)
        if self._pool is None or cached is None:
            return False
        self._oom_history.remember_failure(model.plan, cached.needs)
        others = self._plans(self._machine(beside=cached), cached.needs)
        if _load_key(others[0]) == _load_key(model.plan):
            return False
        failed, following = model.plan.line, others[0].line
        log.warning("%s ran out of memory (%s), next: %s", model.name, failed, following)
        self._latest = None
        self._pool.drop(model.name)
        return True

    def _suits(self, cached: _CachedModel, size: WorkloadSize) -> bool:
        """Tell whether a loaded model can do work of this size as it is; set its tiles."""
        needs = cached.needs.at(size.width, size.height, size.pictures)
        if needs.size_class == cached.needs.size_class:
            return True
        best = self._plans(self._machine(beside=cached), needs)[0]
        plan = cached.model.plan
        if _load_key(replace(best, is_tiled=plan.is_tiled)) != _load_key(plan):
            if self._pool is not None:
                self._pool.drop(cached.model.name)
            return False
        set_tiles(cached.model.pipeline.vae, is_tiled=best.is_tiled)
        best = replace(best, attention=plan.attention)
        cached.model = replace(cached.model, plan=best)
        cached.needs = needs
        return True

    def _load(self, found: Model, size: WorkloadSize, watch: _HashProgress) -> _CachedModel:
        times = [("start", time.perf_counter())]
        if self._pool is None:
            self._on_stage(PainterStage.IMPORTING)
            import_libraries(self._options)
            keep_freed()
            self._pool = ModelLru(self._budget())
            times.append(("import", time.perf_counter()))
        watch.check_cancelled()
        self._on_stage(PainterStage.LOADING)
        opened = self._library.open_verified(found.name, watch)
        times.append(("verify", time.perf_counter()))
        needs = estimate_memory(found).at(size.width, size.height, size.pictures)
        self._latest = None
        model = self._built(self._pool, opened, needs)
        cached = _CachedModel(model, needs)
        self._pool.put(found.name, cached, weight_bytes(model.plan, needs))
        times.append(("build", time.perf_counter()))
        self._on_loaded(f"{found.name}, {model.plan.line}, {_spent(times)}")
        return cached

    def _built(
        self, pool: ModelLru[_CachedModel], opened: OpenedModel, needs: MemoryEstimate
    ) -> LoadedModel:
        """Build a model by the best plan; by the next ones where not even its weights fit."""
        failed: DevicePlan | None = None
        for _ in range(MOST_PLANS):
            plan = self._plans(self._machine(), needs)[0]
            if failed is not None and _load_key(plan) == _load_key(failed):
                break
            self._make_room(pool, plan, needs)
            try:
                return load(opened, plan, xformers=self._options.xformers)
            except (RuntimeError, MemoryError) as error:
                if not is_out_of_memory(error):
                    raise
                log.warning("%s: no memory to load it (%s)", opened.name, plan.line)
            self._oom_history.remember_failure(plan, needs)
            give_back()  # here, when the error's traceback holds nothing any more
            failed = plan
        raise OutOfMemory("draw.memory", width=needs.width, height=needs.height)

    def _budget(self) -> int:
        """Return what the models may take together, of the memory in which they rest."""
        machine, options = detect(self._options), self._options
        rests_in_ram = options.offload is not Offload.NONE
        return budget(machine.ram.free if rests_in_ram else machine.free, options.cache_bytes)

    def _plans(self, machine: Machine, needs: MemoryEstimate) -> tuple[DevicePlan, ...]:
        return plans(machine, needs, self._options, self._oom_history)

    def _machine(self, beside: _CachedModel | None = None) -> Machine:
        """Return the machine as if nothing that may leave were loaded, `beside` included."""
        machine = detect(self._options)
        pool = self._pool
        if pool is None:
            return machine
        held = sum(
            weight_bytes(one.model.plan, one.needs)
            for name, one in pool.items()
            if _lies_on(one.model.plan, machine) and (one is beside or not pool.is_used(name))
        )
        return replace(machine, free=min(machine.total, machine.free + held))

    def _make_room(
        self, pool: ModelLru[_CachedModel], plan: DevicePlan, needs: MemoryEstimate
    ) -> None:
        """Let others leave: until the budget allows the model, and until it really fits."""
        pool.make_room(weight_bytes(plan, needs))
        reserve = CPU_RESERVE if plan.device == "cpu" else GPU_RESERVE
        missing = plan.peak_bytes + reserve - detect(self._options).free
        if missing > 0 and len(pool):
            pool.make_room(pool.budget_bytes - pool.held_bytes + missing)


def _load_key(plan: DevicePlan) -> tuple[str, str, Offload, str, bool]:
    """Return what a model has to be loaded anew for, and its tiles."""
    return plan.device, plan.dtype, plan.offload, plan.storage, plan.is_tiled


def _lies_on(plan: DevicePlan, machine: Machine) -> bool:
    """Tell whether a model's weights take the memory that the machine draws in."""
    return plan.device == machine.device and (machine.is_cpu or plan.offload is Offload.NONE)


def _spent(times: list[tuple[str, float]]) -> str:
    """Return "1.2 s (import 0.9, verify 0.1, build 0.2)" of a list of moments."""
    parts = ", ".join(
        f"{name} {after - before:.2f}" for (_, before), (name, after) in pairwise(times)
    )
    return f"{times[-1][1] - times[0][1]:.2f} s ({parts})"
