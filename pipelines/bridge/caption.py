"""Phrase -> what the crayon can draw of it, and the short Korean caption that says so.

The crayon knows a few hundred words and the ways they stand beside each other. A sentence full of
other words confuses it, so it gets what it can draw: at most two things, their colours, looks and
counts, how they stand, and a place; of a phrase without any thing a mood and a colour. Knows the
lexicon, no picture model and no ML library.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cache

from pipelines.bridge import adjective_effects as looks
from pipelines.bridge.adjective_effects import Look
from pipelines.contract.phrase import Phrase, Word, WordKind
from pipelines.text.korean.conjugate import conjugate
from pipelines.text.korean.josa import attach
from pipelines.text.lexicon import builtin

MOST_THINGS = 2  # three different things in one picture are beyond it
COUNTS = {"한": 1, "두": 2, "세": 3, "하나": 1, "둘": 2, "셋": 3, "1": 1, "2": 2, "3": 3}
COUNTED = ("", "", "두", "세")
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
MOODS = {"merry": "신나는", "gloomy": "우울한", "tender": "다정한", "solemn": "비장한"}
SCRIBBLE = "낙서"  # what there is to draw of words that show nothing at all
# What a look is where there is no thing to wear it.
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


@dataclass(frozen=True, slots=True)
class Drawn:
    """A thing as it is to be drawn.

    Attributes:
        colour: as it stands before a noun (빨간), "" for its own colours.
        size, look: the word that says it (작은, 뜨거운), "" for none.
    """

    noun: str
    colour: str = ""
    count: int = 1
    size: str = ""
    look: str = ""
    is_flipped: bool = False

    def named(self) -> str:
        """Return the thing as a caption says it: 뜨거운 빨간 고양이 두 마리."""
        flipped = "거꾸로 된" if self.is_flipped else ""
        name = " ".join(filter(None, (flipped, self.size, self.look, self.colour, self.noun)))
        if self.count < 2:
            return name
        return f"{name} {COUNTED[self.count]} {_counter_of(self.noun)}"


@dataclass(frozen=True, slots=True)
class CrayonCaption:
    """What the crayon can draw of a phrase.

    Attributes:
        things: none, one or two.
        position: how the second stands to the first: 위에, 아래에, 옆에, 속에, "" for beside.
        place: the noun of a backdrop, "" for none.
        colour, mood: of the backdrop where there is neither thing nor place.
        words: the words of the phrase that it shows.
    """

    things: tuple[Drawn, ...] = ()
    position: str = ""
    place: str = ""
    colour: str = ""
    mood: str = ""
    words: tuple[Word, ...] = ()

    def caption(self) -> str:
        """Return the shortest caption of the drawing."""
        names = [thing.named() for thing in self.things]
        if not names:
            return self.place or self._backdrop()
        text = names[0]
        if len(names) > 1 and self.position:
            text = f"{names[0]} {self.position} {names[1]}"
        elif len(names) > 1:
            text = f"{attach(names[0], '과/와')} {names[1]}"
        return f"{self.place} 배경에 {text}" if self.place else text

    def _backdrop(self) -> str:
        if self.mood:
            return " ".join(filter(None, (MOODS[self.mood], self.colour, "배경")))
        return f"{self.colour} {SCRIBBLE}".strip()


def caption_for(phrase: Phrase) -> str:
    """Return the caption of what can be drawn of a phrase; there is always something.

    >>> from pipelines.text.reading.typed import typed
    >>> caption_for(typed("파란 냄새 삼각형")), caption_for(typed("자유는 슬픈 월요일"))
    ('파란 삼각형', '우울한 배경')
    """
    has_noun = any(_is_thing_or_place(word) for word in phrase.words)
    drawing = drawing_of(phrase)
    counts_two = len(drawing.things) > 1 and any(w.kind is WordKind.NUMBER for w in phrase.words)
    if has_noun and not counts_two and all(_is_understood(word) for word in phrase.words):
        return phrase.ko
    return drawing.caption()


def drawable_words(phrase: Phrase) -> tuple[Word, ...]:
    """Return the words of a phrase that show in its picture.

    >>> from pipelines.text.reading.typed import typed
    >>> [word.ko for word in drawable_words(typed("뜨거운 사랑은 착한 뼈다귀"))]
    ['뜨겁다', '뼈다귀']
    """
    return drawing_of(phrase).words


def undrawable_words(phrase: Phrase) -> tuple[Word, ...]:
    """Return the words of a phrase that do not show in its picture."""
    shown = {id(word) for word in drawable_words(phrase)}
    return tuple(word for word in phrase.words if id(word) not in shown)


def drawing_of(phrase: Phrase) -> CrayonCaption:
    """Return what the crayon can draw of a phrase."""
    return _CaptionReader().read(phrase)


@dataclass(slots=True)
class _PendingWord:
    """What was said and waits for the next thing, each with the word that said it."""

    colour: tuple[str, Word] | None = None
    size: tuple[str, Word] | None = None
    look: tuple[str, Word] | None = None
    count: tuple[int, str, Word] | None = None  # with its counter
    flipped: tuple[bool, Word] | None = None


@dataclass(slots=True)
class _CaptionReader:
    """Walks through the words of a phrase and remembers what can be drawn."""

    things: list[Drawn] = field(default_factory=list)
    said: _PendingWord = field(default_factory=_PendingWord)
    place: str = ""
    position: str = ""
    used: list[Word] = field(default_factory=list)

    def read(self, phrase: Phrase) -> CrayonCaption:
        for i, word in enumerate(phrase.words):
            self._read(word, phrase.words[max(0, i - 1) : i + 2])
        if len(self.things) < MOST_THINGS and self.position:  # "장미 위에서" of nothing
            self.position = ""
            self.used = [word for word in self.used if word.shown not in POSITIONS]
        if self.things:
            self._wear(0)  # "번개는 주황색 그리움"
            return self._drawing(phrase, self._plainly(), "", "")
        return self._backdrop(phrase)

    def _read(self, word: Word, near: tuple[Word, ...]) -> None:
        position = POSITIONS.get(word.shown)
        if word.kind is WordKind.COLOUR:
            self.said.colour = (word.ko, word)
        elif word.kind is WordKind.NUMBER:
            self._count(word, near)
        elif position and len(self.things) == 1:
            self.position = position
            self.used.append(word)
        elif word.ko in SIZES:
            self.said.size = (SIZES[word.ko], word)
        elif word.shown in FLIPPED:
            self.said.flipped = (True, word)
        elif _is_thing_or_place(word):
            self._place_or_thing(word)
        else:
            self._look(word)

    def _count(self, word: Word, near: tuple[Word, ...]) -> None:
        if not COUNTS.get(word.ko):
            return
        counter = near[-1].ko if near[-1].kind is WordKind.COUNTER else ""
        self.said.count = (COUNTS[word.ko], counter, word)
        if self.things and near[0].ko == self.things[-1].noun:  # "고양이 두 마리"
            self._wear(len(self.things) - 1)

    def _look(self, word: Word) -> None:
        worn = worn_of(word)
        if not worn:
            return
        self.said.look = (worn, word)
        if worn != word.shown and self.things and not self.things[-1].look:
            self._wear(len(self.things) - 1)  # "장미가 뜨겁다"

    def _place_or_thing(self, word: Word) -> None:
        if _is_place(word.ko):
            if not self.place:
                self.place = word.ko
                self.used.append(word)
            return
        if len(self.things) < MOST_THINGS and all(word.ko != thing.noun for thing in self.things):
            self.things.append(Drawn(word.ko))
            self.used.append(word)
            self._wear(len(self.things) - 1)

    def _wear(self, index: int) -> None:
        """Give a thing what was said of it."""
        thing, said = self.things[index], self.said
        if said.colour and not thing.colour:
            thing = self._worn(replace(thing, colour=said.colour[0]), said.colour[1])
        if said.size and not thing.size:
            thing = self._worn(replace(thing, size=said.size[0]), said.size[1])
        if said.look and not thing.look:
            thing = self._worn(replace(thing, look=said.look[0]), said.look[1])
        if said.count and said.count[1] in ("", "개", *_counters_of(thing.noun)):
            thing = self._worn(replace(thing, count=said.count[0]), said.count[2])
        if said.flipped:
            thing = self._worn(replace(thing, is_flipped=True), said.flipped[1])
        self.things[index], self.said = thing, _PendingWord()

    def _worn(self, thing: Drawn, word: Word) -> Drawn:
        self.used.append(word)
        return thing

    def _plainly(self) -> tuple[Drawn, ...]:
        """Return the things without what the crayon was not taught to draw together."""
        if len(self.things) == 1:
            return tuple(self.things)
        self.used = [word for word in self.used if word.kind is not WordKind.NUMBER]
        return tuple(replace(thing, count=1) for thing in self.things)

    def _backdrop(self, phrase: Phrase) -> CrayonCaption:
        colour, look = self.said.colour, self.said.look
        meant = look_of(look[1]) if look else None
        if look and meant in LOOK_PLACES and not self.place:
            self.place = LOOK_PLACES[meant]
            self.used.append(look[1])
        if self.place:
            return self._drawing(phrase, (), "", "")
        if colour:
            self.used.append(colour[1])
        mood = LOOK_MOODS.get(meant, "") if meant else ""
        if look and mood:
            self.used.append(look[1])
        else:
            mood = self._mood(phrase)
        return self._drawing(phrase, (), colour[0] if colour else "", mood)

    def _mood(self, phrase: Phrase) -> str:
        moods = [(mood, word) for word in phrase.words if (mood := _mood_of(word))]
        if not moods:
            return ""
        found = Counter(mood for mood, _ in moods).most_common(1)[0][0]
        self.used += [word for mood, word in moods if mood == found]
        return found

    def _drawing(
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


def worn_of(word: Word) -> str:
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
    said = {form: mood for mood, form in MOODS.items()}
    return _moods().get(word.ko) or said.get(word.shown, "")


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
    return is_known or worn_of(word) == word.shown


def _is_place(ko: str) -> bool:
    return any(noun.ko == ko and noun.scene for noun in builtin().nouns)


def _counters_of(ko: str) -> tuple[str, ...]:
    return next((noun.counters for noun in builtin().nouns if noun.ko == ko), ())


def _counter_of(ko: str) -> str:
    return (*_counters_of(ko), "개")[0]
