"""Write continuations: many rows at once over one prompt, each with dice of its own.

The prompt is read once; finished rows leave the batch; a token that would complete banned words is
drawn again. Knows no prompts as text and no files.
"""

from __future__ import annotations

import codecs
import math
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import torch

from pipelines.contract.cancel import CancelToken
from pipelines.text.korean.blocklist import is_clean
from pipelines.text.language.model import Sampling
from pipelines.text.neural.choosing import RowState, choose, wished
from pipelines.text.neural.network import CachedBatch
from pipelines.text.neural.vocabulary import TokenVocabulary

LOOKED_BACK = 40  # letters; longer than any banned word with blanks in it
MAX_REDRAWS = 20  # of one token; a row that only wants to say banned things ends there


@dataclass(frozen=True, slots=True)
class PromptPrefix:
    """What all rows continue.

    Attributes:
        ids: the prompt's tokens.
        context: those of them that are the same text as the continuation, not a question.
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

    said: RowState
    opening: PromptPrefix
    log_prob: float = 0.0
    has_ended: bool = False
    text: str = ""
    _decoder: codecs.IncrementalDecoder = field(
        default_factory=lambda: codecs.getincrementaldecoder("utf-8")("ignore")
    )
    _raw: str = ""

    def would_say(self, piece: bytes) -> str:
        """Return the text that a token would make of it; half a syllable is held back."""
        state = self._decoder.getstate()
        more = self._decoder.decode(piece)
        self._decoder.setstate(state)
        return self._shown(self._raw + more)

    def add(self, token: int, piece: bytes, log_prob: float) -> None:
        """Write one token."""
        self._raw += self._decoder.decode(piece)
        self.text = self._shown(self._raw)
        self.said.add(token)
        self.log_prob += log_prob

    def end(self, log_prob: float) -> None:
        """Write the end."""
        self.has_ended = True
        self.log_prob += log_prob

    @property
    def tokens(self) -> int:
        """Return how many tokens were drawn."""
        return len(self.said.ids) + self.has_ended

    def _shown(self, raw: str) -> str:
        text = unicodedata.normalize("NFC", raw)
        return text if self.opening.keeps_blank else text.lstrip()


@dataclass(frozen=True, slots=True)
class SamplingPool:
    """What writing needs besides the prompt."""

    network: Any
    vocabulary: TokenVocabulary
    banned: torch.Tensor  # numbers of tokens that never stand in a text
    inside: torch.Tensor  # numbers of tokens that go on with an eojeol
    cancel: CancelToken
    on_text: Callable[[int, str], None]


def write(
    desk: SamplingPool, opening: PromptPrefix, count: int, sampling: Sampling
) -> tuple[DraftRow, ...]:
    """Return `count` lines; raise Cancelled between two tokens when told to stop.

    Args:
        sampling: settled; line i is the same whatever `count` is.
    """
    lines = tuple(
        DraftRow(RowState(sampling, f"{sampling.seed}:{place}", opening.context), opening)
        for place in range(count)
    )
    _look(desk)
    run = CachedBatch.begin(desk.network, opening.ids)
    run.spread(count)
    active = list(range(count))
    for step in range(sampling.max_tokens):
        _look(desk)
        tokens = _next(desk, run, [lines[place] for place in active], sampling, step)
        rows = [row for row, token in enumerate(tokens) if token is not None]
        for row in rows:
            desk.on_text(active[row], lines[active[row]].text)
        active = [active[row] for row in rows]
        if not active or step == sampling.max_tokens - 1:
            break
        run.keep(rows)
        run.step([token for token in tokens if token is not None])
    return lines


def _look(desk: SamplingPool) -> None:
    desk.cancel.check()


def _next(
    desk: SamplingPool, run: CachedBatch, lines: Sequence[DraftRow], sampling: Sampling, step: int
) -> list[int | None]:
    """Draw a token for each line and write it; None where a line is over."""
    scores = wished(run.logits, [line.said for line in lines], sampling, desk.banned)
    if step == 0:
        scores[:, desk.vocabulary.end_id] = -torch.inf  # a draft says something
        if lines[0].opening.ends_word:
            scores[:, desk.inside] = -torch.inf
    log_probs = torch.log_softmax(run.logits, -1)
    drawn = choose(scores, [line.said.dice for line in lines], sampling)
    tokens: list[int | None] = []
    for row, line in enumerate(lines):
        token = _allowed(desk, line, drawn[row], scores[row], sampling)
        if token is None or token == desk.vocabulary.end_id:
            if token is not None:
                line.end(float(log_probs[row, token]))
            tokens.append(None)
            continue
        line.add(token, desk.vocabulary.raw((token,)), float(log_probs[row, token]))
        tokens.append(token)
    return tokens


def _allowed(
    desk: SamplingPool, line: DraftRow, token: int, scores: torch.Tensor, sampling: Sampling
) -> int | None:
    """Return the token, or another one while it would complete something banned."""
    for _ in range(MAX_REDRAWS):
        if token == desk.vocabulary.end_id:
            return token
        text = line.would_say(desk.vocabulary.raw((token,)))
        if _is_fine(line.opening.tail, text, sampling.bad_words):
            return token
        scores[token] = -torch.inf
        if not math.isfinite(float(scores.max())):
            return None
        token = choose(scores[None], [line.said.dice], sampling)[0]
    return None


def _is_fine(tail: str, text: str, bad_words: Sequence[str]) -> bool:
    """Say whether nothing banned stands in the text or where it meets what was before."""
    end = text[-LOOKED_BACK:]  # what stands before was looked at when it was written
    if not is_clean(end) or (len(text) < LOOKED_BACK and is_clean(tail) != is_clean(tail + text)):
        return False
    lower = text.lower()
    return not any(word and word.lower() in lower for word in bad_words)
