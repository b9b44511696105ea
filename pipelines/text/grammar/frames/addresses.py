"""Who is spoken to, by name and title: 두부 각하, 여보게 젓가락, 부장님 문어.

A table of frames; knows the template language of render.py. Add a row to add a pattern.
"""

from __future__ import annotations

from pipelines.contract.text_options import Mood
from pipelines.text.grammar.distance import SOLID, UNSEEN
from pipelines.text.grammar.frames.frame import CALLED, FOLK, IDEAS, INNER, UNTOLD, Frame
from pipelines.text.grammar.slots import AdjectiveSlot, LiteralSlot, NounSlot, VerbSlot
from pipelines.text.grammar.staging import Staging
from pipelines.text.lexicon import Category as C

TITLES = (
    ("각하", "your excellency"),
    ("대감", "my lord"),
    ("마마", "your highness"),
    ("여사님", "madam"),
    ("선생님", "professor"),
    ("도련님", "young master"),
    ("사범님", "master"),
    ("박사님", "doctor"),
    ("형님", "big brother"),
)

FRAMES: tuple[Frame, ...] = (
    # 두부 각하, 재채기를 접어 주소서!
    Frame(
        "your-excellency",
        1,
        {
            "a": NounSlot(CALLED),
            "title": LiteralSlot(TITLES),
            "t": VerbSlot("t"),
            "b": NounSlot((*SOLID, *IDEAS), of="t"),
        },
        (
            (
                "{a} {title}, 부디 {b+을/를} {t@어} 주소서!",
                "{bare a}, {gloss title}, pray {do t} {np b}!",
            ),
            (
                "{a} {title}, {b+을/를} {t@을} 시간입니다.",
                "{bare a}, {gloss title}, it is time to {do t} {np b}.",
            ),
        ),
        staging=Staging.BOW,
    ),
    # 여보게 젓가락, 안개 좀 빻게나.
    Frame(
        "i-say",
        1,
        {"a": NounSlot(CALLED), "t": VerbSlot("t"), "b": NounSlot((*SOLID, *IDEAS), of="t")},
        (
            ("여보게 {a}, {b} 좀 {t@게나}.", "I say, {bare a}, {do t} {np b}, will you."),
            (
                "이보시오 {a}, {b+을/를} {t@는} 게 어떻소?",
                "I say, {bare a}, why not {do t} {np b}?",
            ),
        ),
        staging=Staging.TALK,
    ),
    # 부장님 문어, 이제 퇴근하시지요.
    Frame(
        "boss-octopus",
        1,
        {
            "p": NounSlot(FOLK),
            "a": NounSlot((C.ANIMAL, C.FOOD, C.THING)),
            "i": VerbSlot("i", subject="p", barred=UNTOLD),
        },
        (
            ("{p} {a}, 이제 그만 {i@으시지요}.", "{bare p} {bare a}, it is time to {do i}."),
            (
                "{p} {a+이/가} {i@으신다}! 모두 조용!",
                "{the p a} is about to {base i}! Silence, everybody!",
            ),
        ),
        staging=Staging.COMPOUND,
    ),
    Frame(
        "let-us-my-dear",
        1,
        {
            "a": NounSlot(CALLED),
            "adj": AdjectiveSlot("a", INNER),
            "t": VerbSlot("t"),
            "b": NounSlot((*SOLID, *IDEAS), of="t"),
        },
        (
            (
                "{adj@은} {a+아/야}, 우리 {b+을/를} {t@자꾸나}.",
                "{bare a adj}, let us {our t} {np b}.",
            ),
            ("{adj@은} {a+아/야}, 어서 {b+을/를} {t@으려무나}.", "{bare a adj}, do {do t} {np b}."),
        ),
        Mood.TENDER,
        staging=Staging.PAIR,
    ),
    Frame(
        "not-in-front-of",
        1,
        {"p": NounSlot(FOLK), "t": VerbSlot("t"), "a": NounSlot((*SOLID, *IDEAS), of="t")},
        (("{p} 앞에서는 {a+을/를} {t@지} 마시오.", "do not {do t} {np a} in front of {the p}."),),
        staging=Staging.HANDLE,
    ),
    Frame(
        "leave-it-to-me",
        1,
        {
            "t": VerbSlot("t"),
            "a": NounSlot(SOLID, of="t"),
            "b": NounSlot((*UNSEEN, C.VEHICLE), far="a"),
            "p": NounSlot(FOLK),
        },
        (
            (
                "{a+은/는} 제가 {t@을게요}, {b+은/는} {p+에게} 맡기세요.",
                "I will {base t} {the a}; leave {the b} to {the p}.",
            ),
        ),
        staging=Staging.HANDLE,
    ),
    Frame(
        "dear-citizens",
        1,
        {
            "a": NounSlot(CALLED, is_counted=True),
            "b": NounSlot(IDEAS, far="a"),
            "i": VerbSlot("i", subject="a", barred=UNTOLD),
        },
        (
            (
                "{a} 여러분, {b+을/를} 위하여 다 함께 {i@읍시다}!",
                "fellow {several a}, let us all {our i} for the sake of {np b}!",
            ),
        ),
        Mood.MERRY,
        staging=Staging.ROW,
    ),
)
