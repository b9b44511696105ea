"""A text as eojeol with the known words in them, and the role that a noun's particle marks.

Knows the lexicon by way of reading/recognise.py, and particles as groups. Does not judge anything.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from pipelines.contract.phrase import Word, WordKind
from pipelines.text import lexicon
from pipelines.text.korean.conjugate import conjugate
from pipelines.text.lexicon import Adjective, Colour, Counter, Noun, Verb
from pipelines.text.reading import recognise

EDGES = ".,!?~…·\"'“”‘’()[]{}<>:;"
SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|\n+")
MODIFYING = ("은", "는", "던", "을", "었던")  # the endings of a verb that stands before its noun


class SentenceRole(StrEnum):
    """The role of a unit in its sentence, as far as its ending marks it."""

    OBJECT = "object"
    SUBJECT = "subject"
    OWNER = "owner"  # 의
    COLOUR = "colour"  # 운명색
    PREDICATE = "predicate"  # 이다, or a verb or an adjective that says something
    MODIFIER = "modifier"  # before its noun
    BARE = "bare"
    OTHER = "other"


ROLES = {
    "": SentenceRole.BARE,
    "의": SentenceRole.OWNER,
    "색": SentenceRole.COLOUR,
    **dict.fromkeys("을 를 만을".split(), SentenceRole.OBJECT),
    **dict.fromkeys("이 가 은 는 들이 들은 께서 이란 란 만이 만은".split(), SentenceRole.SUBJECT),
    **dict.fromkeys(
        "이다 다 입니다 이에요 예요 이야 야 이었다 였다 이네 네 이지 지 이라네 라네 이니 니 "
        "이라니 라니 이라서 라서 이었나 였나 입니까 인가요 이로다 로다 이고 고 이며 며".split(),
        SentenceRole.PREDICATE,
    ),
}
Entry = Noun | Colour | Adjective | Verb | Counter


@dataclass(frozen=True, slots=True)
class EojeolUnit:
    """An eojeol of a sentence, or two that are one word (코를 골다).

    Attributes:
        text: as it stands, without marks at its edges.
        entry: the lexicon's entry of its last known word, None when nothing is known.
        shown: that word as it stands.
        role: what it does.
    """

    text: str
    entry: Entry | None = None
    shown: str = ""
    role: SentenceRole = SentenceRole.OTHER


@cache
def entries() -> dict[tuple[WordKind, str], Entry]:
    """Return the entries of the lexicon that ships, by dictionary form and kind."""
    words = lexicon.builtin()
    groups: tuple[tuple[WordKind, tuple[Entry, ...]], ...] = (
        (WordKind.COUNTER, words.counters),
        (WordKind.VERB, words.verbs),
        (WordKind.ADJECTIVE, words.adjectives),
        (WordKind.COLOUR, words.colours),
        (WordKind.NOUN, words.nouns),
    )
    return {(kind, entry.ko): entry for kind, group in groups for entry in group}


def sentences(text: str) -> list[list[EojeolUnit]]:
    """Return the sentences of a text as pieces; none is empty.

    >>> [(piece.text, piece.role.value) for piece in sentences("망각이 심심한 장미를")[0]]
    [('망각이', 'subject'), ('심심한', 'modifier'), ('장미를', 'object')]
    """
    parts = [_pieces(part.split()) for part in SENTENCE_END.split(text)]
    return [part for part in parts if part]


def _pieces(eojeols: list[str]) -> list[EojeolUnit]:
    recogniser = recognise.builtin()
    texts = [text for text in (eojeol.strip(EDGES) for eojeol in eojeols) if text]
    found: list[EojeolUnit] = []
    place = 0
    while place < len(texts):
        two = " ".join(texts[place : place + 2])
        words = recogniser.words(two)
        is_pair = bool(recogniser.phrases.get(two)) or _counts(words)
        text = two if is_pair else texts[place]
        found.append(_piece(text, words if is_pair else recogniser.words(text)))
        place += 2 if is_pair else 1
    return found


def _counts(words: tuple[Word, ...]) -> bool:
    """Say whether two eojeol are a number and its counter: 세 켤레의."""
    return [word.kind for word in words] == [WordKind.NUMBER, WordKind.COUNTER]


def _piece(text: str, words: tuple[Word, ...]) -> EojeolUnit:
    known = [word for word in words if (word.kind, word.ko) in entries()]
    if not known:
        return EojeolUnit(text)
    last = known[-1]
    entry = entries()[last.kind, last.ko]
    if isinstance(entry, Colour):
        return EojeolUnit(text, entry, last.shown, SentenceRole.MODIFIER)
    if isinstance(entry, Verb | Adjective):
        is_modifier = any(conjugate(entry.ko, end, entry.irregular) == text for end in MODIFYING)
        return EojeolUnit(
            text, entry, text, SentenceRole.MODIFIER if is_modifier else SentenceRole.PREDICATE
        )
    before, _, tail = text.rpartition(last.shown)
    return EojeolUnit(text, entry, before + last.shown, ROLES.get(tail, SentenceRole.OTHER))
