"""Parse a phrase into the caption of what the crayon can draw of it.

The crayon knows a few hundred words and the ways they stand beside each other. A sentence full of
other words is outside its training data, so everything else is dropped. Knows the lexicon, no
picture model and no ML library.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cache

from pipelines.bridge import adjective_effects as looks
from pipelines.bridge.adjective_effects import Look
from pipelines.bridge.caption import MOODS, CrayonCaption, Drawn, counters_of
from pipelines.contract.phrase import Phrase, Word, WordKind
from pipelines.text.korean.conjugate import conjugate
from pipelines.text.lexicon import builtin

MOST_THINGS = 2  # three different things in one picture are beyond it
COUNTS = {"한": 1, "두": 2, "세": 3, "하나": 1, "둘": 2, "셋": 3, "1": 1, "2": 2, "3": 3}
POSITIONS = {
    **dict.fromkeys(("위에", "위의", "위에서"), "위에"),
    **dict.fromkeys(("아래에", "아래", "아래의", "밑에", "밑의"), "아래에"),
    **dict.fromkeys(("옆에", "옆의", "옆에서"), "옆에"),
    **dict.fromkeys(("속에", "속의", "안에", "안의", "속에서", "안에서"), "속에"),
}
SIZES = {
    "작다": "작은",
    "조그맣다": "조그만",
    "거대하다": "거대한",
    "커다랗다": "커다란",
    "크다": "큰",
}
FLIPPED = ("거꾸로", "뒤집힌")
# What a caption of its own may hold besides drawable words and still be sent as it is.
UNDERSTOOD = (*POSITIONS, *FLIPPED, "위", "옆", "배경에", "배경", "그림", "낙서", "된", "선")
# The place or the mood that a look becomes where there is no thing to carry it.
LOOK_PLACES = {
    Look.HOT: "불바다",
    Look.COLD: "눈밭",
    Look.WET: "소나기",
    Look.HAZY: "안개",
    Look.DARK: "밤",
}
LOOK_MOODS = {
    **dict.fromkeys((Look.SAD, Look.GREY, Look.NERVOUS), "gloomy"),
    **dict.fromkeys((Look.JOYFUL, Look.SHINY, Look.RAINBOW), "merry"),
    **dict.fromkeys((Look.LOVELY, Look.SHY, Look.SLEEPY, Look.FLUFFY), "tender"),
    Look.HOLY: "solemn",
}


def caption_for(phrase: Phrase) -> str:
    """Return the caption of what can be drawn of a phrase; there is always something.

    >>> from pipelines.text.reading.typed import typed
    >>> caption_for(typed("파란 냄새 삼각형")), caption_for(typed("자유는 슬픈 월요일"))
    ('파란 삼각형', '우울한 배경')
    """
    has_noun = any(_is_thing_or_place(word) for word in phrase.words)
    parsed = parse_caption(phrase)
    counts_two = len(parsed.things) > 1 and any(w.kind is WordKind.NUMBER for w in phrase.words)
    if has_noun and not counts_two and all(_is_understood(word) for word in phrase.words):
        return phrase.ko
    return parsed.caption()


def drawable_words(phrase: Phrase) -> tuple[Word, ...]:
    """Return the words of a phrase that show in its picture.

    >>> from pipelines.text.reading.typed import typed
    >>> [word.ko for word in drawable_words(typed("뜨거운 사랑은 착한 뼈다귀"))]
    ['착하다', '뼈다귀']
    """
    return parse_caption(phrase).words


def undrawable_words(phrase: Phrase) -> tuple[Word, ...]:
    """Return the words of a phrase that do not show in its picture."""
    shown = {id(word) for word in drawable_words(phrase)}
    return tuple(word for word in phrase.words if id(word) not in shown)


def parse_caption(phrase: Phrase) -> CrayonCaption:
    """Return the caption of what the crayon can draw of a phrase, as data."""
    return _CaptionParser().parse(phrase)


@dataclass(slots=True)
class _PendingModifiers:
    """Modifiers that wait for the next thing, each with the word it was read from."""

    colour: tuple[str, Word] | None = None
    size: tuple[str, Word] | None = None
    look: tuple[str, Word] | None = None
    count: tuple[int, str, Word] | None = None  # with its counter
    flipped: tuple[bool, Word] | None = None


@dataclass(slots=True)
class _CaptionParser:
    """Reads the words of a phrase from left to right and collects what can be drawn."""

    things: list[Drawn] = field(default_factory=list)
    pending: _PendingModifiers = field(default_factory=_PendingModifiers)
    place: str = ""
    position: str = ""
    used: list[Word] = field(default_factory=list)

    def parse(self, phrase: Phrase) -> CrayonCaption:
        for i, word in enumerate(phrase.words):
            self._read(word, phrase.words[max(0, i - 1) : i + 2])
        if len(self.things) < MOST_THINGS and self.position:  # "장미 위에서" of nothing
            self.position = ""
            self.used = [word for word in self.used if word.shown not in POSITIONS]
        if self.things:
            self._attach(0)  # "번개는 주황색 그리움"
            return self._caption(phrase, self._simplified(), "", "")
        return self._backdrop(phrase)

    def _read(self, word: Word, near: tuple[Word, ...]) -> None:
        position = POSITIONS.get(word.shown)
        if word.kind is WordKind.COLOUR:
            self.pending.colour = (word.ko, word)
        elif word.kind is WordKind.NUMBER:
            self._count(word, near)
        elif position and len(self.things) == 1:
            self.position = position
            self.used.append(word)
        elif word.ko in SIZES:
            self.pending.size = (SIZES[word.ko], word)
        elif word.shown in FLIPPED:
            self.pending.flipped = (True, word)
        elif _is_thing_or_place(word):
            self._place_or_thing(word)
        else:
            self._look(word)

    def _count(self, word: Word, near: tuple[Word, ...]) -> None:
        if not COUNTS.get(word.ko):
            return
        counter = near[-1].ko if near[-1].kind is WordKind.COUNTER else ""
        self.pending.count = (COUNTS[word.ko], counter, word)
        if self.things and near[0].ko == self.things[-1].noun:  # "고양이 두 마리"
            self._attach(len(self.things) - 1)

    def _look(self, word: Word) -> None:
        form = adnominal_of(word)
        if not form:
            return
        self.pending.look = (form, word)
        if form != word.shown and self.things and not self.things[-1].look:
            self._attach(len(self.things) - 1)  # "장미가 뜨겁다"

    def _place_or_thing(self, word: Word) -> None:
        if _is_place(word.ko):
            if not self.place:
                self.place = word.ko
                self.used.append(word)
            return
        if len(self.things) < MOST_THINGS and all(word.ko != thing.noun for thing in self.things):
            self.things.append(Drawn(word.ko))
            self.used.append(word)
            self._attach(len(self.things) - 1)

    def _attach(self, index: int) -> None:
        """Give a thing the modifiers that are pending."""
        thing, pending = self.things[index], self.pending
        if pending.colour and not thing.colour:
            thing = self._using(replace(thing, colour=pending.colour[0]), pending.colour[1])
        if pending.size and not thing.size:
            thing = self._using(replace(thing, size=pending.size[0]), pending.size[1])
        if pending.look and not thing.look:
            thing = self._using(replace(thing, look=pending.look[0]), pending.look[1])
        if pending.count and pending.count[1] in ("", "개", *counters_of(thing.noun)):
            thing = self._using(replace(thing, count=pending.count[0]), pending.count[2])
        if pending.flipped:
            thing = self._using(replace(thing, is_flipped=True), pending.flipped[1])
        self.things[index], self.pending = thing, _PendingModifiers()

    def _using(self, thing: Drawn, word: Word) -> Drawn:
        self.used.append(word)
        return thing

    def _simplified(self) -> tuple[Drawn, ...]:
        """Return the things without what training never showed together."""
        if len(self.things) == 1:
            return tuple(self.things)
        self.used = [word for word in self.used if word.kind is not WordKind.NUMBER]
        return tuple(replace(thing, count=1) for thing in self.things)

    def _backdrop(self, phrase: Phrase) -> CrayonCaption:
        colour, look = self.pending.colour, self.pending.look
        meant = look_of(look[1]) if look else None
        if look and meant in LOOK_PLACES and not self.place:
            self.place = LOOK_PLACES[meant]
            self.used.append(look[1])
        if self.place:
            return self._caption(phrase, (), "", "")
        if colour:
            self.used.append(colour[1])
        mood = LOOK_MOODS.get(meant, "") if meant else ""
        if look and mood:
            self.used.append(look[1])
        else:
            mood = self._mood(phrase)
        return self._caption(phrase, (), colour[0] if colour else "", mood)

    def _mood(self, phrase: Phrase) -> str:
        moods = [(mood, word) for word in phrase.words if (mood := _mood_of(word))]
        if not moods:
            return ""
        found = Counter(mood for mood, _ in moods).most_common(1)[0][0]
        self.used += [word for mood, word in moods if mood == found]
        return found

    def _caption(
        self, phrase: Phrase, things: tuple[Drawn, ...], colour: str, mood: str
    ) -> CrayonCaption:
        used = {id(word) for word in self.used}
        words = tuple(word for word in phrase.words if id(word) in used)
        return CrayonCaption(things, self.position, self.place, colour, mood, words)


def look_of(word: Word) -> Look | None:
    """Return how the crayon shows an adjective, None when it cannot."""
    if word.kind is WordKind.ADJECTIVE and word.ko in _looks():
        return _looks()[word.ko][0]
    return _forms().get(word.shown)


def adnominal_of(word: Word) -> str:
    """Return a word with a look as it stands before a noun: 뜨겁다 -> 뜨거운; "" for others."""
    if word.kind is WordKind.ADJECTIVE and word.ko in _looks():
        return _looks()[word.ko][1]
    return word.shown if word.shown in _forms() else ""


@cache
def _looks() -> dict[str, tuple[Look, str]]:
    """Return the look and the adnominal form of each adjective of the lexicon that has a look."""
    known = looks.adjectives()
    return {
        adjective.ko: (known[adjective.ko], conjugate(adjective.ko, "은", adjective.irregular))
        for adjective in builtin().adjectives
        if adjective.ko in known
    }


@cache
def _forms() -> dict[str, Look]:
    return looks.forms()


def _mood_of(word: Word) -> str:
    by_form = {form: mood for mood, form in MOODS.items()}
    return _moods().get(word.ko) or by_form.get(word.shown, "")


@cache
def _moods() -> dict[str, str]:
    words = builtin()
    lists = (words.nouns, words.adjectives, words.verbs, words.adverbs, words.interjections)
    return {entry.ko: entry.mood for entries in lists for entry in entries if entry.mood in MOODS}


def _is_thing_or_place(word: Word) -> bool:
    return word.is_drawable and word.kind is WordKind.NOUN


def _is_understood(word: Word) -> bool:
    if word.kind in (WordKind.NUMBER, WordKind.COUNTER):
        return word.kind is WordKind.COUNTER or word.ko in COUNTS
    is_known = word.is_drawable or word.shown in UNDERSTOOD or word.ko in SIZES
    return is_known or adnominal_of(word) == word.shown


def _is_place(ko: str) -> bool:
    return any(noun.ko == ko and noun.scene for noun in builtin().nouns)
