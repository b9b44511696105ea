"""Which candidates are shown, and in which order: new, likely, and not all alike.

Score = weight * z(novelty) + weight * z(mean log probability); then maximal marginal relevance
(Carbonell and Goldstein 1998) keeps the list mixed, and no skeleton comes more than twice. Knows no
models.
"""

from __future__ import annotations

import math
import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.contract.validate import check_range
from pipelines.text.novel.novelty import StoryHistory
from pipelines.text.novel.skeleton import Bones, bones

WEIGHT_RANGE = (0.0, 1.0)
MOST_ALIKE = 2  # candidates with one skeleton
RELEVANCE = 0.7  # the rest goes to being unlike what is already on the list
SMALLEST_SPREAD = 0.05  # when all are about equal, small differences must not look large


@dataclass(frozen=True, slots=True)
class RankWeights:
    """What is wanted of the next sentence."""

    novelty: float = 0.6
    likelihood: float = 0.4

    def __post_init__(self) -> None:
        for field, value in (("novelty", self.novelty), ("likelihood", self.likelihood)):
            check_range(value, field, *WEIGHT_RANGE)


@dataclass(frozen=True, slots=True)
class UnrankedSentence:
    """A sentence that somebody wrote, not judged yet."""

    text: str
    mean_log_prob: float
    engine: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A candidate for the next sentence.

    Attributes:
        novelty: beside the story so far, 0 to 1.
        likelihood: where it stands among all that were drafted, 0 to 1; 0.5 is the middle.
        mean_log_prob: natural log of its probability, a token.
        engine: who wrote it: a model's name, or "grammar".
    """

    text: str
    novelty: float
    likelihood: float
    mean_log_prob: float
    engine: str


@dataclass(frozen=True, slots=True)
class _Judged:
    proposal: Proposal
    bones: Bones
    score: float


def ranked(
    written: Sequence[UnrankedSentence], story: Sequence[str], weights: RankWeights, wanted: int
) -> tuple[Proposal, ...]:
    """Return the best candidates, best first; fewer when too many are alike."""
    judged = _judged(written, story, weights)
    chosen: list[_Judged] = []
    skeletons: Counter[str] = Counter()
    while judged and len(chosen) < wanted:
        best = max(judged, key=lambda one: _worth(one, chosen))
        judged.remove(best)
        if skeletons[best.bones.skeleton] < MOST_ALIKE:
            skeletons[best.bones.skeleton] += 1
            chosen.append(best)
    return tuple(one.proposal for one in chosen)


def _judged(
    written: Sequence[UnrankedSentence], story: Sequence[str], weights: RankWeights
) -> list[_Judged]:
    so_far = StoryHistory(story)
    all_bones = [bones(one.text) for one in written]
    novelties = [so_far.novelty(one) for one in all_bones]
    likely = _standardised([one.mean_log_prob for one in written])
    new = _standardised(novelties)
    scores = [
        weights.novelty * one + weights.likelihood * other
        for one, other in zip(new, likely, strict=True)
    ]
    low, high = min(scores, default=0.0), max(scores, default=0.0)
    return [
        _Judged(
            Proposal(
                text=one.text,
                novelty=round(novelties[place], 4),
                likelihood=round(1 / (1 + math.exp(-likely[place])), 4),
                mean_log_prob=round(one.mean_log_prob, 4),
                engine=one.engine,
            ),
            all_bones[place],
            (scores[place] - low) / (high - low) if high > low else 0.5,
        )
        for place, one in enumerate(written)
    ]


def _standardised(values: Sequence[float]) -> list[float]:
    """Return how many standard deviations each value lies above the mean, at most 3."""
    if not values:
        return []
    mean = statistics.fmean(values)
    spread = max(statistics.pstdev(values), SMALLEST_SPREAD)
    return [max(-3.0, min(3.0, (value - mean) / spread)) for value in values]


def _worth(one: _Judged, chosen: Sequence[_Judged]) -> float:
    alike = max((_likeness(one.bones, other.bones) for other in chosen), default=0.0)
    return RELEVANCE * one.score - (1 - RELEVANCE) * alike


def _likeness(one: Bones, other: Bones) -> float:
    both = one.content | other.content
    shared = len(one.content & other.content) / len(both) if both else 0.0
    return (one.likeness(other) + shared) / 2
