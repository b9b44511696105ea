"""The training loop: AdamW, warm-up and cosine, clipped gradients, early stopping, best weights.

Every choice is a function of the seed and of where the run is, dropout included: so a run that was
killed and goes on from its checkpoint draws the same curve as one that was left alone. Knows
tokens and tensors; knows neither files of a person nor a page.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from pipelines.contract.cancel import NEVER, CancelToken
from pipelines.contract.errors import Cancelled, TrainingError
from pipelines.training.finetune.checkpoint import Checkpoints
from pipelines.training.finetune.curve import Point, perplexity, rate_at, seconds_left
from pipelines.training.finetune.examples import Example, collate, drawn_labels, order
from pipelines.training.finetune.learner import Learner
from pipelines.training.finetune.settings import TrainingSettings

CHECKPOINT_SECONDS = 60.0
LINES_AN_EPOCH = 10
CLIP = 1.0
BETTER = 0.999  # of the best perplexity so far counts as better; less is noise


@dataclass(frozen=True, slots=True)
class LoopHooks:
    """Callbacks of a run; called on the thread that trains.

    Attributes:
        on_point: gets every point of the curve once, those of an earlier process first.
        on_step: gets how many steps are done, how many there are, and the seconds left.
    """

    cancel: CancelToken = NEVER
    on_point: Callable[[Point], None] = lambda point: None
    on_step: Callable[[int, int, float], None] = lambda done, steps, seconds: None


@dataclass(slots=True)
class _TrainerState:
    """Where a run is; all of it goes into the checkpoint."""

    step: int = 0
    epoch: int = 1
    batch: int = 0
    epoch_nats: float = 0.0
    epoch_tokens: int = 0
    line_nats: float = 0.0
    line_tokens: int = 0
    best_ppl: float = 0.0
    worse_epochs: int = 0
    is_over: bool = False


@dataclass(slots=True)
class Loop:
    """One run.

    Attributes:
        points: the curve so far; the first is the untuned model.
    """

    learner: Learner
    learned: Sequence[Example]
    held_out: Sequence[Example]
    settings: TrainingSettings
    checkpoints: Checkpoints
    hooks: LoopHooks = LoopHooks()
    clock: Callable[[], float] = time.monotonic
    points: list[Point] = field(default_factory=list)
    _place: _TrainerState = field(default_factory=_TrainerState)
    _optimizer: Any = None
    _saved_at: float = 0.0

    @property
    def steps_an_epoch(self) -> int:
        """How many batches an epoch has."""
        return -(-len(self.learned) // self.settings.batch)

    @property
    def steps(self) -> int:
        """How many steps there are when nothing ends it early."""
        return self.steps_an_epoch * self.settings.epochs

    def run(self) -> bool:
        """Train to the end; return whether it stopped early. The best weights are loaded then.

        Raises:
            Cancelled: the training was cancelled; its state is in the checkpoint.
            TrainingError: the numbers went out of bounds, or the checkpoint is not of this run.
        """
        self._optimizer = self.learner.optimizer(self.settings.rate(self.learner.model.parameters))
        if self.checkpoints.exists():
            self._go_on()
        else:
            self._record(
                Point(0, 0, 0, self.steps_an_epoch, 0.0, 0.0, 0.0, self.measure(self.held_out))
            )
        self._saved_at = started = self.clock()
        first = self._place.step
        while not self._place.is_over:
            self._epoch(started, first)
        best = self.checkpoints.load_best()
        if best is not None:
            self.learner.take(best)
        return self._place.epoch <= self.settings.epochs

    def measure(self, examples: Sequence[Example]) -> float:
        """Return the perplexity of some rows: a mean over all their tokens, no dropout."""
        import torch

        self.learner.network.eval()
        nats = tokens = 0.0
        places = sorted(range(len(examples)), key=lambda place: examples[place].length)
        size = self.settings.batch
        with torch.inference_mode():
            for start in range(0, len(places), size):
                self.hooks.cancel.check()
                batch = self._batch(examples, places[start : start + size])
                nats += float(self.learner.nats(batch))
                tokens += batch.tokens
        return perplexity(nats, tokens)

    def _epoch(self, started: float, first: int) -> None:
        place, seed = self._place, self.settings.seed
        batches = order(self.learned, self.settings.batch, seed, place.epoch)
        line_every = max(1, len(batches) // LINES_AN_EPOCH)
        while place.batch < len(batches):
            if self.hooks.cancel.is_cancelled:
                self._save()
                raise Cancelled
            rate = self._step(batches[place.batch])
            left = seconds_left(place.step - first, self.steps - first, self.clock() - started)
            self.hooks.on_step(place.step, self.steps, left)
            is_last = place.batch == len(batches)
            if is_last or place.batch % line_every == 0:
                self._log_point(len(batches), rate, is_last)
            if not is_last and self.clock() - self._saved_at > CHECKPOINT_SECONDS:
                self._save()
        place.epoch, place.batch = place.epoch + 1, 0
        place.epoch_nats = place.epoch_tokens = 0
        place.is_over = place.is_over or place.epoch > self.settings.epochs
        self._save()

    def _step(self, places: Sequence[int]) -> float:
        """Take one optimizer step on a batch; return its learning rate."""
        import torch

        place, settings = self._place, self.settings
        key = f"{settings.seed} {place.epoch} {place.batch}"
        labels = drawn_labels(self.learned, places, settings.label_dropout, key)
        batch = self._batch(self.learned, places, labels)
        rate = rate_at(place.step, self.steps, settings.rate(self.learner.model.parameters))
        for group in self._optimizer.param_groups:
            group["lr"] = rate
        self.learner.network.train()
        torch.manual_seed(settings.seed * 1_000_003 + place.step)  # of the dropout
        nats = self.learner.nats(batch)
        (nats / max(1, batch.tokens)).backward()  # the mean over tokens, not over rows
        norm = torch.nn.utils.clip_grad_norm_(self.learner.trainable.values(), CLIP)
        if not bool(torch.isfinite(norm)):
            raise TrainingError("training.diverged", step=place.step + 1, rate=f"{rate:.1e}")
        self._optimizer.step()
        self._optimizer.zero_grad(set_to_none=True)
        loss = float(nats.detach())
        place.epoch_nats += loss
        place.line_nats += loss
        place.epoch_tokens += batch.tokens
        place.line_tokens += batch.tokens
        place.step += 1
        place.batch += 1
        return rate

    def _log_point(self, batches: int, rate: float, is_last: bool) -> None:
        """Record a point; measure the validation perplexity when the epoch is over."""
        place = self._place
        value = self.measure(self.held_out) if is_last else None
        point = Point(
            step=place.step,
            epoch=place.epoch,
            batch=place.batch,
            batches=batches,
            loss=place.line_nats / max(1, place.line_tokens),
            learning_rate=rate,
            train_ppl=perplexity(place.epoch_nats, place.epoch_tokens),
            val_ppl=value,
        )
        place.line_nats, place.line_tokens = 0.0, 0
        if value is not None:
            self._judge(value)
        self._record(point)

    def _judge(self, val_ppl: float) -> None:
        """Keep the weights when they are the best; stop early after `patience` worse epochs."""
        place = self._place
        if not place.best_ppl or val_ppl < place.best_ppl * BETTER:
            place.best_ppl, place.worse_epochs = val_ppl, 0
            self.checkpoints.save_best(self.learner.trainable, place.step)
        else:
            place.worse_epochs += 1
            place.is_over = place.worse_epochs >= self.settings.patience

    def _record(self, point: Point) -> None:
        self.points.append(point)
        self.hooks.on_point(point)

    def _batch(
        self,
        examples: Sequence[Example],
        places: Sequence[int],
        labels: Sequence[int] | None = None,
    ) -> Any:
        own = [examples[place].label for place in places] if labels is None else labels
        return collate(examples, places, own, self.learner.model.end_id)

    def _save(self) -> None:
        tensors = {f"weight.{name}": weight for name, weight in self.learner.trainable.items()}
        for name, weight in self.learner.trainable.items():
            moments = self._optimizer.state.get(weight, {})
            tensors |= {f"adam.{key}.{name}": value for key, value in moments.items()}
        facts = {
            "place": asdict(self._place),
            "points": [point.to_json() for point in self.points],
            "settings": self.settings.to_json(),
            "rows": [len(self.learned), len(self.held_out)],
        }
        self.checkpoints.save(facts, tensors, self._place.step)
        self._saved_at = self.clock()

    def _go_on(self) -> None:
        """Put everything back as it was when the checkpoint was written."""
        saved = self.checkpoints.load()
        try:
            rows, settings = saved.facts["rows"], saved.facts["settings"]
            place = _TrainerState(**saved.facts["place"])
            points = [Point.from_json(point) for point in saved.facts["points"]]
        except (KeyError, TypeError, ValueError) as error:
            raise self._foreign(str(error)) from error
        if [*rows] != [
            len(self.learned),
            len(self.held_out),
        ] or settings != self.settings.to_json():
            raise self._foreign("settings")
        weights = {
            name.removeprefix("weight."): tensor
            for name, tensor in saved.tensors.items()
            if name.startswith("weight.")
        }
        self.learner.take(weights)
        for name, weight in self.learner.trainable.items():
            keys = {key: f"adam.{key}.{name}" for key in ("step", "exp_avg", "exp_avg_sq")}
            if keys["step"] in saved.tensors:
                self._optimizer.state[weight] = {
                    key: saved.tensors[whole].to(weight.device if key != "step" else "cpu")
                    for key, whole in keys.items()
                }
        self._place = place
        for point in points:
            self._record(point)

    def _foreign(self, reason: str) -> TrainingError:
        name = self.checkpoints.folder.parent.name
        return TrainingError("training.checkpoint", name=name, reason=reason[:120])
