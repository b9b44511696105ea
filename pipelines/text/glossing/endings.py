"""Particles and endings as lists: what may follow a noun or a stem, and what it means.

Knows no words. The citation forms of endings are conjugate.py's.
"""

from __future__ import annotations

from functools import cache

from pipelines.text.glossing.pieces import CaseRole, PredicateForm
from pipelines.text.korean import hangul

PARTICLES: dict[CaseRole, str] = {
    CaseRole.TOPIC: (
        "은 는 도 만 만은 만이라도 마저 조차 까지도 이야말로 야말로 이라도 라도 이나마 나마 "
        "이든 든 밖에 이란 란 이라면 라면"
    ),
    CaseRole.SUBJECT: "이 가 께서 께서는 만이 이서 끼리",
    CaseRole.OBJECT: "을 를 만을",
    CaseRole.OF: "의 만의",
    CaseRole.PLACE: "에 에는 에도 에만 에다 에다가 엔",
    CaseRole.IN: "에서 에서는 에서도 에서만 에선 서",
    CaseRole.AT_PLACE: "에서의 에의 에서온",
    CaseRole.TO: "에게 한테 께 에게는 한테는 에게도 한테도 에게만 한테만",
    CaseRole.FROM: "에게서 한테서 부터 로부터 으로부터 부터는 에서부터",
    CaseRole.UNTIL: "까지 까지는 까지만",
    CaseRole.WITH: "으로 로 으로는 로는 으로도 로도 으로만 로만 로써 으로써 로서 으로서",
    CaseRole.AND: "과 와 하고 랑 이랑 이며 며 이나 나",
    CaseRole.LIKE: "처럼 같이 만큼 처럼은",
    CaseRole.SUCH: "같은 같던 다운 스러운 만한",
    CaseRole.THAN: "보다 보다는 보다도",
    CaseRole.WITHOUT: "없이 없이는",
    CaseRole.LACKING: "없는",
    CaseRole.EVERY: "마다",
    CaseRole.BEING: "인 이던 였던 이었던 라는 이라는",
    CaseRole.COPULA: (
        "이다 다 입니다 입니까 이에요 예요 이었다 였다 이야 야 이지 이죠 죠 이네 네 이네요 네요 "
        "이구나 구나 이로다 로다 이라니 라니 이라고 라고 일까 일까요 인가 인가요 이지요 지요 "
        "이었어요 였어요 이었습니다 였습니다 임 이라서 라서 이고 이지만 지만 인데 인데요 이었는데 "
        "였는데 이라 라 이래 래 이잖아 잖아"
    ),
    CaseRole.CALL: "아 이여 여 님아 아아",
}
MANY = "들"
POLITE = ("님", "씨")
# After a noun of one syllable only these are taken: 불만 is no 불 + 만.
SAFE = frozenset(
    (
        CaseRole.TOPIC,
        CaseRole.SUBJECT,
        CaseRole.OBJECT,
        CaseRole.OF,
        CaseRole.PLACE,
        CaseRole.IN,
        CaseRole.WITH,
        CaseRole.AND,
        CaseRole.LIKE,
    )
)
UNSAFE_TAILS = frozenset("서 만 도 나 며 이며 랑 이나 야 든 란 이란 라면 이라면 만은 밖에".split())
AFTER_CONSONANT = frozenset("은 이 을 과 으로".split())
AFTER_VOWEL = frozenset("는 가 를 와".split())

ENDINGS: dict[PredicateForm, str] = {
    PredicateForm.BEFORE: "는 은 을 던 었던 었을 으신 으시는 겠는",
    PredicateForm.LINKED: (
        "고 고서 고는 으면서 으며 어서 어도 어야 으니 으니까 지만 다가 었다가 으면 으면은 었으면 "
        "거나 든지 도록 는데 은데 었는데 자마자 려고 으려고 으려 으러 느라 느라고 더니 었더니 길래 "
        "으므로 을수록 는지 은지 고도 으시고 으셔서 었지만 었고 었으며 었으니 고자 어 어다 "
        "으려다 으려다가 으라고 자고"
    ),
    PredicateForm.NEGATED: "지 지는 지도 질",
    PredicateForm.ADVERBIAL: "게 게끔",
    PredicateForm.NOMINAL: "기 음 기를 기가 기는 기도 기만 음을 음이 기로 었음 기에",
    PredicateForm.FINAL: (
        "다 는다 었다 었었다 겠다 어요 었어요 습니다 습니까 었습니다 었습니까 겠습니다 네 네요 "
        "었네 었네요 지요 죠 었지 었지요 었죠 겠지 겠지요 구나 는구나 었구나 군 군요 는군 는군요 "
        "자 어라 으세요 으셔요 으십시오 으십니다 으십니까 으셨다 으셨어요 으셨습니다 으신다 읍시다 "
        "으시지요 나 나요 었나 었나요 느냐 으냐 니 었니 을까 을까요 었을까 을게 을게요 을래 을래요 "
        "을걸 는가 은가 은가요 었는가 더라 더라고 던데 데 대요 었대 었대요 는대 는대요 다고 는다고 "
        "었다고 다면 는다면 었다면 잖아 잖아요 었잖아 거든 거든요 었거든 어야지 어야겠다 는걸 은걸 "
        "라 으라 으렴 었도다 도다 는데요 은데요 었는데요 겠어 겠어요 겠네 었어 습니다만 어버렸다 "
        "어버린다 어봤다 어보자 어줘 어주세요 고싶다 고싶어 고싶어요 고있다 고있어 고있어요 "
        "고있습니다 고있네 고있는중 는중 는중이다"
    ),
}
WRITTEN_TOGETHER = {PredicateForm.BEFORE: "고있는 고싶은 고있던 어있는 어버린 어진 어주는 어보는"}


@cache
def tails() -> dict[str, tuple[CaseRole, bool]]:
    """Return what may follow a noun -> its role, and whether it makes many of it."""
    found: dict[str, tuple[CaseRole, bool]] = {"": (CaseRole.BARE, False)}
    for role, listed in PARTICLES.items():
        for particle in listed.split():
            found.setdefault(particle, (role, False))
    polite = {middle + tail: value for middle in POLITE for tail, value in found.items()}
    many = {MANY + tail: (role, True) for tail, (role, _) in found.items()}
    return polite | many | found


def short_tail(noun: str, tail: str) -> tuple[CaseRole, bool] | None:
    """Return the role of what follows a noun of one syllable, None when that is doubtful.

    >>> short_tail("불", "만"), short_tail("배", "를")[0].value, short_tail("배", "을")
    (None, 'object', None)
    """
    found = tails().get(tail)
    if found is None or tail in UNSAFE_TAILS:
        return None
    has_batchim = bool(hangul.batchim_of(noun)) if hangul.is_syllable(noun[-1]) else False
    if tail in (AFTER_VOWEL if has_batchim else AFTER_CONSONANT):
        return None
    is_safe = not tail or found[1] or found[0] in SAFE or len(tail) > 1
    return found if is_safe else None
