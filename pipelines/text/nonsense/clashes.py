"""Words that do not go together: an abstract noun with a verb of bodies, a smell that has a colour.

Knows the categories, senses and fits of the lexicon; standard library only. A pair of which one
word is not in the lexicon is no clash, so that it finds less than there is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from pipelines.text.grammar.distance import LIVING, SUITS, UNSEEN, distance, nearest
from pipelines.text.lexicon import Adjective, Category, Colour, Counter, Noun, Sense, Verb
from pipelines.text.nonsense.eojeol import EojeolUnit, SentenceRole


class WordPair(StrEnum):
    """How two words stand to each other."""

    MODIFIER = "modifier"  # 착한 뼈다귀
    COLOUR = "colour"  # 파란 냄새, 운명색
    SUBJECT = "subject"  # 망각이 재채기하다
    AGENT = "agent"  # 월요일이 냉장고를 존경하다
    OBJECT = "object"  # 슬픔을 먹다
    OWNER = "owner"  # 냉장고의 콧수염
    COUNTER = "counter"  # 세 켤레의 침묵
    COPULA = "copula"  # 사랑은 뼈다귀
    COMPOUND = "compound"  # 냄새 삼각형


@dataclass(frozen=True, slots=True)
class Clash:
    """Two words that clash.

    Attributes:
        one, other: as they stand in the text; `one` is the noun where there is a verb.
        cat: what the noun is.
        of: what the other word belongs to: a category, a sense, LIVES or MEASURE.
        weight: 1 for strangers, 2 for a solid thing and an unseen one.
    """

    pair: WordPair
    one: str
    other: str
    cat: Category
    of: str
    weight: int


LIVES = "생물"  # people and animals together
MEASURE = "측정"  # a unit that counts no things: 광년, 기가바이트
OWNS = (*LIVING, Category.BODY, Category.PLACE)  # of these a body part is no surprise


def clashes(pieces: list[EojeolUnit]) -> Iterator[Clash]:
    """Yield the clashes of one sentence in its order."""
    subject: EojeolUnit | None = None
    before: EojeolUnit | None = None
    for piece in pieces:
        if isinstance(piece.entry, Noun):
            yield from _colour_of(piece)
            if before:
                yield from _beside(before, piece)
            if piece.role is SentenceRole.PREDICATE and subject:
                yield from _copula(subject, piece)
            if piece.role is SentenceRole.SUBJECT:
                subject = piece
        elif isinstance(piece.entry, Counter) and before:
            yield from _counted(piece, before)
        elif isinstance(piece.entry, Verb | Adjective) and piece.role is SentenceRole.PREDICATE:
            yield from _predicate_clashes(piece, subject, before)
        before = piece
    last = pieces[-1]
    is_noun = isinstance(last.entry, Noun) and last.role is SentenceRole.BARE
    if is_noun and subject and subject is not last:
        yield from _copula(subject, last)


def _colour_of(piece: EojeolUnit) -> Iterator[Clash]:
    noun = piece.entry
    if isinstance(noun, Noun) and piece.role is SentenceRole.COLOUR and noun.cat in UNSEEN:
        yield Clash(WordPair.COLOUR, piece.shown, piece.text, noun.cat, Sense.SIGHT, 2)


def _beside(before: EojeolUnit, piece: EojeolUnit) -> Iterator[Clash]:
    """Yield what is wrong between a noun and the piece right before it."""
    noun, other = piece.entry, before.entry
    if not isinstance(noun, Noun):
        return
    if before.role is SentenceRole.MODIFIER and isinstance(other, Adjective | Colour | Verb):
        yield from _modified(before, piece)
    elif isinstance(other, Counter) and before.text.endswith("의"):
        yield from _counted(before, piece)
    elif isinstance(other, Noun) and before.role is SentenceRole.OWNER:
        if noun.cat is Category.BODY and other.cat not in OWNS:
            gap = distance(other.cat, noun.cat) or 1
            yield Clash(WordPair.OWNER, before.shown, piece.shown, other.cat, noun.cat, gap)
    elif isinstance(other, Noun) and before.role is SentenceRole.BARE:
        gap = distance(other.cat, noun.cat)
        if gap:
            yield Clash(WordPair.COMPOUND, before.shown, piece.shown, other.cat, noun.cat, gap)


def _modified(before: EojeolUnit, piece: EojeolUnit) -> Iterator[Clash]:
    noun, other = piece.entry, before.entry
    if not isinstance(noun, Noun):
        return
    if isinstance(other, Colour):
        if noun.cat in UNSEEN:
            yield Clash(WordPair.COLOUR, piece.shown, before.text, noun.cat, Sense.SIGHT, 2)
    elif isinstance(other, Adjective):
        yield from _misfit(WordPair.MODIFIER, piece, before, SUITS[other.sense], other.sense)
    elif isinstance(other, Verb) and other.valency == "i":
        yield from _misfit(WordPair.SUBJECT, piece, before, other.fits)


def _predicate_clashes(
    piece: EojeolUnit, subject: EojeolUnit | None, before: EojeolUnit | None
) -> Iterator[Clash]:
    """Yield what is wrong between a predicate, its subject and its object."""
    word = piece.entry
    if isinstance(word, Adjective) and subject:
        yield from _misfit(WordPair.SUBJECT, subject, piece, SUITS[word.sense], word.sense)
    elif isinstance(word, Verb) and word.valency == "i" and subject:
        yield from _misfit(WordPair.SUBJECT, subject, piece, word.fits)
    elif isinstance(word, Verb) and word.valency == "t":
        if before and before.role is SentenceRole.OBJECT:
            yield from _misfit(WordPair.OBJECT, before, piece, word.fits)
        if subject:
            yield from _misfit(WordPair.AGENT, subject, piece, LIVING)


def _copula(subject: EojeolUnit, piece: EojeolUnit) -> Iterator[Clash]:
    one, other = subject.entry, piece.entry
    if isinstance(one, Noun) and isinstance(other, Noun):
        gap = distance(one.cat, other.cat)
        if gap:
            yield Clash(WordPair.COPULA, subject.shown, piece.shown, one.cat, other.cat, gap)


def _counted(counter: EojeolUnit, piece: EojeolUnit) -> Iterator[Clash]:
    noun, unit = piece.entry, counter.entry
    if isinstance(noun, Noun) and isinstance(unit, Counter):
        fits = noun.cat in unit.cats or unit.ko in noun.counters
        if not fits and not (unit.is_plain and noun.cat not in UNSEEN):
            gap = nearest(unit.cats, noun.cat) or 1
            yield Clash(WordPair.COUNTER, piece.shown, unit.ko, noun.cat, _group(unit.cats), gap)


def _misfit(
    pair: WordPair,
    noun_piece: EojeolUnit,
    other: EojeolUnit,
    fits: tuple[Category, ...],
    of: str = "",
) -> Iterator[Clash]:
    noun = noun_piece.entry
    if isinstance(noun, Noun) and noun.cat not in fits:
        gap = nearest(fits, noun.cat)
        if gap:
            yield Clash(pair, noun_piece.shown, other.text, noun.cat, of or _group(fits), gap)


def _group(cats: tuple[Category, ...]) -> str:
    """Return one name for several categories: the first, or that all of them live."""
    if not cats:
        return MEASURE
    return LIVES if set(cats) <= set(LIVING) else cats[0]
