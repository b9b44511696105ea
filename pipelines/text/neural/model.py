"""A loaded GPT-2 as a LanguageModel: it samples drafts, scores texts, lists next eojeols.

Knows how a prompt becomes tokens: NFC, on one line, cut from the left to the context length. How
rows are batched, sampled and explored stands in files of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch

from pipelines.contract.cancel import NEVER, CancelToken
from pipelines.contract.errors import InvalidRequest
from pipelines.contract.validate import check_range
from pipelines.text.language.model import Draft, NextEojeols, Sampling, WritingHooks
from pipelines.text.neural.drafting import DraftRow, PromptPrefix, SamplingPool, write
from pipelines.text.neural.eojeols import Explorer
from pipelines.text.neural.network import all_logits, last_logits
from pipelines.text.neural.repair import repaired
from pipelines.text.neural.transcript import Marked
from pipelines.text.neural.vocabulary import TokenVocabulary

if TYPE_CHECKING:
    from models.language_folder import LanguageConfig

MAX_PROMPT = (
    20_000  # characters; a longer prompt than the context is cut from the left, more is a mistake
)
MAX_DRAFTS = 200
MOST_LOGITS = 50_000_000  # held at a time while texts are scored
NO_HOOKS = WritingHooks()
TAIL = 12  # letters of the prompt that banned words may begin in


class NeuralModel:
    """Writes Korean with a GPT-2; see LanguageModel and TokenModel.

    Attributes:
        folder: where it was loaded from.
        vocabulary: its tokens.
        network: transformers' GPT2LMHeadModel, for whoever trains it further.
        licence: to be shown with what the model writes; "" when the folder names none.
        parameters: how many weights it has.
    """

    def __init__(
        self,
        name: str,
        folder: Path,
        config: LanguageConfig,
        vocabulary: TokenVocabulary,
        network: Any,
    ) -> None:
        self._name = name
        self.folder = folder
        self.vocabulary = vocabulary
        self.network = network
        self.context = config.context
        self.licence = config.notice
        self.parameters = sum(part.numel() for part in network.parameters())
        beyond = range(vocabulary.size, config.rows)  # rows of the embedding that no token has
        self._banned = torch.tensor(
            sorted({*vocabulary.hidden, *beyond}), dtype=torch.long, device=network.device
        )
        self._explorer = Explorer(network, vocabulary, self._banned)

    @property
    def name(self) -> str:
        """The name a person chose it by."""
        return self._name

    @property
    def end_id(self) -> int:
        """The end-of-text token."""
        return self.vocabulary.end_id

    def draft(
        self, prompt: str, count: int, sampling: Sampling, hooks: WritingHooks = NO_HOOKS
    ) -> tuple[Draft, ...]:
        """Return `count` sampled continuations of the prompt; see LanguageModel.

        A continuation of a text keeps its first blank, so that prompt + text reads on; one that
        begins a text, follows a blank or answers a question has none. Texts are josa-repaired.
        """
        check_range(count, "count", 1, MAX_DRAFTS)
        pool = SamplingPool(
            self.network,
            self.vocabulary,
            self._banned,
            self._explorer.inside,
            hooks.cancel,
            hooks.on_text,
        )
        prefix = self._prefix(prompt, sampling.max_tokens)
        return tuple(_draft(row) for row in write(pool, prefix, count, sampling.settled()))

    def score(self, texts: Sequence[str], prompt: str = "") -> tuple[Draft, ...]:
        """Return each text with its log-likelihood after the prompt; the end token not counted."""
        before = self._ids(prompt)
        kind = Marked if isinstance(prompt, Marked) else str
        rows = [self._ids(kind(prompt + text)) for text in texts]
        drafts: list[Draft] = []
        for start, end in self._batches(rows):
            drafts += self._scored(rows[start:end], texts[start:end], before)
        return tuple(drafts)

    def _batches(self, rows: Sequence[list[int]]) -> Iterator[tuple[int, int]]:
        """Yield which rows to read in one batch: logits of no more than some 200 MB."""
        start = 0
        while start < len(rows):
            end, longest = start, 0
            while end < len(rows):
                longest = min(self.context, max(longest, len(rows[end])))
                size = (end - start + 1) * longest * self.vocabulary.size
                if end > start and size > MOST_LOGITS:
                    break
                end += 1
            yield start, end
            start = end

    def _scored(
        self, rows: Sequence[list[int]], texts: Sequence[str], before: Sequence[int]
    ) -> Iterator[Draft]:
        shown = [row[-self.context :] for row in rows]
        logits = all_logits(self.network, shown)  # (rows, length, vocabulary)
        for place, (row, ids, text) in enumerate(zip(rows, shown, texts, strict=True)):
            first = max(1, _common(before, row) - len(row) + len(ids))
            targets = torch.tensor(ids[first:], device=logits.device, dtype=torch.long)  # (tokens,)
            part = logits[place, first - 1 : len(ids) - 1]  # (tokens, vocabulary)
            log_probs = part.gather(-1, targets[:, None])[:, 0] - part.logsumexp(-1)  # (tokens,)
            yield Draft(text, float(log_probs.double().sum()), len(targets), has_ended=False)

    def next_eojeols(
        self,
        text: str,
        limit: int = 10,
        temperature: float = 1.0,
        cancel: CancelToken = NEVER,
    ) -> NextEojeols:
        """Return what may follow `text`, given that the eojeol it ends with is whole."""
        cancel.check()
        ids = self._shortened(self._ids(text), self.context - 16)
        return self._explorer.next(ids, limit, temperature, cancel)

    def start(self, prompt: str) -> tuple[int, ...]:
        """Return the tokens of a prompt, shortened from the left to what leaves room to write."""
        return tuple(self._shortened(self._ids(prompt), self.context // 2))

    def next_log_probs(self, rows: Sequence[Sequence[int]]) -> torch.Tensor:
        """Return the untempered log probabilities after each row; see TokenModel."""
        cut = [list(row)[-self.context :] for row in rows]
        log_probs = torch.log_softmax(last_logits(self.network, cut), -1)  # (rows, vocabulary)
        log_probs[:, self._banned] = -torch.inf
        return log_probs

    def text(self, ids: Sequence[int]) -> str:
        """Return the text of some tokens, NFC, no half syllables; a first blank is kept."""
        return self.vocabulary.decode(ids)

    def _ids(self, prompt: str) -> list[int]:
        """Return the tokens of a prompt; a text begins after an end, a conversation with a mark."""
        if len(prompt) > MAX_PROMPT:
            raise InvalidRequest(
                "request.text.long", field="prompt", length=len(prompt), limit=MAX_PROMPT
            )
        _refuse_half_characters(prompt)
        if isinstance(prompt, Marked):
            return self.vocabulary.encode(prompt)
        return [self.end_id, *self.vocabulary.encode(prompt)]

    def _shortened(self, ids: list[int], room: int) -> list[int]:
        """Return the last tokens that fit, after the first one, an attention sink."""
        return ids if len(ids) <= room else [ids[0], *ids[len(ids) - room + 1 :]]

    def _prefix(self, prompt: str, max_tokens: int) -> PromptPrefix:
        room = max(self.context - max_tokens, self.context // 2)
        ids = self._shortened(self._ids(prompt), room)
        if isinstance(prompt, Marked):
            return PromptPrefix(tuple(ids))
        ends_word = bool(prompt.strip()) and prompt[-1].isspace()
        return PromptPrefix(
            ids=tuple(ids),
            context=tuple(ids[1:]),
            ends_word=ends_word,
            keeps_blank=bool(prompt.strip()) and not ends_word,
            tail=prompt[-TAIL:],
        )


def _refuse_half_characters(prompt: str) -> None:
    """Raise InvalidRequest for a lone surrogate, which no tokenizer takes."""
    try:
        prompt.encode("utf-8")
    except UnicodeEncodeError as error:
        code = f"U+{ord(prompt[error.start]):04X}"
        raise InvalidRequest(
            "request.text.broken", field="prompt", position=error.start + 1, code=code
        ) from error


def _common(one: Sequence[int], other: Sequence[int]) -> int:
    """Return how many tokens two rows begin with together."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))


def _draft(row: DraftRow) -> Draft:
    return Draft(repaired(row.text), row.log_prob, row.tokens, row.has_ended)
