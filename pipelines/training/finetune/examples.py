"""Rows become token ids, and token ids batches. Only the reply is a target.

Knows the chat format through transcript.py and torch for the batches. Every order and every choice
is a function of seed and epoch, so that a run that goes on after a kill sees the same batches.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import TYPE_CHECKING, Any

from pipelines.text.neural.transcript import END, LABEL, LABELS, SYSTEM, USER, Marked, harmless
from pipelines.training.finetune.dataset import TrainingRow

if TYPE_CHECKING:
    from pipelines.text.neural.vocabulary import TokenVocabulary

IGNORED = -100  # cross_entropy's ignore_index
POOL = 16  # batches that are sorted by length together


@dataclass(frozen=True, slots=True)
class Example:
    """One row in tokens.

    Attributes:
        heads: what is not learned, one a label; a plain line has one.
        label: which head is its own.
        reply: what is learned, the end mark included unless it was cut off.
    """

    heads: tuple[tuple[int, ...], ...]
    label: int
    reply: tuple[int, ...]
    is_cut: bool

    def ids(self, label: int) -> tuple[int, ...]:
        """Return all tokens with one of the labels."""
        return (*self.heads[label if len(self.heads) > 1 else 0], *self.reply)

    @property
    def length(self) -> int:
        """How many tokens it has."""
        return len(self.heads[0]) + len(self.reply)


def encode(
    rows: Iterable[TrainingRow], vocabulary: TokenVocabulary, max_tokens: int
) -> tuple[Example, ...]:
    """Return the rows in tokens."""
    return tuple(
        _pair(row, vocabulary, max_tokens) if row.question else _line(row, vocabulary, max_tokens)
        for row in rows
    )


def _pair(row: TrainingRow, vocabulary: TokenVocabulary, max_tokens: int) -> Example:
    """Return `<usr>question<unused1>label<sys>` and `answer</s>`.

    A question that is too long loses its beginning, an answer its end, and its end mark with it.
    """
    usr, mark, system, end = (
        vocabulary.encode(Marked(text)) for text in (USER, LABEL, SYSTEM, END)
    )
    labels = [vocabulary.encode(str(label)) for label in LABELS]
    question = vocabulary.encode(harmless(row.question))
    answer = [*vocabulary.encode(harmless(row.reply)), *end]
    marks = 3 + max(map(len, labels))
    room = max_tokens - marks
    answer_room = max(room - len(question), room // 2)
    is_cut = len(question) + len(answer) > room
    answer = answer[:answer_room]
    question = question[-max(1, room - len(answer)) :]
    heads = tuple((*usr, *question, *mark, *label, *system) for label in labels)
    return Example(heads, LABELS.index(row.label), tuple(answer), is_cut)


def _line(row: TrainingRow, vocabulary: TokenVocabulary, max_tokens: int) -> Example:
    whole = [*vocabulary.encode(harmless(row.reply)), vocabulary.end_id]
    reply = tuple(whole[: max_tokens - 1])
    return Example(((vocabulary.end_id,),), 0, reply, len(reply) < len(whole))


def mismatched(examples: Sequence[Example]) -> tuple[Example, ...]:
    """Return the same replies, each behind the question of the row before."""
    others = (examples[-1], *examples[:-1])
    return tuple(
        replace(example, heads=other.heads, label=other.label)
        for example, other in zip(examples, others, strict=True)
    )


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows padded to one length.

    Attributes:
        ids: (rows, length) token ids, padded on the right.
        targets: (rows, length), IGNORED for questions, marks and padding.
        tokens: the number of targets.
    """

    ids: Any
    targets: Any
    tokens: int


def order(examples: Sequence[Example], batch: int, seed: int, epoch: int) -> list[list[int]]:
    """Return the batches of an epoch as places in `examples`: shuffled, like lengths together."""
    dice = Random(f"order {seed} {epoch}")
    places = list(range(len(examples)))
    dice.shuffle(places)
    batches = []
    for start in range(0, len(places), batch * POOL):
        pool = sorted(places[start : start + batch * POOL], key=lambda at: examples[at].length)
        batches += [pool[at : at + batch] for at in range(0, len(pool), batch)]
    dice.shuffle(batches)
    return batches


def drawn_labels(
    examples: Sequence[Example], places: Sequence[int], share: float, key: str
) -> list[int]:
    """Return the labels of a batch; a `share` of them is any label instead of its own."""
    dice = Random(f"label {key}")
    return [
        dice.choice(LABELS) if dice.random() < share else examples[place].label for place in places
    ]


def collate(
    examples: Sequence[Example], places: Sequence[int], labels: Sequence[int], pad: int
) -> Batch:
    """Return a batch as tensors."""
    import torch

    rows = [examples[place].ids(label) for place, label in zip(places, labels, strict=True)]
    length = max(map(len, rows))
    ids = torch.full((len(rows), length), pad, dtype=torch.long)  # (rows, length)
    targets = torch.full((len(rows), length), IGNORED, dtype=torch.long)
    for at, (place, row) in enumerate(zip(places, rows, strict=True)):
        learned = len(examples[place].reply)
        ids[at, : len(row)] = torch.tensor(row)
        targets[at, len(row) - learned : len(row)] = torch.tensor(row[len(row) - learned :])
    return Batch(ids, targets, int((targets != IGNORED).sum()))
