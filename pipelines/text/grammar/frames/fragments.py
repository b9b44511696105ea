"""Things with something odd about them, and no verb to explain it: 파란 냄새 삼각형.

A table of frames; knows the template language of render.py. Add a row to add a pattern.
"""

from __future__ import annotations

from pipelines.text.grammar.distance import LIVING, MADE, SOLID, UNSEEN
from pipelines.text.grammar.frames.frame import ANYTHING, IDEAS, INNER, SHARED, Frame
from pipelines.text.grammar.slots import (
    AdjectiveSlot,
    ColourSlot,
    CounterSlot,
    LiteralSlot,
    NounSlot,
    NumberSlot,
    VerbSlot,
)
from pipelines.text.lexicon import Category as C

FRAMES: tuple[Frame, ...] = (
    # 심심한 장미를 콧구멍에
    Frame(
        "into",
        1,
        {
            "a": NounSlot((*SOLID, C.GESTURE)),
            "adj": AdjectiveSlot("a", INNER),
            "h": NounSlot((C.BODY, C.THING, C.CLOTHES, C.INSTRUMENT), far="a"),
        },
        (("{adj@은} {a+을/를} {h}에", "{np a adj} into {np h}"),),
    ),
    # 파란 냄새 삼각형
    Frame(
        "smell-triangle",
        2,
        {
            "c": ColourSlot(),
            "s": NounSlot((C.SENSATION, C.ABSTRACT)),
            "x": NounSlot((C.SHAPE, C.SHAPE, C.SHAPE, C.THING, C.CLOTHES)),
        },
        (("{c} {s} {x}", "{gloss c} {bare s} {bare x}"),),
    ),
    # 다율이 너무 많은 모래.
    Frame(
        "too-many",
        1,
        {"b": NounSlot((*UNSEEN, C.PLACE, C.CLOTHES)), "a": NounSlot(ANYTHING, far="b")},
        (("{a+이/가} 너무 많은 {b}.", "{np b} with {toomany a}."),),
    ),
    Frame(
        "coloured",
        1,
        {
            "n": NounSlot(UNSEEN),
            "x": NounSlot(SOLID, is_counted=True),
            "adj": AdjectiveSlot("x", INNER),
            "cm": CounterSlot("x", is_right=True),
            "few": NumberSlot("cm", most=6),
        },
        (
            ("{n}색 {x}", "{np x} the colour of {np n}"),
            ("{adj@은} {n}색 {x}", "{np x adj} the colour of {np n}"),
            ("{n}색 {x} {few} {cm}", "{many few x} the colour of {np n}"),
        ),
    ),
    Frame(
        "lonelier",
        1,
        {
            "a": NounSlot((*SOLID, C.PERSON, C.PLACE, C.TIME)),
            "b": NounSlot(ANYTHING, far="a"),
            "adj": AdjectiveSlot("b", INNER),
        },
        (("{a}보다 {adj@은} {b}", "{np b} more {gloss adj} than {np a}"),),
    ),
    Frame(
        "like-a-worm",
        1,
        {"a": NounSlot(LIVING), "b": NounSlot((*MADE, C.FOOD)), "i": VerbSlot("i", subject="b")},
        (("{a}처럼 {i@는} {b}", "{np b} {that b} {third i b} like {np a}"),),
    ),
    Frame(
        "stolen-yawn",
        1,
        {"t": VerbSlot("t"), "a": NounSlot(ANYTHING, of="t"), "b": NounSlot((*SOLID, C.PERSON))},
        (("{a+을/를} {t@은} {b}", "{np b} {that b} {past t} {np a}"),),
    ),
    Frame(
        "hug",
        1,
        {
            "a": NounSlot((*SOLID, C.PERSON)),
            "b": NounSlot((*UNSEEN, *SOLID), far="a"),
            "g": NounSlot((C.GESTURE, C.ABSTRACT), only=SHARED),
            "adj": AdjectiveSlot(senses=INNER),
        },
        (("{a+과/와} {b}의 {adj@은} {g}", "{np g adj} between {np a} and {np b}"),),
    ),
    Frame(
        "smells-of",
        0,
        {
            "b": NounSlot((C.ABSTRACT, C.GESTURE, C.TIME, *MADE)),
            "a": NounSlot((*SOLID, C.TIME), far="b"),
        },
        (
            ("{a} 냄새가 나는 {b}", "{np b} that smells of {several a}"),
            ("{a} 맛이 나는 {b}", "{np b} that tastes of {several a}"),
            ("{a} 소리를 내는 {b}", "{np b} that sounds like {np a}"),
        ),
    ),
    Frame(
        "committee",
        1,
        {
            "a": NounSlot((*SOLID, C.SHAPE, *IDEAS)),
            "adj": AdjectiveSlot("a", INNER),
            "of": LiteralSlot(
                (
                    ("박물관", "a museum of"),
                    ("대책위원회", "an emergency committee on"),
                    ("동호회", "a fan club of"),
                    ("보존회", "a society for the protection of"),
                    ("백일장", "a writing contest about"),
                )
            ),
        },
        (("{adj@은} {a} {of}", "{gloss of} {several a adj}"),),
    ),
    Frame(
        "never-once",
        0,
        {"a": NounSlot((*MADE, C.BODY, C.FOOD, *IDEAS)), "i": VerbSlot("i", subject="a")},
        (("한 번도 {i@지} 않은 {a}", "{np a} {that a} never once {past i}"),),
    ),
    Frame(
        "at-the-sight",
        1,
        {
            "b": NounSlot((*MADE, C.ANIMAL, C.BODY)),
            "a": NounSlot(ANYTHING, far="b"),
            "i": VerbSlot("i", subject="b"),
        },
        (("{a}만 보면 {i@는} {b}", "{np b} {that b} {third i b} at the sight of {np a}"),),
    ),
    Frame(
        "by-the-name-of",
        1,
        {"a": NounSlot(UNSEEN), "b": NounSlot((*SOLID, C.PLACE)), "adj": AdjectiveSlot("b", INNER)},
        (
            ("{a+이라는/라는} 이름의 {b}", "{np b} by the name of {bare a}"),
            ("{a+이라는/라는} 이름의 {adj@은} {b}", "{np b adj} by the name of {bare a}"),
        ),
    ),
    Frame(
        "instead",
        0,
        {
            "a": NounSlot((*SOLID, C.PERSON)),
            "b": NounSlot(ANYTHING, far="a"),
            "adj": AdjectiveSlot("b", INNER),
        },
        (
            ("{a} 대신 {b}", "{np b} instead of {np a}"),
            ("{a} 대신 {adj@은} {b}", "{np b adj} instead of {np a}"),
        ),
    ),
    Frame(
        "free-from",
        1,
        {"g": NounSlot(UNSEEN), "x": NounSlot(SOLID)},
        (
            ("{g} 무첨가 {x}", "{np x} with no added {bare g}"),
            ("유기농 {g} {x}", "organic {bare g} {bare x}"),
            ("{g} 한정판 {x}", "{bare x}, limited {bare g} edition"),
        ),
    ),
    Frame(
        "licence",
        1,
        {
            "g": NounSlot((*IDEAS, C.SHAPE)),
            "n": LiteralSlot(
                (
                    ("1급", "grade one"),
                    ("2급", "grade two"),
                    ("9급", "grade nine"),
                    ("특급", "special grade"),
                )
            ),
        },
        (("{g} 자격증 {n}", "a licence in {bare g}, {gloss n}"),),
    ),
    Frame(
        "on-the-day",
        1,
        {
            "a": NounSlot((*UNSEEN, *MADE)),
            "i": VerbSlot("i", subject="a"),
            "b": NounSlot((C.TIME,)),
        },
        (("{a+이/가} {i@던} {b}", "{the b} when {np a} {past i}"),),
    ),
)
