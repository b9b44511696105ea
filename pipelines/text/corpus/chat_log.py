"""Read chat exports: the messages, without their authors and times.

Knows how KakaoTalk writes its exports on phones, on Windows and on the Mac. Names and times are
thrown away; a message keeps its line number only.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from itertools import islice

Numbered = tuple[int, str]  # line number in the source, text

DATE = r"\d{4}(?:년|[./-]) ?\d{1,2}(?:월|[./-]) ?\d{1,2}(?:일|[.])?"
CLOCK = r"(?:오전|오후|AM|PM)? ?\d{1,2}:\d{2}(?::\d{2})?(?: ?(?:AM|PM))?"
# [이름] [오후 3:24] 말
WINDOWS = re.compile(rf"\[[^\]\n]{{1,60}}\] \[{CLOCK}\] (.*)")
# 2023년 1월 1일 오후 3:24, 이름 : 말
PHONE = re.compile(rf"{DATE},? {CLOCK}, [^:\n]{{1,60}} : (.*)")
# a date by itself, or a time by which somebody came or went
STAMP = re.compile(
    rf"-{{3,}} .{{1,60}} -{{3,}}|{DATE}(?: [월화수목금토일]요일)?|{DATE},? {CLOCK}(?:,? .*)?"
)
MAC_HEADER = "Date,User,Message"
NO_MESSAGE = re.compile(
    r"(?:사진|사진 \d+장|동영상|이모티콘|음성메시지|파일: .*|지도: .*|샵검색: .*"
    r"|삭제된 메시지입니다\.?|보이스톡 해요|부재중 .*|.{1,40}님이 (?:들어왔습니다|나갔습니다)\.?"
    r"|.{1,40}님이 .{1,40}님을 초대(?:했습니다|하였습니다)\.?"
    r"|저장한 날짜 ?:.*|.{1,60}님과 카카오톡 대화)"
)
LOOKED_AT = 400  # lines that tell what kind of file it is
ENOUGH = 0.3  # share of them that has to look like a message or a stamp


def is_chat(lines: Sequence[str]) -> bool:
    """Say whether these lines are a chat export."""
    if lines and lines[0].strip().startswith(MAC_HEADER):
        return True
    looked = [line.strip() for line in islice(lines, LOOKED_AT) if line.strip()]
    known = sum(bool(_message(line) or STAMP.fullmatch(line)) for line in looked)
    return known >= 3 and known >= len(looked) * ENOUGH


def messages(lines: Sequence[str]) -> Iterator[Numbered]:
    """Yield the messages, line by line."""
    if lines and lines[0].strip().startswith(MAC_HEADER):
        messages = _table(lines)
    else:
        messages = _plain(lines)
    for number, text in messages:
        message = text.strip()
        if message and not NO_MESSAGE.fullmatch(message):
            yield number, message


def _plain(lines: Sequence[str]) -> Iterator[Numbered]:
    for number, text in enumerate(lines, start=1):
        line = text.strip()
        message = _message(line)
        if message:
            yield number, message[1]
        elif line and not STAMP.fullmatch(line):
            yield number, line  # a message goes on in a new line


def _table(lines: Sequence[str]) -> Iterator[Numbered]:
    rows = csv.reader(line + "\n" for line in lines)
    try:
        next(rows, None)
        for row in rows:
            if len(row) >= 3:
                for part in row[2].splitlines():
                    yield rows.line_num, part
    except csv.Error:  # an unbalanced quote swallowed the rest: keep what was read
        return


def _message(line: str) -> re.Match[str] | None:
    return WINDOWS.fullmatch(line) or PHONE.fullmatch(line)
