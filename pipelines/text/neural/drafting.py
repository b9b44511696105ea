"""Sample continuations of one prompt: a batch of rows over one KV cache.

The prompt is read once; finished rows leave the batch; a token that would complete banned words is
sampled again. Knows no prompts as text and no files.
"""

from __future__ import annotations

import codecs
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import torch

from models.composed import composed
from pipelines.contract.cancel import CancelToken
from pipelines.text.korean.blocklist import is_clean
from pipelines.text.language.model import Sampling
from pipelines.text.neural.network import CachedBatch
from pipelines.text.neural.sampling import RowState, process_logits, sample
from pipelines.text.neural.vocabulary import TokenVocabulary

BANNED_WINDOW = 40  # letters; longer than any banned word with blanks in it
MAX_REDRAWS = 20  # of one token; a row with nothing but banned continuations ends there


@dataclass(frozen=True, slots=True)
class PromptPrefix:
    """What all rows continue.

    Attributes:
        ids: the prompt's tokens.
        context: those of them that belong to the text that goes on, not to a question.
        ends_word: a new eojeol has to begin.
        keeps_blank: the continuation's first blank belongs to the text.
        tail: the last letters before, for banned words that would begin there.
    """

    ids: tuple[int, ...]
    context: tuple[int, ...] = ()
    ends_word: bool = False
    keeps_blank: bool = False
    tail: str = ""


@dataclass(slots=True)
class DraftRow:
    """One row while it is being written."""

    state: RowState
    prefix: PromptPrefix
    log_prob: float = 0.0
    has_ended: bool = False
    text: str = ""
    _decoder: codecs.IncrementalDecoder = field(
        default_factory=lambda: codecs.getincrementaldecoder("utf-8")("ignore")
    )
    _raw: str = ""

    def text_with(self, piece: bytes) -> str:
        """Return the text with one more token; half a syllable is held back."""
        state = self._decoder.getstate()
        more = self._decoder.decode(piece)
        self._decoder.setstate(state)
        return self._shown(self._raw + more)

    def add(self, token: int, piece: bytes, log_prob: float) -> None:
        """Append one token."""
        self._raw += self._decoder.decode(piece)
        self.text = self._shown(self._raw)
        self.state.add(token)
        self.log_prob += log_prob

    def end(self, log_prob: float) -> None:
        """Note that the end token was sampled."""
        self.has_ended = True
        self.log_prob += log_prob

    @property
    def tokens(self) -> int:
        """Return how many tokens were sampled, the end counted."""
        return len(self.state.ids) + self.has_ended

    def _shown(self, raw: str) -> str:
        text = composed(raw)
        return text if self.prefix.keeps_blank else text.lstrip()


@dataclass(frozen=True, slots=True)
class SamplingPool:
    """What all rows share besides the prompt: the model, its banned tokens, and the hooks."""

    network: Any
    vocabulary: TokenVocabulary
    banned: torch.Tensor  # ids of tokens that never stand in a text
    inside: torch.Tensor  # ids of tokens that go on with an eojeol
    cancel: CancelToken
    on_text: Callable[[int, str], None]


def write(
    pool: SamplingPool, prefix: PromptPrefix, count: int, sampling: Sampling
) -> tuple[DraftRow, ...]:
    """Return `count` rows; raise Cancelled between two tokens when cancelled.

    Args:
        sampling: settled; row i is the same whatever `count` is.
    """
    rows = tuple(
        DraftRow(RowState(sampling, f"{sampling.seed}:{place}", prefix.context), prefix)
        for place in range(count)
    )
    pool.cancel.check()
    batch = CachedBatch.begin(pool.network, prefix.ids)
    batch.spread(count)
    active = list(range(count))  # the row at each place of the batch
    for step in range(sampling.max_tokens):
        pool.cancel.check()
        tokens = _next(pool, batch, [rows[row] for row in active], sampling, step)
        kept = [place for place, token in enumerate(tokens) if token is not None]
        for place in kept:
            pool.on_text(active[place], rows[active[place]].text)
        active = [active[place] for place in kept]
        if not active or step == sampling.max_tokens - 1:
            break
        batch.keep(kept)
        batch.step([token for token in tokens if token is not None])
    return rows


def _next(
    pool: SamplingPool, batch: CachedBatch, rows: Sequence[DraftRow], sampling: Sampling, step: int
) -> list[int | None]:
    """Sample a token for each row and append it; None where a row is over."""
    scores = process_logits(
        batch.logits, [row.state for row in rows], sampling, pool.banned
    )  # (rows, vocabulary)
    if step == 0:
        scores[:, pool.vocabulary.end_id] = -torch.inf  # no draft is empty
        if rows[0].prefix.ends_word:
            scores[:, pool.inside] = -torch.inf
    log_probs = torch.log_softmax(batch.logits, -1)  # (rows, vocabulary), untempered
    sampled = sample(scores, [row.state.dice for row in rows], sampling)
    tokens: list[int | None] = []
    for place, row in enumerate(rows):
        token = _allowed(pool, row, sampled[place], scores[place], sampling)
        if token is None or token == pool.vocabulary.end_id:
            if token is not None:
                row.end(float(log_probs[place, token]))
            tokens.append(None)
            continue
        row.add(token, pool.vocabulary.raw((token,)), float(log_probs[place, token]))
        tokens.append(token)
    return tokens


def _allowed(
    pool: SamplingPool, row: DraftRow, token: int, scores: torch.Tensor, sampling: Sampling
) -> int | None:
    """Return the token, or another one while it would complete something banned.

    Args:
        scores: (vocabulary,) of this row; refused tokens are set to -inf.
    """
    for _ in range(MAX_REDRAWS):
        if token == pool.vocabulary.end_id:
            return token
        text = row.text_with(pool.vocabulary.raw((token,)))
        if _is_allowed(row.prefix.tail, text, sampling.bad_words):
            return token
        scores[token] = -torch.inf
        if not math.isfinite(float(scores.max())):
            return None
        token = sample(scores[None], [row.state.dice], sampling)[0]
    return None


def _is_allowed(tail: str, text: str, bad_words: Sequence[str]) -> bool:
    """Say whether nothing banned stands in the text or where it meets what was before."""
    end = text[-BANNED_WINDOW:]  # what stands before was checked when it was written
    if not is_clean(end) or (len(text) < BANNED_WINDOW and is_clean(tail) != is_clean(tail + text)):
        return False
    lower = text.lower()
    return not any(word and word.lower() in lower for word in bad_words)
