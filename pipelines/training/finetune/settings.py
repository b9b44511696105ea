"""How a model is fine-tuned: the few values people set, and the ones they need not.

One source of defaults and limits for the page and the command line. Standard library only.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any, Self

from pipelines.contract.errors import InvalidRequest
from pipelines.contract.validate import check_range

EPOCHS_RANGE = (1, 100)
BATCH_RANGE = (1, 256)
RATE_RANGE = (0.0, 0.01)  # 0 takes the method's own
PATIENCE_RANGE = (1, 100)
HOLDOUT_RANGE = (0.02, 0.5)
DROPOUT_RANGE = (0.0, 0.5)
LENGTH_RANGE = (8, 1024)
RANK_RANGE = (1, 256)
SEED_RANGE = (0, 2**31 - 1)


class FinetuneMethod(StrEnum):
    """What is learned: every weight, or small matrices beside them (LoRA, Hu et al. 2021)."""

    FULL = "full"
    LORA = "lora"


OWN_RATE = {FinetuneMethod.FULL: 5e-5, FinetuneMethod.LORA: 2e-4}
SMALL = 20_000_000  # parameters; a model below learns ten times faster without harm
SMALL_FACTOR = 10.0


@dataclass(frozen=True, slots=True)
class TrainingSettings:
    """What may be set.

    Attributes:
        epochs: how often everything is read at most.
        learning_rate: 0 takes what suits the method and the size of the model.
        batch: rows at once.
        patience: so many epochs without a better held-out perplexity end it.
        holdout: share of the different replies that is kept for measuring.
        dropout: inside the network while it learns.
        label_dropout: share of questions whose mood is replaced by any, so that it stays a hint.
        max_tokens: of a question with its reply; what is longer is cut.
        rank: of LoRA's matrices.
        seed: of the split, the order and the dropout.
    """

    epochs: int = 5
    learning_rate: float = 0.0
    batch: int = 16
    method: FinetuneMethod = FinetuneMethod.FULL
    patience: int = 2
    holdout: float = 0.1
    dropout: float = 0.1
    label_dropout: float = 0.15
    max_tokens: int = 96
    rank: int = 8
    seed: int = 0

    def __post_init__(self) -> None:
        for field, limits in (
            ("epochs", EPOCHS_RANGE),
            ("learning_rate", RATE_RANGE),
            ("batch", BATCH_RANGE),
            ("patience", PATIENCE_RANGE),
            ("holdout", HOLDOUT_RANGE),
            ("dropout", DROPOUT_RANGE),
            ("label_dropout", DROPOUT_RANGE),
            ("max_tokens", LENGTH_RANGE),
            ("rank", RANK_RANGE),
            ("seed", SEED_RANGE),
        ):
            check_range(getattr(self, field), field, *limits)

    def rate(self, parameters: int) -> float:
        """Return the learning rate for a model of this size."""
        if self.learning_rate:
            return self.learning_rate
        return OWN_RATE[self.method] * (SMALL_FACTOR if parameters < SMALL else 1.0)

    def to_json(self) -> dict[str, Any]:
        """Return the settings as plain data."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """Return the settings in `data`; raise ValueError for anything else."""
        known = {field.name for field in fields(cls)}
        try:
            values = {name: value for name, value in data.items() if name in known}
            return cls(
                **{**values, "method": FinetuneMethod(values.get("method", FinetuneMethod.FULL))}
            )
        except (TypeError, InvalidRequest) as error:
            raise ValueError(f"not training settings: {error}") from error
