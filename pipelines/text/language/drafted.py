"""The engine over a language model (옹알이): its drafts, as phrases.

Any LanguageModel will do: a GPT-2 folder, a Markov chain, one day a server. Knows batches, what
makes a draft a phrase, and how a wished word gets in: the line begins with it. Does not know how
drafts are written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import count

from pipelines.contract.errors import InvalidRequest
from pipelines.contract.phrase import Phrase, Settings
from pipelines.contract.requests import MAX_SEED, TextRequest
from pipelines.contract.unusual_options import unusual_options
from pipelines.text.korean.blocklist import is_clean, letters
from pipelines.text.language.model import Draft, LanguageModel, Sampling, WritingHooks
from pipelines.text.reading import recognise
from pipelines.text.reading.typed import in_english

NAME = "neural"
BATCH = 10  # drafts at a time, always: fewer would say something else with the same seed
MAX_BATCHES = 30  # without a new phrase: the wishes are too narrow, or the model too sure
STRIDE = 0x9E3779B97F4A7C15  # between the seeds of two batches
USUAL, UNWATCHED = Sampling(), WritingHooks()
SENTENCE = re.compile(r".*[.!?…~]", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Drafted:
    """A language model with sampling settings, as an engine of phrases.

    Attributes:
        sampling: how it writes; the seed is the request's.
        hooks: checked at every token; gets the drafts of a batch while they grow.
    """

    model: LanguageModel
    sampling: Sampling = USUAL
    hooks: WritingHooks = UNWATCHED

    def phrases(self, request: TextRequest) -> Iterator[Phrase]:
        """Yield phrases without end, all different; equal requests yield equal ones.

        Of a request it keeps syllables and topics; the others are the grammar engine's. Raises
        InvalidRequest when the model has nothing new, Cancelled when cancelled.
        """
        settings = self._settings(request)
        seen: set[str] = set()
        idle = 0
        for number in count():
            before = len(seen)
            for text in self._batch(request, number):
                if text not in seen and _fits(text, request):
                    seen.add(text)
                    yield _phrase(text, request.seed, settings)
            idle = 0 if len(seen) > before else idle + 1
            if idle == MAX_BATCHES:
                raise InvalidRequest("engine.exhausted", count=len(seen), tries=idle * BATCH)

    def _batch(self, request: TextRequest, number: int) -> Iterator[str]:
        """Yield the texts of one batch, its topics in turn."""
        topics = request.topics or ("",)
        share = -(-BATCH // len(topics))
        seed = (request.seed + number * STRIDE) % (MAX_SEED + 1)
        sampling = replace(self.sampling, seed=seed)
        rows = [self.model.draft(topic, share, sampling, self.hooks) for topic in topics]
        for drafts in zip(*rows, strict=True):
            for topic, draft in zip(topics, drafts, strict=True):
                yield finished(topic, draft)

    def _settings(self, request: TextRequest) -> Settings:
        sampling = self.sampling
        banned = (("bad_words", ", ".join(sampling.bad_words)),) if sampling.bad_words else ()
        return (
            ("model", self.model.name),
            ("temperature", sampling.temperature),
            ("top_p", sampling.top_p),
            ("top_k", sampling.top_k),
            ("repetition_penalty", sampling.repetition_penalty),
            ("no_repeat_ngram", sampling.no_repeat_ngram),
            ("max_tokens", sampling.max_tokens),
            *banned,
            *unusual_options(request),
        )


def engine(
    model: LanguageModel, sampling: Sampling, hooks: WritingHooks
) -> Callable[[TextRequest], Iterator[Phrase]]:
    """Return the engine of a model, as engines.say takes it."""
    return Drafted(model, sampling, hooks).phrases


def finished(prompt: str, draft: Draft) -> str:
    """Return prompt and draft as one text; what the limit cut off goes, back to the last mark.

    >>> finished("사랑", Draft("은 착한 뼈다귀", -3.0, 4, has_ended=True))
    '사랑은 착한 뼈다귀'
    >>> finished("", Draft("왜? 달은 느린 국", -3.0, 4, has_ended=False))
    '왜?'
    >>> finished("", Draft("달은 느린 국", -3.0, 4, has_ended=False))
    '달은 느린'
    """
    text = " ".join((prompt + draft.text).split())
    if draft.has_ended:
        return text
    whole = SENTENCE.match(text)
    return whole[0] if whole else text.rpartition(" ")[0]


def _fits(text: str, request: TextRequest) -> bool:
    low, high = request.syllables
    return low <= len(letters(text)) <= high and is_clean(text)


def _phrase(text: str, seed: int, settings: Settings) -> Phrase:
    words = recognise.builtin().words(text)
    return Phrase(text, in_english(text, words), words, NAME, seed, settings=settings)
