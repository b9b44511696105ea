"""Events in the voices of others: the court, the singer, the radio, the village, the chat room.

A table of frames; knows the template language of render.py. Add a row to add a pattern.
"""

from __future__ import annotations

from pipelines.contract.text_options import Mood
from pipelines.text.grammar.distance import SOLID, UNSEEN
from pipelines.text.grammar.frames.frame import ANYTHING, CALLED, FOLK, IDEAS, INNER, WEATHER, Frame
from pipelines.text.grammar.slots import AdjectiveSlot, NounSlot, VerbSlot
from pipelines.text.grammar.staging import Staging
from pipelines.text.lexicon import Category as C

DOER = (*SOLID, *FOLK)
ANY_DOER = (*ANYTHING, *FOLK)

FRAMES: tuple[Frame, ...] = (
    # 전하, 만두가 웃었나이다!
    Frame(
        "your-majesty",
        1,
        {"a": NounSlot(ANY_DOER), "i": VerbSlot("i", subject="a")},
        (
            ("전하, {a+이/가} {i@었나이다}!", "Your Majesty, {np a} {past i}!"),
            (
                "전하, 이제 그만 {i@으시옵소서}! {a+이/가} 보고 있사옵니다.",
                "Your Majesty, pray {do i} no more! {np a} {is a} watching.",
            ),
        ),
        Mood.SOLEMN,
        staging=Staging.BOW,
    ),
    Frame(
        "edict",
        1,
        {"a": NounSlot(ANY_DOER), "i": VerbSlot("i", subject="a")},
        (
            (
                "오늘부터 모든 {a+은/는} {i@을지어다}.",
                "from this day on, all {stuff a} shall {base i}.",
            ),
            ("{a+은/는} {i@고} 또 {i@으리라}.", "{the a} shall {base i}, and {base i} again."),
        ),
        Mood.SOLEMN,
        staging=Staging.ACT,
    ),
    Frame(
        "by-nature",
        1,
        {"a": NounSlot(UNSEEN), "b": NounSlot(SOLID, far="a"), "adj": AdjectiveSlot("b")},
        (("{a+은/는} 본디 {adj@은} {b+이니라/니라}.", "{np a} is, by nature, {np b adj}."),),
        Mood.SOLEMN,
        staging=Staging.ALONE,
    ),
    Frame(
        "alas",
        1,
        {"a": NounSlot(ANY_DOER), "i": VerbSlot("i", subject="a"), "b": NounSlot(IDEAS, far="a")},
        (
            ("아아, {a+이/가} {i@는도다}!", "alas, {np a} {third i a}!"),
            (
                "아아, {b+도} 없이 {a+이/가} {i@는구려}.",
                "alas, {np a} {third i a} without so much as {np b}.",
            ),
        ),
        Mood.GLOOMY,
        staging=Staging.ACT,
    ),
    Frame(
        "i-wager",
        1,
        {"p": NounSlot(FOLK), "t": VerbSlot("t"), "a": NounSlot((*SOLID, *IDEAS), of="t")},
        (
            ("필시 {p+이/가} {a+을/를} {t@었으렷다}.", "{the p} {past t} {np a}, I wager."),
            ("{p+이/가} 감히 {a+을/를} {t@느냐}!", "how dare {the p} {base t} {np a}!"),
        ),
        Mood.SOLEMN,
        staging=Staging.HANDLE,
    ),
    # 나무꾼이 국수를 접는디, 얼씨구 무릎이 뛰는구나!
    Frame(
        "sings-the-singer",
        1,
        {
            "p": NounSlot(FOLK),
            "t": VerbSlot("t"),
            "a": NounSlot(SOLID, of="t"),
            "b": NounSlot(ANYTHING, far="a"),
            "i": VerbSlot("i", subject="b"),
        },
        (
            (
                "{p+이/가} {a+을/를} {t@는디}, 얼씨구 {b+이/가} {i@는구나}!",
                "{the p} {is p} {ing t} {np a}, and hurrah, {np b} {third i b}!",
            ),
        ),
        Mood.MERRY,
        staging=Staging.HANDLE,
    ),
    Frame(
        "a-feast",
        1,
        {
            "a": NounSlot(DOER),
            "i": VerbSlot("i", subject="a"),
            "b": NounSlot(SOLID, far="a"),
            "j": VerbSlot("i", subject="b"),
        },
        (
            (
                "잔치로세, {a} {i@고} {b} {j@는} 잔치로세!",
                "a feast it is, where {np a} {third i a} and {np b} {third j b}!",
            ),
            (
                "얼쑤, {a} {i@고} {b} {j@으니} 이 아니 좋을쏘냐!",
                "hey ho, {np a} {third i a} and {np b} {third j b}: what could be merrier!",
            ),
        ),
        Mood.MERRY,
        staging=Staging.FEAST,
    ),
    Frame(
        "at-this-hour",
        0,
        {"place": NounSlot((C.PLACE,)), "a": NounSlot(ANY_DOER), "i": VerbSlot("i", subject="a")},
        (
            (
                "지금 {place}에서는 {a+이/가} {i@고} 있습니다.",
                "at this hour, {np a} {is a} {ing i} {in place}.",
            ),
            (
                "{place}에 나와 있는 {a} 기자입니다. 여기서는 모두 {i@고} 있습니다.",
                "this is {np a}, reporting from {the place}, where everybody is {ing i}.",
            ),
        ),
        staging=Staging.NEWS,
    ),
    Frame(
        "tomorrow-across-the-country",
        0,
        {
            "a": NounSlot((*SOLID, *IDEAS)),
            "i": VerbSlot("i", subject="a", only=WEATHER),
            "b": NounSlot((*UNSEEN, C.CLOTHES), far="a"),
        },
        (
            (
                "내일은 전국에 {a+이/가} {i@겠습니다}. {b} 챙기세요.",
                "tomorrow {np a} will {base i} across the country. Do not forget {np b}.",
            ),
        ),
        staging=Staging.RAIN,
    ),
    # 충청도: 만두가 또 웃었어유.
    Frame(
        "the-village",
        1,
        {"a": NounSlot(ANY_DOER), "i": VerbSlot("i", subject="a")},
        (
            ("우리 집 {a+이/가} 또 {i@었어유}.", "our {bare a} {past i} again, it did."),
            ("아따, {a+이/가} {i@어} 부렀당께!", "lordy, {the a} went and {past i}!"),
            ("{a+이/가} {i@었다} 아이가!", "{the a} {past i}, so it did!"),
        ),
        Mood.MERRY,
        staging=Staging.ACT,
    ),
    Frame(
        "in-the-chat",
        1,
        {
            "a": NounSlot((*SOLID, C.PERSON)),
            "i": VerbSlot("i", subject="a"),
            "b": NounSlot(IDEAS, far="a"),
        },
        (
            ("우리 집 {a} 방금 {i@었음} ㅋㅋㅋ", "our {bare a} just {past i}, lol"),
            (
                "혹시 {a} {i@는} 거 나만 봤냐 ㅋㅋ",
                "lol, am I the only one who saw {np a} {base i}?",
            ),
            (
                "{a} {i@는} 소리 좀 안 나게 해라 ㅠㅠ {b} 깬다",
                "stop {the a} from {ing i}, it will wake {np b}",
            ),
        ),
        staging=Staging.ACT,
    ),
    Frame(
        "it-does-that",
        1,
        {"a": NounSlot(ANY_DOER), "i": VerbSlot("i", subject="a")},
        (
            ("{a+은/는} 원래 밤마다 {i@거든}.", "{the a} {third i a} every night, you see."),
            ("어라, {a+이/가} {i@네}.", "oh, {np a} {is a} {ing i}."),
            ("{a+이/가} 슬슬 {i@나} 봐요.", "{the a} must be about to {base i}."),
        ),
        staging=Staging.ACT,
    ),
    Frame(
        "so-you-ought-to",
        1,
        {
            "a": NounSlot(DOER),
            "i": VerbSlot("i", subject="a"),
            "t": VerbSlot("t"),
            "b": NounSlot((*SOLID, *IDEAS), of="t"),
        },
        (
            (
                "{a+이/가} {i@잖아}, {b+이라도/라도} {t@어야지}.",
                "{the a} {is a} {ing i}, so you ought to {base t} {np b} at least.",
            ),
        ),
        staging=Staging.CHAIN,
    ),
    Frame(
        "dear-diary",
        0,
        {
            "a": NounSlot(ANY_DOER),
            "i": VerbSlot("i", subject="a"),
            "t": VerbSlot("t"),
            "b": NounSlot((*SOLID, *IDEAS), of="t"),
        },
        (
            (
                "오늘의 일기: {a+이/가} {i@어서} {b+을/를} {t@었다}. 참 재미있었다.",
                "dear diary, {np a} {past i}, so I {past t} {np b}. It was great fun.",
            ),
            (
                "오늘은 {a+이/가} {i@는} 것을 보았다. 나도 커서 {b+을/를} {t@고} 싶다.",
                "today I saw {np a} {base i}. When I grow up, I want to {base t} {np b} too.",
            ),
        ),
        staging=Staging.LETTER,
    ),
    Frame(
        "dear-somebody",
        0,
        {
            "p": NounSlot((*FOLK, C.ANIMAL)),
            "a": NounSlot(ANYTHING),
            "i": VerbSlot("i", subject="a"),
            "adj": AdjectiveSlot("p", INNER),
        },
        (
            (
                "{adj@은} {p+에게}. 여기는 아직도 {a+이/가} {i@고} 있어요.",
                "dear {bare p adj}, over here {np a} {is a} still {ing i}.",
            ),
        ),
        Mood.TENDER,
        staging=Staging.LETTER,
    ),
    Frame(
        "on-sale-now",
        1,
        {
            "t": VerbSlot("t"),
            "a": NounSlot((*SOLID, *IDEAS), of="t"),
            "b": NounSlot((*SOLID, *IDEAS), far="a"),
            "adj": AdjectiveSlot("b"),
        },
        (
            (
                "이제 {a+도} 집에서 {t@으세요}! {adj@은} {b+을/를} 덤으로 드립니다.",
                "now {base t} {np a} at home! You get {np b adj} for free.",
            ),
        ),
        staging=Staging.POSTER,
    ),
    # 네놈의 무릎은 이미 퇴근했다.
    Frame(
        "you-are-already",
        1,
        {"a": NounSlot((C.BODY, C.THING, C.CLOTHES, *IDEAS)), "i": VerbSlot("i", subject="a")},
        (
            ("너의 {a+은/는} 이미 {i@었다}.", "your {bare a} {past i} long ago."),
            (
                "너의 {a+은/는} 네가 모르는 사이에 {i@고} 있다.",
                "your {bare a} {is a} {ing i} behind your back.",
            ),
        ),
        Mood.SOLEMN,
        staging=Staging.ACT,
    ),
    Frame(
        "lullaby",
        1,
        {
            "a": NounSlot(CALLED),
            "adj": AdjectiveSlot("a"),
            "b": NounSlot(SOLID, far="a"),
            "i": VerbSlot("i", subject="b"),
            "c": NounSlot((*UNSEEN, *FOLK), far="b"),
            "j": VerbSlot("i", subject="c"),
        },
        (
            (
                "자장자장 {adj@은} {a}, {b+도} {i@고} {c+도} {j@네}.",
                "hush now, {bare a adj}: {the b} {third i b}, and {the c} {third j c}.",
            ),
        ),
        Mood.TENDER,
        staging=Staging.ROW,
    ),
    Frame(
        "i-will-wait",
        1,
        {
            "a": NounSlot(CALLED),
            "adj": AdjectiveSlot("a"),
            "b": NounSlot(ANYTHING, far="a"),
            "i": VerbSlot("i", subject="b"),
        },
        (
            (
                "{adj@은} {a+아/야}, {b+이/가} {i@을} 때까지 곁에 있을게.",
                "{bare a adj}, I will stay by your side until {np b} {third i b}.",
            ),
        ),
        Mood.TENDER,
        staging=Staging.PAIR,
    ),
    Frame(
        "all-alone",
        1,
        {
            "a": NounSlot(SOLID),
            "i": VerbSlot("i", subject="a"),
            "b": NounSlot(UNSEEN, far="a"),
            "j": VerbSlot("i", subject="b"),
            "c": NounSlot((C.PLACE,)),
        },
        (
            (
                "{a+도} {i@고} {b+도} {j@고}, {c}에는 나만 남았네.",
                "{the a} {past i}, {the b} {past j}, and only I am left {in c}.",
            ),
        ),
        Mood.GLOOMY,
        staging=Staging.PLACE,
    ),
    Frame(
        "i-swear",
        1,
        {
            "p": NounSlot(FOLK),
            "a": NounSlot((C.BODY, C.THING, C.FOOD, *IDEAS)),
            "t": VerbSlot("t"),
            "b": NounSlot((*SOLID, *IDEAS), of="t"),
        },
        (
            (
                "나 {p+은/는} {a+을/를} 걸고 {b+을/를} {t@노라}.",
                "I, {the p}, swear by {np a} to {base t} {np b}.",
            ),
        ),
        Mood.SOLEMN,
        staging=Staging.HANDLE,
    ),
)
