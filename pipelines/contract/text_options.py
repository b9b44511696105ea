"""The options of a phrase besides how many and how strange: families, length, mood, topics and
rating, as closed lists with their checks.

Knows no words and no sentence patterns. Standard library only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum
from typing import TypeVar

from pipelines.contract.errors import InvalidRequest

ANY_LENGTH = (1, 60)  # syllables; the longest pattern has about 40
# how many syllables people mean; the ranges overlap on purpose
LENGTHS: dict[str, tuple[int, int]] = {
    "any": ANY_LENGTH,
    "short": (1, 9),
    "medium": (8, 21),
    "long": (22, 60),
}
MAX_TOPICS = 5
MAX_TOPIC = 12  # characters; a topic is a word or two, not a sentence
TOPIC = re.compile(r"[가-힣A-Za-z0-9]+(?: [가-힣A-Za-z0-9]+)?")

Choice = TypeVar("Choice", bound=StrEnum)


class SentenceFamily(StrEnum):
    """Sentence patterns of one kind."""

    DEFINITION = "definition"  # 사랑은 착한 뼈다귀
    FRAGMENT = "fragment"  # 파란 냄새 삼각형
    MEASURE = "measure"  # 여섯 스푼의 코골이
    EVENT = "event"  # 하필 양심이 증발했다.
    COMMAND = "command"  # 살금살금 썩으세요, 뜨거운 국수!
    QUESTION = "question"  # 냉장고는 왜 은퇴할까?
    NOTICE = "notice"  # 게으른 중력 출입 금지
    RUN_ON = "run-on"  # 양말 심어 늙으니 소금 졸더라!
    TALK = "talk"  # “소금은 몇 시냐?” “무릎 세 자루!”


class Mood(StrEnum):
    """Which words and patterns come forward; none is ever quite silent."""

    ANY = "any"
    MERRY = "merry"
    GLOOMY = "gloomy"
    TENDER = "tender"
    SOLEMN = "solemn"


class Rating(StrEnum):
    """For whose ears: `ALL` leaves out what is a little rude, `MILD` does not."""

    ALL = "all"
    MILD = "mild"


def check_choice(value: str, field: str, kind: type[Choice]) -> Choice:
    """Return the member of a closed list that a text names, or raise InvalidRequest.

    >>> check_choice("gloomy", "mood", Mood)
    <Mood.GLOOMY: 'gloomy'>
    """
    try:
        return kind(value)
    except ValueError:
        known = ", ".join(kind)
        raise InvalidRequest(
            "request.choice", field=field, value=str(value)[:40], known=known
        ) from None


def check_families(values: Iterable[str]) -> tuple[SentenceFamily, ...]:
    """Return the families named, each once, in the order of the list; () stands for all."""
    wanted = {check_choice(value, "families", SentenceFamily) for value in values}
    return tuple(family for family in SentenceFamily if family in wanted)


def check_syllables(limits: tuple[int, int]) -> tuple[int, int]:
    """Return the shortest and the longest phrase wanted, or raise InvalidRequest."""
    low, high = limits
    if not ANY_LENGTH[0] <= low <= high <= ANY_LENGTH[1]:
        raise InvalidRequest(
            "request.syllables", value=f"{low}-{high}", low=ANY_LENGTH[0], high=ANY_LENGTH[1]
        )
    return low, high


def parse_syllables(text: str) -> tuple[int, int]:
    """Return the range of a name or of two numbers typed by a person.

    >>> parse_syllables("short"), parse_syllables("6-14"), parse_syllables(" 9 ")
    ((1, 9), (6, 14), (9, 9))
    """
    words = text.strip().lower()
    if words in LENGTHS:
        return LENGTHS[words]
    typed = re.fullmatch(r"(\d{1,3})(?:\s*[-~]\s*(\d{1,3}))?", words)
    if not typed:
        raise InvalidRequest(
            "request.choice",
            field="syllables",
            value=text.strip()[:40],
            known=", ".join((*LENGTHS, "6-14")),
        )
    return check_syllables((int(typed[1]), int(typed[2] or typed[1])))


def check_topics(topics: Iterable[str]) -> tuple[str, ...]:
    """Return the topics, each once; raise InvalidRequest for what is not a word or two."""
    kept = tuple(dict.fromkeys(" ".join(topic.split()) for topic in topics))
    if len(kept) > MAX_TOPICS:
        raise InvalidRequest("request.topics.many", value=len(kept), limit=MAX_TOPICS)
    for topic in kept:
        if len(topic) > MAX_TOPIC or not TOPIC.fullmatch(topic):
            raise InvalidRequest("request.topic", value=topic[:40], limit=MAX_TOPIC)
    return kept
