"""Fit the index and measure it: `python -m pipelines.training.nonsense [--check]`.

Reads the sentences of this folder, writes constants.json (not with --check) and prints how well
they do on the sentences that they were not fitted on. Needs Kiwi; the same sentences give the same
constants. A text of several clauses is spoken for by its worst, so the fit goes round: fit, choose
the worst clause of each text, fit again.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.disk import write_atomically
from pipelines.text.korean import kiwi
from pipelines.text.nonsense import estimate, features, gate, unknown
from pipelines.text.nonsense.eojeol import sentences
from pipelines.text.nonsense.judge import Measured, guessed, measured
from pipelines.text.nonsense.reading import clauses
from pipelines.text.nonsense.scale import CONSTANTS, Scale, to_json
from pipelines.text.nonsense.verdict import TextKind

FOLDER = Path(__file__).with_name("sentences")
HEAD = re.compile(r"\[(normal|nonsense|garbage) (\w+)\]")
ROUNDS = 12  # of choosing the worst clause anew
STEPS = 30  # of Newton's method; it stands still after about eight
RIDGE = 1.0  # keeps weights of numbers that say nearly the same small


@dataclass(frozen=True, slots=True)
class LabelledSentence:
    """A sentence and what it was written as."""

    kind: TextKind
    group: str
    text: str


def read_rows(path: Path) -> list[LabelledSentence]:
    """Return the sentences of a file."""
    rows: list[LabelledSentence] = []
    head = None
    for line in path.read_text("utf-8").splitlines():
        found = HEAD.fullmatch(line)
        head = found or head
        if head and not found and line.strip() and not line.startswith("# "):
            rows.append(LabelledSentence(TextKind(head[1]), head[2], line))
    return rows


def auc(normal: Sequence[float], nonsense: Sequence[float]) -> float:
    """Return how often a nonsense scores above a normal one, ties as half.

    >>> auc([1, 2], [2, 3])
    0.875
    """
    won = sum((high > low) + 0.5 * (high == low) for low in normal for high in nonsense)
    return won / (len(normal) * len(nonsense))


def by_kiwi(text: str) -> list[Measured]:
    """Return the parts of a text as index() sees them."""
    return measured(text, clauses(text))


def by_guess(text: str) -> list[Measured]:
    """Return the parts of a text as index() sees them without Kiwi."""
    return guessed(sentences(text))


def fit(
    names: tuple[str, ...], rows: Sequence[LabelledSentence], texts: Sequence[list[Measured]]
) -> Scale:
    """Fit the scale that separates the nonsense rows from the normal ones."""
    import numpy

    wanted = numpy.array([row.kind is TextKind.NONSENSE for row in rows], dtype=float)
    chosen = [numpy.mean([part.numbers for part in parts], axis=0) for parts in texts]
    for _ in range(ROUNDS):
        scale = _regression(names, numpy.array(chosen), wanted)
        chosen = [max((part.numbers for part in parts), key=scale.lean) for parts in texts]
    return scale


def _regression(names: tuple[str, ...], numbers: Any, wanted: Any) -> Scale:
    """Return a logistic regression with a ridge, by Newton's method."""
    import numpy

    mean, spread = numbers.mean(axis=0), numbers.std(axis=0) + 1e-9
    table = numpy.c_[numpy.ones(len(numbers)), (numbers - mean) / spread]
    ridge = numpy.diag([0.0, *[RIDGE] * len(names)])
    weights = numpy.zeros(table.shape[1])
    for _ in range(STEPS):
        chance = 1 / (1 + numpy.exp(-table @ weights))
        curve = table.T @ (table * (chance * (1 - chance))[:, None]) + ridge
        weights -= numpy.linalg.solve(curve, table.T @ (chance - wanted) + ridge @ weights)
    bias, *others = (float(weight) for weight in weights)
    return Scale(names, tuple(map(float, mean)), tuple(map(float, spread)), tuple(others), bias)


def leans(scale: Scale, texts: Iterable[list[Measured]]) -> list[float]:
    """Return the log odds of each text: those of its worst part."""
    return [max(scale.lean(part.numbers) for part in parts) for parts in texts]


def main(arguments: Sequence[str]) -> int:
    """Fit, print, write; return the exit code."""
    if kiwi.holder().get() is None:
        sys.stderr.write("Kiwi is missing: pip install -r requirements-korean.txt\n")
        return 2
    learn, held_out = read_rows(FOLDER / "learn.txt"), read_rows(FOLDER / "held_out.txt")
    found: dict[str, Scale] = {}
    for name, names, way in (
        ("kiwi", features.NAMES, by_kiwi),
        ("estimate", estimate.NAMES, by_guess),
    ):
        rows = [row for row in learn if row.kind is not TextKind.GARBAGE]
        found[name] = fit(names, rows, [way(row.text) for row in rows])
        for title, among in (("fitted on", learn), ("held out", held_out)):
            _tell(name, title, among, found[name], way)
    for title, among in (("fitted on", learn), ("held out", held_out)):
        _tell_gate(title, among)
    if "--check" not in arguments:
        write_atomically(CONSTANTS, to_json(found).encode())
    return 0


def _tell(name: str, title: str, among: Sequence[LabelledSentence], scale: Scale, way: Any) -> None:
    rows = [row for row in among if row.kind is not TextKind.GARBAGE]
    scored = dict(zip(rows, leans(scale, [way(row.text) for row in rows]), strict=True))
    normal = [lean for row, lean in scored.items() if row.kind is TextKind.NORMAL]
    nonsense = [lean for row, lean in scored.items() if row.kind is TextKind.NONSENSE]
    right = sum((lean > 0) == (row.kind is TextKind.NONSENSE) for row, lean in scored.items())
    _say(
        f"{name}, {title}: AUC {auc(normal, nonsense):.3f}, right {right / len(rows):.3f} "
        f"({len(normal)} normal, {len(nonsense)} nonsense)"
    )
    for kind, group in dict.fromkeys((row.kind, row.group) for row in rows):
        here = [lean > 0 for row, lean in scored.items() if (row.kind, row.group) == (kind, group)]
        _say(f"    {kind} {group}: {sum(here)} of {len(here)} taken for nonsense")


def _tell_gate(title: str, among: Sequence[LabelledSentence]) -> None:
    for name, stops in (("with Kiwi", _stopped), ("letters alone", _stopped_by_letters)):
        shut = [row for row in among if stops(row.text)]
        caught = sum(row.kind is TextKind.GARBAGE for row in shut)
        garbage = sum(row.kind is TextKind.GARBAGE for row in among)
        _say(
            f"gate {name}, {title}: {caught} of {garbage} garbage stopped, "
            f"{len(shut) - caught} of {len(among) - garbage} others"
        )


def _stopped(text: str) -> bool:
    return _stopped_by_letters(text) or unknown.is_garbage(clauses(text))


def _stopped_by_letters(text: str) -> bool:
    return gate.garbage(text) is not None


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
