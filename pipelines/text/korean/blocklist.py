"""Syllables that must never stand side by side, not even across a space.

Chance puts words next to each other; this list keeps slurs and obscenities from arising where they
meet. Blanks and punctuation are taken out before looking, which also refuses a few harmless lines:
there are always others.
"""

from __future__ import annotations

import re

BLOCKED: tuple[str, ...] = (
    "씨발", "시발", "씹새", "병신", "지랄", "새끼", "좆", "보지", "자지", "섹스", "창녀", "창놈",
    "걸레", "화냥", "강간", "젖꼭지", "항문", "성기", "불알", "딸딸이", "자위", "야동", "포르노",
    "김치녀", "된장녀", "한남충", "맘충", "급식충", "틀딱", "짱깨", "짱꼴라", "쪽바리", "왜놈",
    "양놈", "흑형", "검둥이", "깜둥이", "니그로", "튀기새", "일베", "나치", "히틀러", "병자",
    "장님", "벙어리", "귀머거리", "절름발이", "꼽추", "문둥이", "등신", "애미", "애비", "느금",
    "엠창", "후장", "찐따", "변태", "미친", "닥쳐", "꺼져", "개새", "개년", "썅", "자살", "살인",
    "임신", "낙태", "매춘", "마약", "유방", "성교", "고자", "정액", "빨아", "따먹", "육변기",
    "쪽발이", "조센징", "빨갱이", "암캐", "호로자", "정신병", "장애인", "저능", "백치", "치매환자",
    "문둥", "소아성", "몰카", "성추행", "성폭", "성희롱", "몸을팔", "몸팔",
)  # fmt: skip


_ANY_BLOCKED = re.compile("|".join(BLOCKED))
_MARKS = re.compile(r"[\W_]+")


def letters(text: str) -> str:
    """Return the text without blanks and marks.

    >>> letters("자유? 끈적한 하마!")
    '자유끈적한하마'
    """
    return _MARKS.sub("", text)


def is_clean(text: str) -> bool:
    """Say whether no blocked syllables stand together, blanks and marks left out.

    >>> is_clean("사랑은 착한 뼈다귀"), is_clean("다시 발을 씻자")
    (True, False)
    """
    return not _ANY_BLOCKED.search(letters(text))
