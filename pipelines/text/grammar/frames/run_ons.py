"""Words that roll on without particles, one thing after the other: 양말 심어 늙으니 소금 졸더라!

A table of frames; knows the template language of render.py. Add a row to add a pattern.
"""

from __future__ import annotations

from pipelines.contract.text_options import Mood
from pipelines.text.grammar.distance import SOLID, UNSEEN
from pipelines.text.grammar.frames.frame import ANYTHING, FOLK, IDEAS, INNER, UNTOLD, Frame
from pipelines.text.grammar.slots import AdjectiveSlot, InterjectionSlot, NounSlot, VerbSlot
from pipelines.text.grammar.staging import Staging
from pipelines.text.lexicon import Category as C

DOER = (*SOLID, *FOLK)

FRAMES: tuple[Frame, ...] = (
    # 달 볶아 잠들면 무릎 뒤집히거든!
    Frame(
        "roast-and-sleep",
        2,
        {
            "t": VerbSlot("t"),
            "a": NounSlot(SOLID, of="t"),
            "i": VerbSlot("i"),
            "s": NounSlot((*SOLID, *IDEAS), far="a"),
            "j": VerbSlot("i", subject="s"),
        },
        (
            (
                "{a} {t@어} {i@으면} {s} {j@거든}!",
                "{base t} {np a}, {base i}, and {np s} {third j s}, mark my words!",
            ),
            (
                "{a} {t@고} {i@거든} {s+이/가} {j@느니라}.",
                "{base t} {np a}, {base i}, and lo, {np s} {third j s}.",
            ),
        ),
        staging=Staging.CHAIN,
    ),
    # 양말 심어 늙으니 소금 졸더라!
    Frame(
        "plant-and-age",
        2,
        {
            "t": VerbSlot("t"),
            "a": NounSlot(SOLID, of="t"),
            "i": VerbSlot("i"),
            "s": NounSlot(ANYTHING, far="a"),
            "j": VerbSlot("i", subject="s"),
        },
        (
            (
                "{a} {t@어} {i@으니} {s} {j@더라}!",
                "I {past t} {np a}, I {past i}, and {np s} {past j}!",
            ),
        ),
        staging=Staging.CHAIN,
    ),
    Frame(
        "three-in-a-row",
        2,
        {
            "t": VerbSlot("t"),
            "a": NounSlot(SOLID, of="t"),
            "u": VerbSlot("t"),
            "b": NounSlot(SOLID, of="u"),
            "c": NounSlot((*UNSEEN, *FOLK), far="b"),
            "i": VerbSlot("i", subject="c"),
        },
        (
            (
                "{a} {t@고} {b} {u@고} {c} {i@는구나}!",
                "{base t} {np a}, {base u} {np b}, and oh, {np c} {third i c}!",
            ),
        ),
        staging=Staging.CHAIN,
    ),
    # 수줍은 만두 웃는데 기린 삐걱거리네, 양심 녹겠네!
    Frame(
        "look-how-they-go",
        2,
        {
            "a": NounSlot(DOER),
            "adj": AdjectiveSlot("a", INNER),
            "i": VerbSlot("i", subject="a"),
            "b": NounSlot(SOLID, far="a"),
            "j": VerbSlot("i", subject="b"),
            "c": NounSlot(IDEAS, far="b"),
            "k": VerbSlot("i", subject="c"),
        },
        (
            (
                "{adj@은} {a} {i@는데} {b} {j@네}, {c} {k@겠네}!",
                "{np a adj} {third i a}, {np b} {third j b}, and {np c} will {base k}!",
            ),
        ),
        staging=Staging.ROW,
    ),
    # 고양이 웃으면 냄비 녹고, 냄비 녹으면 반장 졸지!
    Frame(
        "link-by-link",
        2,
        {
            "a": NounSlot(SOLID),
            "i": VerbSlot("i", subject="a"),
            "b": NounSlot((*SOLID, *IDEAS), far="a"),
            "j": VerbSlot("i", subject="b"),
            "c": NounSlot((*SOLID, *FOLK), far="b"),
            "k": VerbSlot("i", subject="c"),
        },
        (
            (
                "{a} {i@으면} {b} {j@고}, {b} {j@으면} {c} {k@지}!",
                "when {np a} {third i a}, {np b} {third j b}; when {the b} {third j b}, "
                "{np c} {third k c}!",
            ),
        ),
        staging=Staging.CHAIN,
    ),
    Frame(
        "before-it-is-late",
        1,
        {
            "a": NounSlot(ANYTHING),
            "i": VerbSlot("i", subject="a"),
            "t": VerbSlot("t"),
            "b": NounSlot(SOLID, of="t"),
            "c": NounSlot(SOLID, far="b"),
            "j": VerbSlot("i", subject="c"),
        },
        (
            (
                "{a} {i@기} 전에 {b} {t@어라}, {c} {j@는다}!",
                "{base t} {np b} before {np a} {third i a}: {np c} {third j c}!",
            ),
        ),
        staging=Staging.CHAIN,
    ),
    # 만두가 하품하길래 이불을 빌렸더니 양심이 자랐지 뭐냐!
    Frame(
        "wouldnt-you-know",
        1,
        {
            "a": NounSlot(DOER),
            "i": VerbSlot("i", subject="a"),
            "t": VerbSlot("t"),
            "b": NounSlot(SOLID, of="t"),
            "c": NounSlot(ANYTHING, far="b"),
            "j": VerbSlot("i", subject="c"),
        },
        (
            (
                "{a+이/가} {i@길래} {b+을/를} {t@었더니} {c+이/가} {j@었지} 뭐냐!",
                "{np a} {past i}, so I {past t} {np b}, and wouldn't you know, {np c} {past j}!",
            ),
            (
                "{a+이/가} {i@길래} {b+을/를} {t@었더니} {c+까지} {j@더라고요}.",
                "{np a} {past i}, so I {past t} {np b}, and even {np c} {past j}.",
            ),
        ),
        staging=Staging.CHAIN,
    ),
    # 부장님이 넘어져서 만두가 웃고 만두가 웃는 바람에 양심이 증발했다.
    Frame(
        "long-tail",
        1,
        {
            "a": NounSlot(DOER),
            "i": VerbSlot("i", subject="a"),
            "b": NounSlot(SOLID, far="a"),
            "j": VerbSlot("i", subject="b"),
            "c": NounSlot(ANYTHING, far="b"),
            "k": VerbSlot("i", subject="c"),
        },
        (
            (
                "{a+이/가} {i@어서} {b+이/가} {j@고}, {b+이/가} {j@는} 바람에 {c+이/가} {k@었다}.",
                "because {np a} {past i}, {np b} {past j}, and because {the b} {past j}, "
                "{np c} {past k}.",
            ),
        ),
        staging=Staging.CHAIN,
    ),
    Frame(
        "once-upon-a-time",
        0,
        {
            "place": NounSlot((C.PLACE,)),
            "p": NounSlot(FOLK),
            "adj": AdjectiveSlot("p", INNER),
            "t": VerbSlot("t"),
            "a": NounSlot(SOLID, of="t"),
            "b": NounSlot((*SOLID, *IDEAS), far="a"),
            "i": VerbSlot("i", subject="b"),
        },
        (
            (
                "옛날 옛적 {place}에 {adj@은} {p+이/가} 살았는데, "
                "{a+을/를} {t@다가} 그만 {b+이/가} {i@었답니다}.",
                "once upon a time {in place} there lived {np p adj}; one day, "
                "while {ing t} {np a}, {np b} {past i}.",
            ),
            (
                "{adj@은} {p+은/는} {place}에서 {a+을/를} {t@다가} {b+이/가} {i@는} "
                "바람에 집에 가지 못했습니다.",
                "{the p adj} was {ing t} {np a} {in place} when {np b} {past i}, and could not "
                "go home.",
            ),
        ),
        staging=Staging.PLACE,
    ),
    Frame(
        "stack-them-up",
        1,
        {
            "a": NounSlot((C.THING, C.FOOD, C.ANIMAL, C.VEHICLE)),
            "b": NounSlot((C.THING, C.FOOD, C.CLOTHES, C.INSTRUMENT), far="a"),
            "c": NounSlot((C.FOOD, C.ANIMAL, C.NATURE), far="b"),
            "d": NounSlot((*IDEAS, C.PERSON), far="c"),
        },
        (
            (
                "{a} 위에 {b} 얹고, {b} 위에 {c} 얹고, {c} 위에 {d} 얹어라!",
                "put {np b} on {np a}, put {np c} on {the b}, and on {the c} put {np d}!",
            ),
        ),
        staging=Staging.STACK,
    ),
    # 아뿔싸, 국수 식히다 부장님 식혔네, 국수는 아직 뜨겁거늘!
    Frame(
        "by-mistake",
        1,
        {
            "cry": InterjectionSlot(),
            "t": VerbSlot("t"),
            "a": NounSlot(SOLID, of="t"),
            "b": NounSlot((*SOLID, *IDEAS), of="t"),
        },
        (
            (
                "{cry}, {a} {t@으려다} {b+을/를} {t@었네}!",
                "{gloss cry}, I meant to {base t} {np a} and {past t} {np b}!",
            ),
        ),
        staging=Staging.HANDLE,
    ),
    Frame(
        "the-more-the-more",
        1,
        {
            "a": NounSlot(DOER),
            "i": VerbSlot("i", subject="a"),
            "b": NounSlot(UNSEEN, far="a"),
            "j": VerbSlot("i", subject="b", barred=UNTOLD),
        },
        (
            (
                "{a+이/가} {i@을수록} {b+은/는} {j@는} 법.",
                "the more {np a} {third i a}, the more {np b} {third j b}.",
            ),
        ),
        Mood.SOLEMN,
        staging=Staging.CHAIN,
    ),
)
