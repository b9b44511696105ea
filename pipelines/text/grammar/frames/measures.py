"""Things counted and weighed, mostly with the wrong measure: 여섯 스푼의 코골이.

A table of frames; knows the template language of render.py. Add a row to add a pattern.
"""

from __future__ import annotations

from pipelines.text.grammar.distance import MADE, SOLID, UNSEEN
from pipelines.text.grammar.frames.frame import Frame
from pipelines.text.grammar.slots import (
    AdverbSlot,
    ColourSlot,
    CounterSlot,
    InterjectionSlot,
    NounSlot,
    NumberSlot,
    VerbSlot,
)
from pipelines.text.lexicon import Category as C

FRAMES: tuple[Frame, ...] = (
    # 여섯 스푼의 코골이
    Frame(
        "spoonfuls",
        1,
        {"g": NounSlot(UNSEEN), "cl": CounterSlot("g"), "num": NumberSlot("cl")},
        (("{num} {cl}의 {g}", "{count num cl} of {stuff g}"),),
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
        "how-far",
        1,
        {
            "p": NounSlot((C.PLACE,)),
            "g": NounSlot(UNSEEN),
            "cl": CounterSlot("g"),
            "num": NumberSlot("cl"),
        },
        (("{p}에서 {g}까지 {num} {cl}", "from {the p} to {np g}: {count num cl}"),),
    ),
    Frame(
        "in-change",
        1,
        {"g": NounSlot(UNSEEN), "cl": CounterSlot("g"), "num": NumberSlot("cl", most=7)},
        (
            ("{g} {num} {cl} 거슬러 주세요.", "{count num cl} of {stuff g} in change, please."),
            ("{g} {num} {cl}만 빌려 주세요.", "please lend me just {count num cl} of {stuff g}."),
        ),
    ),
    Frame(
        "weighs",
        1,
        {
            "x": NounSlot(SOLID, is_counted=True),
            "g": NounSlot(UNSEEN),
            "cl": CounterSlot("g"),
            "num": NumberSlot("cl"),
        },
        (("{x}의 무게는 {g} {num} {cl}", "{the x} weighs {count num cl} of {stuff g}"),),
    ),
    Frame(
        "a-day",
        0,
        {"g": NounSlot((*UNSEEN, *MADE)), "cl": CounterSlot("g"), "num": NumberSlot("cl", most=7)},
        (("하루에 {g} {num} {cl}씩", "{count num cl} of {stuff g} a day"),),
    ),
    Frame(
        "half-and-half",
        1,
        {"a": NounSlot(UNSEEN), "b": NounSlot((C.FOOD, C.NATURE, *MADE)), "g": NounSlot(UNSEEN)},
        (
            ("{a} 반, {b} 반", "half {bare a}, half {bare b}"),
            ("{a} 반, {b} 반, 나머지는 {g}", "half {bare a}, half {bare b}, and the rest {bare g}"),
        ),
    ),
    Frame(
        "one-more",
        2,
        {
            "int": InterjectionSlot(),
            "a": NounSlot(SOLID),
            "cm": CounterSlot("a"),
            "num": NumberSlot("cm"),
            "p": NounSlot((C.PLACE, C.BODY)),
        },
        (
            (
                "{int}! {p}에 {a} {num} {cm+이/가} 남았다.",
                "{gloss int}! {count num cm} of {stuff a} {isare num} left {in p}.",
            ),
        ),
    ),
)
