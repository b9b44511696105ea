"""아무말 지수: how much nonsense a text is, 0 to 100, and why.

Knows the order of things: the gate, then the words by Kiwi or by the lexicon alone, then the scale.
The worst clause speaks for the whole text: an everyday half does not make up for the other one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.contract.cancel import NEVER, CancelToken
from pipelines.contract.validate import check_text
from pipelines.text.korean import kiwi
from pipelines.text.nonsense import estimate, gate, unknown
from pipelines.text.nonsense.clashes import Clash, clashes
from pipelines.text.nonsense.eojeol import EojeolUnit, sentences
from pipelines.text.nonsense.features import features
from pipelines.text.nonsense.reading import LEAST_CONTENT, Clause, clauses
from pipelines.text.nonsense.scale import scales, score
from pipelines.text.nonsense.verdict import NONSENSE_FROM, IndexVerdict, Reason, TextKind

MOST_REASONS = 3
UNEXPECTED = -1.0  # a word that its place makes less likely than a sentence's beginning would


@dataclass(frozen=True, slots=True)
class Measured:
    """A part of a text with its numbers; `clause` is () without Kiwi."""

    numbers: tuple[float, ...]
    clashes: tuple[Clash, ...]
    clause: Clause = ()


def index(text: str, cancel: CancelToken = NEVER) -> IndexVerdict:
    """Return the verdict on a text; loads Kiwi at the first call (seconds).

    Raises:
        InvalidRequest: it is no text, empty or too long.
        Cancelled: the cancel token was set.
    """
    text = check_text(text, "phrase")
    reason = gate.garbage(text)
    if reason:
        return IndexVerdict(None, TextKind.GARBAGE, False, (reason,))
    cancel.check()
    if kiwi.holder().get() is None:
        return _estimated(text)
    parts = clauses(text)
    if unknown.is_garbage(parts):
        unread = Reason("index.garbage.unknown", {"value": gate.shown(text)})
        return IndexVerdict(None, TextKind.GARBAGE, False, (unread,))
    count = sum(morpheme.is_content for part in parts for morpheme in part)
    if count < LEAST_CONTENT:
        return _short(count, is_estimate=False)
    return _verdict(measured(text, parts), "kiwi")


def measured(text: str, parts: Sequence[Clause]) -> list[Measured]:
    """Return the numbers of each clause that Kiwi read."""
    found = []
    for part in parts:
        here = text[part[0].start : part[-1].start + part[-1].length]
        pairs = tuple(pair for sentence in sentences(here) for pair in clashes(sentence))
        found.append(Measured(features(part, pairs), pairs, part))
    return found


def guessed(parts: Sequence[Sequence[EojeolUnit]]) -> list[Measured]:
    """Return the numbers of each sentence, without Kiwi."""
    found = []
    for part in parts:
        pairs = tuple(clashes(list(part)))
        found.append(Measured(estimate.features(part, pairs), pairs))
    return found


def _estimated(text: str) -> IndexVerdict:
    parts = sentences(text)
    count = sum(map(len, parts))
    if count < LEAST_CONTENT:
        return _short(count, is_estimate=True)
    return _verdict(guessed(parts), "estimate")


def _short(count: int, *, is_estimate: bool) -> IndexVerdict:
    reason = Reason("index.short", {"count": count, "least": LEAST_CONTENT})
    return IndexVerdict(None, TextKind.SHORT, is_estimate, (reason,))


def _verdict(parts: Sequence[Measured], scale: str) -> IndexVerdict:
    lean = scales()[scale].lean
    worst = max(parts, key=lambda part: lean(part.numbers))
    points = score(lean(worst.numbers))
    kind = TextKind.NONSENSE if points >= NONSENSE_FROM else TextKind.NORMAL
    reasons = _reasons(worst, kind)
    return IndexVerdict(points, kind, scale == "estimate", reasons)


def _reasons(part: Measured, kind: TextKind) -> tuple[Reason, ...]:
    if kind is TextKind.NORMAL:
        return (Reason("index.fits"),)
    found = sorted(part.clashes, key=lambda pair: -pair.weight)[:MOST_REASONS]
    reasons = [
        Reason(
            f"index.clash.{pair.pair}",
            {"one": pair.one, "other": pair.other, "cat": pair.cat.value, "of": str(pair.of)},
        )
        for pair in found
    ]
    strange = _strangest(part.clause)
    if strange and len(reasons) < MOST_REASONS:
        reasons.append(strange)
    return tuple(reasons) or (Reason("index.rare"),)


def _strangest(clause: Clause) -> Reason | None:
    """Return the word that nobody expects where it stands."""
    content = [morpheme for morpheme in clause if morpheme.is_content]
    later = [morpheme for morpheme in content[1:] if morpheme.is_known]
    if not later:
        return None
    worst = min(later, key=lambda morpheme: morpheme.gain)
    if worst.gain > UNEXPECTED:
        return None
    before = content[content.index(worst) - 1]
    return Reason("index.unexpected", {"one": _word(before), "other": _word(worst)})


def _word(morpheme: object) -> str:
    form, tag = getattr(morpheme, "form", ""), getattr(morpheme, "tag", "")
    return f"{form}다" if tag[:1] == "V" else str(form)
