"""From logits to a sampled token: penalties, bans, temperature, top-k, top-p.

Works on a batch of one row or of many; every row has a random generator of its own, so that what is
sampled for one never depends on the others. Knows no text.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

import torch

from pipelines.text.language.model import Sampling

FIRST_SORTED = 128  # the likeliest tokens are sorted first; nearly always they are enough
WIDER = 16


class RowState:
    """The tokens sampled for one row, its random generator, and the n-grams it may not repeat.

    Args:
        seed: of the row's own generator.
        context: tokens of the prompt that count for the n-grams.
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
        """Append a sampled token."""
        self.ids.append(token)
        self._note(token)

    @property
    def repeats(self) -> frozenset[int]:
        """Return the tokens that would repeat an n-gram."""
        size = self._size
        if not size or len(self._row) < size - 1:
            return frozenset()
        return frozenset(self._nexts.get(self._tail(), ()))

    @property
    def seen(self) -> frozenset[int]:
        """Return every token before: the context's and the sampled ones."""
        return frozenset(self._row)

    def _tail(self) -> tuple[int, ...]:
        return tuple(self._row[len(self._row) - self._size + 1 :])

    def _note(self, token: int) -> None:
        if self._size and len(self._row) >= self._size - 1:
            self._nexts.setdefault(self._tail(), set()).add(token)
        self._row.append(token)


def process_logits(
    logits: torch.Tensor, rows: Sequence[RowState], sampling: Sampling, banned: torch.Tensor
) -> torch.Tensor:
    """Return the logits after repetition penalty, bans and temperature; a new tensor.

    Args:
        logits: (rows, vocabulary).
        banned: ids of tokens that no row may draw.
    """
    scores = logits.clone()  # (rows, vocabulary)
    for place, row in enumerate(rows):
        if sampling.repetition_penalty != 1.0:
            seen = torch.tensor(sorted(row.seen), dtype=torch.long, device=logits.device)
            old = scores[place, seen]  # (seen,)
            penalty = sampling.repetition_penalty
            scores[place, seen] = torch.where(old > 0, old / penalty, old * penalty)
        repeats = row.repeats
        if repeats:
            scores[place, torch.tensor(sorted(repeats), device=logits.device)] = -torch.inf
    scores[:, banned] = -torch.inf
    return scores / sampling.temperature


def sample(scores: torch.Tensor, dice: Sequence[random.Random], sampling: Sampling) -> list[int]:
    """Return one token for each row, drawn with its own generator, after top-k and top-p."""
    uniform = torch.tensor([[one.random()] for one in dice], dtype=torch.double)  # (rows, 1)
    uniform = uniform.to(scores.device)
    if not sampling.top_k and sampling.top_p >= 1.0:
        return _column(_inverse_cdf(torch.softmax(scores, -1), uniform))
    probs, tokens = _nucleus(scores, sampling)  # (rows, kept) each
    return _column(tokens.gather(-1, _inverse_cdf(probs, uniform)))


def _inverse_cdf(probs: torch.Tensor, uniform: torch.Tensor) -> torch.Tensor:
    """Return where each uniform number falls: (rows, 1); in doubles, as 1 - 1e-9 must stay < 1."""
    sums = probs.double().cumsum(-1)  # (rows, kept)
    return torch.searchsorted(sums, uniform * sums[:, -1:], right=True)


def _column(tokens: torch.Tensor) -> list[int]:
    ids: list[int] = tokens[:, 0].tolist()
    return ids


def _nucleus(scores: torch.Tensor, sampling: Sampling) -> tuple[torch.Tensor, torch.Tensor]:
    """Return the probabilities that top-k and top-p leave, likeliest first, and their tokens."""
    whole = scores.shape[-1]
    probs = torch.softmax(scores, -1)  # (rows, vocabulary)
    size = min(sampling.top_k or FIRST_SORTED, whole)
    best, tokens = probs.topk(size)  # (rows, size) each
    if sampling.top_k:
        best = best / best.sum(-1, keepdim=True)
    while not sampling.top_k and size < whole and bool((best.sum(-1) < sampling.top_p).any()):
        size = min(size * WIDER, whole)
        best, tokens = probs.topk(size)
    before = best.cumsum(-1) - best  # of those that are likelier: the first one always stays
    return best.masked_fill(before >= sampling.top_p, 0.0), tokens
