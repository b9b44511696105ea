"""transformers' GPT-2 as a few calls: read a prompt, step, drop rows, score.

The only file that knows transformers' cache. Numbers are fp32, on the CPU too: bf16 steps take 0.7
of the time there, but a draft would then depend on how many are written beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

import torch


class CachedBatch:
    """A batch of rows that are continued together, with their KV cache."""

    def __init__(self, network: Any, cache: Any, logits: torch.Tensor) -> None:
        self._network = network
        self._cache = cache
        self.logits = logits  # (rows, vocabulary), of the next token

    @classmethod
    def begin(cls, network: Any, ids: Sequence[int]) -> Self:
        """Run a prompt through the network; the batch has one row."""
        with torch.inference_mode():
            rows = torch.tensor([list(ids)], device=network.device)  # (1, length)
            out = network(rows, use_cache=True, logits_to_keep=1)
        return cls(network, out.past_key_values, out.logits[:, -1].float())

    def spread(self, count: int) -> None:
        """Make `count` rows of the one row."""
        with torch.inference_mode():
            self._cache.batch_repeat_interleave(count)
            self.logits = self.logits.repeat_interleave(count, 0)  # (count, vocabulary)

    def keep(self, rows: Sequence[int]) -> None:
        """Go on with these rows only, in this order; a row may come twice."""
        if list(rows) == list(range(len(self.logits))):
            return
        with torch.inference_mode():
            chosen = torch.tensor(list(rows), device=self.logits.device)  # (kept,)
            self._cache.batch_select_indices(chosen)
            self.logits = self.logits[chosen]

    def step(self, tokens: Sequence[int]) -> None:
        """Add one token to each row."""
        with torch.inference_mode():
            column = torch.tensor(list(tokens), device=self.logits.device)[:, None]  # (rows, 1)
            out = self._network(column, past_key_values=self._cache, use_cache=True)
            self.logits = out.logits[:, -1].float()  # (rows, vocabulary)


def all_logits(network: Any, rows: Sequence[Sequence[int]]) -> torch.Tensor:
    """Return the logits after every token of rows of different lengths: (rows, length, vocabulary).

    Shorter rows are padded at their end; the logits there are meaningless.
    """
    length = max(map(len, rows))
    padded = [[*row, *[0] * (length - len(row))] for row in rows]
    mask = [[1] * len(row) + [0] * (length - len(row)) for row in rows]
    with torch.inference_mode():
        out = network(
            torch.tensor(padded, device=network.device),
            attention_mask=torch.tensor(mask, device=network.device),
            use_cache=False,
        )
    logits: torch.Tensor = out.logits.float()  # (rows, length, vocabulary)
    return logits


def last_logits(network: Any, rows: Sequence[Sequence[int]]) -> torch.Tensor:
    """Return the logits after rows of equal length: (rows, vocabulary)."""
    with torch.inference_mode():
        ids = torch.tensor([list(row) for row in rows], device=network.device)  # (rows, length)
        logits: torch.Tensor = network(ids, use_cache=False, logits_to_keep=1).logits[:, -1].float()
    return logits
