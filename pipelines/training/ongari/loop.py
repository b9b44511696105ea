"""The training loop: Muon for the matrices, AdamW for the rest, perplexity by token, checkpoints.

A run of N tokens is the same run however often it is interrupted: the batches follow from the
seed, and a checkpoint holds all that moves. Knows models, shelves and files; does not know the
content of the documents.
"""

from __future__ import annotations

import json
import logging
import math
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from models.disk import write_atomically
from pipelines.training.crayon.muon import Muon
from pipelines.training.ongari.shelf import UNLEARNT, Borders, Shelf

logger = logging.getLogger(__name__)

WARM_UP = 0.02
COOL_DOWN = 0.45  # the last part of the run, in which the learning rates fall linearly to 0
CLIP = 1.0
LOG_EVERY = 50


@dataclass(frozen=True, slots=True)
class PretrainingRecipe:
    """Length and hyperparameters of a run; the defaults made the shipped weights."""

    tokens: int = 5_000_000
    batch: int = 2_048  # tokens, padding included
    matrix_rate: float = 3e-3
    other_rate: float = 3e-3
    evaluate_every: int = 250
    save_seconds: float = 60
    seed: int = 1
    is_bfloat: bool = True


@dataclass(slots=True)
class PretrainingProgress:
    """Where a run stands."""

    step: int = 0
    tokens: int = 0
    seconds: float = 0.0
    curve: list[dict[str, float]] = field(default_factory=list)


class PretrainingRun:
    """A model being trained on a shelf."""

    def __init__(
        self,
        model: Any,
        shelves: Sequence[Callable[[], Shelf]],
        borders: Borders,
        recipe: PretrainingRecipe,
        folder: Path,
    ) -> None:
        self.model, self.recipe, self.progress = model, recipe, PretrainingProgress()
        self._shelves, self._borders, self._folder = shelves, borders, folder
        matrices, rest = split(model)
        self._muon = Muon(matrices, lr=recipe.matrix_rate)
        self._adam = torch.optim.AdamW(
            rest, lr=recipe.other_rate, betas=(0.9, 0.95), weight_decay=0.0
        )
        self._is_stopped = False
        self.load()

    @property
    def path(self) -> Path:
        """Where the checkpoint lies."""
        return self._folder / "run.pt"

    @property
    def is_done(self) -> bool:
        """Return whether the run has seen all its tokens."""
        return self.progress.tokens >= self.recipe.tokens

    def stop(self) -> None:
        """Save and return after this step."""
        self._is_stopped = True

    def go(self, evaluate: Callable[[Any], dict[str, float]]) -> None:
        """Train to the end, or until cancelled; go on from the last checkpoint."""
        self.model.train()
        saved = started = time.monotonic()
        spent, losses, learnt_tokens = self.progress.seconds, 0.0, 0
        for shelf, numbers in self._ahead():
            loss, learnt = self._step(shelf, numbers)
            losses, learnt_tokens = losses + loss, learnt_tokens + learnt
            now = time.monotonic()
            self.progress.seconds = spent + now - started
            if self.progress.step % LOG_EVERY == 0:
                self._log(losses / learnt_tokens)
                losses, learnt_tokens = 0.0, 0
            is_last = self.is_done or self._is_stopped
            if self.progress.step % self.recipe.evaluate_every == 0 or self.is_done:
                self._evaluate(evaluate)
            if now - saved > self.recipe.save_seconds or is_last:
                self.save()
                saved = now
            if is_last:
                return

    def _ahead(self) -> Iterator[tuple[Shelf, list[int]]]:
        """Yield the batches that were not seen yet: one shelf an epoch, in turn, without end."""
        passed = 0
        for epoch in count():
            shelf = self._shelves[epoch % len(self._shelves)]()
            batches = shelf.batches(self.recipe.batch, f"{self.recipe.seed} epoch {epoch}")
            for numbers in batches[max(0, self.progress.step - passed) :]:
                yield shelf, numbers
            passed += len(batches)

    def _step(self, shelf: Shelf, numbers: list[int]) -> tuple[float, int]:
        """Train on one batch; return its summed loss in nats and its number of target tokens."""
        tokens, targets = shelf.batch(numbers, self._borders)  # (rows, tokens) each
        rate = rate_at(self.progress.tokens / self.recipe.tokens)
        for optimizer, full in (
            (self._muon, self.recipe.matrix_rate),
            (self._adam, self.recipe.other_rate),
        ):
            for group in optimizer.param_groups:
                group["lr"] = full * rate
        total, learnt = summed_loss(self.model, tokens, targets, self.recipe.is_bfloat)
        # the mean over tokens, not over rows: a long reply weighs more than a short one
        (total / learnt).backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(self.model.parameters(), CLIP)
        for optimizer in (self._muon, self._adam):
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
        self.progress.step += 1
        self.progress.tokens += int((tokens != self._borders.padding).sum())
        return total.item(), learnt

    def _log(self, loss: float) -> None:
        progress = self.progress
        logger.info(
            "step %d, %.2f M tokens, train ppl %.2f, %.0f tokens/s, rate %.2f",
            progress.step,
            progress.tokens / 1e6,
            math.exp(loss),
            progress.tokens / max(1e-9, progress.seconds),
            rate_at(progress.tokens / self.recipe.tokens),
        )
        progress.curve.append({"step": progress.step, "train_loss": loss})

    def _evaluate(self, evaluate: Callable[[Any], dict[str, float]]) -> None:
        self.model.eval()
        found = evaluate(self.model)
        self.model.train()
        self.progress.curve.append(
            {"step": self.progress.step, "tokens": self.progress.tokens, **found}
        )
        logger.info("step %d: %s", self.progress.step, _shown(found))

    def save(self) -> None:
        """Write the checkpoint."""
        state = {
            "model": self.model.state_dict(),
            "muon": self._muon.state_dict(),
            "adam": self._adam.state_dict(),
            "progress": asdict(self.progress),
        }
        self._folder.mkdir(parents=True, exist_ok=True)
        write_atomically(self.path, lambda file: torch.save(state, file))
        curve = "".join(json.dumps(row) + "\n" for row in self.progress.curve)
        write_atomically(self._folder / "curve.jsonl", curve.encode())

    def load(self) -> None:
        """Go back to the last checkpoint, if there is one."""
        if not self.path.exists():
            return
        state = torch.load(self.path, map_location="cpu", weights_only=True)
        self.model.load_state_dict(state["model"])
        self._muon.load_state_dict(state["muon"])
        self._adam.load_state_dict(state["adam"])
        self.progress = PretrainingProgress(**state["progress"])


def split(model: nn.Module) -> tuple[list[nn.Parameter], list[nn.Parameter]]:
    """Return (matrices of the blocks for Muon, the rest for AdamW: embeddings, biases, norms)."""
    matrices: list[nn.Parameter] = []
    rest: list[nn.Parameter] = []
    for name, parameter in model.named_parameters():
        (matrices if ".h." in name and parameter.ndim == 2 else rest).append(parameter)
    return matrices, rest


def rate_at(done: float) -> float:
    """Return the share of the full learning rate at a share of the run; never negative.

    >>> rate_at(0.5), rate_at(1.0), rate_at(1.1)
    (1.0, 0.0, 0.0)
    """
    warm = (done + 0.001) / WARM_UP
    return max(0.0, min(1.0, warm, (1 - done) / COOL_DOWN))


class _SummedCrossEntropy(torch.autograd.Function):
    """Cross entropy of a linear layer: 16-bit products, 32-bit logits, gradients by hand.

    autograd would hold several tensors of (N, vocabulary); here one is overwritten in place. N is
    the number of target tokens in the batch.
    """

    @staticmethod
    def forward(ctx: Any, hidden: Tensor, weight: Tensor, targets: Tensor) -> Tensor:
        hidden, weight = hidden.bfloat16(), weight.bfloat16()  # (N, width), (vocabulary, width)
        logits = (hidden @ weight.t()).float()  # (N, vocabulary)
        totals = logits.logsumexp(1, keepdim=True)  # (N, 1)
        losses = totals - logits.gather(1, targets[:, None])  # (N, 1), -log p of each target
        ctx.save_for_backward(hidden, weight, targets, logits, totals)
        return losses.sum()

    @staticmethod
    def backward(ctx: Any, grad: Tensor) -> tuple[Tensor, Tensor, None]:
        hidden, weight, targets, logits, totals = ctx.saved_tensors
        # d loss / d logits is softmax(logits) - one_hot(targets)
        errors = logits.sub_(totals).exp_()  # (N, vocabulary)
        errors[torch.arange(len(targets)), targets] -= 1
        errors = errors.mul_(grad).bfloat16()
        return errors @ weight, (errors.t() @ hidden).float(), None


def summed_loss(model: Any, tokens: Tensor, targets: Tensor, is_bfloat: bool) -> tuple[Tensor, int]:
    """Return the cross entropy summed over the target tokens, and their number.

    Logits are computed at positions with a target only: the head is half the work of a small model.
    """
    with torch.autocast("cpu", torch.bfloat16, enabled=is_bfloat):
        hidden = model.transformer(tokens).last_hidden_state  # (rows, tokens, width)
        is_learnt = targets != UNLEARNT  # (rows, tokens)
        chosen, wanted = hidden[is_learnt], targets[is_learnt]  # (N, width), (N,)
    if is_bfloat:
        weight = model.lm_head.weight  # (vocabulary, width)
        total: Tensor = _SummedCrossEntropy.apply(chosen, weight, wanted)  # type: ignore[no-untyped-call]
    else:
        total = nn.functional.cross_entropy(model.lm_head(chosen), wanted, reduction="sum")
    return total, len(wanted)


@torch.no_grad()
def perplexity(model: Any, shelf: Shelf, borders: Borders, size: int = 4_096) -> float:
    """Return exp of the mean loss over all target tokens of a shelf, each with equal weight."""
    total, learnt = 0.0, 0
    for numbers in shelf.batches(size, "perplexity"):
        loss, found = summed_loss(model, *shelf.batch(numbers, borders), is_bfloat=False)
        total, learnt = total + loss.item(), learnt + found
    return math.exp(total / learnt)


def _shown(found: dict[str, float]) -> str:
    return ", ".join(f"{name} {value:.3g}" for name, value in found.items())
