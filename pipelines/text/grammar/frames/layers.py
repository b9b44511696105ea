"""Fragments within fragments, words grown together, and movements that have no name yet.

A table of frames; knows the template language of render.py. Add a row to add a pattern.
"""

from __future__ import annotations

from pipelines.contract.text_options import Mood
from pipelines.text.grammar.distance import SOLID
from pipelines.text.grammar.frames.frame import FOLK, IDEAS, INNER, OUTER, Frame
from pipelines.text.grammar.slots import AdjectiveSlot, MimeticSlot, NounSlot, VerbSlot
from pipelines.text.grammar.staging import Staging
from pipelines.text.lexicon import Category as C

DOER = (*SOLID, *FOLK)
JOINED = (C.BODY, C.SENSATION, C.ABSTRACT, C.ANIMAL, C.NATURE)  # first half of a new word

FRAMES: tuple[Frame, ...] = (
    # 하품하는 문어를 접는 냉장고
    Frame(
        "that-folds-what-yawns",
        1,
        {
            "t": VerbSlot("t"),
            "a": NounSlot(SOLID, of="t"),
            "i": VerbSlot("i", subject="a"),
            "b": NounSlot(DOER, far="a"),
        },
        (
            (
                "{i@는} {a+을/를} {t@는} {b}",
                "{np b} {that b} {third t b} {np a} {that a} {third i a}",
            ),
        ),
        staging=Staging.HANDLE,
    ),
    Frame(
        "what-the-uncle-left",
        1,
        {
            "p": NounSlot(FOLK),
            "t": VerbSlot("t"),
            "a": NounSlot((*SOLID, *IDEAS), of="t"),
            "b": NounSlot(SOLID, far="a"),
            "adj": AdjectiveSlot("b"),
        },
        (
            (
                "{p+이/가} {t@은} {a+을/를} 그리워하는 {adj@은} {b}",
                "{np b adj} that misses the {bare a} {the p} {past t}",
            ),
            (
                "{p+이/가} {t@다} 만 {a} 옆의 {adj@은} {b}",
                "{np b adj} next to the {bare a} {the p} never finished {ing t}",
            ),
        ),
        staging=Staging.PAIR,
    ),
    Frame(
        "looks-like",
        1,
        {
            "a": NounSlot(SOLID),
            "adj": AdjectiveSlot("a", INNER),
            "b": NounSlot(DOER, far="a"),
            "also": AdjectiveSlot("b", OUTER),
        },
        (
            ("{adj@은} {a+을/를} 닮은 {also@은} {b}", "{np b also} that looks like {np a adj}"),
            ("{adj@은} {a}인 척하는 {also@은} {b}", "{np b also} pretending to be {np a adj}"),
        ),
        staging=Staging.LIKENESS,
    ),
    Frame(
        "while-doing",
        1,
        {
            "p": NounSlot((*FOLK, C.ANIMAL)),
            "t": VerbSlot("t"),
            "a": NounSlot((*SOLID, *IDEAS), of="t"),
            "i": VerbSlot("i", subject="p"),
        },
        (
            ("{a+을/를} {t@다가} {i@은} {p}", "{np p} {that p} {past i} while {ing t} {np a}"),
            ("{i@으면서} {a+을/를} {t@는} {p}", "{np p} {ing t} {np a} while {ing i}"),
        ),
        staging=Staging.HANDLE,
    ),
    Frame(
        "busy-with",
        1,
        {
            "p": NounSlot(FOLK),
            "t": VerbSlot("t"),
            "a": NounSlot(SOLID, of="t"),
            "i": VerbSlot("i", subject="a"),
        },
        (
            (
                "{i@지} 않는 {a+을/를} {t@느라} 바쁜 {p}",
                "{np p} busy {ing t} {np a} that will not {base i}",
            ),
        ),
        staging=Staging.HANDLE,
    ),
    Frame(
        "whenever",
        1,
        {
            "a": NounSlot((*SOLID, *IDEAS)),
            "i": VerbSlot("i", subject="a"),
            "b": NounSlot(DOER, far="a"),
            "j": VerbSlot("i", subject="b"),
        },
        (
            (
                "{a+이/가} {i@을} 때마다 {j@는} {b}",
                "{np b} {that b} {third j b} whenever {np a} {third i a}",
            ),
            (
                "{a+이/가} {i@자마자} {j@은} {b}",
                "{np b} {that b} {past j} as soon as {np a} {past i}",
            ),
        ),
        staging=Staging.CHAIN,
    ),
    Frame(
        "handed-down",
        0,
        {
            "p": NounSlot(FOLK),
            "a": NounSlot((C.THING, C.CLOTHES, C.FOOD, C.INSTRUMENT)),
            "adj": AdjectiveSlot("a"),
            "b": NounSlot((*SOLID, *IDEAS), far="a"),
        },
        (
            (
                "{p+이/가} 물려준 {adj@은} {a} 속의 {b}",
                "{np b} in the {gloss adj} {bare a} that {the p} handed down",
            ),
        ),
        Mood.TENDER,
        staging=Staging.INSIDE,
    ),
    # 콧물우체국 개업
    Frame(
        "grown-together",
        2,
        {"a": NounSlot(JOINED), "b": NounSlot((C.FOOD, C.PLACE, C.THING, C.INSTRUMENT), far="a")},
        (
            ("원조 {a}{b}", "the original {joined a b}"),
            ("특허받은 {a}{b}", "a patented {joined a b}"),
            ("우리 동네 {a}{b} 개업!", "the {joined a b} in our street is open!"),
            ("세상에 하나뿐인 {a}{b}", "the only {joined a b} in the world"),
        ),
        staging=Staging.COMPOUND,
    ),
    # 꿉실꿉실 걷는 문어
    Frame(
        "in-its-own-way",
        2,
        {"m": MimeticSlot(), "a": NounSlot((*DOER, *IDEAS)), "i": VerbSlot("i", subject="a")},
        (
            ("{m} {i@는} {a}", "{np a} {that a} {third i a} {gloss m}"),
            ("{a+이/가} {m} {i@더라고}.", "{the a} {past i} {gloss m}, it did."),
        ),
        staging=Staging.ACT,
    ),
    Frame(
        "what-a-sound",
        2,
        {"m": MimeticSlot(), "t": VerbSlot("t"), "a": NounSlot(SOLID, of="t"), "p": NounSlot(FOLK)},
        (("{m} {a+을/를} {t@는} {p}", "{np p} {that p} {third t p} {np a} {gloss m}"),),
        staging=Staging.HANDLE,
    ),
    Frame(
        "nobody-calls",
        1,
        {
            "t": VerbSlot("t"),
            "a": NounSlot(SOLID, of="t"),
            "b": NounSlot((*SOLID, C.PERSON), far="a"),
            "adj": AdjectiveSlot("b", INNER),
        },
        (
            (
                "아무도 {t@어} 주지 않는 {a} 곁의 {adj@은} {b}",
                "{np b adj} beside {np a} that nobody will {base t}",
            ),
        ),
        Mood.GLOOMY,
        staging=Staging.PAIR,
    ),
)
