"""What things are: 사랑은 착한 뼈다귀.

A table of frames; knows the template language of render.py. Add a row to add a pattern.
"""

from __future__ import annotations

from pipelines.contract.text_options import Mood
from pipelines.text.grammar.distance import SOLID, UNSEEN
from pipelines.text.grammar.frames.frame import ANYTHING, BODILY, INNER, Frame
from pipelines.text.grammar.slots import AdjectiveSlot, ColourSlot, LiteralSlot, NounSlot, VerbSlot
from pipelines.text.lexicon import Category as C

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
    Frame(
        "to-think",
        1,
        {"a": NounSlot(UNSEEN), "b": NounSlot((*SOLID, C.PERSON)), "adj": AdjectiveSlot("b")},
        (("{a+이/가} {adj@은} {b+이라니/라니}!", "to think that {np a} {is a} {np b adj}!"),),
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
    # 사랑이란 환불하지 못한 양말
    Frame(
        "that-nobody-could",
        1,
        {"t": VerbSlot("t"), "a": NounSlot(UNSEEN), "b": NounSlot(SOLID, of="t")},
        (("{a+이란/란} {t@지} 못한 {b}", "{bare a}: {np b} nobody could {base t}"),),
    ),
    Frame(
        "not-that-but-this",
        0,
        {
            "a": NounSlot((*SOLID, C.PLACE)),
            "b": NounSlot(ANYTHING, far="a"),
            "adj": AdjectiveSlot("b", INNER),
        },
        (("이것은 {a+이/가} 아니라 {adj@은} {b}입니다.", "this is not {np a} but {np b adj}."),),
    ),
    # 실패는 성공의 어머니
    Frame(
        "mother-of",
        1,
        {
            "a": NounSlot((*SOLID, C.TIME)),
            "b": NounSlot((*UNSEEN, C.PLACE), far="a"),
            "who": LiteralSlot(
                (
                    ("어머니", "mother"),
                    ("사촌", "cousin"),
                    ("전생", "past life"),
                    ("비서", "secretary"),
                    ("동업자", "business partner"),
                    ("짝사랑", "secret crush"),
                )
            ),
        },
        (("{a+은/는} {b}의 {who}", "{np a} {is a} the {gloss who} of {np b}"),),
    ),
    # 가는 말이 고와야 오는 말이 곱다
    Frame(
        "fair-words",
        2,
        {"a": NounSlot(SOLID), "b": NounSlot((*UNSEEN, C.PLACE), far="a")},
        (
            (
                "가는 {a+이/가} 고와야 오는 {b+이/가} 곱다.",
                "only if the parting {bare a} {is a} fair is the coming {bare b} fair.",
            ),
        ),
        Mood.SOLEMN,
    ),
    # 고생 끝에 낙이 온다
    Frame(
        "after-all",
        1,
        {"a": NounSlot(UNSEEN), "b": NounSlot((*SOLID, C.SHAPE), far="a")},
        (("{a} 끝에 {b+이/가} 온다.", "at the end of {np a} there comes {np b}."),),
        Mood.SOLEMN,
    ),
)
