"""The documents as token ids, and the batches of a run.

Documents of like length share a batch, each on a row of its own from position 0, so no token
attends to another document and little is padded. Knows which tokens are targets: all but questions.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

CHUNK = 4_096  # documents that are sorted together
UNLEARNT = -100  # cross_entropy's ignore_index


@dataclass(frozen=True, slots=True)
class Borders:
    """The ids of the tokens that mark where a question begins and a reply."""

    user: int
    system: int
    padding: int


@dataclass(frozen=True, slots=True)
class Shelf:
    """The tokens of many documents, one after another, and where each starts."""

    tokens: Tensor  # (all tokens,), int16: half the memory of int32, and a vocabulary of 7,000
    starts: Tensor  # (documents + 1,), int64; the last entry is the end of the last document

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
        """Return input tokens and target tokens, the next ones: (documents, longest - 1) each."""
        rows = [self.tokens[self.starts[n] : self.starts[n + 1]].long() for n in numbers]
        padded = torch.nn.utils.rnn.pad_sequence(
            rows, batch_first=True, padding_value=borders.padding
        )
        # padded is (documents, longest)
        return padded[:, :-1], targets(padded, borders)[:, 1:]


def targets(tokens: Tensor, borders: Borders) -> Tensor:
    """Return the tokens (documents, longest) with questions, moods and padding made UNLEARNT."""
    # 1 from a question's mark up to the reply's, 0 elsewhere: (documents, longest)
    opened = (tokens == borders.user).cumsum(1) - (tokens == borders.system).cumsum(1)
    is_question = (opened > 0) | (tokens == borders.system)
    return tokens.masked_fill(is_question | (tokens == borders.padding), UNLEARNT)


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
