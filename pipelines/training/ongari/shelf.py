"""The documents as numbers, and the batches a run reads them in.

Documents of like length share a batch, each on a row of its own from position 0, so nothing is
learnt across documents and little is padded. Knows which tokens are learnt: all but the questions.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

CHUNK = 4_096  # documents that are sorted together
UNLEARNT = -100


@dataclass(frozen=True, slots=True)
class Borders:
    """The ids of the tokens that mark where a question begins and a reply."""

    user: int
    system: int
    padding: int


@dataclass(frozen=True, slots=True)
class Shelf:
    """Many documents in one row of numbers; `starts` has one more entry than there are."""

    tokens: Tensor  # int16
    starts: Tensor  # int64

    @classmethod
    def of(cls, documents: Sequence[Sequence[int]], limit: int) -> Shelf:
        """Return a shelf of encoded documents, each cut at `limit`."""
        cut = [list(document[:limit]) for document in documents]
        lengths = torch.tensor([0, *map(len, cut)])
        flat = [token for document in cut for token in document]
        return cls(torch.tensor(flat, dtype=torch.int16), lengths.cumsum(0))

    def __len__(self) -> int:
        return len(self.starts) - 1

    def first(self, count: int) -> Shelf:
        """Return the first documents."""
        starts = self.starts[: count + 1]
        return Shelf(self.tokens[: starts[-1]], starts)

    def batches(self, size: int, seed: str) -> list[list[int]]:
        """Return the numbers of the documents of each batch: at most `size` tokens, padded."""
        dice = random.Random(seed)
        order = list(range(len(self)))
        dice.shuffle(order)
        lengths = (self.starts[1:] - self.starts[:-1]).tolist()
        found: list[list[int]] = []
        for first in range(0, len(order), CHUNK):
            chunk = sorted(order[first : first + CHUNK], key=lambda number: lengths[number])
            found += shuffled(_cut(chunk, lengths, size), dice)
        return found

    def batch(self, numbers: Sequence[int], borders: Borders) -> tuple[Tensor, Tensor]:
        """Return input tokens and wanted next tokens, (documents, longest - 1)."""
        rows = [self.tokens[self.starts[n] : self.starts[n + 1]].long() for n in numbers]
        padded = torch.nn.utils.rnn.pad_sequence(
            rows, batch_first=True, padding_value=borders.padding
        )
        return padded[:, :-1], wanted(padded, borders)[:, 1:]


def wanted(tokens: Tensor, borders: Borders) -> Tensor:
    """Return the tokens with questions, moods and padding made UNLEARNT."""
    opened = (tokens == borders.user).cumsum(1) - (tokens == borders.system).cumsum(1)
    is_asked = (opened > 0) | (tokens == borders.system)
    return tokens.masked_fill(is_asked | (tokens == borders.padding), UNLEARNT)


def _cut(chunk: list[int], lengths: list[int], size: int) -> list[list[int]]:
    """Return a sorted chunk in batches of at most `size` tokens, padding included."""
    found: list[list[int]] = [[]]
    for number in chunk:
        if found[-1] and lengths[number] * (len(found[-1]) + 1) > size:
            found.append([])
        found[-1].append(number)
    return found


def shuffled(batches: list[list[int]], dice: random.Random) -> list[list[int]]:
    """Return the batches in another order."""
    dice.shuffle(batches)
    return batches
