"""Who says what to whom: a question and an answer to something else, hearsay, riddles.

A table of frames; knows the template language of render.py. Add a row to add a pattern.
"""

from __future__ import annotations

from pipelines.contract.text_options import Mood
from pipelines.text.grammar.distance import SOLID, UNSEEN
from pipelines.text.grammar.frames.frame import (
    ANYTHING,
    CALLED,
    FOLK,
    IDEAS,
    INNER,
    OUTER,
    WEATHER,
    Frame,
)
from pipelines.text.grammar.slots import AdjectiveSlot, CounterSlot, NounSlot, NumberSlot, VerbSlot
from pipelines.text.grammar.staging import Staging
from pipelines.text.lexicon import Category as C

DOER = (*SOLID, *FOLK)

FRAMES: tuple[Frame, ...] = (
    # “소금은 몇 시냐?” “무릎 세 자루다!”
    Frame(
        "what-time-is-it",
        2,
        {
            "a": NounSlot((*SOLID, *IDEAS)),
            "b": NounSlot(SOLID, far="a"),
            "c": CounterSlot("b"),
            "n": NumberSlot("c"),
        },
        (
            (
                "“{a+은/는} 몇 시냐?” “{b} {n} {c}!”",
                "what time is {the a}? {count n c} of {stuff b}!",
            ),
            (
                "“{a+은/는} 얼마인가요?” “{b} {n} {c}만 주세요.”",
                "how much is {the a}? only {count n c} of {stuff b}.",
            ),
        ),
        staging=Staging.TALK,
    ),
    Frame(
        "where-did-you-go",
        1,
        {
            "p": NounSlot(FOLK),
            "a": NounSlot((C.THING, C.FOOD, C.CLOTHES, C.VEHICLE, C.INSTRUMENT)),
            "i": VerbSlot("i", subject="p"),
        },
        (
            (
                "“{p+은/는} 어디 갔소?” “{a} 속에서 {i@는} 중이오.”",
                "where has {the p} gone? {ing i} inside {np a}.",
            ),
        ),
        staging=Staging.INSIDE,
    ),
    Frame(
        "why-are-you-late",
        1,
        {"a": NounSlot((*SOLID, *UNSEEN)), "i": VerbSlot("i", subject="a")},
        (
            (
                "“왜 늦었느냐?” “{a+이/가} {i@어서요}.”",
                "why are you late? because {np a} {past i}.",
            ),
            (
                "“숙제는 했니?” “{a+이/가} {i@어서} 못 했어요.”",
                "have you done your homework? no, because {np a} {past i}.",
            ),
        ),
        staging=Staging.TALK,
    ),
    Frame(
        "have-you-eaten",
        1,
        {"t": VerbSlot("t"), "a": NounSlot((*SOLID, *IDEAS), of="t")},
        (
            (
                "“밥은 먹었니?” “아니, {a+을/를} {t@었어}.”",
                "have you eaten? no, I {past t} {np a}.",
            ),
            (
                "“주말에 뭐 해?” “{a+을/를} {t@을} 거야.”",
                "what are you doing at the weekend? I will {base t} {np a}.",
            ),
        ),
        staging=Staging.HANDLE,
    ),
    Frame(
        "how-much-do-you-love-me",
        1,
        {"b": NounSlot((*SOLID, C.SENSATION)), "c": CounterSlot("b"), "n": NumberSlot("c")},
        (
            (
                "“나를 얼마나 사랑하오?” “{b} {n} {c}만큼.”",
                "how much do you love me? as much as {count n c} of {stuff b}.",
            ),
        ),
        Mood.TENDER,
        staging=Staging.TALK,
    ),
    Frame(
        "who-is-there",
        1,
        {"a": NounSlot((*SOLID, *IDEAS)), "adj": AdjectiveSlot("a")},
        (
            (
                "“거기 누구요?” “{adj@은} {a+이올시다/올시다}!”",
                "who is there? {np a adj}, at your service!",
            ),
            ("“누구세요?” “{adj@은} {a+이에요/예요}.”", "who is it? it is {np a adj}."),
        ),
        staging=Staging.SPEAK,
    ),
    Frame(
        "three-of-them",
        2,
        {
            "a": NounSlot(SOLID),
            "b": NounSlot(UNSEEN, far="a"),
            "c": NounSlot(SOLID, far="b"),
            "adj": AdjectiveSlot("c"),
        },
        (("“{a}!” “{b}!” “{adj@은} {c}!”", "{bare a}! {bare b}! {bare c adj}!"),),
        staging=Staging.ROW,
    ),
    Frame(
        "how-is-the-weather",
        1,
        {
            "a": NounSlot((*SOLID, *IDEAS)),
            "i": VerbSlot("i", subject="a", only=WEATHER),
            "b": NounSlot(UNSEEN, far="a"),
            "j": VerbSlot("i", subject="b"),
        },
        (
            (
                "“오늘 날씨 어때?” “{a+이/가} {i@고} {b+이/가} {j@어}.”",
                "how is the weather today? {np a} {third i a} and {np b} {third j b}.",
            ),
        ),
        staging=Staging.RAIN,
    ),
    Frame(
        "hello-this-is",
        1,
        {
            "place": NounSlot((C.PLACE,)),
            "a": NounSlot((*SOLID, *IDEAS)),
            "i": VerbSlot("i", subject="a"),
        },
        (
            (
                "“여보세요, 거기 {place}죠?” “아니요, {a+이/가} {i@는} 곳이에요.”",
                "hello, is that {the place}? no, it is where {np a} {third i a}.",
            ),
        ),
        staging=Staging.PLACE,
    ),
    Frame(
        "may-i-take-your-order",
        1,
        {"a": NounSlot((*UNSEEN, C.THING)), "b": NounSlot((*SOLID, C.PERSON), far="a")},
        (
            (
                "“주문하시겠어요?” “{a} 곱빼기에 {b+은/는} 빼 주세요.”",
                "may I take your order? a double {bare a}, hold the {bare b}.",
            ),
        ),
        staging=Staging.TALK,
    ),
    # “축축하고 점잖은 것은?” “수염!”
    Frame(
        "riddle",
        1,
        {
            "adj": AdjectiveSlot(senses=INNER),
            "also": AdjectiveSlot(senses=OUTER),
            "a": NounSlot(ANYTHING),
        },
        (("“{adj@고} {also@은} 것은?” “{a}!”", "what is {gloss adj} and {gloss also}? {np a}!"),),
        staging=Staging.ALONE,
    ),
    # 계단이 그러는데 치즈가 왔대.
    Frame(
        "says-the-stairs",
        1,
        {
            "a": NounSlot((*SOLID, C.PLACE)),
            "b": NounSlot(ANYTHING, far="a"),
            "i": VerbSlot("i", subject="b"),
        },
        (
            ("{a+이/가} 그러는데 {b+이/가} {i@었대}.", "{the a} says that {np b} {past i}."),
            ("{a+이/가} 그러더라, {b+이/가} {i@었다고}.", "{the a} told me so: {np b} {past i}."),
        ),
        staging=Staging.SPEAK,
    ),
    # 자기가 국수라고 우기는 시계
    Frame(
        "insists-on-being",
        1,
        {"a": NounSlot((*SOLID, C.PERSON)), "b": NounSlot((*SOLID, *IDEAS), far="a")},
        (
            ("자기가 {b+이라고/라고} 우기는 {a}", "{np a} that insists on being {np b}"),
            ("아무도 {b+이라고/라고} 불러 주지 않는 {a}", "{np a} that nobody will call {np b}"),
        ),
        staging=Staging.LIKENESS,
    ),
    Frame(
        "rumour-spreads",
        0,
        {
            "p": NounSlot(FOLK),
            "t": VerbSlot("t"),
            "a": NounSlot((*SOLID, *IDEAS), of="t"),
            "place": NounSlot((C.PLACE,)),
        },
        (
            (
                "{p+이/가} {a+을/를} {t@었다는} 소문이 {place}까지 퍼졌다.",
                "the rumour that {the p} {past t} {np a} has spread as far as {the place}.",
            ),
        ),
        staging=Staging.PLACE,
    ),
    Frame(
        "is-it-true-that",
        1,
        {"a": NounSlot(ANYTHING), "i": VerbSlot("i", subject="a")},
        (
            ("{a+이/가} 요즘 {i@는다며}?", "is it true that {np a} {third i a} these days?"),
            ("{a+이/가} 또 {i@었다더라}.", "they say that {np a} {past i} again."),
        ),
        staging=Staging.ACT,
    ),
    Frame(
        "was-told-to",
        1,
        {"p": NounSlot(FOLK), "t": VerbSlot("t"), "a": NounSlot((*SOLID, *IDEAS), of="t")},
        (
            ("{p+이/가} 나더러 {a} 좀 {t@으래}.", "{the p} told me to {base t} {np a}."),
            (
                "{p+이/가} 함께 {a+을/를} {t@자고} 조른다.",
                "{the p} begs me to {base t} {np a} together.",
            ),
        ),
        staging=Staging.SPEAK,
    ),
    Frame(
        "asked-why",
        0,
        {"p": NounSlot(FOLK), "a": NounSlot(ANYTHING), "i": VerbSlot("i", subject="a")},
        (("{p+이/가} 왜 {a+은/는} {i@느냐고} 물었다.", "{the p} asked why {np a} {third i a}."),),
        staging=Staging.SPEAK,
    ),
    Frame(
        "as-they-say",
        1,
        {
            "a": NounSlot((*SOLID, *UNSEEN)),
            "i": VerbSlot("i", subject="a"),
            "b": NounSlot((*SOLID, C.PERSON), far="a"),
            "j": VerbSlot("i", subject="b"),
        },
        (
            (
                "옛말에 {a+이/가} {i@으면} {b+도} {j@는다고} 했다.",
                "as the saying goes, when {np a} {third i a}, {np b} {third j b} too.",
            ),
        ),
        Mood.SOLEMN,
        staging=Staging.CHAIN,
    ),
    Frame(
        "whispered",
        1,
        {
            "a": NounSlot((*CALLED, C.PERSON)),
            "b": NounSlot((*SOLID, *IDEAS), far="a"),
            "adj": AdjectiveSlot("b"),
        },
        (
            (
                "{a+이/가} 내 귀에 대고 “{adj@은} {b}!” 하고 속삭였다.",
                "{np a} whispered in my ear: {bare b adj}!",
            ),
        ),
        Mood.TENDER,
        staging=Staging.WHISPER,
    ),
)
