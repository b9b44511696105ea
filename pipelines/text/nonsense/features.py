"""The features that separate nonsense from sense: how unexpected the words of a clause are.

Knows readings and clashes, no weights. `NAMES` is the order of the numbers in constants.json.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations
from statistics import fmean

from pipelines.text.nonsense.clashes import Clash
from pipelines.text.nonsense.likeness import likeness
from pipelines.text.nonsense.reading import Clause, Morpheme

NAMES = (
    "words",  # how likely the content words are where they stand
    "worst_gain",  # how much likelier their place makes the two least expected
    "best_gain",  # and of the most expected
    "later_gain",  # without the first word, which nothing stands before
    "joints",  # how likely particles and endings are
    "unknown",  # words that Kiwi does not know: coined ones must not count as nonsense
    "likeness",  # how alike in meaning any two words are
    "clash",  # how badly words of the lexicon clash
)
EVERYDAY_WORD = -8.0  # stands for the words of a clause that has none Kiwi knows
EVERYDAY_JOINT = -2.0
MOST_CLASH = 3


def features(clause: Clause, found: Iterable[Clash]) -> tuple[float, ...]:
    """Return the numbers of one clause, in the order of NAMES."""
    content = [morpheme for morpheme in clause if morpheme.is_content]
    known = [morpheme for morpheme in content if morpheme.is_known]
    gains = sorted(morpheme.gain for morpheme in known) or [0.0]
    later = [morpheme.gain for morpheme in known if morpheme.start > 0]
    joints = [morpheme.score for morpheme in clause if morpheme.tag[0] in "JE"]
    return (
        _mean([morpheme.score for morpheme in known], EVERYDAY_WORD),
        fmean(gains[:2]),
        gains[-1],
        _mean(later, 0.0),
        _mean(joints, EVERYDAY_JOINT),
        float(len(content) - len(known)),
        _likeness(known),
        float(min(MOST_CLASH, sum(clash.weight for clash in found))),
    )


def _likeness(known: Sequence[Morpheme]) -> float:
    numbers = dict.fromkeys(morpheme.number for morpheme in known)
    return _mean([likeness(one, other) for one, other in combinations(numbers, 2)], 0.0)


def _mean(numbers: Sequence[float], when_none: float) -> float:
    return fmean(numbers) if numbers else when_none
