"""The sentence patterns of 아무말, as data: blanks, Korean lines, English lines.

Each pattern holds exactly one grammatical surprise; the rest of it is crisp and correct. Knows the
template language of render.py and the slots of slots.py. Does not roll dice.

`wildness` says at which `surprise` (0, 1, 2) a frame is most at home. A frame with several lines
says one of them. The file is long because it is a table: add a row to add a pattern.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pipelines.text.lexicon import Category as C
from pipelines.text.lexicon import Sense
from pipelines.text.slots import (
    LIVING,
    MADE,
    SOLID,
    UNSEEN,
    AdjectiveSlot,
    AdverbSlot,
    ColourSlot,
    CounterSlot,
    InterjectionSlot,
    LiteralSlot,
    NounSlot,
    NumberSlot,
    Slot,
    VerbSlot,
)

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
SENDING = ("던지다", "굴리다", "배달하다", "싣다", "초대하다", "수입하다", "접다", "업다")
GROWTH = ("돋다", "피다", "자라다")


@dataclass(frozen=True, slots=True)
class Frame:
    """One pattern.

    Attributes:
        slots: the blanks in the order in which they are filled.
        lines: (Korean, English) templates.
    """

    name: str
    wildness: int
    slots: Mapping[str, Slot]
    lines: tuple[tuple[str, str], ...]


FRAMES: tuple[Frame, ...] = (
    # 사랑은 착한 뼈다귀
    Frame(
        "is",
        1,
        {
            "a": NounSlot(UNSEEN),
            "b": NounSlot((*BODILY, C.PERSON)),
            "adj": AdjectiveSlot(senses=INNER),
        },
        (("{a+은/는} {adj@은} {b}", "{np a} {is a} {np b adj}"),),
    ),
    Frame(
        "is-colour",
        1,
        {"a": NounSlot(UNSEEN), "b": NounSlot(SOLID), "c": ColourSlot()},
        (("{a+은/는} {c} {b}", "{np a} {is a} {np b c}"),),
    ),
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
            "x": NounSlot((C.SHAPE, C.SHAPE, C.THING, C.CLOTHES)),
        },
        (("{c} {s} {x}", "{gloss c} {bare s} {bare x}"),),
    ),
    # 크낙새 뿌리 무침? 파란 냄새 삼각형!
    Frame(
        "salad",
        2,
        {
            "a": NounSlot((C.ANIMAL, C.TIME, C.CLOTHES)),
            "b": NounSlot((C.NATURE, C.BODY)),
            "d": NounSlot((C.FOOD,), role="dish"),
            "c": ColourSlot(),
            "s": NounSlot((C.SENSATION,)),
            "x": NounSlot((C.SHAPE,)),
        },
        (
            (
                "{a} {b} {d}? {c} {s} {x}!",
                "{bare a} {bare b} {bare d}? {gloss c} {bare s} {bare x}!",
            ),
        ),
    ),
    # 무거운 해 풀어 태어나면 개나리 웃지요!
    Frame(
        "peel-and-be-born",
        2,
        {
            "t": VerbSlot("t"),
            "a": NounSlot(SOLID, of="t"),
            "adj": AdjectiveSlot(),
            "i": VerbSlot("i"),
            "s": NounSlot(SOLID, far="a"),
            "j": VerbSlot("i", subject="s"),
        },
        (
            (
                "{adj@은} {a} {t@어} {i@으면} {s} {j@지요}!",
                "{base t} {np a adj} and {base i}, and {np s} {third j s}, you know!",
            ),
        ),
    ),
    # 팔짝 뛰는 토끼색 칠한 재채기 세 쌍만 던져!
    Frame(
        "just-three-pairs",
        2,
        {
            "n": NounSlot((C.ANIMAL, C.FOOD, C.NATURE)),
            "i": VerbSlot("i", subject="n"),
            "adv": AdverbSlot(("방식",)),
            "g": NounSlot((C.GESTURE, C.SENSATION, C.ABSTRACT)),
            "cl": CounterSlot("g"),
            "num": NumberSlot("cl"),
            "t": VerbSlot("t"),
        },
        (
            (
                "{adv} {i@는} {n}색 {g} {num} {cl}만 {t@어}!",
                "{base t} just {count num cl} of {stuff g}, the colour of {np n} "
                "{ing i} {gloss adv}!",
            ),
        ),
    ),
    # 다율이 너무 많은 모래.
    Frame(
        "too-many",
        1,
        {"b": NounSlot((*UNSEEN, C.PLACE, C.CLOTHES)), "a": NounSlot(ANYTHING, far="b")},
        (("{a+이/가} 너무 많은 {b}.", "{np b} with {toomany a}."),),
    ),
    # 여섯 스푼의 코골이
    Frame(
        "spoonfuls",
        1,
        {"g": NounSlot(UNSEEN), "cl": CounterSlot("g"), "num": NumberSlot("cl")},
        (("{num} {cl}의 {g}", "{count num cl} of {stuff g}"),),
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
    # 살금살금 썩으세요, 뜨거운 국수!
    Frame(
        "please-rot",
        1,
        {
            "n": NounSlot((*SOLID, C.TIME)),
            "i": VerbSlot("i", subject="n"),
            "adv": AdverbSlot(),
            "adj": AdjectiveSlot("n"),
        },
        (
            ("{adv} {i@으세요}, {adj@은} {n}!", "please {base i} {gloss adv}, {bare n adj}!"),
            ("{adv} {i@으시지요}, {adj@은} {n}!", "do {base i} {gloss adv}, {bare n adj}!"),
        ),
    ),
    Frame(
        "non-answer",
        1,
        {
            "a": NounSlot((*UNSEEN, C.BODY)),
            "n": NounSlot(SOLID, far="a"),
            "adj": AdjectiveSlot(senses=OUTER),
        },
        (("{a}? {adj@은} {n}!", "{bare a}? {np n adj}!"),),
    ),
    Frame(
        "off-to",
        2,
        {
            "p": NounSlot((C.PLACE,)),
            "t": VerbSlot("t", only=SENDING),
            "n": NounSlot((*SOLID, *IDEAS), of="t"),
            "adj": AdjectiveSlot("n", INNER),
        },
        (("{p+으로/로} {adj@은} {n+을/를} {t@어}.", "{base t} {np n adj} to {the p}."),),
    ),
    Frame(
        "cry",
        2,
        {
            "int": InterjectionSlot(),
            "g": NounSlot(UNSEEN),
            "c": ColourSlot(),
            "cl": CounterSlot("g"),
            "num": NumberSlot("cl"),
        },
        (("{int}! {c} {g} {num} {cl}!", "{gloss int}! {count num cl} of {several g c}!"),),
    ),
    Frame(
        "to-think",
        1,
        {"a": NounSlot(UNSEEN), "b": NounSlot((*SOLID, C.PERSON)), "adj": AdjectiveSlot("b")},
        (("{a+이/가} {adj@은} {b+이라니/라니}!", "to think that {np a} {is a} {np b adj}!"),),
    ),
    Frame(
        "o-conscience",
        2,
        {
            "a": NounSlot((*UNSEEN, C.NATURE)),
            "t": VerbSlot("t"),
            "n": NounSlot(SOLID, of="t"),
        },
        (("{a+이여/여}, {n+을/를} {t@어라}!", "O {bare a}, {base t} {the n}!"),),
    ),
    Frame(
        "took-it-for",
        1,
        {
            "a": NounSlot((*SOLID, C.SHAPE, C.PERSON)),
            "b": NounSlot(ANYTHING, far="a"),
            "adj": AdjectiveSlot("b", INNER),
        },
        (
            (
                "{a}인 줄 알았더니 {adj@은} {b}",
                "took it for {np a}, but it was {np b adj}",
            ),
        ),
    ),
    Frame(
        "recipe",
        1,
        {
            "g": NounSlot(UNSEEN),
            "cl": CounterSlot("g"),
            "num": NumberSlot("cl", most=5),
            "n": NounSlot((C.ANIMAL, C.FOOD, C.CLOTHES, C.INSTRUMENT), is_counted=True),
            "cm": CounterSlot("n", is_right=True),
            "few": NumberSlot("cm", most=5),
        },
        (
            (
                "{g} {num} {cl}에 {n} {few} {cm}",
                "{count num cl} of {stuff g} to {many few n}",
            ),
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
        "for-sale",
        1,
        {
            "g": NounSlot(UNSEEN),
            "n": NounSlot((C.ANIMAL, C.FOOD, C.CLOTHES, C.THING), is_counted=True),
            "cm": CounterSlot("n", is_right=True),
            "few": NumberSlot("cm", most=5),
        },
        (
            (
                "{g} 팝니다. {n} {few} {cm+과/와} 바꿉니다.",
                "for sale: {bare g}. Will swap for {many few n}.",
            ),
        ),
    ),
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
        "why",
        0,
        {"a": NounSlot((*SOLID, C.SHAPE, *IDEAS)), "i": VerbSlot("i", subject="a")},
        (
            ("{a+은/는} 왜 {i@을까}?", "why {why i a}?"),
            ("{a+은/는} 언제 {i@나요}?", "when {why i a}?"),
        ),
    ),
    Frame(
        "let-us-flee",
        1,
        {"n": NounSlot(SOLID), "i": VerbSlot("i", subject="n"), "adv": AdverbSlot()},
        (("{adv} {i@자}, {n}!", "let us {base i} {gloss adv}, {bare n}!"),),
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
        "without",
        1,
        {
            "a": NounSlot(SOLID),
            "b": NounSlot((*UNSEEN, C.PLACE), far="a"),
            "c": NounSlot(UNSEEN),
            "d": NounSlot(SOLID, far="c"),
        },
        (
            (
                "{a} 없는 {b+은/는} {c} 없는 {d}",
                "{np b} without {np a} {is b} {np d} without {np c}",
            ),
        ),
    ),
    Frame(
        "actually",
        0,
        {"a": NounSlot((*SOLID, C.TIME, C.PERSON)), "b": NounSlot((*SOLID, C.ABSTRACT), far="a")},
        (
            ("사실 {a+은/는} {b+이었다/였다}.", "actually, {the a} was {np b}."),
            ("알고 보니 {a+은/는} {b+이었다/였다}.", "as it turned out, {the a} was {np b}."),
        ),
    ),
    Frame(
        "wannabe",
        0,
        {
            "b": NounSlot((*SOLID, C.SHAPE)),
            "a": NounSlot((*SOLID, C.PERSON, C.TIME, C.ABSTRACT), far="b"),
        },
        (("{a+이/가} 되고 싶은 {b}", "{np b} that wants to be {np a}"),),
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
        "dear-all",
        1,
        {
            "a": NounSlot((*SOLID,), is_counted=True),
            "t": VerbSlot("t"),
            "n": NounSlot((*IDEAS, C.NATURE), of="t"),
        },
        (
            (
                "존경하는 {a} 여러분, {n+을/를} {t@읍시다}.",
                "esteemed {several a}, let us {base t} {the n}.",
            ),
        ),
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
        "waiter",
        1,
        {
            "g": NounSlot((*UNSEEN, C.NATURE)),
            "cl": CounterSlot("g"),
            "num": NumberSlot("cl", most=5),
        },
        (
            ("여기요! {g} {num} {cl} 주세요.", "waiter! {count num cl} of {stuff g}, please."),
            (
                "{g} {num} {cl} 포장해 주세요.",
                "{count num cl} of {stuff g} to take away, please.",
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
        "it-forgave-me",
        0,
        {"a": NounSlot((*SOLID, C.SHAPE, C.ABSTRACT)), "t": VerbSlot("t", only=KINDNESS)},
        (
            ("어제 {a+이/가} 나를 {t@었다}.", "yesterday {np a} {past t} me."),
            ("{a+이/가} 나를 {t@을} 때까지.", "until {np a} {third t a} me."),
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
)
