"""What happened, or is about to: 하필 양심이 증발했다.

A table of frames; knows the template language of render.py. Add a row to add a pattern.
"""

from __future__ import annotations

from pipelines.contract.text_options import Mood
from pipelines.text.grammar.distance import MADE, SOLID, UNSEEN
from pipelines.text.grammar.frames.frame import GROWTH, IDEAS, KINDNESS, WEATHER, Frame
from pipelines.text.grammar.slots import AdverbSlot, LiteralSlot, NounSlot, VerbSlot
from pipelines.text.lexicon import Category as C

FRAMES: tuple[Frame, ...] = (
    Frame(
        "so-it-melted",
        2,
        {
            "a": NounSlot((*SOLID, C.SHAPE)),
            "i": VerbSlot("i", subject="a"),
            "b": NounSlot((*UNSEEN, C.PLACE), far="a"),
            "j": VerbSlot("i", subject="b"),
        },
        (("{a+이/가} {i@어서} {b+이/가} {j@었다}.", "{np a} {past i}, so {np b} {past j}."),),
    ),
    Frame(
        "of-all-times",
        0,
        {
            "adv": AdverbSlot(("때",)),
            "a": NounSlot((*SOLID, C.SHAPE, *IDEAS)),
            "i": VerbSlot("i", subject="a"),
        },
        (("{adv} {a+이/가} {i@었다}.", "{gloss adv}, {np a} {past i}."),),
    ),
    Frame(
        "sprout",
        1,
        {
            "p": NounSlot((C.BODY, C.BODY, C.THING)),
            "i": VerbSlot("i", only=GROWTH),
            "n": NounSlot((*SOLID, C.SHAPE, *IDEAS), far="p"),
        },
        (("{p}에 {n+이/가} {i@었다}.", "{np n} {past i} on {the p}."),),
    ),
    Frame(
        "breaking",
        0,
        {
            "a": NounSlot((C.ANIMAL, C.PERSON, *MADE, C.FOOD)),
            "t": VerbSlot("t"),
            "n": NounSlot((*SOLID, *IDEAS, C.PLACE), of="t"),
        },
        (
            (
                "속보! {a+이/가} {n+을/를} {t@었습니다}.",
                "breaking news! {np a} {past t} {np n}.",
            ),
        ),
    ),
    Frame(
        "forecast",
        1,
        {
            "when": LiteralSlot(
                (
                    ("내일 아침", "tomorrow morning"),
                    ("오늘 밤", "tonight"),
                    ("주말부터", "from the weekend on"),
                    ("잠시 후", "in a moment"),
                    ("모레쯤", "the day after tomorrow or so"),
                )
            ),
            "p": NounSlot((C.PLACE,)),
            "i": VerbSlot("i", only=WEATHER),
            "g": NounSlot((*UNSEEN, C.CLOTHES, C.FOOD, C.ANIMAL), of="i"),
        },
        (
            (
                "{when} {p}에서 {g+이/가} {i@겠습니다}.",
                "{gloss when}, {several g} will {base i} {in p}.",
            ),
        ),
    ),
    Frame(
        "it-forgave-me",
        0,
        {"a": NounSlot((*SOLID, C.SHAPE, C.ABSTRACT)), "t": VerbSlot("t", only=KINDNESS)},
        (
            ("어제 {a+이/가} 나를 {t@었다}.", "yesterday {np a} {past t} me."),
            ("{a+이/가} 나를 {t@을} 때까지.", "until {np a} {third t a} me."),
        ),
    ),
    Frame(
        "as-we-speak",
        0,
        {
            "p": NounSlot((C.PLACE,)),
            "a": NounSlot((*SOLID, C.SHAPE, *IDEAS)),
            "i": VerbSlot("i", subject="a"),
        },
        (("{p}에서 {a+이/가} {i@는} 중입니다.", "{np a} {is a} {ing i} {in p} as we speak."),),
    ),
    Frame(
        "did-it-secretly",
        1,
        {
            "a": NounSlot((*SOLID, C.PERSON)),
            "t": VerbSlot("t"),
            "n": NounSlot((*SOLID, *IDEAS), of="t"),
            "adv": AdverbSlot(("방식",)),
        },
        (("{a+은/는} {adv} {n+을/를} {t@었다}.", "{np a} {past t} {np n} {gloss adv}."),),
    ),
    Frame(
        "nothing-but",
        1,
        {
            "a": NounSlot((*SOLID, *IDEAS)),
            "i": VerbSlot("i", subject="a"),
            "b": NounSlot((*UNSEEN, *MADE), far="a"),
        },
        (("{a+이/가} {i@고} {b}만 남았다.", "{np a} {past i}, and nothing was left but {np b}."),),
        Mood.GLOOMY,
    ),
    # 사랑, 전기장판과 화해
    Frame(
        "headline",
        2,
        {
            "a": NounSlot((*SOLID, *UNSEEN)),
            "b": NounSlot((*SOLID, *UNSEEN), far="a"),
            "lit": LiteralSlot(
                (
                    ("결별", "parts ways with"),
                    ("화해", "makes up with"),
                    ("합병", "merges with"),
                    ("동업", "goes into business with"),
                    ("맞대결", "faces off with"),
                )
            ),
        },
        (
            ("{a}, {b+과/와} {lit}", "{bare a} {gloss lit} {bare b}"),
            ("[단독] {a}, {b+과/와} {lit}", "exclusive: {bare a} {gloss lit} {bare b}"),
        ),
    ),
    Frame(
        "rumour",
        1,
        {
            "a": NounSlot((*SOLID, C.PERSON)),
            "t": VerbSlot("t"),
            "n": NounSlot((*IDEAS, *SOLID), of="t"),
        },
        (
            (
                "{a+이/가} {n+을/를} {t@는다는} 소문이 있다.",
                "rumour has it that {np a} {third t a} {np n}.",
            ),
        ),
    ),
    Frame(
        "every-time",
        1,
        {
            "a": NounSlot((*SOLID, C.PERSON)),
            "i": VerbSlot("i", subject="a"),
            "b": NounSlot((*UNSEEN, C.NATURE), far="a"),
            "j": VerbSlot("i", subject="b"),
        },
        (
            (
                "{a+이/가} {i@을} 때마다 {b+이/가} {j@는다}.",
                "every time {np a} {third i a}, {np b} {third j b}.",
            ),
        ),
    ),
    Frame(
        "instead-of-home",
        0,
        {
            "a": NounSlot((*MADE, C.FOOD, C.BODY)),
            "p": NounSlot((C.PLACE,)),
            "adv": AdverbSlot(("흉내", "방식")),
        },
        (("{a+이/가} {adv} {p+으로/로} 출근했다.", "{np a} went to work at {the p} {gloss adv}."),),
    ),
)
