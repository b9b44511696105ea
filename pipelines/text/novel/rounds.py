"""One round of the novel: a model drafts, the first sentences are cut out, the best are shown.

Knows any LanguageModel, and how to go on when it says too little: warmer, then unfinished and
short sentences, then a few of the grammar engine's. Does not judge sentences (rank.py).
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import islice

from pipelines.contract.cancel import NEVER, CancelToken
from pipelines.contract.errors import InvalidRequest
from pipelines.contract.requests import MAX_SEED, RANDOM_SEED, TextRequest, fresh_seed
from pipelines.text.grammar import grammar
from pipelines.text.korean.blocklist import is_clean, letters
from pipelines.text.language.model import (
    TEMPERATURE_RANGE,
    Draft,
    LanguageModel,
    Sampling,
    TokenModel,
    WritingHooks,
)
from pipelines.text.neural.repair import repaired
from pipelines.text.novel import diverse_beam
from pipelines.text.novel.rank import Proposal, RankWeights, UnrankedSentence, ranked
from pipelines.text.novel.sentences import first_sentence, is_closed
from pipelines.text.novel.story import MAX_SENTENCE, Story

WANTED = 10
BATCH = 20  # drafts between two checks of the clock
BATCHES = 2
MORE_BATCHES = 2  # drafted when too few sentences came out, each warmer than the last
WARMER = 0.3
LEAST = 3  # with fewer the grammar engine helps out
MIN_LETTERS = 6
MIN_EOJEOLS = 2
MAX_PROMPT = 240  # characters of the story that a model is given
MAX_TOKENS = 32  # of a draft; a first sentence is hardly ever longer
GRAMMAR = "grammar"


class SearchMethod(StrEnum):
    """How a model searches for sentences."""

    SAMPLING = "sampling"
    BEAM = "beam"  # our own diverse beam search; only for models that show their tokens


@dataclass(frozen=True, slots=True)
class Wishes:
    """The settings of a round."""

    weights: RankWeights = field(default_factory=RankWeights)
    temperature: float = 0.9
    method: SearchMethod = SearchMethod.SAMPLING
    seed: int = RANDOM_SEED

    def __post_init__(self) -> None:
        Sampling(temperature=self.temperature, seed=self.seed)  # says what is wrong with them


@dataclass(frozen=True, slots=True)
class RoundProgress:
    """How far a round is, in batches of drafts."""

    done: int
    total: int


Round = Generator[RoundProgress, None, tuple[Proposal, ...]]


def propose(
    model: LanguageModel,
    story: Story,
    wishes: Wishes = Wishes(),
    cancel: CancelToken = NEVER,
) -> Round:
    """Draft a round; yields how far it is and returns the candidates.

    Raises InvalidRequest when the model refuses the prompt or cannot do the method, Cancelled.
    """
    if wishes.seed == RANDOM_SEED:
        wishes = replace(wishes, seed=fresh_seed())
    pool = _CandidatePool(story)
    if wishes.method is SearchMethod.BEAM:
        yield RoundProgress(0, 1)
        pool.add(_beamed(model, story, cancel))
    if pool.count < WANTED:
        yield from _drafted(model, story, wishes, cancel, pool)
    cancel.check()
    own, borrowed = pool.texts(WANTED), _borrowed(pool, wishes.seed)
    engines = (*[model.name] * len(own), *[GRAMMAR] * len(borrowed))
    written = _scored(model, story, (*own, *borrowed), engines)
    return ranked(written, story.sentences, wishes.weights, WANTED)


def propose_now(
    model: LanguageModel,
    story: Story,
    wishes: Wishes = Wishes(),
    cancel: CancelToken = NEVER,
) -> tuple[Proposal, ...]:
    """Draft a round without looking at how far it is."""
    drafting = propose(model, story, wishes, cancel)
    while True:
        try:
            next(drafting)
        except StopIteration as end:
            return tuple(end.value)


class _CandidatePool:
    """First sentences that may be shown, the good ones apart from those that only may do."""

    def __init__(self, story: Story) -> None:
        self._old = {letters(sentence) for sentence in (*story.sentences, *story.shown)}
        self._whole: dict[str, str] = {}
        self._poor: dict[str, str] = {}

    def add(self, drafts: Iterable[Draft]) -> None:
        """Cut the first sentence out of each draft and keep what is new and clean."""
        for draft in drafts:
            sentence, is_whole = first_sentence(repaired(draft.text))
            key = letters(sentence)
            if not key or key in self._old or len(sentence) > MAX_SENTENCE:
                continue
            if not is_clean(sentence):
                continue
            is_long_enough = len(key) >= MIN_LETTERS and len(sentence.split()) >= MIN_EOJEOLS
            is_over = is_whole or draft.has_ended
            shelf = self._whole if is_long_enough and is_over else self._poor
            shelf.setdefault(key, sentence if is_over else f"{sentence}…")

    def takes(self, sentence: str) -> bool:
        """Say whether a whole sentence is neither old nor in the pool already."""
        key = letters(sentence)
        return key not in self._old and key not in self._whole and key not in self._poor

    @property
    def count(self) -> int:
        """Return how many good sentences there are."""
        return len(self._whole)

    def texts(self, wanted: int) -> tuple[str, ...]:
        """Return the good ones, and poor ones as well where good ones are too few."""
        poor = [text for key, text in self._poor.items() if key not in self._whole]
        return (*self._whole.values(), *poor[: max(0, wanted - self.count)])


def _drafted(
    model: LanguageModel,
    story: Story,
    wishes: Wishes,
    cancel: CancelToken,
    pool: _CandidatePool,
) -> Iterator[RoundProgress]:
    """Fill the pool batch by batch, with more and warmer ones while it is too small."""
    hooks = WritingHooks(cancel=cancel)
    total, done = BATCHES, 0
    while done < total:
        yield RoundProgress(done, total)
        pool.add(_batch(model, story, _sampling(wishes, done), hooks))
        done += 1
        if done == total < BATCHES + MORE_BATCHES and pool.count < WANTED:
            total += 1
    yield RoundProgress(total, total)


def _sampling(wishes: Wishes, number: int) -> Sampling:
    warmth = wishes.temperature + WARMER * max(0, number - BATCHES + 1)
    return Sampling(
        temperature=min(warmth, TEMPERATURE_RANGE[1]),
        max_tokens=MAX_TOKENS,
        seed=(wishes.seed + number) % (MAX_SEED + 1),
    )


def _batch(
    model: LanguageModel, story: Story, sampling: Sampling, hooks: WritingHooks
) -> tuple[Draft, ...]:
    return _with_room(story, lambda prompt: model.draft(prompt, BATCH, sampling, hooks))


def _beamed(model: LanguageModel, story: Story, cancel: CancelToken) -> tuple[Draft, ...]:
    if not isinstance(model, TokenModel):
        raise InvalidRequest("novel.no_beam", model=model.name)
    return diverse_beam.search(model, _prompt(story.sentences), story.shown, cancel=cancel)


def _scored(
    model: LanguageModel, story: Story, texts: Sequence[str], engines: Sequence[str]
) -> tuple[UnrankedSentence, ...]:
    drafts = _with_room(
        story,
        lambda prompt: model.score([f" {text}" if prompt else text for text in texts], prompt),
    )
    return tuple(
        UnrankedSentence(text, draft.mean_log_prob, engine)
        for text, draft, engine in zip(texts, drafts, engines, strict=True)
    )


def _borrowed(pool: _CandidatePool, seed: int) -> tuple[str, ...]:
    """Return sentences of the grammar engine when the model has next to nothing new."""
    missing = max(0, LEAST - len(pool.texts(WANTED)))
    fresh = (phrase.ko for phrase in grammar.phrases(TextRequest(seed=seed)))
    return tuple(islice(filter(pool.takes, fresh), missing))


def _with_room(story: Story, draft: Callable[[str], tuple[Draft, ...]]) -> tuple[Draft, ...]:
    """Draft with as much of the story as the context holds, cut from its beginning."""
    sentences = list(story.sentences)
    while True:
        prompt = _prompt(sentences)
        try:
            return draft(prompt)
        except InvalidRequest as error:
            if error.values.get("field") != "prompt" or len(sentences) <= 1:
                raise
            sentences = sentences[-(len(sentences) // 2) :]


def _prompt(sentences: Sequence[str]) -> str:
    """Return the end of the story; every sentence closed, so that a new one begins."""
    taken: list[str] = []
    length = 0
    for sentence in reversed(sentences):
        length += len(sentence) + 1
        if taken and length > MAX_PROMPT:
            break
        taken.append(sentence if is_closed(sentence) else f"{sentence}.")
    return " ".join(reversed(taken))
