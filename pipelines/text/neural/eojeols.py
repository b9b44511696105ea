"""What may come next, eojeol by eojeol: sub-token probabilities summed up to the next blank.

A beam search over unfinished eojeols. What it lists is exact up to the width and depth of the beam;
the probability of everything that is not listed is the rest.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch

from models.composed import composed
from pipelines.contract.cancel import CancelToken
from pipelines.text.language.model import Candidate, NextEojeols
from pipelines.text.neural.network import CachedBatch
from pipelines.text.neural.vocabulary import TokenVocabulary

BEAM = 24  # unfinished eojeols that are followed at a time
DEPTH = 8  # tokens of an eojeol
PRUNED = 1e-7  # a path less likely than this is left to the rest


@dataclass(frozen=True, slots=True)
class Path:
    """An eojeol that may go on: its bytes, and the probability of this beginning."""

    row: int
    token: int
    raw: bytes
    plain: float
    tempered: float


class Explorer:
    """Searches the next eojeols of one model."""

    def __init__(self, network: Any, vocabulary: TokenVocabulary, banned: torch.Tensor) -> None:
        self._network = network
        self._vocabulary = vocabulary
        begins = torch.tensor(vocabulary.begins_eojeol)
        self._banned = banned
        self._begins = begins.nonzero()[:, 0].to(banned.device)  # ids
        self._stops = torch.cat([self._begins, torch.tensor([vocabulary.end_id]).to(banned.device)])
        self.inside = (~begins).nonzero()[:, 0].to(banned.device)

    def next(
        self, ids: Sequence[int], limit: int, temperature: float, cancel: CancelToken
    ) -> NextEojeols:
        """Return the likeliest eojeols after some tokens; "" is the end of the text."""
        found: defaultdict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
        batch = CachedBatch.begin(self._network, ids)
        paths = self._first(batch, temperature, found)
        for depth in range(DEPTH):
            cancel.check()
            if not paths:
                break
            batch.spread(len(paths)) if depth == 0 else batch.keep([path.row for path in paths])
            batch.step([path.token for path in paths])
            paths = self._further(batch, paths, temperature, found)
            paths = [path for path in paths if path.plain > _last(found, limit)]
        return _listed(found, limit)

    def _probabilities(
        self, batch: CachedBatch, temperature: float
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Return the next-token probabilities, plain and tempered: (rows, vocabulary) each."""
        logits = batch.logits.clone()  # (rows, vocabulary)
        logits[:, self._banned] = -torch.inf
        plain = torch.softmax(logits, -1)
        return plain, plain if temperature == 1.0 else torch.softmax(logits / temperature, -1)

    def _first(
        self, batch: CachedBatch, temperature: float, found: defaultdict[str, list[float]]
    ) -> list[Path]:
        """Return the likeliest beginnings, given that a new eojeol or the end comes now."""
        kept_probs = []
        for probs in self._probabilities(batch, temperature):
            kept = torch.zeros_like(probs[0])  # (vocabulary,)
            kept[self._stops] = probs[0][self._stops]
            kept_probs.append(kept / kept.sum())
        plain, tempered = kept_probs
        end = self._vocabulary.end_id
        found[""] = [float(plain[end]), float(tempered[end])]
        plain[end] = 0.0
        best = plain.topk(min(BEAM, len(plain)))
        return [
            Path(0, token, self._vocabulary.raw((token,)), chance, float(tempered[token]))
            for chance, token in zip(best.values.tolist(), best.indices.tolist(), strict=True)
            if chance > PRUNED
        ]

    def _further(
        self,
        batch: CachedBatch,
        paths: Sequence[Path],
        temperature: float,
        found: defaultdict[str, list[float]],
    ) -> list[Path]:
        """Note which paths are over here; return the likeliest ways to go on."""
        plain, tempered = self._probabilities(batch, temperature)
        over = plain[:, self._stops].sum(-1)  # (rows,)
        over_tempered = tempered[:, self._stops].sum(-1)  # (rows,)
        for row, path in enumerate(paths):
            text = _text(path.raw)
            if text:
                found[text][0] += path.plain * float(over[row])
                found[text][1] += path.tempered * float(over_tempered[row])
        before = torch.tensor([path.plain for path in paths], device=plain.device)
        longer = plain * before[:, None]  # (rows, vocabulary): joint probabilities
        longer[:, self._stops] = 0.0
        size = longer.shape[-1]
        best = longer.flatten().topk(min(BEAM, longer.numel()))
        further = []
        for chance, place in zip(best.values.tolist(), best.indices.tolist(), strict=True):
            if chance <= PRUNED:
                break
            row, token = divmod(place, size)
            path = paths[row]
            raw = path.raw + self._vocabulary.raw((token,))
            more = path.tempered * float(tempered[row, token])
            further.append(Path(row, token, raw, chance, more))
        return further


def _text(raw: bytes) -> str:
    """Return the eojeol of some bytes, "" when they are no whole syllables."""
    try:
        return composed(raw.decode("utf-8")).strip()
    except UnicodeDecodeError:
        return ""


def _last(found: defaultdict[str, list[float]], limit: int) -> float:
    """Return what an eojeol has to beat to be listed."""
    chances = sorted((chance for chance, _ in found.values()), reverse=True)
    return chances[limit - 1] if len(chances) >= limit else 0.0


def _listed(found: defaultdict[str, list[float]], limit: int) -> NextEojeols:
    ranked = sorted(found.items(), key=lambda item: (-item[1][0], item[0]))[:limit]
    candidates = tuple(Candidate(text, *chances) for text, chances in ranked)
    return NextEojeols(candidates, max(0.0, 1.0 - math.fsum(one.probability for one in candidates)))
