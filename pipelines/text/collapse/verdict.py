"""The collapse detectors (유해의 폭포): figures against bounds, and what they amount to.

Knows the bounds; they bracket measurements on healthy, collapsed and overfitted models with 1,000
replies each. Does not ask models for replies (asking.py).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pipelines.contract.errors import CorpusError
from pipelines.text.collapse import figures

FEWEST = 20  # replies; fewer say nothing about repetition
GREEDY_LEAST = 0.5  # of the greedy answers differ in a model that is fit for greedy decoding
SHOWN = 3  # of the commonest replies


class Health(StrEnum):
    """The result of the detectors for a model."""

    NORMAL = "normal"  # 정상
    COLLAPSED = "collapsed"  # 붕괴: it says the same over and over
    MEMORISED = "memorised"  # 암기: it says what it learned


class Detector(StrEnum):
    """The figures that are looked at."""

    UNIQUE = "unique"
    TOP = "top"
    DISTINCT_2 = "distinct_2"
    SELF_BLEU_3 = "self_bleu_3"
    FIRST_BITS = "first_bits"
    COPIES = "copies"
    RUN = "run"
    RATIO = "ratio"


class Level(StrEnum):
    """How good a figure is."""

    GOOD = "good"
    POOR = "poor"  # between the bounds
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Bounds:
    """From where a figure is good, and from where it failed."""

    good: float
    failed: float

    def level(self, value: float) -> Level:
        """Return how good a value is; the larger of the bounds may be either."""
        sign = 1 if self.good > self.failed else -1
        if sign * value >= sign * self.good:
            return Level.GOOD
        return Level.FAILED if sign * value < sign * self.failed else Level.POOR


BOUNDS: dict[Detector, Bounds] = {
    Detector.UNIQUE: Bounds(0.95, 0.80),
    Detector.TOP: Bounds(0.01, 0.05),
    Detector.DISTINCT_2: Bounds(0.70, 0.50),
    Detector.SELF_BLEU_3: Bounds(0.15, 0.30),
    Detector.FIRST_BITS: Bounds(5.0, 3.0),
    Detector.COPIES: Bounds(0.10, 0.20),
    Detector.RUN: Bounds(0.55, 0.80),
    Detector.RATIO: Bounds(2.0, 3.0),
}
REPEATS = (
    Detector.UNIQUE,
    Detector.TOP,
    Detector.DISTINCT_2,
    Detector.SELF_BLEU_3,
    Detector.FIRST_BITS,
)
RECITES = (Detector.COPIES, Detector.RUN, Detector.RATIO)


@dataclass(frozen=True, slots=True)
class Finding:
    """One figure and what it is worth."""

    detector: Detector
    value: float
    bounds: Bounds
    level: Level


@dataclass(frozen=True, slots=True)
class CollapseReport:
    """The result of the detectors.

    Attributes:
        findings: all figures that could be taken.
        replies: how many replies were looked at.
        commonest: the replies that came most often, and how often.
        greedy: different answers and all answers of the greedy pass; None without one.
    """

    health: Health
    findings: tuple[Finding, ...]
    replies: int
    commonest: tuple[tuple[str, int], ...]
    greedy: tuple[int, int] | None = None

    @property
    def failed(self) -> tuple[Detector, ...]:
        """Return the detectors that failed."""
        return tuple(each.detector for each in self.findings if each.level is Level.FAILED)

    @property
    def is_greedy_collapsed(self) -> bool:
        """Say that always taking the likeliest word leads to the same few answers."""
        return self.greedy is not None and self.greedy[0] < GREEDY_LEAST * self.greedy[1]


def judge(
    replies: Sequence[str],
    learned: Collection[str] = (),
    perplexities: tuple[float, float] | None = None,
    greedy: Sequence[str] = (),
) -> CollapseReport:
    """Run the detectors on some replies.

    Args:
        learned: the texts the model was trained on; without them copies cannot be found.
        perplexities: of learned and of held-out texts.
        greedy: the likeliest answers to different questions.

    Raises CorpusError when there are too few replies.
    """
    rows = [words for words in map(figures.row, replies) if words]
    if len(rows) < FEWEST:
        raise CorpusError("check.few", count=len(rows), least=FEWEST)
    values = _values(rows, learned, perplexities)
    found = tuple(_finding(detector, value, len(rows)) for detector, value in values.items())
    answers = {figures.row(text) for text in greedy}
    return CollapseReport(
        _health(found),
        found,
        len(rows),
        tuple(Counter(text.strip() for text in replies if text.strip()).most_common(SHOWN)),
        (len(answers), len(greedy)) if greedy else None,
    )


def _values(
    rows: Sequence[figures.Row],
    learned: Collection[str],
    perplexities: tuple[float, float] | None,
) -> dict[Detector, float]:
    values = {
        Detector.UNIQUE: figures.unique(rows),
        Detector.TOP: figures.top_share(rows),
        Detector.DISTINCT_2: figures.distinct_2(rows),
        Detector.SELF_BLEU_3: figures.self_bleu_3(rows),
        Detector.FIRST_BITS: figures.first_word_bits(rows),
    }
    if learned:
        copies = figures.Copies(learned)
        values[Detector.COPIES] = copies.share(rows)
        values[Detector.RUN] = copies.mean_run(rows)
    if perplexities and perplexities[0] > 0 and all(map(math.isfinite, perplexities)):
        values[Detector.RATIO] = perplexities[1] / perplexities[0]
    return values


def _finding(detector: Detector, value: float, replies: int) -> Finding:
    bounds = _bounds(detector, replies)
    return Finding(detector, value, bounds, bounds.level(value))


def _bounds(detector: Detector, replies: int) -> Bounds:
    """Return the bounds for so many replies: what few replies cannot reach is left out."""
    bounds = BOUNDS[detector]
    if detector is Detector.FIRST_BITS:
        most = math.log2(replies)
        return Bounds(min(bounds.good, 0.8 * most), min(bounds.failed, 0.5 * most))
    if detector is Detector.TOP:  # one reply that came twice is no collapse
        return Bounds(max(bounds.good, 2 / replies), max(bounds.failed, 3.5 / replies))
    return bounds


def _health(found: Sequence[Finding]) -> Health:
    """Return the verdict: a failure counts when another figure of its kind is not good either."""
    if _is_bad(found, RECITES):
        return Health.MEMORISED
    return Health.COLLAPSED if _is_bad(found, REPEATS) else Health.NORMAL


def _is_bad(found: Sequence[Finding], kind: Sequence[Detector]) -> bool:
    levels = [each.level for each in found if each.detector in kind]
    return Level.FAILED in levels and sum(level is not Level.GOOD for level in levels) >= 2
