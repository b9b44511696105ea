"""The protocol of a language model: it samples drafts, scores texts, lists the next eojeols.

The neural models (neural/) and the Markov chains (language_model.py) are both this; chat, the
explorer and the novel know nothing else. An engine behind a server can become a third. What needs
to see the tokens themselves (diverse beam search) asks for a TokenModel. Standard library only;
torch is named in types.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol, Self, runtime_checkable

from pipelines.contract.cancel import NEVER, CancelToken
from pipelines.contract.requests import RANDOM_SEED, fresh_seed
from pipelines.contract.validate import check_range, check_seed

if TYPE_CHECKING:
    import torch

TEMPERATURE_RANGE = (0.1, 2.0)
TOP_P_RANGE = (0.05, 1.0)
TOP_K_RANGE = (0, 1000)  # 0 is off
REPETITION_RANGE = (1.0, 2.0)  # 1 is off
NGRAM_RANGE = (0, 8)  # 0 is off
TOKENS_RANGE = (1, 256)


@dataclass(frozen=True, slots=True)
class Sampling:
    """How tokens are sampled.

    Attributes:
        temperature: below 1 the likely becomes likelier.
        top_p: smallest set of tokens with this much probability (nucleus); 1 is off.
        top_k: so many of the likeliest tokens; 0 is off.
        repetition_penalty: for tokens that came before (CTRL, Keskar et al. 2019); 1 is off.
        no_repeat_ngram: no n tokens in a row come twice; 0 is off.
        bad_words: texts that must not come.
        max_tokens: length limit.
        seed: RANDOM_SEED or 0..MAX_SEED.
    """

    temperature: float = 0.9
    top_p: float = 0.95
    top_k: int = 0
    repetition_penalty: float = 1.0
    no_repeat_ngram: int = 3
    bad_words: tuple[str, ...] = ()
    max_tokens: int = 40
    seed: int = RANDOM_SEED

    def __post_init__(self) -> None:
        check_range(self.temperature, "temperature", *TEMPERATURE_RANGE)
        check_range(self.top_p, "top_p", *TOP_P_RANGE)
        check_range(self.top_k, "top_k", *TOP_K_RANGE)
        check_range(self.repetition_penalty, "repetition_penalty", *REPETITION_RANGE)
        check_range(self.no_repeat_ngram, "no_repeat_ngram", *NGRAM_RANGE)
        check_range(self.max_tokens, "max_tokens", *TOKENS_RANGE)
        check_seed(self.seed)

    def settled(self) -> Self:
        """Return the same settings with a seed that is known."""
        return self if self.seed != RANDOM_SEED else replace(self, seed=fresh_seed())


@dataclass(frozen=True, slots=True)
class Draft:
    """A continuation that a model wrote.

    Attributes:
        text: what was written after the prompt, NFC, no half syllables.
        log_prob: natural log of its probability, untempered, its end included when it ended.
        tokens: how many tokens that were.
        has_ended: the end token was sampled; else the limit cut it off.
    """

    text: str
    log_prob: float
    tokens: int
    has_ended: bool

    @property
    def mean_log_prob(self) -> float:
        """Return the log probability a token."""
        return self.log_prob / max(1, self.tokens)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One eojeol that may come next; `text` is "" for the end of the sentence.

    Attributes:
        probability: untempered, 0..1.
        tempered: with the temperature of the request.
    """

    text: str
    probability: float
    tempered: float


@dataclass(frozen=True, slots=True)
class NextEojeols:
    """What may come next, likeliest first, and the probability of everything not listed."""

    candidates: tuple[Candidate, ...]
    rest: float


@dataclass(frozen=True, slots=True)
class WritingHooks:
    """Callbacks of a running model; called on the caller's thread.

    Attributes:
        cancel: checked at least once a token; the model raises Cancelled.
        on_text: gets the index of a draft and its text so far, never a half syllable.
    """

    cancel: CancelToken = NEVER
    on_text: Callable[[int, str], None] = lambda index, text: None


class LanguageModel(Protocol):
    """Writes Korean from the left to the right."""

    @property
    def name(self) -> str:
        """The name a person chose it by."""

    def draft(
        self, prompt: str, count: int, sampling: Sampling, hooks: WritingHooks = WritingHooks()
    ) -> tuple[Draft, ...]:
        """Return `count` sampled continuations of `prompt`; equal calls with a seed, equal drafts.

        Raises InvalidRequest for a prompt that is too long, Cancelled when cancelled.
        """

    def score(self, texts: Sequence[str], prompt: str = "") -> tuple[Draft, ...]:
        """Return each text with its log-likelihood after `prompt`."""

    def next_eojeols(
        self,
        text: str,
        limit: int = 10,
        temperature: float = 1.0,
        cancel: CancelToken = NEVER,
    ) -> NextEojeols:
        """Return what may follow `text`: sub-token probabilities summed up to the next blank."""


@runtime_checkable
class TokenModel(Protocol):
    """A model whose next-token probabilities can be read step by step."""

    @property
    def end_id(self) -> int:
        """The end-of-text token."""

    def start(self, prompt: str) -> tuple[int, ...]:
        """Return the tokens of a prompt, shortened from the left to what leaves room to write."""

    def next_log_probs(self, rows: Sequence[Sequence[int]]) -> torch.Tensor:
        """Return the untempered log probabilities of what follows each row: (rows, vocabulary).

        Rows are of equal length. What never stands in a text (padding, speaker marks) is -inf.
        """

    def text(self, ids: Sequence[int]) -> str:
        """Return the text of some tokens, NFC, no half syllables."""
