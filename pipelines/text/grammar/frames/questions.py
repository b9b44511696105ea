"""What nobody can answer: 냉장고는 왜 은퇴할까?

A table of frames; knows the template language of render.py. Add a row to add a pattern.
"""

from __future__ import annotations

from pipelines.contract.text_options import Mood
from pipelines.text.grammar.distance import MADE, SOLID, UNSEEN
from pipelines.text.grammar.frames.frame import ANYTHING, IDEAS, INNER, OUTER, Frame
from pipelines.text.grammar.slots import AdjectiveSlot, ColourSlot, CounterSlot, NounSlot, VerbSlot
from pipelines.text.lexicon import Category as C

FRAMES: tuple[Frame, ...] = (
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
        "why",
        0,
        {"a": NounSlot((*SOLID, C.SHAPE, *IDEAS)), "i": VerbSlot("i", subject="a")},
        (
            ("{a+은/는} 왜 {i@을까}?", "why {why i a}?"),
            ("{a+은/는} 언제 {i@나요}?", "when {why i a}?"),
        ),
    ),
    Frame(
        "did-you-ever",
        0,
        {"t": VerbSlot("t"), "n": NounSlot((*IDEAS, *SOLID, C.SHAPE), of="t")},
        (("{n+을/를} {t@어} 본 적 있나요?", "did you ever {base t} {np n}?"),),
    ),
    Frame(
        "who-did-it",
        1,
        {"t": VerbSlot("t"), "n": NounSlot((*IDEAS, *MADE, C.FOOD), of="t")},
        (("누가 내 {n+을/를} {t@었을까}?", "who {past t} my {bare n}?"),),
    ),
    # 엄마가 좋아, 아빠가 좋아?
    Frame(
        "which-is-dearer",
        1,
        {"a": NounSlot((*SOLID, C.PERSON)), "b": NounSlot(ANYTHING, far="a")},
        (("{a+이/가} 좋아, {b+이/가} 좋아?", "which do you like better, {np a} or {np b}?"),),
        Mood.TENDER,
    ),
    Frame(
        "because-of",
        1,
        {
            "a": NounSlot((*SOLID, *IDEAS)),
            "i": VerbSlot("i", subject="a"),
            "b": NounSlot((*UNSEEN, *MADE), far="a"),
        },
        (
            (
                "{a+이/가} {i@은} 건 {b} 때문일까?",
                "could it be because of {np b} that {np a} {past i}?",
            ),
        ),
        Mood.GLOOMY,
    ),
    Frame(
        "what-becomes",
        0,
        {
            "a": NounSlot((*UNSEEN, *MADE)),
            "i": VerbSlot("i", subject="a"),
            "b": NounSlot((*SOLID, C.PERSON), far="a"),
        },
        (
            (
                "{a+이/가} {i@으면} {b+은/는} 어떡하죠?",
                "what becomes of {the b} if {np a} {third i a}?",
            ),
        ),
    ),
    Frame(
        "excuse-me-is-this",
        0,
        {"adj": AdjectiveSlot(senses=INNER), "a": NounSlot((*UNSEEN, *MADE, C.FOOD))},
        (
            (
                "실례지만 혹시 {adj@은} {a+이신가요/신가요}?",
                "excuse me, are you by any chance {np a adj}?",
            ),
        ),
    ),
    Frame(
        "how-many-to",
        2,
        {
            "g": NounSlot(UNSEEN),
            "x": NounSlot((C.FOOD, *MADE), is_counted=True),
            "cl": CounterSlot("g"),
        },
        (
            (
                "{g} 몇 {cl+이/가} {x} 하나인가요?",
                "how many {counters cl} of {stuff g} make one {gloss x}?",
            ),
        ),
    ),
)
