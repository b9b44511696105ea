"""The short Korean captions that the crayon was trained on, as data.

At most two things, their colours, effects, sizes and counts, how they stand, and a place; where
there is no thing a mood and a colour. Knows the lexicon's counters, and no sentences: see
caption_parser.py.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.contract.phrase import Word
from pipelines.text.korean.josa import attach
from pipelines.text.lexicon import builtin

COUNTED = ("", "", "두", "세")
MOODS = {"merry": "신나는", "gloomy": "우울한", "tender": "다정한", "solemn": "비장한"}
SCRIBBLE = "낙서"  # what there is to draw of words that show nothing at all


@dataclass(frozen=True, slots=True)
class Drawn:
    """A thing as it is to be drawn.

    Attributes:
        colour: as it stands before a noun (빨간), "" for its own colours.
        size, look: the adjective before the noun (작은, 뜨거운), "" for none.
    """

    noun: str
    colour: str = ""
    count: int = 1
    size: str = ""
    look: str = ""
    is_flipped: bool = False

    def named(self) -> str:
        """Return the noun phrase of a caption: 뜨거운 빨간 고양이 두 마리."""
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


def counters_of(ko: str) -> tuple[str, ...]:
    """Return the counters that a noun of the lexicon is counted with, the usual one first."""
    return next((noun.counters for noun in builtin().nouns if noun.ko == ko), ())


def _counter_of(ko: str) -> str:
    return (*counters_of(ko), "개")[0]
