"""One training from a job's folder to a model's folder: load, measure, learn, check, write.

Knows the order of things. A stop leaves a checkpoint, and the same call goes on from it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from models.entry import OpenedModel
from pipelines.contract.cancel import NEVER, CancelToken
from pipelines.contract.errors import TrainingError
from pipelines.training.finetune.curve import Point, best
from pipelines.training.finetune.examples import Example, encode, mismatched
from pipelines.training.finetune.folder import write_folder
from pipelines.training.finetune.job import JobFolder, TrainingJob
from pipelines.training.finetune.learner import Learner
from pipelines.training.finetune.loop import Loop, LoopHooks
from pipelines.training.finetune.split import Split, split
from pipelines.training.finetune.verdict import TrainingVerdict, judge

QUESTION_RATIO = 1.03  # times the perplexity with the own question; less is noise
MOST_MEASURED = 500  # learned rows that are measured once more at the end, without dropout


class TrainingStage(StrEnum):
    """What a training is doing."""

    LOADING = "loading"
    LEARNING = "learning"
    CHECKING = "checking"
    WRITING = "writing"


@dataclass(frozen=True, slots=True)
class RunHooks:
    """Callbacks of a training; called on the thread that trains.

    Attributes:
        on_asked: gets how many of how many replies are sampled for the collapse detectors.
    """

    cancel: CancelToken = NEVER
    on_stage: Callable[[TrainingStage], None] = lambda stage: None
    on_point: Callable[[Point], None] = lambda point: None
    on_step: Callable[[int, int, float], None] = lambda done, steps, seconds: None
    on_asked: Callable[[int, int], None] = lambda done, whole: None

    def loop(self) -> LoopHooks:
        """Return those that the loop needs."""
        return LoopHooks(self.cancel, self.on_point, self.on_step)


@dataclass(frozen=True, slots=True)
class TrainingReport:
    """What came of a training.

    Attributes:
        untuned_ppl, val_ppl: held-out perplexity before, and of the weights that were kept.
        train_ppl: of learned rows with those weights, measured in the same way.
        other_ppl: of the held-out replies behind questions of other rows; 0 for plain lines.
        best_epoch: whose weights were kept.
        stopped_early: the held-out perplexity no longer fell.
        learned, held_out, repeated, capped, cut: how many rows were what.
    """

    name: str
    untuned_ppl: float
    val_ppl: float
    train_ppl: float
    other_ppl: float
    best_epoch: int
    stopped_early: bool
    learned: int
    held_out: int
    repeated: int
    capped: int
    cut: int
    verdict: TrainingVerdict
    licence: str = ""
    points: tuple[Point, ...] = field(default=(), repr=False)

    @property
    def has_improved(self) -> bool:
        """Return whether the held-out perplexity fell."""
        return self.val_ppl < self.untuned_ppl

    @property
    def hears_questions(self) -> bool:
        """Return whether a reply is likelier behind its own question than behind another.

        It is not when questions and replies were put together at random.
        """
        return not self.other_ppl or self.other_ppl > self.val_ppl * QUESTION_RATIO

    @property
    def has_complaint(self) -> bool:
        """Return whether learning did not help, whatever the replies look like."""
        return not (self.has_improved and self.hears_questions)

    def to_json(self) -> dict[str, Any]:
        """Return the report as plain data, without the curve."""
        names = (
            *("untuned_ppl", "val_ppl", "train_ppl", "other_ppl", "best_epoch", "stopped_early"),
            *("learned", "held_out", "repeated", "capped", "cut", "licence"),
        )
        facts = {name: getattr(self, name) for name in names}
        return {**facts, "verdict": self.verdict.to_json()}


@dataclass(frozen=True, slots=True)
class Places:
    """Where things are.

    Attributes:
        base: the model that learns, verified.
        target: the folder to be written.
        partial: where it is put together, on the same disk.
    """

    base: OpenedModel
    target: Path
    partial: Path


def fine_tune(folder: JobFolder, places: Places, hooks: RunHooks = RunHooks()) -> TrainingReport:
    """Train from the beginning or from the checkpoint; return what came of it.

    Raises:
        Cancelled: the training was cancelled; the same call goes on later.
        TrainingError, LanguageModelError, ModelFileError, DiskError: says why not; the job stays
            as it is.
    """
    from pipelines.text.neural import load

    job, rows = folder.read()
    hooks.on_stage(TrainingStage.LOADING)
    parts = split(rows, job.settings.holdout, job.settings.seed)
    if not parts.learned or not parts.held_out:
        raise TrainingError("training.nothing_left", rows=len(rows))
    with places.base.reading() as base:
        model = load(base, job.base, hooks.cancel)
    room = min(model.context, job.settings.max_tokens)
    learned = encode(parts.learned, model.vocabulary, room)
    held_out = encode(parts.held_out, model.vocabulary, room)
    hooks.on_stage(TrainingStage.LEARNING)
    learner = Learner(model, job.settings)
    loop = Loop(learner, learned, held_out, job.settings, folder.checkpoints, hooks.loop())
    stopped_early = loop.run()
    learner.finish()
    hooks.on_stage(TrainingStage.CHECKING)
    report = _report(job, parts, loop, learned, stopped_early, hooks)
    hooks.on_stage(TrainingStage.WRITING)
    write_folder(model, places.target, places.partial, loop.points, record(job, report))
    folder.remove()
    return report


def _report(
    job: TrainingJob,
    parts: Split,
    loop: Loop,
    learned: tuple[Example, ...],
    stopped_early: bool,
    hooks: RunHooks,
) -> TrainingReport:
    chosen = best(loop.points)
    if chosen is None or chosen.val_ppl is None or loop.points[0].val_ppl is None:
        raise RuntimeError("a training ended without a measured epoch")
    step = max(1, len(learned) // MOST_MEASURED)
    train_ppl = loop.measure(learned[::step])
    model = loop.learner.model
    return TrainingReport(
        name=job.name,
        untuned_ppl=loop.points[0].val_ppl,
        val_ppl=chosen.val_ppl,
        train_ppl=train_ppl,
        other_ppl=loop.measure(mismatched(loop.held_out)) if parts.held_out[0].question else 0.0,
        best_epoch=chosen.epoch,
        stopped_early=stopped_early,
        learned=len(parts.learned),
        held_out=len(parts.held_out),
        repeated=parts.repeated,
        capped=parts.capped,
        cut=sum(example.is_cut for example in learned),
        verdict=judge(model, parts, (train_ppl, chosen.val_ppl), hooks.cancel, hooks.on_asked),
        licence=model.licence,
        points=tuple(loop.points),
    )


def record(job: TrainingJob, report: TrainingReport) -> dict[str, Any]:
    """Return the contents of training.json."""
    return {**job.to_json(), "report": report.to_json()}
