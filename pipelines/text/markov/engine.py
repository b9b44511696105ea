"""The Markov engine: a person's own text, taken apart and stitched together wrongly.

Knows chains of tokens, back-off and temperature. Does not read files (corpus.py), take sentences
apart (tokens.py) or find where pieces stand (stitches.py).
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from models.errors import Value
from pipelines.contract.cancel import NEVER, CancelToken
from pipelines.contract.errors import CorpusError
from pipelines.contract.phrase import Phrase, Settings
from pipelines.contract.requests import TextRequest
from pipelines.contract.unusual_options import unusual_options
from pipelines.contract.validate import check_range
from pipelines.text.corpus.corpus import Corpus, parse_corpus
from pipelines.text.grammar.stock import WeightedChoices
from pipelines.text.korean.blocklist import is_clean, letters
from pipelines.text.korean.kiwi import holder
from pipelines.text.markov.ladder import Rung, borrowing, joining
from pipelines.text.markov.stitches import SourceTokens
from pipelines.text.markov.tokens import Morphemes, Tokenizer, Unit, tokenizer
from pipelines.text.reading import recognise
from pipelines.text.reading.typed import in_english

NAME = "markov"
ORDER_RANGE = (1, 3)
TEMPERATURE_RANGE = (0.3, 2.0)
DEFAULT_TEMPERATURE = 0.8
LEAP = 0.15  # how often one order is dropped although the longer context goes on
TOKENS_RANGE = (3, 24)  # of a sentence: shorter is no sentence, longer is noise
FEW_SENTENCES = 100  # below this most of what comes out is a mosaic of two lines
MAX_TRIES = 3_000  # sentences thrown away before a text counts as used up
MAX_REMEMBERED = 10_000  # sentences whose tokens are kept for `stitches`
CHECK_EVERY = 1_000  # sentences between two checks for cancellation
# in everyday text these are forms of 하다 and 것, hardly ever the sun and a crab
EVERYDAY = frozenset(("해", "게"))
START, END = "\x02", "\x03"  # no text holds them: corpus.py takes control characters out

Context = tuple[str, ...]
Chain = Mapping[Context, Counter[str]]
Made = Callable[[], tuple[str, tuple[str, ...]] | None]  # a sentence and its tokens


@dataclass(frozen=True, slots=True)
class MarkovSettings:
    """How a text is to be learned.

    Attributes:
        order: context length in tokens, 1 to 3 (the chain is an n-gram model of order + 1).
        unit: what a token is.
    """

    order: int = 2
    unit: Unit = Unit.EOJEOL

    def __post_init__(self) -> None:
        check_range(self.order, "order", *ORDER_RANGE)


@dataclass(frozen=True, slots=True)
class Notice:
    """A warning about a model that works: a row of the message table."""

    key: str
    values: Mapping[str, Value] = field(default_factory=dict)


class MarkovModel:
    """A Markov chain trained on one text, with its corpus.

    Attributes:
        corpus: what it learned from.
        recipe: how.
        tokens: how its sentences are taken apart.
        chain: what followed each context, and how often.
    """

    def __init__(
        self,
        corpus: Corpus,
        recipe: MarkovSettings,
        tokens: Tokenizer,
        cancel: CancelToken,
    ) -> None:
        self.corpus = corpus
        self.recipe = recipe
        self.tokens = tokens
        rows = _rows(corpus, tokens, cancel)
        self.chain = _chain((row for _, row in rows), recipe.order, cancel)
        self._source = SourceTokens(rows)
        self._made: dict[str, tuple[str, ...]] = {}

    @property
    def notices(self) -> tuple[Notice, ...]:
        """Return the warnings to show before the first phrase."""
        found = []
        count = len(self.corpus.sentences)
        if count < FEW_SENTENCES:
            found.append(Notice("markov.few", {"count": count, "enough": FEW_SENTENCES}))
        if self.recipe.unit is not self.tokens.unit:
            found.append(Notice("markov.no_kiwi"))
        if self.corpus.masked:
            masked = ", ".join(f"{kind} {times}" for kind, times in self.corpus.masked)
            found.append(Notice("markov.masked", {"masked": masked}))
        return tuple(found)

    def phrases(
        self,
        request: TextRequest,
        temperature: float = DEFAULT_TEMPERATURE,
        lowest: Rung = Rung.BORROWED,
    ) -> Iterator[Phrase]:
        """Yield new sentences, all different, none a copy; equal requests yield equal ones.

        Of a request it keeps seed, syllables and topics (each sentence holds one of
        them); the others are the grammar engine's. A text with nothing new left is read more
        loosely, rung by rung (ladder.py) down to `lowest`, which the phrase's settings tell. Raises
        CorpusError when that is of no use either.
        """
        check_range(temperature, "temperature", *TEMPERATURE_RANGE)
        seen: set[str] = set()
        settings = (
            ("order", self.recipe.order),
            ("unit", self.tokens.unit.value),
            ("temperature", temperature),
            *unusual_options(request),
        )
        for rung, make in self._rungs(request.seed, temperature):
            told = settings if rung is Rung.ASKED else (*settings, ("rung", rung.value))
            tries = 0
            while tries < MAX_TRIES:
                made = make()
                if made is None:
                    break
                text, tokens = made
                if text in seen or not self._is_new(tokens, text) or not _fits(text, request):
                    tries += 1
                    continue
                seen.add(text)
                tries = 0
                self._remember(text, tokens)
                yield self._phrase(text, request.seed, told)
            if rung is lowest:
                break
        raise CorpusError("markov.exhausted", count=len(seen), tries=MAX_TRIES)

    def _rungs(self, seed: int, temperature: float) -> Iterator[tuple[Rung, Made]]:
        """Yield ways to make a sentence, the one that was asked for first, then looser ones."""
        sharpness = 1 / temperature
        walk = _ChainWalk(self.chain, self.recipe.order, sharpness, random.Random(seed))
        yield Rung.ASKED, lambda: self._said(walk.sentence())
        if self.recipe.order > 1:
            short = _ChainWalk(self.chain, 1, sharpness, random.Random(f"{seed} shorter"))
            yield Rung.SHORTER, lambda: self._said(short.sentence())
        kiwi = None if self.tokens.unit is Unit.MORPHEME else holder().get()
        if kiwi is not None:
            morphemes = Morphemes(kiwi)
            rows = _rows(self.corpus, morphemes, NEVER)
            chain = _chain((row for _, row in rows), 1, NEVER)
            loose = _ChainWalk(chain, 1, sharpness, random.Random(f"{seed} morphemes"))
            yield Rung.MORPHEMES, lambda: self._resaid(morphemes.join(loose.sentence()))
        sentences = [tuple(sentence.text.split()) for sentence in self.corpus.sentences]
        for rung, way in ((Rung.JOINED, joining), (Rung.BORROWED, borrowing)):
            make = way(sentences, random.Random(f"{seed} {rung}"))
            yield rung, lambda make=make: self._rejoined(make())  # type: ignore[misc]

    def _said(self, tokens: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
        return self.tokens.join(tokens), tokens

    def _resaid(self, text: str) -> tuple[str, tuple[str, ...]]:
        return text, self.tokens.split(text)

    def _rejoined(self, eojeols: tuple[str, ...] | None) -> tuple[str, tuple[str, ...]] | None:
        return None if eojeols is None else self._resaid(" ".join(eojeols))

    def holds(self, tokens: Sequence[str]) -> bool:
        """Say whether the tokens stand in the learned text in one piece."""
        return self._source.holds(tokens)

    def stitches(self, phrase: Phrase) -> tuple[tuple[str, int], ...]:
        """Return the pieces of a phrase, each with a line it stands on; 0 for none."""
        tokens = self._made.get(phrase.ko) or self.tokens.split(phrase.ko)
        return tuple(
            (self.tokens.join(stitch.tokens), stitch.line)
            for stitch in self._source.stitches(tokens)
        )

    def _remember(self, text: str, tokens: tuple[str, ...]) -> None:
        """Keep how a sentence was put together: taken apart again it might look different."""
        if len(self._made) >= MAX_REMEMBERED:
            self._made.clear()
        self._made[text] = tokens

    def _is_new(self, tokens: Sequence[str], text: str) -> bool:
        low, high = TOKENS_RANGE
        return low <= len(tokens) <= high and is_clean(text) and not self._source.holds(tokens)

    @staticmethod
    def _phrase(text: str, seed: int, settings: Settings) -> Phrase:
        found = recognise.builtin().words(text)
        words = tuple(word for word in found if word.shown not in EVERYDAY)
        return Phrase(text, in_english(text, words), words, NAME, seed, settings=settings)


class _ChainWalk:
    """Samples tokens from a chain with one random generator."""

    def __init__(self, chain: Chain, order: int, sharpness: float, dice: random.Random) -> None:
        self._chain, self._order, self._dice = chain, order, dice
        self._sharpness = sharpness
        self._pools: dict[Context, WeightedChoices[str]] = {}

    def sentence(self) -> tuple[str, ...]:
        """Return the tokens of one sentence; longer than allowed when it found no end."""
        tokens: list[str] = [START]
        while len(tokens) <= TOKENS_RANGE[1] + 1:
            token = self._pool(self._context(tokens)).draw(self._dice)
            if token == END:
                break
            tokens.append(token)
        return tuple(tokens[1:])

    def _context(self, tokens: Sequence[str]) -> Context:
        """Return the longest context to go by, one order dropped at a time."""
        order = min(self._order, len(tokens))
        while order > 1:
            context = tuple(tokens[-order:])
            nexts = self._chain.get(context, ())
            if len(nexts) > 1 and self._dice.random() >= LEAP:
                return context
            order -= 1
        return (tokens[-1],)

    def _pool(self, context: Context) -> WeightedChoices[str]:
        if context not in self._pools:
            nexts = self._chain[context]
            weights = [count**self._sharpness for count in nexts.values()]
            self._pools[context] = WeightedChoices(nexts, weights)
        return self._pools[context]


def train(
    text: str,
    recipe: MarkovSettings = MarkovSettings(),
    cancel: CancelToken = NEVER,
) -> MarkovModel:
    """Return a model of a pasted text or a chat export.

    Raises:
        CorpusError: nothing can be learned from it; says why.
        Cancelled: the cancel token was set.
    """
    corpus = parse_corpus(text, cancel)
    return MarkovModel(corpus, recipe, tokenizer(recipe.unit), cancel)


def _rows(
    corpus: Corpus, tokens: Tokenizer, cancel: CancelToken
) -> list[tuple[int, tuple[str, ...]]]:
    """Return the tokens of each sentence with its line."""
    rows = []
    for number, sentence in enumerate(corpus.sentences):
        _check_every(number, cancel)
        rows.append((sentence.line, tokens.split(sentence.text)))
    return rows


def _check_every(number: int, cancel: CancelToken) -> None:
    if number % CHECK_EVERY == 0:
        cancel.check()


def _chain(sentences: Iterable[tuple[str, ...]], order: int, cancel: CancelToken) -> Chain:
    """Return what follows each context of one token up to `order`, and how often."""
    chain: defaultdict[Context, Counter[str]] = defaultdict(Counter)
    for number, sentence in enumerate(sentences):
        _check_every(number, cancel)
        row = (START, *sentence, END)
        for place in range(1, len(row)):
            for length in range(1, min(order, place) + 1):
                chain[row[place - length : place]][row[place]] += 1
    return dict(chain)


def _fits(text: str, request: TextRequest) -> bool:
    low, high = request.syllables
    if request.topics and not any(topic in text for topic in request.topics):
        return False
    return low <= len(letters(text)) <= high
