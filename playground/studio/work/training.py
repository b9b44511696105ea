"""Fine-tune language models, one at a time, on a thread of its own.

Knows where jobs and models lie and who may learn from what; knows no widgets. Readers of its
state get a snapshot; errors are data. A training that was stopped, or whose process died, can go
on.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from models.errors import PlaygroundError
from models.library import OWN_FOLDER, Library
from models.probe import ModelKind
from pipelines.contract.cancel import CancelToken
from pipelines.contract.errors import Cancelled, TrainingError
from pipelines.training.finetune.consent import Consent
from pipelines.training.finetune.curve import Point
from pipelines.training.finetune.dataset import DataSet
from pipelines.training.finetune.folder import parse_name
from pipelines.training.finetune.job import DataFacts, JobFolder, TrainingJob, unfinished
from pipelines.training.finetune.run import (
    Places,
    RunHooks,
    TrainingReport,
    TrainingStage,
    fine_tune,
)
from pipelines.training.finetune.settings import TrainingSettings
from playground.studio.work.consent_store import ConsentStore

JOBS = Path("training") / "finetune"
LANGUAGES = "languages"  # below our own models folder
PARTIAL = "partial"
CLOSE_SECONDS = 20.0

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Training:
    """What is being learned, or was learned last.

    Attributes:
        points: the curve so far.
        done, steps: of the learning, then of the replies; steps is 0 before it begins.
        seconds_left: inf while it is unknown.
        report: what came of it; None while it runs or when it failed.
        error: why it failed or stopped; None while it runs and when it went well.
    """

    name: str
    base: str
    stage: TrainingStage = TrainingStage.LOADING
    points: tuple[Point, ...] = ()
    done: int = 0
    steps: int = 0
    seconds_left: float = float("inf")
    is_running: bool = True
    report: TrainingReport | None = None
    error: PlaygroundError | None = None


class TrainingWork:
    """The one thread that teaches models.

    Args:
        run: does a training; `fine_tune` unless a test has another.
    """

    def __init__(
        self,
        library: Library,
        data_dir: Path,
        consents: ConsentStore,
        *,
        clock: Callable[[], float] = time.time,
        run: Callable[[JobFolder, Places, RunHooks], TrainingReport] = fine_tune,
    ) -> None:
        self.library = library
        self.consents = consents
        self._data_dir = data_dir
        self._jobs = data_dir / JOBS
        self._clock = clock
        self._fine_tune = run
        self._lock = threading.Lock()  # taken alone
        self._stop = threading.Event()
        self._training: Training | None = None
        self._thread: threading.Thread | None = None

    @property
    def now(self) -> Training | None:
        """What is being learned, or was learned last; None at first."""
        return self._training

    @property
    def models_folder(self) -> Path:
        """Where trained models are put."""
        return self._data_dir / OWN_FOLDER / LANGUAGES

    def bases(self) -> tuple[str, ...]:
        """Return the names of the models that can learn, builtin ones first."""
        return tuple(
            model.name
            for model in self.library.models()
            if model.is_folder
            and model.flaw is None
            and model.probe is not None
            and model.probe.kind is ModelKind.TEXT_MODEL
        )

    def unfinished(self) -> tuple[str, ...]:
        """Return the names of trainings that can go on; the running one is not among them."""
        now = self._training
        running = now.name if now is not None and now.is_running else None
        return tuple(name for name in unfinished(self._jobs) if name != running)

    def start(
        self, data: DataSet, name: str, base: str, consent: Consent, settings: TrainingSettings
    ) -> None:
        """Record the consent, write down the job and begin.

        Raises:
            TrainingError: something else is being learned, or the name cannot be used.
            ModelNotFound, DiskError: says why not; nothing has begun.
        """
        taken = [path.name for path in self.models_folder.glob("*")] + list(self.bases())
        name = parse_name(name, (*taken, *self.unfinished()))
        base = self.library.find(base).name
        job = TrainingJob(name, base, consent, settings, DataFacts.of(data))

        def begin() -> None:
            JobFolder(self._jobs, name).create(job, data.rows)
            self.consents.add(job, self._clock())

        self._begin(Training(name, base), begin)

    def resume(self, name: str) -> None:
        """Go on with a training that was stopped or killed.

        Raises TrainingError when there is none of that name, or something is being learned.
        """
        if name not in self.unfinished():
            raise TrainingError("training.no_job", name=name[:40])
        job, _rows = JobFolder(self._jobs, name).read()
        self._begin(Training(name, job.base), lambda: None)

    def forget(self, name: str) -> None:
        """Remove a training that was stopped or killed, and its masked rows."""
        if name not in self.unfinished():
            raise TrainingError("training.no_job", name=name[:40])
        JobFolder(self._jobs, name).remove()

    @property
    def is_running(self) -> bool:
        """Whether something is being learned, or its end written down."""
        return self._training is not None and self._training.is_running

    def stop(self) -> None:
        """Stop after this step; what was learned is kept."""
        self._stop.set()

    def join(self, timeout_seconds: float) -> None:
        """Wait until nothing is being learned."""
        if self._thread is not None:
            self._thread.join(timeout_seconds)

    def close(self) -> None:
        """Stop and wait for the checkpoint, when the program ends."""
        self.stop()
        self.join(CLOSE_SECONDS)

    def _begin(self, training: Training, prepare: Callable[[], None]) -> None:
        with self._lock:
            if self._training is not None and self._training.is_running:
                raise TrainingError("training.busy", name=self._training.name)
            prepare()
            self._training = training
            self._stop.clear()
            self._thread = threading.Thread(
                target=self._run, args=(training,), name="training", daemon=True
            )
            self._thread.start()

    def _run(self, training: Training) -> None:
        report: TrainingReport | None = None
        error: PlaygroundError | None = None
        try:
            report = self._train(training)
            self.library.scan()  # the new model is listed at once
        except Cancelled:
            error = TrainingError("training.stopped")
        except PlaygroundError as caught:
            error = caught
        except Exception as caught:  # the border of this thread
            log.exception("a training failed")
            error = TrainingError("page.unexpected", kind=type(caught).__name__)
        now = self._training or training
        self._training = replace(now, is_running=False, report=report, error=error)

    def _train(self, training: Training) -> TrainingReport:
        base = self.library.open_verified(training.base, self._check_stop)
        places = Places(base, self.models_folder / training.name, self._data_dir / PARTIAL)
        hooks = RunHooks(
            cancel=CancelToken(self._stop.is_set),
            on_stage=lambda stage: self._note(stage=stage),
            on_point=lambda point: self._note(point=point),
            on_step=lambda done, steps, left: self._note(step=(done, steps, left)),
            on_asked=lambda done, whole: self._note(step=(done, whole, float("inf"))),
        )
        return self._fine_tune(JobFolder(self._jobs, training.name), places, hooks)

    def _check_stop(self, _hashed: int) -> None:
        if self._stop.is_set():
            raise Cancelled

    def _note(
        self,
        *,
        stage: TrainingStage | None = None,
        point: Point | None = None,
        step: tuple[int, int, float] | None = None,
    ) -> None:
        """Show what has become; only the training thread calls this."""
        now = self._training
        if now is None:
            return
        if stage is not None:
            now = replace(now, stage=stage)
        if point is not None:
            now = replace(now, points=(*now.points, point))
        if step is not None:
            now = replace(now, done=step[0], steps=step[1], seconds_left=step[2])
        self._training = now
