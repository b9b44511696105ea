"""How KakaoTalk writes days and times, and which line of an export is what.

Read from exports of Android, iPhone, Windows and the Mac in Korean and English, from 2012 on: the
same program has written `2024년 3월 1일 오후 1:05`, `2024. 3. 1. 13:05`,
`March 1, 2024, 1:05 PM`, `Mar 1, 2024 at 1:05 p.m.` and, below a line with the day, `오후 1:05`
alone. Knows the form of a line only; which of the words are a notice is in `chat_notices`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

_MONTH = (
    "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sep(?:t|tember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY = (
    r"(?:\(?[월화수목금토일](?:요일)?\)?"
    r"|(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?)"
)
_DAY = (
    rf"(?:(?:{_WEEKDAY},? )?(?:\d{{4}}(?:년|[./-]) ?\d{{1,2}}(?:월|[./-]) ?\d{{1,2}}(?:일|\.)?"
    rf"|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}|\d{{1,2}} {_MONTH},? \d{{4}}"
    rf"|\d{{1,2}}[./-] ?\d{{1,2}}[./-] ?\d{{2,4}}\.?)(?:,? ?{_WEEKDAY})?)"
)
_HALF = r"(?:오전|오후|am|pm|a\.m\.|p\.m\.)"
_CLOCK = rf"(?:{_HALF} ?)?\d{{1,2}}:\d{{2}}(?::\d{{2}})?(?: ?{_HALF})?"
_MOMENT = rf"{_DAY},? (?:at )?{_CLOCK}"
_NAMED = r"(?P<name>.{1,80}?) ?:(?: (?P<text>.*))?"
_FLAGS = re.IGNORECASE | re.DOTALL

# [이름] [오후 3:24] 말
WINDOWS = re.compile(
    rf"\[(?P<name>.{{1,80}}?)\] \[(?:{_MOMENT}|{_CLOCK})\](?: (?P<text>.*))?", _FLAGS
)
# 2023년 1월 1일 오후 3:24, 이름 : 말
PHONE = re.compile(rf"{_MOMENT}, {_NAMED.replace(' ?:', ' :')}", _FLAGS)
# 오후 3:24, 이름 : 말 (below a line with the day)
SHORT = re.compile(rf"{_CLOCK}, {_NAMED.replace(' ?:', ' :')}", _FLAGS)
# [2023. 1. 1. 오후 3:24] 이름: 말, and 2023. 1. 1. 오후 3:24 - 이름: 말: other messengers
OTHERS = re.compile(
    rf"(?:\[(?:{_MOMENT}|{_CLOCK})\]|{_MOMENT})(?: -|,)? (?P<name>[^:\[\]]{{1,60}}): (?P<text>.*)",
    _FLAGS,
)
# 오후 3:24<tab>이름<tab>말
TABBED = re.compile(rf"{_CLOCK}\t(?P<name>[^\t]{{1,80}})\t(?P<text>.*)", _FLAGS)
# a day by itself, or a moment and what happened then
DAY = re.compile(rf"-{{3,}} ?.{{1,60}}? ?-{{3,}}|{_DAY}|{_MOMENT}", _FLAGS)
HAPPENED = re.compile(rf"(?:{_MOMENT}|{_CLOCK})[,:] ?(?P<text>.*)", _FLAGS)
TITLE = re.compile(
    r".{0,80}(?:카카오톡 ?대화|KakaoTalk Chats?(?: with .{0,80})?|Talk Chats)"
    r"|Talk_\d{4}.{0,60}\.txt"
    r"|(?:저장한 ?날짜|(?:Date|Time) Saved|Saved (?:Date|on)) ?:.{0,60}",
    re.IGNORECASE,
)
# what would be the head of a message in a form that is not known
STAMPED = re.compile(r".{0,60}?\d{1,2}[:.시] ?\d{2}.{0,90}?(?:[:\]>|]|\t)")
_BLANKS = dict.fromkeys((0x00A0, 0x2007, 0x2009, 0x202F, 0x3000), " ")
_UNSEEN = dict.fromkeys((0x200B, 0x200E, 0x200F, 0x2068, 0x2069, 0xFEFF))
LONGEST_HEAD = 400  # characters at the beginning of a line in which its stamp is looked for


class ChatLineKind(Enum):
    """What a line of an export is."""

    MESSAGE = "message"
    DAY = "day"
    NOTICE = "notice"
    TITLE = "title"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class ChatLine:
    """A line of an export, taken apart.

    Attributes:
        name: who said it.
        text: what was said, or happened.
    """

    kind: ChatLineKind
    name: str = ""
    text: str = ""


def plain(line: str) -> str:
    """Return a line with blanks that are blanks, and nothing unseen."""
    return line.translate(_BLANKS).translate(_UNSEEN).strip()


def read_line(line: str) -> ChatLine:
    """Return what a line is; it has been through `plain`.

    >>> read_line("오후 3:24, 두더지 : 점심 먹자").text
    '점심 먹자'
    """
    head, rest = line[:LONGEST_HEAD], line[LONGEST_HEAD:]
    for shape in (WINDOWS, PHONE, SHORT, OTHERS, TABBED):
        found = shape.fullmatch(head)
        if found:
            return ChatLine(
                ChatLineKind.MESSAGE, found["name"].strip(), (found["text"] or "") + rest
            )
    if rest:
        return ChatLine(ChatLineKind.OTHER, text=line)
    if DAY.fullmatch(head):
        return ChatLine(ChatLineKind.DAY)
    happened = HAPPENED.fullmatch(head)
    if happened:
        return ChatLine(ChatLineKind.NOTICE, text=happened["text"])
    if TITLE.fullmatch(head):
        return ChatLine(ChatLineKind.TITLE)
    return ChatLine(ChatLineKind.OTHER, text=line)
