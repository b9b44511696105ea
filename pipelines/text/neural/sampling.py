"""From logits to a token: penalties, bans, temperature, top-k, top-p, and one throw of the dice.

Works on one row at a time or on many; every row has dice of its own, so that what is drawn for one
never depends on the others. Knows no text.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

import torch

from pipelines.text.language.model import Sampling

FIRST_LOOK = 128  # the likeliest tokens are sorted first; nearly always they are enough
WIDER = 16


class RowState:
    """The tokens of one row, and what a person's wishes forbid it to say next.

    Args:
        seed: of the row's own dice.
        context: tokens before it that count as said for the n-grams.
    """

    def __init__(self, sampling: Sampling, seed: str, context: Sequence[int] = ()) -> None:
        self.ids: list[int] = []
        self.dice = random.Random(seed)
        self._size = sampling.no_repeat_ngram
        self._row: list[int] = []
        self._nexts: dict[tuple[int, ...], set[int]] = {}
        for token in context:
            self._note(token)

    def add(self, token: int) -> None:
        """Add what was drawn."""
        self.ids.append(token)
        self._note(token)

    @property
    def repeats(self) -> frozenset[int]:
        """Return the tokens that would say an n-gram a second time."""
        size = self._size
        if not size or len(self._row) < size - 1:
            return frozenset()
        return frozenset(self._nexts.get(self._tail(), ()))

    @property
    def seen(self) -> frozenset[int]:
        """Return every token that stands before."""
        return frozenset(self._row)

    def _tail(self) -> tuple[int, ...]:
        return tuple(self._row[len(self._row) - self._size + 1 :])

    def _note(self, token: int) -> None:
        if self._size and len(self._row) >= self._size - 1:
            self._nexts.setdefault(self._tail(), set()).add(token)
        self._row.append(token)


def wished(
    logits: torch.Tensor, rows: Sequence[RowState], sampling: Sampling, banned: torch.Tensor
) -> torch.Tensor:
    """Return the logits after penalties, bans and temperature; a new tensor.

    Args:
        banned: numbers of tokens that no row may draw.
    """
    scores = logits.clone()
    for place, row in enumerate(rows):
        if sampling.repetition_penalty != 1.0:
            seen = torch.tensor(sorted(row.seen), dtype=torch.long, device=logits.device)
            said = scores[place, seen]
            penalty = sampling.repetition_penalty
            scores[place, seen] = torch.where(said > 0, said / penalty, said * penalty)
        repeats = row.repeats
        if repeats:
            scores[place, torch.tensor(sorted(repeats), device=logits.device)] = -torch.inf
    scores[:, banned] = -torch.inf
    return scores / sampling.temperature


def choose(scores: torch.Tensor, dice: Sequence[random.Random], sampling: Sampling) -> list[int]:
    """Return one token for each row, drawn with its own dice."""
    throws = torch.tensor([[one.random()] for one in dice], dtype=torch.double)
    throws = throws.to(scores.device)
    if not sampling.top_k and sampling.top_p >= 1.0:
        return _numbers(_thrown(torch.softmax(scores, -1), throws))
    chances, tokens = _nucleus(scores, sampling)
    return _numbers(tokens.gather(-1, _thrown(chances, throws)))


def _thrown(chances: torch.Tensor, throws: torch.Tensor) -> torch.Tensor:
    """Return the place in each row where the dice fell; in doubles, as 1 - 1e-9 must stay < 1."""
    sums = chances.double().cumsum(-1)
    return torch.searchsorted(sums, throws * sums[:, -1:], right=True)


def _numbers(column: torch.Tensor) -> list[int]:
    numbers: list[int] = column[:, 0].tolist()
    return numbers


def _nucleus(scores: torch.Tensor, sampling: Sampling) -> tuple[torch.Tensor, torch.Tensor]:
    """Return the chances that top-k and top-p leave, likeliest first, and their tokens."""
    whole = scores.shape[-1]
    chances = torch.softmax(scores, -1)
    size = min(sampling.top_k or FIRST_LOOK, whole)
    best, tokens = chances.topk(size)
    if sampling.top_k:
        best = best / best.sum(-1, keepdim=True)
    while not sampling.top_k and size < whole and bool((best.sum(-1) < sampling.top_p).any()):
        size = min(size * WIDER, whole)
        best, tokens = chances.topk(size)
    before = best.cumsum(-1) - best  # of those that are likelier: the first one always stays
    return best.masked_fill(before >= sampling.top_p, 0.0), tokens
