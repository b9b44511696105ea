"""What a sentence pattern is, and the groups of words that several patterns share.

Each pattern holds exactly one grammatical surprise; the rest of it is crisp and correct. Knows the
slots of slots.py. Does not roll dice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pipelines.text.grammar.distance import SOLID, UNSEEN
from pipelines.text.grammar.slots import Slot
from pipelines.text.grammar.staging import Staging
from pipelines.text.lexicon import Category as C
from pipelines.text.lexicon import Sense

INNER = (Sense.MOOD, Sense.CHARACTER)
OUTER = (Sense.TOUCH, Sense.TASTE, Sense.SMELL, Sense.HEARING, Sense.SIGHT)
BODILY = (C.BODY, C.ANIMAL, C.FOOD, C.THING, C.CLOTHES)
ANYTHING = (*SOLID, *UNSEEN)
IDEAS = (C.ABSTRACT, C.SENSATION, C.GESTURE)
# what people do to people: things that do them to me, or I to things
KINDNESS = (
    "위로하다", "용서하다", "칭찬하다", "초대하다", "체포하다", "의심하다", "존경하다", "돕다",
    "간지럽히다", "업다", "잊다", "믿다", "사랑하다",
)  # fmt: skip
WEATHER = ("쏟아지다", "녹다", "얼다", "증발하다", "피다", "돋다", "날아가다", "솟다")
SHARED = (
    "포옹", "악수", "가위바위보", "산책", "낮잠", "윙크", "뽀뽀", "첫사랑", "우정", "약속", "오해",
    "비밀",
)  # fmt: skip
SENDING = ("던지다", "굴리다", "배달하다", "싣다", "초대하다", "나르다", "밀다", "끌다")
# nobody can be told to do these: 나으세요 is not even heard as 낫다
UNTOLD = ("낫다", "돋다", "매진되다", "연착되다", "방전되다")
FOLK = (C.PERSON,)
CALLED = (C.ANIMAL, C.FOOD, C.THING, C.CLOTHES, C.NATURE, C.INSTRUMENT)  # who is spoken to
GROWTH = ("돋다", "피다", "자라다")


@dataclass(frozen=True, slots=True)
class Frame:
    """One pattern; of several lines one is drawn.

    Attributes:
        wildness: the surprise (0, 1, 2) at which it is most at home.
        slots: the blanks in the order in which they are filled.
        lines: (Korean, English) templates.
        mood: the mood it brings, "" for none.
        staging: how a picture may put it on the stage.
    """

    name: str
    wildness: int
    slots: Mapping[str, Slot]
    lines: tuple[tuple[str, str], ...]
    mood: str = ""
    staging: Staging = Staging.NONE
