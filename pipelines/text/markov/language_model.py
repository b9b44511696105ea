"""A Markov chain as a language model: it continues a prompt, and scores the likelihood of texts.

Probabilities are those that the engine draws by: the longest context, one order dropped with LEAP,
down to single tokens. Does not learn (engine.py) and does not take sentences apart (tokens.py).
"""

from __future__ import annotations

import heapq
import math
import random
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipelines.contract.cancel import NEVER, CancelToken
from pipelines.contract.validate import check_range, check_text
from pipelines.text.grammar.stock import WeightedChoices
from pipelines.text.korean.blocklist import is_clean
from pipelines.text.language.model import (
    TEMPERATURE_RANGE,
    Candidate,
    Draft,
    NextEojeols,
    Sampling,
    WritingHooks,
)
from pipelines.text.markov.engine import END, LEAP, START, TOKENS_RANGE, Context, MarkovModel
from pipelines.text.markov.tokens import Unit

SENTENCE_END = re.compile(r"(?<=[.!?…])\s+")
CLOSED = (".", "!", "?", "…")
UNSEEN = 0.5  # smoothing: an unseen step counts like half a token of all tokens of the text
TRIES = 30  # drafts thrown away for one that is neither blocked nor a copy
MAX_PATHS = 300  # beginnings of an eojeol that are followed; the rest stays "the rest"
SMALLEST = 1e-5  # a beginning less likely than this is not followed
SILENT = WritingHooks()

Nexts = Mapping[str, float]  # token -> probability


class MarkovLanguage:
    """The n-gram model of one text. No call changes its state: any thread may use it."""

    def __init__(self, model: MarkovModel, name: str) -> None:
        self.model = model
        self._name = name
        loose: Counter[str] = Counter()
        for context, nexts in model.chain.items():
            if len(context) == 1:
                loose.update(nexts)
        self._total = loose.total()
        self._loose = {token: count / self._total for token, count in loose.items()}

    @property
    def name(self) -> str:
        """Return the name a person chose it by."""
        return self._name

    def draft(
        self, prompt: str, count: int, sampling: Sampling, hooks: WritingHooks = SILENT
    ) -> tuple[Draft, ...]:
        """Return `count` sampled continuations; after a finished sentence a new one begins.

        No sentence that comes out is a piece of the learned text, unless chance finds no other.
        """
        sampling = sampling.settled()
        prefix = [START] if _is_closed(prompt) else self._prefix(prompt)
        dice = random.Random(sampling.seed)
        steps: dict[Context, _Continuations] = {}
        drafts = []
        for index in range(count):
            tokens = self._written(prefix, sampling, dice, steps, hooks.cancel)
            drafts.append(self._draft(prefix, tokens))
            hooks.on_text(index, drafts[-1].text)
        return tuple(drafts)

    def score(self, texts: Sequence[str], prompt: str = "") -> tuple[Draft, ...]:
        """Return each text as if it had been written after `prompt`; its last end is not counted.

        A step that the learned text never took is smoothed: unlikely, not impossible.
        """
        prefix = [START] if _is_closed(prompt) else self._prefix(prompt)
        return tuple(self._scored(list(prefix), text) for text in texts)

    def next_eojeols(
        self,
        text: str,
        limit: int = 10,
        temperature: float = 1.0,
        cancel: CancelToken = NEVER,
    ) -> NextEojeols:
        """Return what may follow `text` after a blank, or its end."""
        check_range(temperature, "temperature", *TEMPERATURE_RANGE)
        prefix = self._prefix(text)
        found = self._eojeols(prefix, cancel)
        tempered = {word: share ** (1 / temperature) for word, share in found.items()}
        whole = sum(tempered.values()) or 1.0
        listed = tuple(
            Candidate(word, share, tempered[word] / whole)
            for word, share in sorted(found.items(), key=lambda pair: -pair[1])[:limit]
        )
        rest = 1.0 - math.fsum(candidate.probability for candidate in listed)
        return NextEojeols(listed, max(0.0, rest))

    # ---- what follows

    def _prefix(self, text: str) -> list[str]:
        """Return the tokens of the sentence that a text is in the middle of."""
        text = check_text(text, "prompt", may_be_empty=True)
        last = SENTENCE_END.split(text)[-1]
        return [START, *self.model.tokens.split(last)]

    def _nexts(self, prefix: Sequence[str]) -> Nexts:
        """Return the next-token probabilities: those of each order, interpolated with LEAP."""
        found: defaultdict[str, float] = defaultdict(float)
        left = 1.0
        for order in range(min(self.model.recipe.order, len(prefix)), 0, -1):
            counts = self.model.chain.get(tuple(prefix[-order:]), Counter())
            if not counts or (order > 1 and len(counts) == 1):
                continue
            share = left if order == 1 else left * (1 - LEAP)
            whole = counts.total()
            for token, times in counts.items():
                found[token] += share * times / whole
            left -= share
        return found or self._loose  # the unigrams, after a last token that was never seen

    def _firsts(self, prefix: Sequence[str]) -> Nexts:
        """Return what may follow a blank: an eojeol's first token, or the end."""
        nexts = self._nexts(prefix)
        if self.model.tokens.unit is Unit.EOJEOL or prefix[-1] == START:
            return nexts
        before = prefix[-1]
        fitting = {
            token: share
            for token, share in nexts.items()
            if token == END or self._begins(before, token)
        }
        return _whole(fitting) if fitting else nexts

    def _begins(self, before: str, token: str) -> bool:
        """Say whether a blank stands between two tokens."""
        return " " in self.model.tokens.join((before, token))

    def _eojeols(self, prefix: Sequence[str], cancel: CancelToken) -> Nexts:
        """Return the probability of each whole eojeol by best-first search; "" is the end."""
        totals: defaultdict[str, float] = defaultdict(float)
        paths: list[tuple[float, tuple[str, ...]]] = []
        for token, share in self._firsts(prefix).items():
            if token == END:
                totals[""] += share
            elif self.model.tokens.unit is Unit.EOJEOL:
                totals[token] += share
            else:
                paths.append((-share, (token,)))
        heapq.heapify(paths)
        for _ in range(MAX_PATHS):
            cancel.check()
            if not paths:
                break
            negative, path = heapq.heappop(paths)
            goes_on, stops = self._after(prefix, path)
            totals[self.model.tokens.join(path)] += -negative * stops
            for token, share in goes_on:
                if -negative * share > SMALLEST:
                    heapq.heappush(paths, (negative * share, (*path, token)))
        return totals

    def _after(
        self, prefix: Sequence[str], path: tuple[str, ...]
    ) -> tuple[list[tuple[str, float]], float]:
        """Return how the eojeol of a path may go on, and the chance that it is over."""
        goes_on, stops = [], 0.0
        for token, share in self._nexts((*prefix, *path)).items():
            if token == END or self._begins(path[-1], token):
                stops += share
            else:
                goes_on.append((token, share))
        return goes_on, stops

    # ---- writing

    def _written(
        self,
        prefix: Sequence[str],
        sampling: Sampling,
        dice: random.Random,
        steps: dict[Context, _Continuations],
        cancel: CancelToken,
    ) -> tuple[str, ...]:
        """Return the tokens of one continuation, END included when it came."""
        copy: tuple[str, ...] = ()
        for _ in range(TRIES):
            tokens = self._walked(prefix, sampling, dice, steps, cancel)
            words = tokens[:-1] if tokens[-1] == END else tokens
            text = self.model.tokens.join(words) if words else ""
            if not is_clean(text) or any(word and word in text for word in sampling.bad_words):
                continue
            whole = (*prefix[1:], *words)
            if len(whole) < TOKENS_RANGE[0] or not self.model.holds(whole):
                return tokens
            copy = tokens
        return copy

    def _walked(
        self,
        prefix: Sequence[str],
        sampling: Sampling,
        dice: random.Random,
        steps: dict[Context, _Continuations],
        cancel: CancelToken,
    ) -> tuple[str, ...]:
        row = list(prefix)
        for number in range(sampling.max_tokens):
            cancel.check()
            context = (*row[-self.model.recipe.order :], "" if number else START)
            if context not in steps:
                nexts = self._nexts(row) if number else self._firsts(row)
                steps[context] = _Continuations(nexts, sampling)
            row.append(steps[context].draw(row, dice))
            if row[-1] == END:
                break
        return tuple(row[len(prefix) :])

    def _draft(self, prefix: Sequence[str], tokens: tuple[str, ...]) -> Draft:
        has_ended = tokens[-1:] == (END,)
        words = tokens[:-1] if has_ended else tokens
        text = self.model.tokens.join(words) if words else ""
        return Draft(text, self._log_prob(prefix, tokens), len(tokens), has_ended)

    def _scored(self, prefix: list[str], text: str) -> Draft:
        log_prob, count = 0.0, 0
        sentences = SENTENCE_END.split(check_text(text, "phrase", may_be_empty=True))
        for place, sentence in enumerate(sentences):
            tokens = self.model.tokens.split(sentence)
            if place < len(sentences) - 1:
                tokens = (*tokens, END)
            log_prob += self._log_prob(prefix, tokens)
            count += len(tokens)
            prefix = [START]
        return Draft(text, log_prob, count, has_ended=False)

    def _log_prob(self, prefix: Sequence[str], tokens: Sequence[str]) -> float:
        row, total = list(prefix), 0.0
        for place, token in enumerate(tokens):
            nexts = self._nexts(row) if place else self._firsts(row)
            total += math.log(nexts.get(token) or UNSEEN / self._total)
            row.append(token)
        return total


@dataclass(slots=True)
class _Continuations:
    """What may follow one context, ready to be sampled."""

    nexts: Nexts
    sampling: Sampling
    _pool: WeightedChoices[str] | None = None

    def draw(self, row: Sequence[str], dice: random.Random) -> str:
        """Return one token, none that repeats what must not be repeated if another one is left."""
        size = self.sampling.no_repeat_ngram
        pool = self._ready(row)
        if not size:
            return pool.draw(dice)
        before = tuple(row[len(row) - size + 1 :])
        seen = {
            row[place + size - 1]
            for place in range(len(row) - size + 1)
            if tuple(row[place : place + size - 1]) == before
        }
        return pool.pick(dice, lambda token: token not in seen)

    def _ready(self, row: Sequence[str]) -> WeightedChoices[str]:
        penalty = self.sampling.repetition_penalty
        if penalty != 1.0:
            seen = set(row)
            return self._cut({t: p**penalty if t in seen else p for t, p in self.nexts.items()})
        if self._pool is None:
            self._pool = self._cut(self.nexts)
        return self._pool

    def _cut(self, nexts: Nexts) -> WeightedChoices[str]:
        """Return what temperature, top-k and top-p leave."""
        sharpness = 1 / self.sampling.temperature
        weights = {token: share**sharpness for token, share in nexts.items()}
        whole, limit = sum(weights.values()), self.sampling.top_k or len(weights)
        kept, upto = {}, 0.0
        for token, weight in sorted(weights.items(), key=lambda pair: -pair[1])[:limit]:
            kept[token] = weight
            upto += weight / whole
            if upto >= self.sampling.top_p:
                break
        return WeightedChoices(kept, kept.values())


def _whole(shares: Mapping[str, float]) -> Nexts:
    """Return shares that add up to one."""
    total = math.fsum(shares.values())
    return {token: share / total for token, share in shares.items()}


def _is_closed(prompt: str) -> bool:
    return prompt.rstrip().endswith(CLOSED)
