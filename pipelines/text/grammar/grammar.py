"""The grammar engine: it picks a frame, fills its blanks at random and renders it in two languages.

Knows the rules of variety: no frame twice in a row, no noun twice within a few phrases, no phrase
twice, nothing from the block list. Frames, slots, templates and words live in their own files.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from pipelines.contract.errors import InvalidRequest
from pipelines.contract.phrase import Phrase, Settings
from pipelines.contract.requests import TextRequest
from pipelines.contract.text_options import ANY_LENGTH, Mood, Rating, SentenceFamily
from pipelines.contract.unusual_options import unusual_options
from pipelines.text import lexicon
from pipelines.text.grammar.draft import Draw
from pipelines.text.grammar.frames import BY_FAMILY, Frame
from pipelines.text.grammar.slots import Fill, Slot
from pipelines.text.grammar.stock import RecentWords, Stock, WeightedChoices
from pipelines.text.grammar.topics import topic
from pipelines.text.korean.blocklist import is_clean, letters
from pipelines.text.lexicon import Lexicon, Noun
from pipelines.text.reading import recognise
from pipelines.text.rendering.filling import Filling
from pipelines.text.rendering.render import EnglishLine, KoreanLine

NAME = "grammar"
REST_FRAMES = 20  # a frame rests while so many others speak; fewer when there are few
HOMELINESS = 0.6  # how strictly a frame keeps to the surprise it was made for
KEPT_STOCKS = 16  # combinations of surprise, mood and rating kept ready
PATIENCE = 200  # phrases thrown away before frames rest half as long: few may meet the wishes
MAX_TRIES = 6_000  # phrases rejected before a request counts as impossible


@dataclass(frozen=True, slots=True, eq=False)
class Ready:
    """A frame made ready for one stock."""

    frame: Frame
    family: SentenceFamily
    fills: tuple[tuple[str, Slot, Fill], ...]
    lines: tuple[tuple[KoreanLine, EnglishLine], ...]
    weight: float


@dataclass(frozen=True, slots=True, eq=False)
class ReadyFrame:
    """A ready frame to be spoken: with any of its lines, or with a given word in a given slot."""

    ready: Ready
    lines: tuple[tuple[KoreanLine, EnglishLine], ...]
    weight: float
    slot: str = ""
    word: Filling | None = None


class Grammar:
    """The engine over one lexicon."""

    def __init__(self, words: Lexicon) -> None:
        self._words = words
        self._cast = lru_cache(maxsize=KEPT_STOCKS)(self._make_cast)
        is_builtin = words is lexicon.builtin()
        self._recogniser = (
            recognise.builtin if is_builtin else cache(lambda: recognise.build(words))
        )

    def phrases(self, request: TextRequest) -> Iterator[Phrase]:
        """Yield phrases without end, all different; equal requests yield equal phrases.

        `request.surprise` moves two things. Frames: 0 favours plain statements (wildness 0), 2 the
        long absurd ones. Words: 0 favours pairs that nearly make sense (a lazy sloth), 1 strangers
        (a lazy toaster), 2 the widest gap (lazy gravity). Nothing is ever quite excluded.

        The seed on each phrase is the request's: the same request with a count that reaches as far
        gives it again. Raises InvalidRequest when nothing meets the request.
        """
        dice = random.Random(request.seed)
        draw = Draw(dice)
        casts = self._casts(request)
        frames = RecentWords(_rest(min(len({part.ready for part in cast.items}) for cast in casts)))
        seen: set[str] = set()
        settings = (("surprise", request.surprise), *unusual_options(request))
        tries = 0
        while True:
            cast = casts[len(seen) % len(casts)]
            part = cast.pick(dice, lambda part: frames.is_fresh(part.ready))
            phrase = _fill(part, draw, request.seed, settings)
            if phrase and phrase.ko not in seen and _fits(phrase.ko, request):
                seen.add(phrase.ko)
                frames.note(part.ready)
                tries = 0
                yield phrase
                continue
            tries += 1
            if tries % PATIENCE == 0:
                frames.rest = min(frames.rest, max(1, frames.rest // 2))
            if tries == MAX_TRIES:
                raise InvalidRequest("request.wishes", wishes=_named(request), tries=tries)

    def _make_cast(self, surprise: float, mood: Mood, rating: Rating) -> tuple[Ready, ...]:
        stock = Stock(self._words, surprise, mood, rating)
        return tuple(
            _ready(frame, family, stock) for family, frames in BY_FAMILY.items() for frame in frames
        )

    def _casts(self, request: TextRequest) -> tuple[WeightedChoices[ReadyFrame], ...]:
        """Return the frames to choose from: once, or for each topic those that take it."""
        cast = [
            ready
            for ready in self._cast(request.surprise, request.mood, request.rating)
            if not request.families or ready.family in request.families
        ]
        if not request.topics:
            parts = [ReadyFrame(ready, ready.lines, ready.weight) for ready in cast]
            return (WeightedChoices(parts, [part.weight for part in parts]),)
        return tuple(self._with_topic(text, cast, request) for text in request.topics)

    def _with_topic(
        self, text: str, cast: list[Ready], request: TextRequest
    ) -> WeightedChoices[ReadyFrame]:
        word = topic(text, self._words, self._recogniser())
        parts = [part for ready in cast for part in _places(word, ready)]
        if not parts:
            raise InvalidRequest("request.wishes", wishes=_named(request), tries=0)
        return WeightedChoices(parts, [part.weight for part in parts])


@cache
def builtin() -> Grammar:
    """Return the engine over the lexicon that ships."""
    return Grammar(lexicon.builtin())


def phrases(request: TextRequest) -> Iterator[Phrase]:
    """Yield phrases without end, made of the lexicon that ships."""
    return builtin().phrases(request)


def _ready(frame: Frame, family: SentenceFamily, stock: Stock) -> Ready:
    homely = math.exp(-HOMELINESS * (frame.wildness - stock.surprise) ** 2)
    return Ready(
        frame,
        family,
        tuple((name, slot, slot.ready(stock)) for name, slot in frame.slots.items()),
        tuple((KoreanLine(korean), EnglishLine(english)) for korean, english in frame.lines),
        homely * stock.liking(frame.mood),
    )


def _places(word: Filling, ready: Ready) -> Iterator[ReadyFrame]:
    """Yield each way to fill the frame with the word in it."""
    slots = [name for name, slot, _ in ready.fills if slot.takes(word)]
    for name in slots:
        lines = tuple(line for line in ready.lines if name in line[0].slots)
        if lines:
            yield ReadyFrame(ready, lines, ready.weight / len(slots), name, word)


def _fill(part: ReadyFrame, draw: Draw, seed: int, settings: Settings) -> Phrase | None:
    """Return a phrase, None when the topic is out of place."""
    chosen = draw.chosen = {}
    if isinstance(part.word, Noun):
        draw.nouns.note(part.word)  # so that no other blank takes it too
    for name, slot, fill in part.ready.fills:
        if name == part.slot and part.word:
            if not slot.suits(part.word, draw):
                return None
            chosen[name] = part.word
        else:
            chosen[name] = fill(draw)
    lines = part.lines
    korean, english = lines[0] if len(lines) == 1 else draw.dice.choice(lines)
    ko, words = korean.say(chosen)
    return Phrase(ko, english.say(chosen), words, NAME, seed, part.ready.frame.name, settings)


def _fits(ko: str, request: TextRequest) -> bool:
    if request.syllables != ANY_LENGTH:
        low, high = request.syllables
        if not low <= len(letters(ko)) <= high:
            return False
    return is_clean(ko)


def _rest(frames: int) -> int:
    """Return how many other frames come before a frame comes again."""
    return min(REST_FRAMES, max(frames * 2 // 3, 1)) if frames > 1 else 0


def _named(request: TextRequest) -> str:
    """Return the wishes of a request that differ from the usual."""
    unusual_options = [*request.topics, *request.families]
    if request.syllables != ANY_LENGTH:
        unusual_options.append("{}-{}".format(*request.syllables))
    return ", ".join(unusual_options) or "-"
