"""What somebody must do: 살금살금 썩으세요, 뜨거운 국수!

A table of frames; knows the template language of render.py. Add a row to add a pattern.
"""

from __future__ import annotations

from pipelines.contract.text_options import Mood
from pipelines.text.grammar.distance import MADE, SOLID, UNSEEN
from pipelines.text.grammar.frames.frame import IDEAS, INNER, SENDING, UNTOLD, Frame
from pipelines.text.grammar.slots import (
    AdjectiveSlot,
    AdverbSlot,
    InterjectionSlot,
    NounSlot,
    VerbSlot,
)
from pipelines.text.lexicon import Category as C

FRAMES: tuple[Frame, ...] = (
    # 무거운 해 풀어 태어나면 개나리 웃지요!
    Frame(
        "peel-and-be-born",
        2,
        {
            "t": VerbSlot("t"),
            "a": NounSlot(SOLID, of="t"),
            "adj": AdjectiveSlot(),
            "i": VerbSlot("i", barred=UNTOLD),
            "s": NounSlot(SOLID, far="a"),
            "j": VerbSlot("i", subject="s", barred=UNTOLD),
        },
        (
            (
                "{adj@은} {a} {t@어} {i@으면} {s} {j@지요}!",
                "{base t} {np a adj} and {base i}, and {np s} {third j s}, you know!",
            ),
        ),
    ),
    # 살금살금 썩으세요, 뜨거운 국수!
    Frame(
        "please-rot",
        1,
        {
            "n": NounSlot((*SOLID, C.TIME)),
            "i": VerbSlot("i", subject="n", barred=UNTOLD),
            "adv": AdverbSlot(),
            "adj": AdjectiveSlot("n"),
        },
        (
            ("{adv} {i@으세요}, {adj@은} {n}!", "please {do i} {gloss adv}, {bare n adj}!"),
            ("{adv} {i@으시지요}, {adj@은} {n}!", "do {do i} {gloss adv}, {bare n adj}!"),
        ),
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
        "let-us-flee",
        1,
        {"n": NounSlot(SOLID), "i": VerbSlot("i", subject="n", barred=UNTOLD), "adv": AdverbSlot()},
        (("{adv} {i@자}, {n}!", "let us {our i} {gloss adv}, {bare n}!"),),
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
        "when-you",
        1,
        {
            "t": VerbSlot("t"),
            "n": NounSlot((*SOLID, *IDEAS), of="t"),
            "adv": AdverbSlot(),
            "i": VerbSlot("i", barred=UNTOLD),
        },
        (
            (
                "{n+을/를} {t@을} 때는 {adv} {i@으세요}.",
                "when you {base t} {np n}, please {do i} {gloss adv}.",
            ),
        ),
    ),
    Frame(
        "give-it-back",
        1,
        {
            "b": NounSlot((*SOLID, C.TIME)),
            "a": NounSlot(UNSEEN, far="b"),
            "adj": AdjectiveSlot("a", INNER),
        },
        (("{adj@은} {a+을/를} 돌려 다오, {b}!", "give back {np a adj}, {bare b}!"),),
        Mood.GLOOMY,
    ),
    Frame(
        "before-it-melts",
        1,
        {
            "t": VerbSlot("t"),
            "n": NounSlot(SOLID, of="t"),
            "a": NounSlot((*UNSEEN, C.PLACE), far="n"),
            "i": VerbSlot("i", subject="a", barred=UNTOLD),
        },
        (
            (
                "{a+이/가} {i@기} 전에 {n+을/를} {t@어라}!",
                "{base t} {np n} before {np a} {third i a}!",
            ),
        ),
    ),
    Frame(
        "never-again",
        1,
        {"t": VerbSlot("t"), "n": NounSlot((*IDEAS, *SOLID, C.SHAPE), of="t")},
        (("다시는 {n+을/를} {t@지} 않겠습니다.", "I shall never {base t} {np n} again."),),
        Mood.SOLEMN,
    ),
    Frame(
        "be-like",
        0,
        {
            "a": NounSlot((*MADE, C.FOOD, C.NATURE, C.ANIMAL)),
            "i": VerbSlot("i", subject="a", barred=UNTOLD),
            "adv": AdverbSlot(),
        },
        (("{a}처럼 {adv} {i@어라}!", "{do i} {gloss adv} like {np a}!"),),
    ),
    Frame(
        "do-not-cry",
        0,
        {
            "a": NounSlot((*SOLID, *IDEAS)),
            "adj": AdjectiveSlot("a", INNER),
            "i": VerbSlot("i", subject="a", barred=UNTOLD),
        },
        (
            ("{i@지} 마, {adj@은} {a+아/야}.", "do not {do i}, {bare a adj}."),
            ("{i@어도} 괜찮아, {adj@은} {a+아/야}.", "it is all right to {do i}, {bare a adj}."),
        ),
        Mood.TENDER,
    ),
    Frame(
        "hurrah",
        2,
        {
            "a": NounSlot((*UNSEEN, *MADE)),
            "i": VerbSlot("i", subject="a", barred=UNTOLD),
            "int": InterjectionSlot(),
            "b": NounSlot(SOLID, far="a"),
        },
        (
            (
                "{int}! {a+이/가} {i@는다}, {b} 만세!",
                "{gloss int}! {np a} {third i a}, long live {the b}!",
            ),
        ),
        Mood.MERRY,
    ),
)
