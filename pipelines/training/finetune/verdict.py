"""What a fine-tuned model is worth: its replies to held-out questions, and the detectors on them.

Knows whom to ask and what was learned; questions, figures and bounds are pipelines/text/collapse.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from pipelines.contract.cancel import CancelToken
from pipelines.text import collapse
from pipelines.text.collapse.verdict import GREEDY_LEAST
from pipelines.training.finetune.split import Split

if TYPE_CHECKING:
    from pipelines.text.neural.model import NeuralModel

SHOWN = 8  # replies, one to each of the first questions


@dataclass(frozen=True, slots=True)
class CheckedFigure:
    """One figure of the detectors.

    Attributes:
        name: collapse.Detector.
        level: good, poor or failed.
    """

    name: str
    value: float
    good: float
    level: str


@dataclass(frozen=True, slots=True)
class TrainingVerdict:
    """The judgement.

    Attributes:
        label: normal, collapsed or memorised; collapse.Health.
        replies: a few of the sampled replies, unselected.
        asked: how many replies were sampled.
        commonest: the reply that came most often, and how often.
        greedy: different answers and all answers when the likeliest word is always taken.
    """

    label: str
    figures: tuple[CheckedFigure, ...] = ()
    replies: tuple[str, ...] = ()
    asked: int = 0
    commonest: tuple[str, int] = ("", 0)
    greedy: tuple[int, int] = (0, 0)

    @property
    def is_greedy_collapsed(self) -> bool:
        """Say that always taking the likeliest word leads to the same few answers."""
        return self.greedy[0] < GREEDY_LEAST * self.greedy[1]

    def to_json(self) -> dict[str, Any]:
        """Return the verdict as plain data."""
        return asdict(self)


def judge(
    model: NeuralModel,
    parts: Split,
    perplexities: tuple[float, float],
    cancel: CancelToken,
    on_progress: Callable[[int, int], None] = lambda done, whole: None,
) -> TrainingVerdict:
    """Run the detectors on 1,000 sampled replies and twenty greedy ones.

    Args:
        perplexities: of learned and of held-out rows.
    """
    replies = collapse.answers(model, cancel, on_progress)
    greedy = collapse.greedy_answers(model, cancel)
    learned = [row.reply for row in parts.learned]
    report = collapse.judge(replies, learned, perplexities, greedy)
    every = max(1, len(replies) // SHOWN)
    return TrainingVerdict(
        label=report.health.value,
        figures=tuple(
            CheckedFigure(found.detector.value, found.value, found.bounds.good, found.level.value)
            for found in report.findings
        ),
        replies=replies[::every][:SHOWN],
        asked=report.replies,
        commonest=report.commonest[0] if report.commonest else ("", 0),
        greedy=report.greedy or (0, 0),
    )
