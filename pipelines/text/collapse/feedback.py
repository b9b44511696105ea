"""Model collapse in small: a Markov model is trained on its own output, again and again.

Knows generations and the figures that show the decay. Does not draw the curve.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from pipelines.contract.cancel import NEVER, CancelToken
from pipelines.contract.errors import CorpusError
from pipelines.contract.requests import TextRequest
from pipelines.contract.validate import check_range
from pipelines.text.collapse import figures
from pipelines.text.corpus.corpus import parse_corpus
from pipelines.text.markov import engine as markov
from pipelines.text.markov.ladder import Rung

GENERATIONS_RANGE = (1, 30)
MOST_SENTENCES = 2_000  # that a generation is trained on; the figures need no more
LEAST_SENTENCES = 100  # of the first text; fewer are used up by the second generation
SAMPLED = 500  # sentences that the figures are taken of
CHECK_EVERY = 100  # sentences between two checks for cancellation


@dataclass(frozen=True, slots=True)
class Generation:
    """How much is left of a text after so many rounds; generation 0 is the text itself.

    Attributes:
        sentences: that it was able to sample, new ones only.
        words: different eojeol.
        first: share of the words of generation 0 that are left.
        sample: a few sentences, unselected.
    """

    number: int
    sentences: int
    words: int
    first: float
    unique: float
    distinct_2: float
    self_bleu_3: float
    first_bits: float
    sample: tuple[str, ...]


def decay(
    text: str,
    generations: int,
    seed: int = 0,
    cancel: CancelToken = NEVER,
) -> Iterator[Generation]:
    """Yield generation 0, then each that was trained on the sentences of the one before.

    Every generation samples as many sentences as it was trained on. It ends early when a generation
    has nothing new. Markov's rule against copies is part of the loop: it forbids the easy way out,
    the old sentences again.

    Raises:
        InvalidRequest: the number of generations is out of range.
        CorpusError: the text is too short to begin with.
        Cancelled: the cancel token was set.
    """
    check_range(generations, "generations", *GENERATIONS_RANGE)
    corpus = parse_corpus(text, cancel)
    sentences = tuple(sentence.text for sentence in corpus.sentences)[:MOST_SENTENCES]
    if len(sentences) < LEAST_SENTENCES:
        raise CorpusError("check.feedback.few", count=len(sentences), least=LEAST_SENTENCES)
    first_words = _words(sentences)
    yield _generation(0, sentences, first_words)
    for number in range(1, generations + 1):
        sentences = _next_sentences(sentences, seed + number, cancel)
        if not sentences:
            return
        yield _generation(number, sentences, first_words)


def _next_sentences(sentences: tuple[str, ...], seed: int, cancel: CancelToken) -> tuple[str, ...]:
    """Return as many sentences of a model trained on these; fewer when it has no more."""
    found: list[str] = []
    try:
        model = markov.train("\n".join(sentences), cancel=cancel)
        phrases = model.phrases(TextRequest(seed=seed), lowest=Rung.ASKED)
        for phrase in islice(phrases, len(sentences)):
            found.append(phrase.ko)
            if len(found) % CHECK_EVERY == 0:
                cancel.check()
    except CorpusError:  # used up: what came until then is the generation
        pass
    return tuple(found)


def _generation(number: int, sentences: tuple[str, ...], first_words: frozenset[str]) -> Generation:
    rows = [figures.row(text) for text in sentences[:SAMPLED]]
    words = _words(sentences)
    return Generation(
        number,
        len(sentences),
        len(words),
        len(words & first_words) / len(first_words),
        figures.unique(rows),
        figures.distinct_2(rows),
        figures.self_bleu_3(rows),
        figures.first_word_bits(rows),
        sentences[:3],
    )


def _words(sentences: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word for text in sentences for word in figures.row(text))
