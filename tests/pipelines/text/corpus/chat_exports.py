"""Chat exports of every program, language and era, and mutations of them, the same every time."""

from __future__ import annotations

import random
from collections.abc import Iterator

SAID = tuple(
    f"오늘은 {word} 챙겼어요"
    for word in ("김밥을", "우산을", "양말을", "구름을", "서랍을", "문어를")
)
NAMES = ("두더지", "고슴도치:)")
TITLES = {
    "ko": "두더지 님과 카카오톡 대화\n저장한 날짜 : 2024년 3월 2일 13:08\n\n",
    "en": "KakaoTalk Chats with 두더지\nDate Saved : March 2, 2024, 1:08 PM\n\n",
}
# the line with the day, the head of a message, and a notice below it
VARIANTS = {
    "android ko": (
        "2024년 3월 1일 오후 1:05",
        "2024년 3월 1일 오후 1:05, {name} : ",
        "2024년 3월 1일 오후 1:05, 너구리님이 나갔습니다.",
    ),
    "android ko 24h": (
        "2024년 3월 1일 13:05",
        "2024년 3월 1일 13:05, {name} : ",
        "2024년 3월 1일 13:05, 두더지님이 너구리님을 초대했습니다.",
    ),
    "android en": (
        "March 1, 2024, 1:05 PM",
        "March 1, 2024, 1:05 PM, {name} : ",
        "March 1, 2024, 1:05 PM, 너구리 left this chatroom.",
    ),
    "iphone ko": (
        "2024년 3월 1일 금요일",
        "2024. 3. 1. 오후 1:05, {name} : ",
        "2024. 3. 1. 오후 1:05: 너구리님이 들어왔습니다.",
    ),
    "iphone ko short": (
        "2024년 3월 1일 금요일",
        "오후 1:05, {name} : ",
        "오후 1:05, 너구리님이 나갔습니다.",
    ),
    "iphone en": (
        "Friday, March 1, 2024",
        "Mar 1, 2024 at 13:05, {name} : ",
        "Mar 1, 2024 at 13:05: 너구리 joined this chatroom.",
    ),
    "iphone en narrow": (
        "Friday, March 1, 2024",
        "Mar 1, 2024 at 1:05\u202fPM, {name} : ",
        "Mar 1, 2024 at 1:05\u202fPM: 너구리 was removed from this chatroom.",
    ),
    "windows ko": (
        "--------------- 2024년 3월 1일 금요일 ---------------",
        "[{name}] [오후 1:05] ",
        "너구리님을 초대하였습니다.",
    ),
    "windows en": (
        "--------------- Friday, March 1, 2024 ---------------",
        "[{name}] [1:05 PM] ",
        "너구리님을 내보냈습니다.",
    ),
    "windows dotted": (
        "2024. 3. 1.",
        "[{name}] [2024. 3. 1. 오후 1:05] ",
        "너구리님이 들어왔습니다.운영정책을 위반한 메시지로 신고 접수 시 제한이 있을 수 있습니다.",
    ),
}
MEDIA = (
    "사진",
    "Photo",
    "이모티콘",
    "사진 3장",
    "페이스톡 해요 2:31",
    "보이스톡 부재중",
    "삭제된 메시지입니다.",
    "This message was deleted.",
    "투표: 저녁 메뉴",
    "파일: 보고서.pdf",
    "송금 10,000원",
)


PIECES = (b'"', b",", b"\n", b" : ", b"[", b"\r", b"-", b"010-")


def export(variant: str) -> str:
    """Return an export whose messages are SAID, the first of them in two lines."""
    day, head, notice = VARIANTS[variant]
    lines = [day]
    for place, text in enumerate(SAID):
        lines.append(head.format(name=NAMES[place % 2]) + text)
        if place == 0:
            lines.append("그리고 또 웃었어요")
    lines += [notice, *(head.format(name=NAMES[0]) + text for text in MEDIA)]
    return TITLES["en" if " en" in variant else "ko"] + "\n".join(lines) + "\n"


def mac() -> str:
    """Return the table of a Mac."""
    rows = [f'2024-03-01 13:05:00,"두더지","{text}"' for text in (*SAID, *MEDIA)]
    rows[0] = rows[0][:-1] + '\n""그리고"" 또 웃었어요"'
    rows.append(',"","The message has been deleted."')
    return "\n".join(("Date,User,Message", *rows)) + "\n"


def mutated_chats(count: int, seed: int = 0) -> Iterator[bytes]:
    """Yield damaged exports: cut, doubled, with bytes and quotes where none belong."""
    whole = [*(export(variant).encode() for variant in VARIANTS), mac().encode()]
    for number in range(count):
        dice = random.Random(seed * 1_000_003 + number)
        data = bytearray(dice.choice(whole))
        for _ in range(dice.randint(1, 12)):
            place = dice.randrange(len(data) + 1)
            cut = data[place : place + dice.randint(0, 200)]
            way = dice.randrange(4)
            if way == 0:
                del data[place : place + len(cut)]
            elif way == 1:
                data[place:place] = cut * dice.randint(1, 30)
            elif way == 2:
                data[place:place] = dice.randbytes(3)
            else:
                data[place:place] = dice.choice(PIECES)
        yield bytes(data)
