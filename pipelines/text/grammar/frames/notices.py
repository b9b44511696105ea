"""What is written on doors, counters and posters: 게으른 중력 출입 금지.

A table of frames; knows the template language of render.py. Add a row to add a pattern.
"""

from __future__ import annotations

from pipelines.contract.text_options import Mood
from pipelines.text.grammar.distance import MADE, SOLID, UNSEEN
from pipelines.text.grammar.frames.frame import IDEAS, INNER, Frame
from pipelines.text.grammar.slots import AdjectiveSlot, NounSlot, VerbSlot
from pipelines.text.lexicon import Category as C
from pipelines.text.lexicon import Sense

FRAMES: tuple[Frame, ...] = (
    Frame(
        "sign",
        1,
        {
            "p": NounSlot((C.PLACE,)),
            "t": VerbSlot("t"),
            "g": NounSlot((*IDEAS, C.ANIMAL, C.NATURE), of="t"),
        },
        (
            (
                "{p}에서는 {g+을/를} {t@지} 마세요.",
                "please do not {base t} {several g} {in p}.",
            ),
        ),
    ),
    Frame(
        "missing",
        1,
        {
            "a": NounSlot((*MADE, C.BODY, C.ANIMAL)),
            "adj": AdjectiveSlot("a", INNER),
            "t": NounSlot((C.TIME, C.SENSATION, C.ABSTRACT)),
        },
        (
            (
                "{adj@은} {a+을/를} 찾습니다. 색깔은 {t}.",
                "missing: {np a adj}. Colour: {bare t}.",
            ),
        ),
    ),
    Frame(
        "no-entry",
        1,
        {"a": NounSlot((*UNSEEN, *MADE, C.ANIMAL)), "adj": AdjectiveSlot("a", INNER)},
        (("{adj@은} {a} 출입 금지", "no entry for {several a adj}"),),
    ),
    Frame(
        "menu",
        1,
        {
            "g": NounSlot((*UNSEEN, *MADE)),
            "adj": AdjectiveSlot("g", (*INNER, Sense.TASTE, Sense.TOUCH)),
            "d": NounSlot((C.FOOD,), role="dish"),
        },
        (
            ("오늘의 메뉴: {adj@은} {g} {d}", "today's special: {bare g adj} {bare d}"),
            ("{adj@은} {g} {d} 나왔습니다.", "your {bare g adj} {bare d} is served."),
        ),
    ),
    Frame(
        "contains",
        1,
        {
            "n": NounSlot((*MADE, C.FOOD, C.ANIMAL)),
            "g": NounSlot(UNSEEN, far="n"),
        },
        (("이 {n}에는 {g+이/가} 들어 있습니다.", "this {gloss n} contains {several g}."),),
    ),
    Frame(
        "under-repair",
        1,
        {"g": NounSlot(UNSEEN), "b": NounSlot((*MADE, C.GESTURE, C.ANIMAL))},
        (("{g} 수리 중. {b+을/를} 이용해 주세요.", "{bare g} under repair. Please use {the b}."),),
    ),
    Frame(
        "dear-customer",
        0,
        {"a": NounSlot((*IDEAS, C.BODY, C.FOOD)), "i": VerbSlot("i", subject="a")},
        (("고객님의 {a+이/가} {i@었습니다}.", "dear customer, your {bare a} {past i}."),),
    ),
    Frame(
        "caution",
        1,
        {"a": NounSlot((*IDEAS, *MADE, C.FOOD)), "i": VerbSlot("i", subject="a")},
        (("주의! {a+이/가} {i@을} 수 있습니다.", "caution! {np a} may {base i}."),),
    ),
    Frame(
        "hiring",
        1,
        {
            "a": NounSlot((*SOLID, C.SHAPE)),
            "adj": AdjectiveSlot("a", INNER),
            "g": NounSlot((*IDEAS,)),
        },
        (("{adj@은} {a} 구합니다. {g} 우대.", "wanted: {np a adj}. {bare g} preferred."),),
    ),
    Frame(
        "thank-you-for",
        1,
        {"t": VerbSlot("t"), "n": NounSlot((*IDEAS, *SOLID), of="t")},
        (("{n+을/를} {t@어} 주셔서 감사합니다.", "thank you for {ing t} {the n}."),),
        Mood.TENDER,
    ),
    Frame(
        "closed-today",
        0,
        {
            "a": NounSlot((*SOLID, *UNSEEN)),
            "i": VerbSlot("i", subject="a"),
            "p": NounSlot((C.PLACE,)),
        },
        (
            (
                "{a+이/가} {i@어서} {p} 문을 닫습니다.",
                "because {np a} {past i}, {the p} is closed today.",
            ),
        ),
    ),
    Frame(
        "next-stop",
        1,
        {"g": NounSlot((*UNSEEN, C.FOOD, C.BODY)), "b": NounSlot(SOLID, far="g")},
        (
            (
                "이번 역은 {g} 역입니다. 내리실 문은 {b} 쪽입니다.",
                "this stop is {bare g}. The doors open on the side of {the b}.",
            ),
        ),
    ),
)
